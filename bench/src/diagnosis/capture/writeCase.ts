import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { CaseContext } from './CaseContext';
import { runProgram } from './runProgram';
import type { CaptureCase, KubernetesObject } from './types';

// A benchmark is never built for production.
// eslint-disable-next-line no-restricted-syntax
const CORPUS = resolve(__dirname, '../../../diagnosis/corpus');

/** Kinds that `yarn diagnose` knows besides the job catalogue. */
const KINDS = 'jobs,cronjobs,pods,events,pvc,resourcequotas,limitranges,nodes';

/** Brings the corpus into the form that the repository checks, by its own prettier. */
export async function formatCorpus(): Promise<void> {
  const { code, output } = await runProgram('yarn', [
    'run',
    '--top-level',
    'prettier',
    '--loglevel=warn',
    '--write',
    CORPUS,
  ]);
  if (code !== 0) {
    throw new Error(output);
  }
}

/** Folder of a case. */
export function folderOf(name: string, isHeldOut: boolean): string {
  return join(CORPUS, isHeldOut ? 'held-out' : 'open', name);
}

/** Writes what kubectl says about the case's namespace now. */
export async function writeCase(
  context: CaseContext,
  captured: CaptureCase,
  isHeldOut: boolean,
): Promise<void> {
  const { leftOut = [] } = captured;
  const objects = await getObjects(context);
  const logs = leftOut.includes('logs') ? [] : await getLogs(context, objects);
  const kept = objects.filter(
    ({ kind }) =>
      !(kind === 'Pod' && leftOut.includes('pods')) &&
      !(kind === 'Event' && leftOut.includes('events')),
  );
  const folder = folderOf(captured.name, isHeldOut);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const write = (name: string, text: string) =>
    writeFile(join(folder, name), neutral(text));
  await writeLabels(captured, isHeldOut);
  await write(
    'objects.json',
    pretty({ apiVersion: 'v1', kind: 'List', items: kept }),
  );
  if (logs.length) {
    await mkdir(join(folder, 'logs'));
    for (const [pod, text] of logs) {
      await write(join('logs', `${pod}.txt`), text);
    }
  }
  if (context.helmOutput && !leftOut.includes('helm')) {
    await write('helm.txt', context.helmOutput);
  }
}

/** Writes what a diagnosis should say, also beside what was captured before. */
export async function writeLabels(
  captured: CaptureCase,
  isHeldOut: boolean,
): Promise<void> {
  const { title, broken, family, expected, chart } = captured;
  const { acceptable = [], leftOut = [] } = captured;
  await writeFile(
    join(folderOf(captured.name, isHeldOut), 'case.json'),
    pretty({
      title,
      broken,
      family,
      expected,
      acceptable,
      heldOut: isHeldOut,
      chart,
      ...(leftOut.length && { leftOut }),
    }),
  );
}

async function getObjects(context: CaseContext): Promise<KubernetesObject[]> {
  const objects = await context.list(KINDS);
  const catalogues = await context.list('configmaps');
  return [
    ...objects,
    ...catalogues.filter(({ metadata }) =>
      Boolean(metadata.labels?.['akko.io/job-catalogue']),
    ),
  ];
}

/** Logs of all pods that ever started a container. */
async function getLogs(
  context: CaseContext,
  objects: readonly KubernetesObject[],
): Promise<[string, string][]> {
  const logs: [string, string][] = [];
  for (const { kind, metadata, status } of objects) {
    const statuses = [
      ...(status?.initContainerStatuses ?? []),
      ...(status?.containerStatuses ?? []),
    ];
    if (kind !== 'Pod' || !statuses.some(hasStarted)) {
      continue;
    }
    const text = await context
      .kubectl('logs', metadata.name, '--all-containers', '--ignore-errors')
      // A pod may go while it is read.
      .catch(() => undefined);
    if (text !== undefined) {
      logs.push([metadata.name, text]);
    }
  }
  return logs;
}

function hasStarted({ state, lastState }: any): boolean {
  return Boolean(state?.running ?? state?.terminated ?? lastState?.terminated);
}

/** A kubelet's root differs between distributions, and its place on this machine says nothing: the usual one stands for it. */
function neutral(text: string): string {
  return text.replace(
    /\/[\w./-]*?\/kubelet\/(pods|plugins)\//g,
    '/var/lib/kubelet/$1/',
  );
}

function pretty(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
