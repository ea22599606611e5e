import { randomBytes } from 'node:crypto';
import {
  BatchV1Api,
  CoreV1Api,
  KubeConfig,
  type V1Job,
} from '@kubernetes/client-node';
import type { Operation } from '@akko/backstage-plugin-akko-common';
import { eventually } from './__testUtils__/eventually';
import { KUBECONFIG } from './__testUtils__/realCluster';
import { RealPortal } from './__testUtils__/realPortal';

const RUN_SECONDS = 12;
const MINUTE = 60_000;
const POLICIES = ['Forbid', 'Replace', 'Allow'];

interface Span {
  name: string;
  isManual: boolean;
  isOver: boolean;
  from: number;
  to: number;
}

/** A backup that runs every minute, in a namespace of its own. */
class EveryMinute {
  private constructor(
    readonly namespace: string,
    private readonly core: CoreV1Api,
    readonly batch: BatchV1Api,
    readonly context: string,
  ) {}

  static async create(concurrencyPolicy: string): Promise<EveryMinute> {
    const config = new KubeConfig();
    config.loadFromFile(KUBECONFIG!);
    const namespace = `akko-${randomBytes(4).toString('hex')}`;
    const core = config.makeApiClient(CoreV1Api);
    const batch = config.makeApiClient(BatchV1Api);
    await core.createNamespace({ body: { metadata: { name: namespace } } });
    const labels = {
      'app.kubernetes.io/name': 'akko-init',
      'app.kubernetes.io/instance': 'akko',
      'app.kubernetes.io/component': 'backup-postgres',
      'app.kubernetes.io/part-of': 'akko',
    };
    await batch.createNamespacedCronJob({
      namespace,
      body: {
        metadata: { name: 'akko-backup-postgres', labels },
        spec: {
          schedule: '* * * * *',
          concurrencyPolicy,
          startingDeadlineSeconds: 20,
          successfulJobsHistoryLimit: 20,
          jobTemplate: {
            metadata: { labels },
            spec: {
              backoffLimit: 0,
              template: {
                metadata: { labels },
                spec: {
                  restartPolicy: 'Never',
                  terminationGracePeriodSeconds: 0,
                  containers: [
                    {
                      name: 'main',
                      image: 'debian:trixie-slim',
                      imagePullPolicy: 'IfNotPresent',
                      command: ['sleep', String(RUN_SECONDS)],
                    },
                  ],
                },
              },
            },
          },
        },
      },
    });
    return new EveryMinute(namespace, core, batch, config.getCurrentContext());
  }

  get path(): string {
    return `/api/akko/instances/real/${this.namespace}/akko`;
  }

  async jobs(): Promise<V1Job[]> {
    const { items } = await this.batch.listNamespacedJob({
      namespace: this.namespace,
    });
    return items;
  }

  /** When each Job existed and had not ended; up to now for those that have not. */
  async spans(): Promise<Span[]> {
    return (await this.jobs()).map(({ metadata, status }) => {
      const end = status?.conditions?.find(
        ({ type, status: holds }) =>
          (type === 'Complete' || type === 'Failed') && holds === 'True',
      )?.lastTransitionTime;
      return {
        name: metadata!.name!,
        isManual:
          metadata!.annotations?.['cronjob.kubernetes.io/instantiate'] ===
          'manual',
        isOver: end !== undefined,
        from: metadata!.creationTimestamp!.getTime(),
        to: end ? new Date(end).getTime() : Date.now(),
      };
    });
  }

  async remove(): Promise<void> {
    await this.core.deleteNamespace({ name: this.namespace });
  }
}

