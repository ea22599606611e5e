import { olderJob } from '../objects';
import type { CaptureCase } from '../types';

/** Pods that fit on no node. */
export const scheduling: CaptureCase[] = [
  {
    name: 'sixty-four-processors',
    title: 'No node has as many processors as the pod asks for',
    broken: 'superset-bootstrap requests 64 CPUs.',
    family: 'kubernetes',
    expected: { rule: 'unschedulable-resources', job: 'superset-bootstrap' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'superset-bootstrap',
          script: 'true',
          container: { resources: { requests: { cpu: '64' } } },
        }),
      );
      await context.eventIsThere('FailedScheduling');
    },
  },
  {
    name: 'pool-that-was-renamed',
    title: 'No node has the label that the pod selects',
    broken: 'keycloak-clients has the node selector pool=lakehouse.',
    family: 'kubernetes',
    expected: { rule: 'unschedulable-selector', job: 'keycloak-clients' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'keycloak-clients',
          script: 'true',
          pod: { nodeSelector: { pool: 'lakehouse' } },
        }),
      );
      await context.eventIsThere('FailedScheduling');
    },
  },
  {
    name: 'beside-a-pod-that-is-not-there',
    title: 'The pod wants to be beside another one, and there is none',
    broken:
      'polaris-init requires to be on the node of a pod of akko-polaris; no such pod exists.',
    family: 'kubernetes',
    expected: { rule: 'unschedulable-affinity', job: 'polaris-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'polaris-init',
          script: 'true',
          pod: {
            affinity: {
              podAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: [
                  {
                    labelSelector: {
                      matchLabels: { 'app.kubernetes.io/name': 'akko-polaris' },
                    },
                    topologyKey: 'kubernetes.io/hostname',
                  },
                ],
              },
            },
          },
        }),
      );
      await context.eventIsThere('FailedScheduling');
    },
  },
];
