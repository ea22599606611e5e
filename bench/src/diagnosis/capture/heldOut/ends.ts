import { installChart } from '../installChart';
import { NODE_IMAGE, olderCronJob, olderJob } from '../objects';
import type { CaptureCase } from '../types';

export const ends: CaptureCase[] = [
  {
    name: 'values-with-little-memory',
    title: 'The program of the chart gets too little memory',
    broken:
      'akko-init is installed with a memory limit of 24Mi, in which its process cannot even start.',
    family: 'kubernetes',
    expected: { rule: 'out-of-memory', job: 'minio-init' },
    chart: 'akko-init',
    leftOut: ['logs', 'events'],
    async run(context) {
      await installChart(context, {
        on: ['minio'],
        values: {
          jobDefaults: {
            resources: {
              requests: { cpu: '10m', memory: '24Mi' },
              limits: { memory: '24Mi' },
            },
          },
        },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'scratch-folder-outgrown',
    title: 'The pod is evicted because its scratch volume outgrew its limit',
    broken:
      'postgres-data-init unpacks seed data into an emptyDir with a limit of 8Mi.',
    family: 'kubernetes',
    expected: { rule: 'evicted', job: 'postgres-data-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'postgres-data-init',
          script:
            'echo unpacking seed data; dd if=/dev/zero of=/scratch/seed bs=1M count=48 status=none; sleep 300',
          spec: { backoffLimit: 0 },
          pod: {
            volumes: [{ name: 'scratch', emptyDir: { sizeLimit: '8Mi' } }],
          },
          container: {
            volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
          },
        }),
      );
      await context.eventIsThere('Evicted');
      await context.jobEnds();
    },
  },
  {
    name: 'backup-too-long',
    title: 'The backup takes longer than its Job may',
    broken:
      'The Jobs of backup-minio have 15 seconds, and copying takes longer; pods and log are gone.',
    family: 'kubernetes',
    expected: { rule: 'deadline-exceeded', job: 'backup-minio' },
    acceptable: ['backup-failing'],
    chart: 'older',
    async run(context) {
      await context.create(
        olderCronJob({
          release: 'akko-eu',
          job: 'backup-minio',
          script:
            'for i in $(seq 1 300); do echo "akko-warehouse: $i objects"; sleep 1; done',
          spec: { activeDeadlineSeconds: 15 },
        }),
      );
      await context.eventIsThere('DeadlineExceeded');
      await context.jobEnds();
    },
  },
  {
    name: 'events-and-pods-expired',
    title: 'A Job failed long ago; nothing but its status is left',
    broken:
      'polaris-init failed at its backoff limit; pods were collected and events expired.',
    family: 'kubernetes',
    expected: { rule: 'backoff-limit-exceeded', job: 'polaris-init' },
    chart: 'older',
    leftOut: ['pods', 'logs', 'events'],
    async run(context) {
      await context.create(
        olderJob({
          release: 'lake',
          component: false,
          job: 'polaris-init',
          script: 'exit 1',
          spec: { backoffLimit: 2 },
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'entry-point-of-another-version',
    title: 'The container starts a file that is not in the image',
    broken: 'keycloak-clients starts /opt/akko/bin/init, which does not exist.',
    family: 'kubernetes',
    expected: { rule: 'command-not-found', job: 'keycloak-clients' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'keycloak-clients',
          image: NODE_IMAGE,
          container: { command: ['/opt/akko/bin/init', 'keycloak-clients'] },
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'crash-without-a-word',
    title: 'The program crashes without a word of its own',
    broken:
      'ai-functions kills itself by SIGSEGV (139) before it says anything.',
    family: 'kubernetes',
    expected: { rule: 'exit-code', job: 'ai-functions' },
    acceptable: ['backoff-limit-exceeded'],
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'ai-functions',
          image: NODE_IMAGE,
          // Kubernetes makes one dollar sign of two.
          script: "sh -c 'kill -SEGV $$$$'; exit $?",
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'policy-of-a-range',
    title: 'The failure policy takes any code but a few as final',
    broken:
      'keycloak-sync ends with code 9; its podFailurePolicy fails the Job for all codes but 1.',
    family: 'kubernetes',
    expected: { rule: 'pod-failure-policy', job: 'keycloak-sync' },
    acceptable: ['exit-code'],
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'keycloak-sync',
          script: 'echo comparing users; exit 9',
          spec: {
            backoffLimit: 6,
            podFailurePolicy: {
              rules: [
                {
                  action: 'FailJob',
                  onExitCodes: { operator: 'NotIn', values: [0, 1] },
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
    name: 'migration-before-the-job',
    title: 'The second init container fails, the first one was fine',
    broken:
      'The init container migrate of superset-bootstrap ends with code 2; the one before it succeeded.',
    family: 'kubernetes',
    expected: { rule: 'init-container-failed', job: 'superset-bootstrap' },
    acceptable: ['exit-code'],
    chart: 'older',
    async run(context) {
      const init = (name: string, script: string) => ({
        name,
        image: NODE_IMAGE,
        imagePullPolicy: 'IfNotPresent',
        command: ['sh', '-c', script],
      });
      await context.create(
        olderJob({
          job: 'superset-bootstrap',
          script: 'true',
          pod: {
            initContainers: [
              init('fetch-content', 'echo 12 charts fetched'),
              init('migrate', 'echo migrating 12 charts; exit 2'),
            ],
          },
        }),
      );
      await context.jobEnds();
    },
  },
];
