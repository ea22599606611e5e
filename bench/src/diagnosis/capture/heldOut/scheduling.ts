import { installChart } from '../installChart';
import { olderJob } from '../objects';
import type { CaptureCase } from '../types';

export const scheduling: CaptureCase[] = [
  {
    name: 'memory-of-a-large-machine',
    title: 'No node has the memory that the values ask for',
    broken: 'akko-init is installed with requests of 900Gi of memory.',
    family: 'kubernetes',
    expected: { rule: 'unschedulable-resources', job: 'postgres-data-init' },
    chart: 'akko-init',
    async run(context) {
      await installChart(context, {
        on: ['postgresData'],
        plain: true,
        values: {
          jobDefaults: {
            resources: {
              requests: { cpu: '10m', memory: '900Gi' },
              limits: { memory: '900Gi' },
            },
          },
        },
      });
      await context.eventIsThere('FailedScheduling');
    },
  },
  {
    name: 'selector-in-the-values',
    title: 'The values select nodes that there are none of',
    broken:
      'akko-init is installed with the node selector kubernetes.io/arch=arm64; the only node is amd64.',
    family: 'kubernetes',
    expected: { rule: 'unschedulable-selector', job: 'minio-init' },
    chart: 'akko-init',
    async run(context) {
      await installChart(context, {
        on: ['minio'],
        plain: true,
        values: {
          jobDefaults: { nodeSelector: { 'kubernetes.io/arch': 'arm64' } },
        },
      });
      await context.eventIsThere('FailedScheduling');
    },
  },
  {
    name: 'two-that-avoid-each-other',
    title: 'Two Jobs may not share the only node',
    broken:
      'keycloak-sync must not be on a node with a pod of ai-functions, which runs on the only one.',
    family: 'kubernetes',
    expected: { rule: 'unschedulable-affinity', job: 'keycloak-sync' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({ job: 'ai-functions', script: 'echo installing; sleep 300' }),
      );
      await context.until('the first pod to run', async () =>
        (
          await context.list('pods')
        ).some(({ status }) => status.phase === 'Running'),
      );
      await context.create(
        olderJob({
          job: 'keycloak-sync',
          script: 'true',
          pod: {
            affinity: {
              podAntiAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: [
                  {
                    labelSelector: {
                      matchLabels: {
                        'app.kubernetes.io/component': 'ai-functions',
                      },
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