(KUBECONFIG ? describe : describe.skip)(
  'Backups by hand beside a schedule, on a real cluster',
  () => {
    let portal: RealPortal;
    /** Side by side, because each waits for whole minutes. */
    let instances: Record<string, EveryMinute> = {};
    let forbidden: Promise<Span[]>;

    beforeAll(async () => {
      portal = await RealPortal.start({ kubeconfig: KUBECONFIG! });
      const made = await Promise.all(POLICIES.map(EveryMinute.create));
      instances = Object.fromEntries(
        POLICIES.map((policy, index) => [policy, made[index]]),
      );
      await Promise.all(
        made.map(instance =>
          eventually(
            'the portal knows the backup',
            async () => (await portal.get(instance.path)).body,
            body => body.backups?.some((backup: any) => backup.runnable),
          ),
        ),
      );
      forbidden = askAllTheTime(instances.Forbid);
      forbidden.catch(() => {});
    }, MINUTE);
    afterAll(async () => {
      await portal?.stop();
      await Promise.all(
        Object.values(instances).map(instance => instance.remove()),
      );
    }, MINUTE);

    const ask = (instance: EveryMinute, key: string) =>
      portal.post(`${instance.path}/operations`, {
        action: 'backup',
        backup: 'backup-postgres',
        reason: key,
      });

    const ended = async (id: string): Promise<Operation> =>
      eventually(
        'the operation has ended',
        async () =>
          (await portal.get(`/api/akko/operations/${id}?wait=10`)).body,
        ({ finishedAt }) => Boolean(finishedAt),
        90,
      );

    /** Fifty at once, again and again, over a due time. @returns what ran */
    async function askAllTheTime(instance: EveryMinute): Promise<Span[]> {
      const until = Date.now() + 1.3 * MINUTE;
      while (Date.now() < until) {
        const answers = await Promise.all(
          Array.from({ length: 50 }, (_, index) =>
            ask(instance, String(index)),
          ),
        );
        const taken = answers.filter(({ status }) => status === 202);
        expect(taken.length).toBeLessThanOrEqual(1);
        answers
          .filter(({ status }) => status !== 202)
          .forEach(({ body, status }) =>
            expect([status, body.error.code]).toEqual([409, 'already-running']),
          );
        for (const { body } of taken) {
          const { state, steps } = await ended(body.id);
          if (state !== 'succeeded') {
            expect(steps[0].error).toContain('is running already');
          }
        }
        await eventually(
          'no run is active',
          () => instance.spans(),
          spans => spans.every(({ isOver }) => isOver),
        );
      }
      return instance.spans();
    }

    it.each([
      { policy: 'Replace', beside: false },
      { policy: 'Allow', beside: true },
    ])(
      'do as $policy says',
      async ({ policy, beside }) => {
        const instance = instances[policy];
        const [scheduled] = await eventually(
          'the schedule runs one',
          () => instance.jobs(),
          jobs => jobs.length > 0,
          75,
        );
        const { body, status } = await ask(instance, policy);
        expect([status, body.error]).toEqual([202, undefined]);
        await ended(body.id);
        const names = (await instance.jobs()).map(
          ({ metadata }) => metadata!.name,
        );
        expect(names.includes(scheduled.metadata!.name)).toBe(beside);
        const { body: ledger } = await portal.get(
          `${instance.path}/backups/backup-postgres/entries`,
        );
        expect(ledger.items.map(({ origin }: any) => origin)).toEqual(
          expect.arrayContaining(['manual', 'scheduled']),
        );
      },
      4 * MINUTE,
    );

    it(
      'never run beside a scheduled one under Forbid, whenever they are asked for, and fifty at once are one',
      async () => {
        const spans = (await forbidden).sort((a, b) => a.from - b.from);
        const overlaps = spans.flatMap((span, index) =>
          spans
            .slice(index + 1)
            // Kubernetes tells whole seconds.
            .filter(other => other.from < span.to - 1000)
            .map(other => `${span.name} and ${other.name}`),
        );
        expect(overlaps).toEqual([]);
        // Neither starved the other.
        expect(spans.some(({ isManual }) => isManual)).toBe(true);
        expect(spans.some(({ isManual }) => !isManual)).toBe(true);
      },
      4 * MINUTE,
    );
  },
);
