import type {
  CoreV1Event,
  V1Container,
  V1ObjectMeta,
  V1Pod,
} from '@kubernetes/client-node';
import { RESOURCES } from './resources';
import { reviveTimes } from './timestamps';
import type { MirroredKind, MirroredKinds } from './types';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Drops `managedFields` and fills in apiVersion and kind, which items of a list do not have. In place. */
export function complete<K extends MirroredKind>(
  kind: K,
  object: MirroredKinds[K],
): MirroredKinds[K] {
  object.apiVersion = RESOURCES[kind].apiVersion;
  object.kind = RESOURCES[kind].kind;
  delete object.metadata?.managedFields;
  return object;
}

function withoutLastApplied<K extends MirroredKind>(
  kind: K,
  object: MirroredKinds[K],
): MirroredKinds[K] {
  delete object.metadata?.annotations?.[LAST_APPLIED];
  return complete(kind, object);
}

/** What a run needs of its pods: where, which containers, and how they went. */
function slimPod(pod: V1Pod): V1Pod {
  const { spec, status } = pod;
  return {
    ...pod,
    spec: spec && {
      containers: (spec.containers ?? []).map(slimContainer),
      initContainers: spec.initContainers?.map(slimContainer),
      nodeName: spec.nodeName,
      restartPolicy: spec.restartPolicy,
      serviceAccountName: spec.serviceAccountName,
    },
    status: status && {
      phase: status.phase,
      reason: status.reason,
      message: status.message,
      startTime: status.startTime,
      conditions: status.conditions,
      containerStatuses: status.containerStatuses,
      initContainerStatuses: status.initContainerStatuses,
    },
  };
}

function slimContainer(container: V1Container): V1Container {
  return {
    name: container.name,
    image: container.image,
    resources: container.resources,
  };
}

function slimEvent(event: CoreV1Event): CoreV1Event {
  const { involvedObject, metadata } = event;
  return complete('events', {
    metadata: slimMetadata(metadata),
    involvedObject: {
      kind: involvedObject.kind,
      name: involvedObject.name,
      namespace: involvedObject.namespace,
      uid: involvedObject.uid,
      fieldPath: involvedObject.fieldPath,
    },
    type: event.type,
    reason: event.reason,
    message: event.message,
    count: event.count,
    series: event.series,
    firstTimestamp: event.firstTimestamp,
    lastTimestamp: event.lastTimestamp,
    eventTime: event.eventTime,
    reportingComponent: event.reportingComponent || event.source?.component,
  });
}

function slimMetadata(metadata: V1ObjectMeta): V1ObjectMeta {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  return { name, namespace, uid, resourceVersion, creationTimestamp };
}

const SLIMMERS: {
  [K in MirroredKind]: (object: MirroredKinds[K]) => MirroredKinds[K];
} = {
  jobs: job => {
    delete job.status?.uncountedTerminatedPods;
    return complete('jobs', job);
  },
  cronjobs: cronjob => withoutLastApplied('cronjobs', cronjob),
  configmaps: configmap => withoutLastApplied('configmaps', configmap),
  pods: pod => slimPod(withoutLastApplied('pods', pod)),
  events: event => slimEvent(event),
};

/**
 * Prepares an object as the API server sent it for the mirror: times become Dates, and what nobody reads is dropped. Jobs keep all but
 * managedFields, because they are what a re-run is made from.
 */
export function slim<K extends MirroredKind>(
  kind: K,
  received: MirroredKinds[K],
): MirroredKinds[K] {
  return reviveTimes(SLIMMERS[kind](received as never)) as MirroredKinds[K];
}
