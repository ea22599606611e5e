import { timestamp } from './objects';
import { nameSuffix, randomUid, type Random } from './random';
import { apiVersionOf, type ResourceDefinition } from './resources';
import { strategyOf } from './strategies';
import type { KubernetesObject, NewObject } from './types';

/** A new object with what the API server fills in: name, uid, times, defaults of its kind. */
export function completeDraft(
  definition: ResourceDefinition,
  object: NewObject,
  {
    keepGiven,
    now,
    random,
  }: {
    /** Whether uid, times and status are taken over where they are given (fixtures). */
    keepGiven: boolean;
    /** Milliseconds since the epoch. */
    now: number;
    random: Random;
  },
): KubernetesObject {
  const given = JSON.parse(JSON.stringify(object)) as NewObject;
  const { generateName, name } = given.metadata;
  const draft = {
    ...given,
    apiVersion: apiVersionOf(definition),
    kind: definition.kind,
    metadata: {
      ...given.metadata,
      name:
        name ||
        (generateName && `${generateName.slice(0, 58)}${nameSuffix(random)}`),
      uid: (keepGiven && given.metadata.uid) || randomUid(random),
      creationTimestamp:
        (keepGiven && given.metadata.creationTimestamp) || timestamp(now),
    },
  } as KubernetesObject;
  delete (draft.metadata as Partial<KubernetesObject['metadata']>)
    .resourceVersion;
  if (!keepGiven) {
    delete draft.metadata.deletionTimestamp;
    delete draft.metadata.deletionGracePeriodSeconds;
    delete draft.metadata.generation;
  }
  if (definition.hasGeneration) {
    draft.metadata.generation ??= 1;
  }
  return strategyOf(definition.resource).prepare(draft, {
    keepStatus: keepGiven,
  });
}
