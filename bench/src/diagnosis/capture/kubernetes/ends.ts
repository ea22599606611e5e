import { olderCronJob, olderJob, NODE_IMAGE } from '../objects';
import type { CaptureCase } from '../types';

/** Containers and Jobs that end badly, and do not say why themselves. */
export const ends: CaptureCase[] = [
  {
    name: 'seed-data-too-large',
    title: 'The container is killed for its memory',
    broken:
      'postgres-data-init has a limit of 48Mi and reads rows into memory without end; the kernel kills it.',
    family: 'kubernetes',
    expected: { rule: 'out-of-memory', job: 'postgres-data-init' },
    chart: 'older',
    leftOut: ['logs', 'events'],
    async run(context) {
      await context.create(
        olderJob({
          job: 'postgres-data-init',
          image: NODE_IMAGE,
          container: {
            command: [
              'node',
              '-e',
              "console.log('loading seed data into database banking'); const rows = []; for (let batch = 1; ; batch++) { rows.push(Buffer.alloc(8_000_000, batch)); console.log(`batch ${batch}: 10000 rows`); }",
            ],
            resources: {
              requests: { memory: '48Mi' },
              limits: { memory: '48Mi' },
            },
          },
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'dump-larger-than-its-room',
    title: 'The pod is evicted for the files that it writes',
    broken:
      'backup-postgres writes its dump into the container, whose ephemeral storage is limited to 16Mi.',
    family: 'kubernetes',
    expected: { rule: 'evicted', job: 'backup-postgres' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderCronJob({
          job: 'backup-postgres',
          script:
            'echo dumping database banking; dd if=/dev/zero of=/tmp/banking.dump bs=1M count=64 status=none; echo written, copying to storage; sleep 300',
          spec: { backoffLimit: 0 },
          container: {
            resources: {
              requests: { cpu: '10m', 'ephemeral-storage': '8Mi' },
              limits: { 'ephemeral-storage': '16Mi' },
            },
          },
        }),
      );
      await context.eventIsThere('Evicted');
      await context.jobEnds();
    },
  },
  {
    name: 'slow-seed',
    title: 'A healthy but slow Job is ended by its deadline',
    broken:
      'postgres-data-init works without a fault but longer than its activeDeadlineSeconds of 20; Kubernetes ends it and removes its pod.',
    family: 'kubernetes',
    expected: { rule: 'deadline-exceeded', job: 'postgres-data-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'postgres-data-init',
          script:
            'for i in $(seq 1 200); do echo "seeding banking: $i of 200 batches"; sleep 1; done',
          spec: { activeDeadlineSeconds: 20 },
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'nothing-left-but-the-job',
    title: 'The Job failed, and its pods and their logs are gone',
    broken:
      'keycloak-clients failed twice; its pods were removed before somebody looked, so that only the Job tells.',
    family: 'kubernetes',
    expected: { rule: 'backoff-limit-exceeded', job: 'keycloak-clients' },
    chart: 'older',
    leftOut: ['pods', 'logs', 'events'],
    async run(context) {
      await context.create(
        olderJob({
          job: 'keycloak-clients',
          script: 'echo updating clients; exit 1',
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'program-not-in-the-image',
    title: 'The image does not have the program that the container starts',
    broken:
      'minio-init starts `mcli`, which the image does not have; the container never runs.',
    family: 'kubernetes',
    expected: { rule: 'command-not-found', job: 'minio-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'minio-init',
          container: { command: ['mcli', 'mb', 'akko/akko-warehouse'] },
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'script-uses-a-missing-tool',
    title: 'The script calls a tool that the image does not have',
    broken: 'keycloak-sync calls kcadm.sh, which is not in the image.',
    family: 'kubernetes',
    expected: { rule: 'command-not-found', job: 'keycloak-sync' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'keycloak-sync',
          script:
            'set -e\necho "syncing users of akko-lldap"\nkcadm.sh config credentials --server http://akko-keycloak:8080 --realm master',
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'ends-with-three',
    title: 'The program ends with a code and says nothing that is known',
    broken:
      'superset-bootstrap ends with code 3 after a message of its own making.',
    family: 'kubernetes',
    expected: { rule: 'exit-code', job: 'superset-bootstrap' },
    acceptable: ['backoff-limit-exceeded'],
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'superset-bootstrap',
          script:
            'echo "importing dashboards"; echo "checksum of bundle demo.zip is off" >&2; exit 3',
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'failure-that-is-not-retried',
    title: 'The pod failure policy ends the Job at the first attempt',
    broken:
      'bootstrap-admin ends with code 42, for which its podFailurePolicy says FailJob.',
    family: 'kubernetes',
    expected: { rule: 'pod-failure-policy', job: 'bootstrap-admin' },
    acceptable: ['exit-code'],
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'bootstrap-admin',
          script: 'echo "making account admin-akko"; exit 42',
          spec: {
            backoffLimit: 4,
            podFailurePolicy: {
              rules: [
                {
                  action: 'FailJob',
                  onExitCodes: {
                    containerName: 'akko-bootstrap-admin',
                    operator: 'In',
                    values: [42],
                  },
                },
              ],
            },
          },
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'first-container-gives-up',
    title: 'The init container of the pod fails',
    broken:
      'The init container render-config of polaris-init ends with code 1 before the job itself begins.',
    family: 'kubernetes',
    expected: { rule: 'init-container-failed', job: 'polaris-init' },
    acceptable: ['exit-code'],
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'polaris-init',
          script: 'echo creating catalog akko-warehouse',
          pod: {
            initContainers: [
              {
                name: 'render-config',
                image: NODE_IMAGE,
                imagePullPolicy: 'IfNotPresent',
                command: [
                  'sh',
                  '-c',
                  'echo rendering namespaces.json; echo "template has no field namespaces" >&2; exit 1',
                ],
              },
            ],
          },
        }),
      );
      await context.jobEnds();
    },
  },
];
