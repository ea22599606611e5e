import { badRequest, notFound, notSupported } from '../store/errors';
import type { DeleteOptions, PropagationPolicy } from '../store/types';
import { answer, readBody } from './answer';
import { integer, isDryRun, parseListOptions, refuseOptions } from './options';
import { renderingOf, selectorOf } from './read';
import { renderList, renderObject } from './representation';
import type { ResourceCall } from './types';

const policies = ['Foreground', 'Background', 'Orphan'];

export async function deleteObject(call: ResourceCall): Promise<void> {
  const { context, definition, info } = call;
  const rendering = renderingOf(call);
  const options = await deleteOptions(call);
  const { resource } = definition;
  const before = context.store.get(resource, info.namespace, info.name!);
  if (!before) {
    throw notFound(definition, info.name!);
  }
  const deleted = context.store.delete(
    resource,
    info.namespace,
    info.name!,
    options,
  );
  if (deleted.metadata.deletionTimestamp) {
    answer(call.request, call.response, 200, renderObject(rendering, deleted));
    return;
  }
  answer(call.request, call.response, 200, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name: deleted.metadata.name,
      ...(definition.group ? { group: definition.group } : {}),
      kind: resource,
      uid: deleted.metadata.uid,
    },
  });
}

export async function deleteCollection(call: ResourceCall): Promise<void> {
  const { context, definition, info } = call;
  const rendering = renderingOf(call);
  parseListOptions(info.query, false);
  const isSelected = selectorOf(call);
  const options = await deleteOptions(call);
  const { resource } = definition;
  const objects = context.store
    .list(resource, info.namespace)
    .filter(isSelected);
  const deleted = objects.map(({ metadata }) =>
    // Gone in the meantime with another one of the list.
    context.store.get(resource, metadata.namespace, metadata.name)
      ? context.store.delete(
          resource,
          metadata.namespace,
          metadata.name,
          options,
        )
      : undefined,
  );
  answer(
    call.request,
    call.response,
    200,
    renderList(
      rendering,
      { resourceVersion: String(context.store.resourceVersion) },
      deleted.filter(object => object !== undefined),
    ),
  );
}

async function deleteOptions(
  call: ResourceCall,
): Promise<DeleteOptions & { dryRun: boolean }> {
  const { definition, info, request } = call;
  const text = await readBody(request);
  let body: DeleteOptions & { orphanDependents?: boolean; dryRun?: string[] };
  try {
    body = text.trim() ? JSON.parse(text) : {};
  } catch (error) {
    throw badRequest(
      `couldn't get version/kind; json parse error: ${
        (error as Error).message
      }`,
    );
  }
  const policy =
    body.propagationPolicy ??
    info.query.get('propagationPolicy') ??
    orphanPolicy(body.orphanDependents);
  if (policy && !policies.includes(policy)) {
    refuseOptions('DeleteOptions', [
      notSupported('propagationPolicy', policy, [...policies, 'nil']),
    ]);
  }
  return {
    // For old times' sake batch/v1 leaves a Job's pods behind unless told otherwise; kubectl and Helm always tell.
    propagationPolicy: (policy ||
      (definition.resource === 'jobs'
        ? 'Orphan'
        : 'Background')) as PropagationPolicy,
    preconditions: body.preconditions,
    gracePeriodSeconds:
      body.gracePeriodSeconds ?? integer(info.query, 'gracePeriodSeconds'),
    dryRun: isDryRun(
      'DeleteOptions',
      body.dryRun ?? info.query.getAll('dryRun'),
    ),
  };
}

function orphanPolicy(orphan: boolean | undefined) {
  if (orphan === undefined) {
    return undefined;
  }
  return orphan ? 'Orphan' : 'Background';
}
