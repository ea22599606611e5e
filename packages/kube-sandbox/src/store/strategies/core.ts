import { invalid, type FieldProblem } from '../errors';
import type { KubernetesObject } from '../types';
import type { Fields, Strategy } from './types';

const same = (object: KubernetesObject) => object;
const noProblems = (): FieldProblem[] => [];

/** Defaults that are the same on every write. */
function simple(
  defaults: (object: KubernetesObject) => KubernetesObject,
  validate: (object: KubernetesObject) => FieldProblem[] = noProblems,
): Strategy {
  return {
    prepare: defaults,
    defaults,
    validate,
    validateUpdate: validate,
  };
}

function validateKeys(object: KubernetesObject): FieldProblem[] {
  return Object.keys((object.data ?? {}) as Fields)
    .filter(key => !/^[-._a-zA-Z0-9]+$/.test(key))
    .map(key =>
      invalid(
        `data[${key}]`,
        key,
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
      ),
    );
}

export const configMapStrategy = simple(same, validateKeys);

export const serviceAccountStrategy = simple(same);

export const secretStrategy = simple(
  ({ stringData, ...object }) => ({
    ...object,
    ...(stringData || object.data
      ? {
          data: {
            ...(object.data as Fields),
            ...Object.fromEntries(
              Object.entries((stringData ?? {}) as Record<string, string>).map(
                ([key, text]) => [key, Buffer.from(text).toString('base64')],
              ),
            ),
          },
        }
      : {}),
    type: object.type ?? 'Opaque',
  }),
  validateKeys,
);

export const eventStrategy = simple(
  object => ({
    source: {},
    firstTimestamp: null,
    lastTimestamp: null,
    eventTime: null,
    reportingComponent: '',
    reportingInstance: '',
    ...object,
    involvedObject: object.involvedObject ?? {},
  }),
  object => {
    const namespace =
      (object.involvedObject as Fields | undefined)?.namespace ?? '';
    return namespace === object.metadata.namespace ||
      (!namespace && object.metadata.namespace === 'default')
      ? []
      : [
          invalid(
            'involvedObject.namespace',
            namespace,
            'does not match event.namespace',
          ),
        ];
  },
);

const namespaceDefaults = (object: KubernetesObject): KubernetesObject => ({
  ...object,
  metadata: {
    ...object.metadata,
    labels: {
      ...object.metadata.labels,
      'kubernetes.io/metadata.name': object.metadata.name,
    },
  },
});

export const namespaceStrategy: Strategy = {
  prepare: object => ({
    ...namespaceDefaults(object),
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }),
  defaults: namespaceDefaults,
  validate: noProblems,
};

const claimDefaults = (object: KubernetesObject): KubernetesObject => ({
  ...object,
  spec: { volumeMode: 'Filesystem', ...(object.spec as Fields) },
});

export const persistentVolumeClaimStrategy: Strategy = {
  prepare: (object, { keepStatus }) => {
    const claim = claimDefaults(object);
    return {
      ...claim,
      spec: { storageClassName: 'standard', ...(claim.spec as Fields) },
      status: (keepStatus && claim.status) || { phase: 'Pending' },
    };
  },
  defaults: claimDefaults,
  validate: noProblems,
};
