import { notFound, badRequest } from '../store/errors';
import { StatusError } from '../store/StatusError';
import type { KubernetesObject } from '../store/types';
import { answer } from './answer';
import { parseFieldSelector } from './fieldSelector';
import { parseLabelSelector } from './labelSelector';
import { parseListOptions, type ListOptions } from './options';
import {
  decodeContinue,
  encodeContinue,
  expiredContinue,
  type ContinueToken,
} from './continueToken';
import { renderList, renderObject, representationOf } from './representation';
import type { ResourceCall } from './types';

/** How this caller wants its objects. */
export function renderingOf({
  context,
  definition,
  info,
  request,
}: ResourceCall) {
  return {
    representation: representationOf(request),
    definition,
    now: context.clock.now(),
    includeObject: info.query.get('includeObject'),
  };
}

export function getObject(call: ResourceCall): void {
  const { context, definition, info } = call;
  const rendering = renderingOf(call);
  const object = context.store.get(
    definition.resource,
    info.namespace,
    info.name!,
  );
  if (!object) {
    throw notFound(definition, info.name!);
  }
  answer(call.request, call.response, 200, renderObject(rendering, object));
}

/** `list`: selectors, pages, and the resourceVersion that the page is consistent with. */
export function listObjects(call: ResourceCall): void {
  const { info } = call;
  const rendering = renderingOf(call);
  const options = parseListOptions(info.query, false);
  const isSelected = selectorOf(call);
  const token = options.continueToken
    ? decodeContinue(options.continueToken)
    : undefined;
  if (token && options.resourceVersion && options.resourceVersion !== '0') {
    throw badRequest(
      'specifying resource version is not allowed when using continue',
    );
  }
  const { objects, resourceVersion } = snapshot(call, options, token);
  const rest = objects.filter(
    object => (!token || keyOf(object) > token.start) && isSelected(object),
  );
  // From the watch cache (resourceVersion 0) everything is served at once.
  const limit =
    options.resourceVersion === '0' || options.limit === 0
      ? rest.length
      : options.limit;
  const page = rest.slice(0, limit);
  const hasMore = rest.length > page.length;
  const isFiltered =
    info.query.get('labelSelector') || info.query.get('fieldSelector');
  answer(
    call.request,
    call.response,
    200,
    renderList(
      rendering,
      {
        resourceVersion: String(resourceVersion),
        ...(hasMore
          ? {
              continue: encodeContinue({
                rv: resourceVersion,
                start: keyOf(page[page.length - 1]),
              }),
              ...(isFiltered
                ? {}
                : { remainingItemCount: rest.length - page.length }),
            }
          : {}),
      },
      page,
    ),
  );
}

/** Label and field selector of the query in one. */
export function selectorOf({
  definition,
  info,
}: ResourceCall): (object: KubernetesObject) => boolean {
  const byLabel = parseLabelSelector(info.query.get('labelSelector'));
  const byField = parseFieldSelector(
    definition,
    info.query.get('fieldSelector'),
  );
  return object => byLabel(object.metadata.labels) && byField(object);
}

function snapshot(
  { context: { store }, definition, info }: ResourceCall,
  options: ListOptions,
  token: ContinueToken | undefined,
): { objects: KubernetesObject[]; resourceVersion: number } {
  if (token && token.rv > 0) {
    const objects = store.listAt(definition.resource, info.namespace, token.rv);
    if (!objects) {
      throw expiredContinue(token);
    }
    return { objects, resourceVersion: token.rv };
  }
  const wanted = parseResourceVersion(options.resourceVersion);
  if (wanted > store.resourceVersion) {
    throw tooLarge(wanted, store.resourceVersion);
  }
  const isExact =
    options.resourceVersionMatch === 'Exact' ||
    (wanted > 0 && options.limit > 0 && !options.resourceVersionMatch);
  if (isExact) {
    const objects = store.listAt(definition.resource, info.namespace, wanted);
    if (!objects) {
      throw new StatusError(
        410,
        'Expired',
        'The resourceVersion for the provided list is too old.',
      );
    }
    return { objects, resourceVersion: wanted };
  }
  return {
    objects: store.list(definition.resource, info.namespace),
    resourceVersion: store.resourceVersion,
  };
}

function parseResourceVersion(text: string): number {
  if (!/^\d*$/.test(text)) {
    throw badRequest(
      `invalid resource version: resourceVersion: Invalid value: ${JSON.stringify(
        text,
      )}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }
  return Number(text);
}

/** The real server waits three seconds for the future before it says so. */
export function tooLarge(wanted: number, current: number): StatusError {
  return new StatusError(
    504,
    'Timeout',
    `Timeout: Too large resource version: ${wanted}, current: ${current}`,
    {
      causes: [
        {
          reason: 'ResourceVersionTooLarge',
          message: 'Too large resource version',
        },
      ],
      retryAfterSeconds: 1,
    },
  );
}

function keyOf({ metadata }: KubernetesObject) {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
