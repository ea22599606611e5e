import { isDeepStrictEqual } from 'node:util';
import { forbiddenField } from '../errors';
import type { KubernetesObject } from '../types';
import { validatePodSpec } from '../validation/podSpec';
import { withPodSpecDefaults } from './podSpec';
import type { Fields, Strategy } from './types';

const evictionTolerations = ['not-ready', 'unreachable'].map(condition => ({
  key: `node.kubernetes.io/${condition}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}));

function defaults(object: KubernetesObject): KubernetesObject {
  return {
    ...object,
    spec: {
      enableServiceLinks: true,
      ...withPodSpecDefaults(object.spec as Fields | undefined),
    },
  };
}

export const podStrategy: Strategy = {
  prepare(draft, { keepStatus }) {
    const spec = withPodSpecDefaults(draft.spec as Fields | undefined);
    const account = spec.serviceAccountName ?? 'default';
    return {
      ...draft,
      spec: {
        ...spec,
        serviceAccountName: account,
        serviceAccount: account,
        tolerations: spec.tolerations ?? evictionTolerations,
        priority: spec.priority ?? 0,
        enableServiceLinks: spec.enableServiceLinks ?? true,
        preemptionPolicy: spec.preemptionPolicy ?? 'PreemptLowerPriority',
      },
      status: (keepStatus && draft.status) || {
        phase: 'Pending',
        qosClass: qualityOfService(spec),
      },
    };
  },
  defaults,
  validate: object => validatePodSpec(object.spec as Fields, 'spec'),
  validateUpdate(next, current) {
    const changeable = (object: KubernetesObject) => {
      const {
        activeDeadlineSeconds,
        terminationGracePeriodSeconds,
        tolerations,
        nodeName,
        containers = [],
        initContainers = [],
        ...fixed
      } = object.spec as Fields;
      const withoutImages = (list: Fields[]) =>
        list.map(({ image, ...container }) => container);
      return [fixed, withoutImages(containers), withoutImages(initContainers)];
    };
    return isDeepStrictEqual(changeable(next), changeable(current))
      ? []
      : [
          forbiddenField(
            'spec',
            'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
          ),
        ];
  },
};

function qualityOfService(spec: Fields): string {
  const resources: Fields[] = [
    ...(spec.containers ?? []),
    ...(spec.initContainers ?? []),
  ].map(container => container.resources ?? {});
  if (resources.every(({ limits, requests }) => !limits && !requests)) {
    return 'BestEffort';
  }
  const isGuaranteed = resources.every(
    ({ limits, requests }) =>
      limits?.cpu &&
      limits?.memory &&
      requests?.cpu === limits.cpu &&
      requests?.memory === limits.memory,
  );
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}
