import { badRequest, invalid, invalidObject, notFound } from '../store/errors';
import type { Fields } from '../store/strategies/types';
import type { KubernetesObject } from '../store/types';
import { integer } from './options';
import { isTrue } from './requestInfo';
import type { ResourceCall } from './types';

interface LogOptions {
  follow: boolean;
  previous: boolean;
  timestamps: boolean;
  tailLines?: number;
  limitBytes?: number;
  /** Milliseconds since the epoch. */
  since?: number;
}

/** `pods/log`: what a container wrote, and with `follow` what it writes until it ends. */
export function readPodLog(call: ResourceCall): void {
  const { context, definition, info, response } = call;
  const pod = context.store.get('pods', info.namespace, info.name!);
  if (!pod) {
    throw notFound(definition, info.name!);
  }
  const options = parseOptions(call, pod.metadata.name);
  const container = containerOf(pod, info.query.get('container') ?? '');
  requireStarted(pod, container, options.previous);
  response.writeHead(200, {
    'Cache-Control': 'no-cache, private',
    'Content-Type': 'text/plain',
  });
  response.flushHeaders();
  const write = limitedWriter(options, text => response.write(text));
  const { uid } = pod.metadata;
  const lines = context.logs?.lines(uid, container, options.previous) ?? [];
  const recent = lines.filter(({ at }) => at >= (options.since ?? 0));
  const tail =
    options.tailLines === undefined
      ? recent
      : recent.slice(Math.max(0, recent.length - options.tailLines));
  const isWithinLimit = tail.every(write);
  if (
    !options.follow ||
    !isWithinLimit ||
    !context.logs ||
    hasEnded(pod, container)
  ) {
    response.end();
    return;
  }
  const stop = context.logs.follow(
    uid,
    container,
    line => {
      if (!write(line)) {
        response.end();
      }
    },
    () => response.end(),
  );
  response.on('close', stop);
}

function parseOptions(
  { context, info }: ResourceCall,
  pod: string,
): LogOptions {
  const { query } = info;
  const sinceSeconds = integer(query, 'sinceSeconds');
  const sinceTime = query.get('sinceTime');
  const options = {
    follow: isTrue(query.get('follow')),
    previous: isTrue(query.get('previous')),
    timestamps: isTrue(query.get('timestamps')),
    tailLines: integer(query, 'tailLines'),
    limitBytes: integer(query, 'limitBytes'),
  };
  const problems = [
    ...(options.tailLines !== undefined && options.tailLines < 0
      ? [
          invalid(
            'tailLines',
            options.tailLines,
            'must be greater than or equal to 0',
          ),
        ]
      : []),
    ...(options.limitBytes !== undefined && options.limitBytes < 1
      ? [invalid('limitBytes', options.limitBytes, 'must be greater than 0')]
      : []),
    ...(sinceSeconds !== undefined && sinceSeconds < 1
      ? [invalid('sinceSeconds', sinceSeconds, 'must be greater than 0')]
      : []),
  ];
  if (problems.length > 0) {
    throw invalidObject(
      { kind: 'PodLogOptions', qualifiedKind: 'PodLogOptions' },
      pod,
      problems,
    );
  }
  if (sinceSeconds !== undefined) {
    return { ...options, since: context.clock.now() - sinceSeconds * 1000 };
  }
  return sinceTime ? { ...options, since: Date.parse(sinceTime) } : options;
}

function containerOf(pod: KubernetesObject, wanted: string): string {
  const spec = pod.spec as Fields;
  const { name } = pod.metadata;
  const main: string[] = (spec.containers ?? []).map((c: Fields) => c.name);
  const init: string[] = (spec.initContainers ?? []).map((c: Fields) => c.name);
  if (wanted) {
    if (![...main, ...init].includes(wanted)) {
      throw badRequest(`container ${wanted} is not valid for pod ${name}`);
    }
    return wanted;
  }
  if (main.length > 1) {
    throw badRequest(
      `a container name must be specified for pod ${name}, choose one of: [${main.join(
        ' ',
      )}]${
        init.length > 0
          ? ` or one of the init containers: [${init.join(' ')}]`
          : ''
      }`,
    );
  }
  return main[0];
}

function statusOf(
  pod: KubernetesObject,
  container: string,
): Fields | undefined {
  const status = (pod.status ?? {}) as Fields;
  return [
    ...(status.containerStatuses ?? []),
    ...(status.initContainerStatuses ?? []),
  ].find((each: Fields) => each.name === container);
}

function hasEnded(pod: KubernetesObject, container: string) {
  return Boolean(statusOf(pod, container)?.state?.terminated);
}

/** The kubelet's refusals. */
function requireStarted(
  pod: KubernetesObject,
  container: string,
  previous: boolean,
): void {
  const { name } = pod.metadata;
  const status = statusOf(pod, container);
  if (previous) {
    if (!status?.lastState?.terminated) {
      throw badRequest(
        `previous terminated container "${container}" in pod "${name}" not found`,
      );
    }
    return;
  }
  const hasRun =
    status?.state?.running ||
    status?.state?.terminated ||
    status?.lastState?.terminated;
  if (hasRun) {
    return;
  }
  const reason = status?.state?.waiting?.reason ?? 'ContainerCreating';
  throw badRequest(
    `container "${container}" in pod "${name}" is waiting to start: ${waitingText(
      reason,
    )}`,
  );
}

function waitingText(reason: string): string {
  switch (reason) {
    case 'ErrImagePull':
      return "image can't be pulled";
    case 'ImagePullBackOff':
      return 'trying and failing to pull image';
    default:
      return reason;
  }
}

/** Writes lines until the byte limit; answers false from the line that reaches it on. */
function limitedWriter(
  { limitBytes, timestamps }: LogOptions,
  output: (text: Buffer) => void,
): (line: { at: number; text: string }) => boolean {
  let left = limitBytes ?? Infinity;
  return ({ at, text }) => {
    const prefix = timestamps
      ? `${new Date(at).toISOString().replace('Z', '000000Z')} `
      : '';
    const bytes = Buffer.from(`${prefix}${text}\n`);
    output(bytes.length > left ? bytes.subarray(0, left) : bytes);
    left -= bytes.length;
    return left > 0;
  };
}
