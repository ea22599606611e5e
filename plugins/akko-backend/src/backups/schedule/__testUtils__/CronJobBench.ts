import { randomBytes } from 'node:crypto';
import {
  ApiException,
  BatchV1Api,
  CoreV1Api,
  KubeConfig,
  PatchStrategy,
  setHeaderOptions,
  type V1CronJob,
  type V1Job,
} from '@kubernetes/client-node';

const merge = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
const SCHEDULED = 'batch.kubernetes.io/cronjob-scheduled-timestamp';

const made = (job: V1Job) => job.metadata!.creationTimestamp!;

function cronJob(
  name: string,
  schedule: string,
  timeZone: string | undefined,
  suspend: boolean,
): V1CronJob {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name },
    spec: {
      schedule,
      timeZone,
      suspend,
      jobTemplate: {
        spec: {
          suspend: true,
          template: {
            spec: {
              restartPolicy: 'Never',
              containers: [
                {
                  name: 'main',
                  image: 'debian:trixie-slim',
                  imagePullPolicy: 'IfNotPresent',
                  command: ['true'],
                },
              ],
            },
          },
        },
      },
    },
  };
}

/** CronJobs in a namespace of its own on a real cluster. Their Jobs are suspended, so that no pod is made. */
export class CronJobBench {
  private constructor(
    readonly namespace: string,
    private readonly core: CoreV1Api,
    private readonly batch: BatchV1Api,
  ) {}

  static async create(kubeconfig: string): Promise<CronJobBench> {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    const core = config.makeApiClient(CoreV1Api);
    const namespace = `akko-schedule-${randomBytes(4).toString('hex')}`;
    await core.createNamespace({ body: { metadata: { name: namespace } } });
    return new CronJobBench(namespace, core, config.makeApiClient(BatchV1Api));
  }

  async remove(): Promise<void> {
    await this.core.deleteNamespace({ name: this.namespace });
  }

  /** Whether the API server would take a CronJob; nothing is stored. */
  async accepts(schedule: string, timeZone?: string): Promise<boolean> {
    try {
      await this.batch.createNamespacedCronJob({
        namespace: this.namespace,
        dryRun: 'All',
        body: cronJob('try', schedule, timeZone, true),
      });
      return true;
    } catch (error) {
      // 422 is the API server's own judgement; anything else is not an answer.
      if (error instanceof ApiException && error.code === 422) {
        return false;
      }
      throw error;
    }
  }

  async start(name: string, schedule: string, timeZone?: string) {
    return this.batch.createNamespacedCronJob({
      namespace: this.namespace,
      body: cronJob(name, schedule, timeZone, false),
    });
  }

  /** Starts a CronJob whose last schedule time is in the past: the controller at once makes up the newest time it missed. */
  async startLate(
    name: string,
    schedule: string,
    timeZone: string | undefined,
    lastScheduleTime: Date,
  ): Promise<void> {
    const { namespace } = this;
    await this.batch.createNamespacedCronJob({
      namespace,
      body: cronJob(name, schedule, timeZone, true),
    });
    await this.batch.patchNamespacedCronJobStatus(
      { namespace, name, body: { status: { lastScheduleTime } } },
      merge,
    );
    await this.batch.patchNamespacedCronJob(
      { namespace, name, body: { spec: { suspend: false } } },
      merge,
    );
  }

  /** The oldest Job of each CronJob: its scheduled time and when it was made. */
  async firstJobs(): Promise<Map<string, { scheduled: Date; made: Date }>> {
    const { items } = await this.batch.listNamespacedJob({
      namespace: this.namespace,
    });
    const found = new Map<string, { scheduled: Date; made: Date }>();
    for (const job of items.sort((one, other) => +made(one) - +made(other))) {
      const owner = job.metadata!.ownerReferences![0].name;
      if (!found.has(owner)) {
        const scheduled = new Date(job.metadata!.annotations![SCHEDULED]);
        found.set(owner, { scheduled, made: made(job) });
      }
    }
    return found;
  }
}
