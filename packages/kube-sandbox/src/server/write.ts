import { copy } from '../store/assembleUpdate';
import { badRequest, invalid, refuse, required } from '../store/errors';
import type { KubernetesObject, NewObject } from '../store/types';
import { answer, readBody } from './answer';
import { decodeObject, noReason } from './decode';
import { isDryRun, refuseOptions } from './options';
import { applyPatch, patchFormatOf } from './patch/patch';
import { renderingOf } from './read';
import { renderObject } from './representation';
import type { ResourceCall } from './types';

export async function createObject(call: ResourceCall): Promise<void> {
  const { context, definition, info } = call;
  const rendering = renderingOf(call);
  const dryRun = isDryRun('CreateOptions', info.query.getAll('dryRun'));
  const object = decodeObject(definition, await readBody(call.request));
  if (object.metadata.resourceVersion) {
    // The real server lets a plain error through here, which has no reason.
    throw noReason(
      'resourceVersion should not be set on objects to be created',
    );
  }
  const draft: NewObject = {
    ...object,
    metadata: {
      ...object.metadata,
      ...(info.namespace
        ? { namespace: matchingNamespace(object, info.namespace) }
        : {}),
    },
  };
  const created = dryRun
    ? context.store.prepare(definition.resource, draft)
    : context.store.create(definition.resource, draft);
  answer(call.request, call.response, 201, renderObject(rendering, created));
}

export async function replaceObject(call: ResourceCall): Promise<void> {
  const { definition, info } = call;
  const dryRun = isDryRun('UpdateOptions', info.query.getAll('dryRun'));
  const object = decodeObject(definition, await readBody(call.request));
  const name = info.name!;
  if (object.metadata.name && object.metadata.name !== name) {
    throw badRequest(
      `the name of the object (${object.metadata.name}) does not match the name on the URL (${name})`,
    );
  }
  if (info.namespace) {
    matchingNamespace(object, info.namespace);
  }
  const named = {
    ...object,
    metadata: { ...object.metadata, name },
  } as KubernetesObject;
  change(call, dryRun, () => named);
}

export async function patchObject(call: ResourceCall): Promise<void> {
  const { context, definition, info, request } = call;
  const format = patchFormatOf(request.headers['content-type'] ?? '');
  const dryRun = isDryRun('PatchOptions', info.query.getAll('dryRun'));
  const body = await readBody(request);
  if (format === 'apply' && !info.query.get('fieldManager')) {
    refuseOptions('PatchOptions', [
      required('fieldManager', 'is required for apply patch'),
    ]);
  }
  const exists = context.store.get(
    definition.resource,
    info.namespace,
    info.name!,
  );
  if (!exists && format === 'apply') {
    const applied = applyPatch(format, {} as KubernetesObject, body);
    const created = context.store[dryRun ? 'prepare' : 'create'](
      definition.resource,
      {
        ...applied,
        metadata: {
          ...applied.metadata,
          name: info.name,
          ...(info.namespace ? { namespace: info.namespace } : {}),
        },
      },
    );
    answer(
      request,
      call.response,
      201,
      renderObject(renderingOf(call), created),
    );
    return;
  }
  change(call, dryRun, current => {
    const patched = applyPatch(format, current, body);
    requireSameIdentity(call, current, patched);
    return patched;
  });
}

/** Without the subresource an update keeps the status; with it, it keeps everything else. */
function change(
  call: ResourceCall,
  dryRun: boolean,
  next: (current: KubernetesObject) => KubernetesObject,
): void {
  const { context, definition, info } = call;
  const rendering = renderingOf(call);
  const isStatus = info.subresource === 'status';
  const hasStatus = definition.subresources.some(
    ({ name }) => name === 'status',
  );
  const updated = context.store.update(
    definition.resource,
    info.namespace,
    info.name!,
    current => {
      const changed = { ...next(current) };
      if (!isStatus && hasStatus) {
        copy(current, changed, 'status');
      }
      return changed;
    },
    { status: isStatus, dryRun },
  );
  answer(call.request, call.response, 200, renderObject(rendering, updated));
}

function requireSameIdentity(
  { definition, info }: ResourceCall,
  current: KubernetesObject,
  patched: KubernetesObject,
): void {
  const { name, uid, namespace } = patched.metadata ?? {};
  if (name !== current.metadata.name) {
    throw badRequest(
      `the name of the object (${
        name ?? ''
      }) does not match the name on the URL (${info.name})`,
    );
  }
  if (namespace !== current.metadata.namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  if (uid && uid !== current.metadata.uid) {
    const problem = invalid('metadata.uid', uid, 'field is immutable');
    refuse(definition, current.metadata.name, [problem, problem]);
  }
}

function matchingNamespace(object: NewObject, namespace: string): string {
  const own = object.metadata.namespace;
  if (own && own !== namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  return namespace;
}
