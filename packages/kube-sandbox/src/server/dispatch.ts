import { methodNotAllowed, unknownPath } from './answer';
import { answerPath } from './discovery';
import { readPodLog } from './podLog';
import { getObject, listObjects } from './read';
import { deleteCollection, deleteObject } from './remove';
import { review } from './reviews';
import type { RequestInfo } from './requestInfo';
import type { Call, ResourceCall } from './types';
import type { WatchStream } from './watch';
import { createObject, patchObject, replaceObject } from './write';

/** Finds the handler of a call that is authenticated and allowed. */
export async function dispatch(
  call: Call,
  startWatch: (call: ResourceCall) => WatchStream,
): Promise<void> {
  const { info } = call;
  if (!info.isResourceRequest) {
    if (!['get', 'head'].includes(info.verb) && isApiPath(info)) {
      throw methodNotAllowed();
    }
    if (!answerPath(call)) {
      answerUnknownPath(call);
    }
    return;
  }
  if (info.group === 'authorization.k8s.io') {
    await review(call);
    return;
  }
  const { definition } = info;
  const isMisplaced =
    definition &&
    (definition.namespaced
      ? info.name !== undefined && info.namespace === undefined
      : info.namespace !== undefined);
  if (!definition || isMisplaced) {
    throw unknownPath();
  }
  await handle({ ...call, definition }, startWatch);
}

async function handle(
  call: ResourceCall,
  startWatch: (call: ResourceCall) => WatchStream,
): Promise<void> {
  const { definition, info } = call;
  if (info.subresource) {
    const subresource = definition.subresources.find(
      each => each.name === info.subresource,
    );
    if (!subresource) {
      throw unknownPath();
    }
    if (!subresource.verbs.includes(info.verb)) {
      throw methodNotAllowed();
    }
    if (info.subresource === 'log') {
      readPodLog(call);
      return;
    }
  } else if (!isPossible(call)) {
    throw methodNotAllowed();
  }
  switch (info.verb) {
    case 'get':
      getObject(call);
      break;
    case 'list':
      listObjects(call);
      break;
    case 'watch':
      startWatch(call);
      break;
    case 'create':
      await createObject(call);
      break;
    case 'update':
      await replaceObject(call);
      break;
    case 'patch':
      await patchObject(call);
      break;
    case 'delete':
      await deleteObject(call);
      break;
    default:
      await deleteCollection(call);
  }
}

/** Creation needs a collection in a namespace, update and patch a name. */
function isPossible({ definition, info }: ResourceCall): boolean {
  const isPlaced = !definition.namespaced || info.namespace !== undefined;
  switch (info.verb) {
    case 'create':
      return info.name === undefined && isPlaced;
    case 'update':
    case 'patch':
      return info.name !== undefined && isPlaced;
    default:
      return (
        definition.verbs.includes(info.verb) &&
        (isPlaced || ['list', 'watch'].includes(info.verb))
      );
  }
}

function isApiPath({ path }: RequestInfo): boolean {
  return /^\/apis?(\/|$)/.test(path);
}

function answerUnknownPath({ info, response }: Call): void {
  if (isApiPath(info)) {
    throw unknownPath();
  }
  response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end('404 page not found\n');
}
