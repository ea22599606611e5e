import { installChart } from '../installChart';
import { olderCronJob, olderJob } from '../objects';
import { admissionPolicy, limitRange, quota } from '../rules';
import type { CaptureCase } from '../types';

export const policies: CaptureCase[] = [
  {
    name: 'quota-wants-limits',
    title: 'The quota wants every container to have limits',
    broken:
      'The quota counts limits.cpu, and the container of the chart has no limit of CPU.',
    family: 'kubernetes',
    expected: { rule: 'quota-exceeded', job: 'postgres-init' },
    chart: 'akko-init',
    async run(context) {
      await context.create(quota('akko-limits', { 'limits.cpu': '4' }));
      await installChart(context, {
        on: ['postgres'],
        plain: true,
        // null takes the chart's own limit away.
        values: { jobDefaults: { resources: { limits: { cpu: null } } } },
      });
      await context.eventIsThere('FailedCreate', { count: 3 });
    },
  },
  {
    name: 'ratio-of-limit-and-request',
    title: 'The namespace limits how far limits may be from requests',
    broken:
      'A LimitRange allows limits of four times the request; the container has 256Mi and 16Mi.',
    family: 'kubernetes',
    expected: { rule: 'limit-range', job: 'backup-minio' },
    chart: 'older',
    async run(context) {
      await context.create(
        limitRange('ratio', { maxLimitRequestRatio: { memory: '4' } }),
        olderCronJob({ job: 'backup-minio', script: 'true' }),
      );
      await context.eventIsThere('FailedCreate', { count: 3 });
    },
  },
  {
    name: 'baseline-and-a-host-path',
    title: 'The namespace enforces the baseline Pod Security Standard',
    broken:
      'The namespace enforces `baseline`; the backup mounts a folder of the node.',
    family: 'kubernetes',
    expected: { rule: 'pod-security-refused', job: 'backup-postgres' },
    chart: 'older',
    namespaceLabels: { 'pod-security.kubernetes.io/enforce': 'baseline' },
    async run(context) {
      await context.create(
        olderCronJob({
          release: 'lake',
          component: false,
          job: 'backup-postgres',
          script: 'true',
          pod: {
            volumes: [{ name: 'backups', hostPath: { path: '/srv/backups' } }],
          },
          container: {
            volumeMounts: [{ name: 'backups', mountPath: '/backups' }],
          },
        }),
      );
      await context.eventIsThere('FailedCreate', { count: 3 });
    },
  },
  {
    name: 'cost-centre-is-required',
    title: 'The cluster wants a label that the pod does not have',
    broken:
      'A ValidatingAdmissionPolicy requires the label cost-centre on pods.',
    family: 'kubernetes',
    expected: { rule: 'admission-refused', job: 'polaris-init' },
    chart: 'older',
    async run(context) {
      await admissionPolicy(context, {
        name: 'require-cost-centre',
        expression:
          "has(object.metadata.labels) && 'cost-centre' in object.metadata.labels",
        message: 'every pod needs the label cost-centre',
      });
      await context.create(olderJob({ job: 'polaris-init', script: 'true' }));
      await context.eventIsThere('FailedCreate', {
        count: 3,
        says: 'require-cost-centre',
      });
    },
  },
];
