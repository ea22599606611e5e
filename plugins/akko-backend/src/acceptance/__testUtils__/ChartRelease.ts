import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BatchV1Api, CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import type { Report } from '@akko/backstage-plugin-akko-common';
import { eventually } from './eventually';

const run = promisify(execFile);
const helmFolder = join(__dirname, '../../../../../helm');

/** A cluster on which the services of an AKKO release run, in namespace `akko`; suites are skipped without one. */
export const SERVICES_KUBECONFIG = process.env.AKKO_SERVICES_KUBECONFIG;
/** The image of the Jobs, on the nodes of that cluster. */
const IMAGE = process.env.AKKO_INIT_IMAGE ?? 'localhost/akko/akko-init:test';

/** What Kubernetes knows of one Job. */
export interface SeenJob {
  uid: string;
  complete: boolean;
  failed: boolean;
  report?: Report;
}

/** The umbrella chart, installed with a Helm beside the services. */
export class ChartRelease {
  readonly namespace = 'akko';
  private readonly core: CoreV1Api;
  private readonly batch: BatchV1Api;

  constructor(
    private readonly helm: string,
    readonly name: string,
    private readonly settings: Record<string, string>,
  ) {
    const config = new KubeConfig();
    config.loadFromFile(SERVICES_KUBECONFIG!);
    this.core = config.makeApiClient(CoreV1Api);
    this.batch = config.makeApiClient(BatchV1Api);
  }

  /** As the domain's own command: an upgrade that installs what is not there. @param flags - more of them */
  async upgrade(...flags: string[]): Promise<void> {
    const [repository, tag] = IMAGE.split(/:(?=[^/]*$)/);
    const settings = {
      'akko-init.image.repository': repository,
      'akko-init.image.tag': tag,
      ...this.settings,
    };
    await this.runHelm([
      'upgrade',
      this.name,
      join(helmFolder, 'akko'),
      '--install',
      '--namespace',
      this.namespace,
      '--values',
      join(helmFolder, 'examples/values-dev.yaml'),
      '--timeout',
      '10m',
      ...flags,
      ...Object.entries(settings).flatMap(([key, value]) => [
        '--set',
        `${key}=${value}`,
      ]),
    ]);
  }

  async uninstall(): Promise<void> {
    await this.runHelm([
      'uninstall',
      this.name,
      '--namespace',
      this.namespace,
      '--ignore-not-found',
    ]);
    // Helm leaves hook Jobs and the volume of the backups behind.
    await this.removeJobs();
    await this.core.deleteCollectionNamespacedPersistentVolumeClaim({
      namespace: this.namespace,
      labelSelector: this.selector,
    });
  }

  /** Removes the Jobs and their pods, as their time to live does. */
  async removeJobs(): Promise<void> {
    await this.batch.deleteCollectionNamespacedJob({
      namespace: this.namespace,
      labelSelector: this.selector,
      propagationPolicy: 'Foreground',
    });
    await eventually(
      'the Jobs of the release are gone',
      () => this.jobs(),
      jobs => jobs.size === 0,
    );
  }

  private get selector(): string {
    return `app.kubernetes.io/instance=${this.name},app.kubernetes.io/name=akko-init`;
  }

  /** The Jobs of the release by the name of their component. */
  async jobs(): Promise<Map<string, SeenJob>> {
    const { namespace, selector: labelSelector } = this;
    const [jobs, pods] = await Promise.all([
      this.batch.listNamespacedJob({ namespace, labelSelector }),
      this.core.listNamespacedPod({ namespace, labelSelector }),
    ]);
    const holds = (
      conditions: { type: string; status: string }[] | undefined,
      type: string,
    ) =>
      conditions?.some(each => each.type === type && each.status === 'True') ??
      false;
    return new Map(
      jobs.items.map(({ metadata, status }) => {
        const message = pods.items
          .filter(pod =>
            pod.metadata?.ownerReferences?.some(
              owner => owner.uid === metadata?.uid,
            ),
          )
          .map(pod => pod.status?.containerStatuses?.[0].state?.terminated)
          .find(Boolean)?.message;
        return [
          metadata!.labels!['app.kubernetes.io/component'],
          {
            uid: metadata!.uid!,
            complete: holds(status?.conditions, 'Complete'),
            failed: holds(status?.conditions, 'Failed'),
            report: message?.startsWith('{') ? JSON.parse(message) : undefined,
          },
        ];
      }),
    );
  }

