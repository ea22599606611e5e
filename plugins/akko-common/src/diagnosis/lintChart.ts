import { flag, number, objects, text } from './model/loose';
import { readEvidence } from './model/readEvidence';
import type { CronJobFacts, JobFacts } from './model/types';
import type { Evidence, FindingObject } from './types';

/** Something in a chart that will make its operation harder than need be. @public */
export interface ChartRemark {
  /** Id, as `no-deadline`. */
  rule: string;
  object: FindingObject;
  /** The field and its value. */
  field: string;
  /** What comes of it. */
  text: string;
  /** What to write instead. */
  advice: string;
}

/** A Job that is gone sooner than this may be gone before Helm has looked, in seconds. */
const SOON = 60;

type Remark = Omit<ChartRemark, 'object'>;

function remarksOnPod(object: object, ...path: string[]): Remark[] {
  const containers = objects(object, ...path, 'containers');
  const remarks: Remark[] = [];
  for (const container of containers) {
    const image = text(container, 'image') ?? '';
    const name = text(container, 'name') ?? '';
    const tag = /:([\w.-]+)$/.exec(image)?.[1];
    if (!image.includes('@') && (tag === undefined || tag === 'latest')) {
      remarks.push({
        rule: 'image-floating',
        field: `image: ${image}`,
        text: 'What runs may change without an upgrade, and a failure cannot be told from a new image.',
        advice: 'Name a version, or a digest.',
      });
    }
    if (text(container, 'resources', 'limits', 'memory') === undefined) {
      remarks.push({
        rule: 'no-memory-limit',
        field: `${name}: resources.limits.memory`,
        text: 'It may take the memory of its node, and others are put out for it.',
        advice: 'Set a limit.',
      });
    }
    if (
      text(container, 'terminationMessagePolicy') !== 'FallbackToLogsOnError' &&
      text(container, 'terminationMessagePath') === '/dev/termination-log'
    ) {
      remarks.push({
        rule: 'no-last-words',
        field: `${name}: terminationMessagePolicy`,
        text: 'A program that writes no termination message leaves nothing when its log is gone.',
        advice: 'Set it to FallbackToLogsOnError.',
      });
    }
  }
  if (text(object, ...path, 'restartPolicy') === 'OnFailure') {
    remarks.push({
      rule: 'restarts-in-place',
      field: 'restartPolicy: OnFailure',
      text: 'Kubernetes keeps the log of the last two attempts only, and none when the Job gives up.',
      advice: 'Set it to Never: each attempt is a pod with a log of its own.',
    });
  }
  return remarks;
}

function remarksOnJob({ object }: JobFacts): Remark[] {
  if (!object) {
    return [];
  }
  const remarks = remarksOnPod(object, 'spec', 'template', 'spec');
  const timeToLive = number(object, 'spec', 'ttlSecondsAfterFinished');
  const isHook =
    text(object, 'metadata', 'annotations', 'helm.sh/hook') !== undefined;
  if (timeToLive !== undefined && timeToLive < SOON) {
    remarks.push({
      rule: isHook ? 'ttl-race' : 'short-time-to-live',
      field: `ttlSecondsAfterFinished: ${timeToLive}`,
      text: isHook
        ? 'The Job may be gone before Helm has seen its end; Helm 4 then waits until its timeout and calls the release failed.'
        : 'Job, pods and logs are gone before somebody can look.',
      advice: 'Give it an hour.',
    });
  }
  if (number(object, 'spec', 'activeDeadlineSeconds') === undefined) {
    remarks.push({
      rule: 'no-deadline',
      field: 'activeDeadlineSeconds',
      text: 'A job that hangs hangs for ever, and an upgrade with it.',
      advice: 'Set one, longer than its slowest run.',
    });
  }
  return remarks;
}

function remarksOnCronJob({ object, kind }: CronJobFacts): Remark[] {
  const remarks = remarksOnPod(
    object,
    'spec',
    'jobTemplate',
    'spec',
    'template',
    'spec',
  );
  if (
    kind === 'backup' &&
    text(object, 'spec', 'concurrencyPolicy') !== 'Forbid'
  ) {
    remarks.push({
      rule: 'backups-at-once',
      field: `concurrencyPolicy: ${
        text(object, 'spec', 'concurrencyPolicy') ?? 'Allow'
      }`,
      text: 'Two backups may write to the same place at once.',
      advice: 'Set it to Forbid.',
    });
  }
  if (text(object, 'spec', 'timeZone') === undefined) {
    remarks.push({
      rule: 'no-time-zone',
      field: 'timeZone',
      text: "The schedule is in the zone of the cluster's control plane, which is not written anywhere.",
      advice: 'Name one, as Etc/UTC.',
    });
  }
  if (number(object, 'spec', 'startingDeadlineSeconds') === undefined) {
    remarks.push({
      rule: 'no-starting-deadline',
      field: 'startingDeadlineSeconds',
      text: 'A run that was missed is made up for at any later hour, or, after 100 of them, with a warning only.',
      advice: 'Set one, as 3600.',
    });
  }
  if (flag(object, 'spec', 'suspend') && kind === 'backup') {
    remarks.push({
      rule: 'suspended',
      field: 'suspend: true',
      text: 'No backup is taken on schedule.',
      advice: 'Resume it.',
    });
  }
  return remarks;
}

/**
 * What in Jobs and CronJobs makes operating them harder than need be. Advice, not findings: nothing is wrong because of it.
 *
 * @returns the same remark about several objects once for each
 * @public
 */
export function lintChart(evidence: Evidence): ChartRemark[] {
  const { jobs, cronJobs } = readEvidence(evidence);
  return [
    ...jobs
      // Those of CronJobs are told by their CronJob.
      .filter(
        ({ object }) =>
          object && objects(object, 'metadata', 'ownerReferences').length === 0,
      )
      .flatMap(job =>
        remarksOnJob(job).map(remark => ({ ...remark, object: job.ref })),
      ),
    ...cronJobs.flatMap(cronJob =>
      remarksOnCronJob(cronJob).map(remark => ({
        ...remark,
        object: cronJob.ref,
      })),
    ),
  ];
}
