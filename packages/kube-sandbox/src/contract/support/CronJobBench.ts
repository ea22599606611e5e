import type { Answer } from './ApiClient';
import type { ContractTarget } from './describeContract';
import { shellJob } from './objects';

/** Rare enough that no run of the tests meets one of its times by chance: they say themselves what was missed. */
const YEARLY = '0 0 1 1 *';

/** The newest time of the yearly schedule, which a CronJob of {@link CronJobBench.miss} has missed. */
export const missedTime = Date.UTC(new Date().getUTCFullYear(), 0, 1);

/** What tests do with CronJobs and with Jobs made of them by hand. */
export class CronJobBench {
  constructor(private readonly target: ContractTarget) {}

  /** A suspended one. @param script - of its Jobs */
  async create(
    name: string,
    script: string,
    spec: Record<string, unknown> = {},
  ): Promise<any> {
    const { batch, api } = this.of();
    const answer = await api.post(batch('cronjobs'), {
      metadata: { name },
      spec: {
        schedule: YEARLY,
        suspend: true,
        ...spec,
        jobTemplate: { spec: shellJob('any', script).spec },
      },
    });
    return bodyOf(answer);
  }

  /** A Job of its template, as `kubectl create job --from=cronjob/…` makes it. @returns the Job */
  async runByHand(cronJobName: string, name: string): Promise<any> {
    const { batch, api } = this.of();
    const { body: cronJob } = await api.get(batch(`cronjobs/${cronJobName}`));
    const { spec } = cronJob.spec.jobTemplate;
    const answer = await api.post(batch('jobs'), {
      metadata: {
        name,
        annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' },
        ownerReferences: [
          {
            apiVersion: 'batch/v1',
            kind: 'CronJob',
            name: cronJobName,
            uid: cronJob.metadata.uid,
            controller: true,
          },
        ],
      },
      spec,
    });
    return bodyOf(answer);
  }

  /** Lets the CronJob's controller count a Job. */
  async adopt(name: string, job: any): Promise<void> {
    const { resourceVersion } = (await this.get(name)).metadata;
    bodyOf(
      await this.patchStatus(name, 'merge-patch', {
        metadata: { resourceVersion },
        status: { active: [referenceTo(job)] },
      }),
    );
  }

  /** Makes it as if only {@link missedTime} had not had its Job. */
  async miss(name: string, lastYear = 1): Promise<void> {
    const last = Date.UTC(new Date(missedTime).getUTCFullYear() - lastYear);
    bodyOf(
      await this.patchStatus(name, 'merge-patch', {
        status: { lastScheduleTime: new Date(last).toISOString() },
      }),
    );
  }

  async resume(name: string): Promise<void> {
    const { batch, api } = this.of();
    bodyOf(
      await api.patch(batch(`cronjobs/${name}`), 'merge-patch', {
        spec: { suspend: false },
      }),
    );
  }

  patchStatus(
    name: string,
    format: 'merge-patch' | 'json-patch',
    patch: unknown,
  ) {
    const { batch, api } = this.of();
    return api.patch(batch(`cronjobs/${name}/status`), format, patch);
  }

  async get(name: string): Promise<any> {
    const { batch, api } = this.of();
    return (await api.get(batch(`cronjobs/${name}`))).body;
  }

  /** Names of the Jobs of a CronJob that are there, in their order. */
  async jobsOf(name: string): Promise<string[]> {
    const { batch, api } = this.of();
    const { body } = await api.get(batch('jobs'));
    return body.items
      .filter((job: any) =>
        job.metadata.ownerReferences?.some((owner: any) => owner.name === name),
      )
      .map((job: any) => job.metadata.name);
  }

  /** The CronJob, as soon as its status is so. */
  cronJob(name: string, isWanted: (status: any) => boolean): Promise<any> {
    return this.when(
      this.target.batch(
        `cronjobs?watch=true&fieldSelector=metadata.name=${name}`,
      ),
      ({ status }) => isWanted(status),
    );
  }

  /** Waits until its controller says so. @returns the type of that event */
  async said(name: string, reason: string, message: string): Promise<string> {
    const event = await this.when(
      this.target.core('events?watch=true'),
      ({ involvedObject, ...said }) =>
        involvedObject.kind === 'CronJob' &&
        involvedObject.name === name &&
        said.source?.component === 'cronjob-controller' &&
        said.reason === reason &&
        said.message === message,
    );
    return event.type;
  }

  /** The reasons of everything that was said of a CronJob until now. */
  async reasons(name: string): Promise<string[]> {
    const { body } = await this.target.api.get(
      this.target.core(`events?fieldSelector=involvedObject.name=${name}`),
    );
    return body.items.map(({ reason }: any) => reason);
  }

  private async when(
    path: string,
    isWanted: (object: any) => boolean,
  ): Promise<any> {
    const watch = await this.target.api.stream(path);
    const { object } = await watch.event(
      ({ type, object: seen }) => type !== 'DELETED' && isWanted(seen),
    );
    watch.close();
    return object;
  }

  private of() {
    const { api } = this.target;
    return { api, batch: (rest: string) => this.target.batch(rest) };
  }
}

/** @throws Error with what the server said, unless it has done it */
function bodyOf({ status, text, body }: Answer): any {
  if (status >= 300) {
    throw new Error(text);
  }
  return body;
}

/** As it stands in `status.active`. */
export function referenceTo({ metadata }: any) {
  const { namespace, name, uid, resourceVersion } = metadata;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    namespace,
    name,
    uid,
    resourceVersion,
  };
}
