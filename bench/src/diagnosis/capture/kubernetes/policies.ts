import { admissionPolicy, limitRange, quota } from '../rules';
import { olderJob } from '../objects';
import type { CaptureCase } from '../types';

/** Pods that the API server refuses. */
export const policies: CaptureCase[] = [
  {
    name: 'quota-is-used-up',
    title: 'The quota of the namespace is used up',
    broken:
      'The quota compute allows requests of 50m CPU, and minio-init requests 200m.',
    family: 'kubernetes',
    expected: { rule: 'quota-exceeded', job: 'minio-init' },
    chart: 'older',
    async run(context) {
      await context.create(quota('compute', { 'requests.cpu': '50m' }));
      await context.create(
        olderJob({
          job: 'minio-init',
          script: 'true',
          container: { resources: { requests: { cpu: '200m' } } },
        }),
      );
      await context.eventIsThere('FailedCreate', { count: 3 });
    },
  },
  {
    name: 'small-containers-only',
    title: 'The namespace allows only smaller containers',
    broken:
      'A LimitRange allows 128Mi of memory per container, and ai-functions has a limit of 512Mi.',
    family: 'kubernetes',
    expected: { rule: 'limit-range', job: 'ai-functions' },
    chart: 'older',
    async run(context) {
      await context.create(limitRange('small', { max: { memory: '128Mi' } }));
      await context.create(
        olderJob({
          job: 'ai-functions',
          script: 'true',
          container: {
            resources: {
              requests: { memory: '64Mi' },
              limits: { memory: '512Mi' },
            },
          },
        }),
      );
      await context.eventIsThere('FailedCreate', { count: 3 });
    },
  },
  {
    name: 'restricted-namespace',
    title: 'The namespace enforces the restricted Pod Security Standard',
    broken:
      'The namespace enforces `restricted`; the pod of postgres-data-init has no security context.',
    family: 'kubernetes',
    expected: { rule: 'pod-security-refused', job: 'postgres-data-init' },
    chart: 'older',
    namespaceLabels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
    async run(context) {
      await context.create(
        olderJob({ job: 'postgres-data-init', script: 'true' }),
      );
      await context.eventIsThere('FailedCreate', { count: 3 });
    },
  },
  {
    name: 'policy-on-registries',
    title: 'An admission policy of the cluster refuses the pod',
    broken:
      'A ValidatingAdmissionPolicy allows images of harbor.example.com only; the image of bootstrap-admin is another.',
    family: 'kubernetes',
    expected: { rule: 'admission-refused', job: 'bootstrap-admin' },
    chart: 'older',
    async run(context) {
      await admissionPolicy(context, {
        name: 'trusted-registries',
        expression:
          "object.spec.containers.all(c, c.image.startsWith('harbor.example.com/'))",
        message: 'Images have to come from harbor.example.com.',
      });
      await context.create(
        olderJob({ job: 'bootstrap-admin', script: 'true' }),
      );
      await context.eventIsThere('FailedCreate', {
        count: 3,
        says: 'trusted-registries',
      });
    },
  },
];