  /** Waits until every Job has ended well. @throws as soon as one has failed, with its report */
  async completed(): Promise<Map<string, SeenJob>> {
    return eventually(
      'every Job is complete',
      async () => {
        const jobs = await this.jobs();
        for (const [name, { failed, report }] of jobs) {
          if (failed) {
            throw new Error(`${name} failed: ${JSON.stringify(report)}`);
          }
        }
        return jobs;
      },
      jobs =>
        jobs.size > 0 && [...jobs.values()].every(({ complete }) => complete),
      300,
    );
  }

  /** Starts a CronJob by hand, as kubectl does, and waits for its end. */
  async runNow(component: string): Promise<SeenJob> {
    const { namespace } = this;
    const cronJob = await this.batch.readNamespacedCronJob({
      namespace,
      name: `${this.name}-${component}`,
    });
    const { metadata } = await this.batch.createNamespacedJob({
      namespace,
      body: {
        metadata: {
          generateName: `${this.name}-${component}-`,
          labels: cronJob.spec!.jobTemplate.metadata?.labels,
          annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' },
        },
        spec: cronJob.spec!.jobTemplate.spec,
      },
    });
    const jobs = await eventually(
      `${component} has ended`,
      () => this.jobs(),
      found => {
        const job = found.get(component);
        return (
          job?.uid === metadata!.uid && (job!.complete || job!.failed) === true
        );
      },
      300,
    );
    return jobs.get(component)!;
  }

  /**
   * Lets the backups write to their volume. Kubernetes gives a volume to the group of its pods, unless it is a folder of the node, as on the
   * testbed: there an administrator does it.
   */
  async openBackupVolume(): Promise<void> {
    const { namespace } = this;
    const name = `${this.name}-open-backups`;
    await this.core.createNamespacedPod({
      namespace,
      body: {
        metadata: { name },
        spec: {
          restartPolicy: 'Never',
          containers: [
            {
              name: 'open',
              image: 'debian:trixie-slim',
              imagePullPolicy: 'IfNotPresent',
              command: ['sh', '-c', 'chgrp 1000 /backups; chmod 2770 /backups'],
              volumeMounts: [{ name: 'backups', mountPath: '/backups' }],
            },
          ],
          volumes: [
            {
              name: 'backups',
              persistentVolumeClaim: { claimName: `${this.name}-backups` },
            },
          ],
        },
      },
    });
    await eventually(
      'the volume of the backups is open',
      () => this.core.readNamespacedPod({ name, namespace }),
      ({ status }) => status?.phase === 'Succeeded',
    );
    await this.core.deleteNamespacedPod({ name, namespace });
  }

  /** Puts a Secret there that an administrator makes by hand. */
  async ensureSecret(
    name: string,
    stringData: Record<string, string>,
  ): Promise<void> {
    await this.core
      .createNamespacedSecret({
        namespace: this.namespace,
        body: { metadata: { name }, stringData },
      })
      .catch(error => {
        if (error.code !== 409) throw error;
      });
  }

  private async runHelm(args: string[]): Promise<void> {
    try {
      await run(this.helm, [...args, '--kubeconfig', SERVICES_KUBECONFIG!], {
        timeout: 660_000,
        maxBuffer: 16 * 1024 * 1024,
      });
    } catch (error) {
      throw new Error(
        `${this.helm} ${args[0]} failed: ${(error as any).stderr}`,
      );
    }
  }
}
