import { kubectl } from '../commands';
import { isoOf } from '../model/loose';
import type { CronJobFacts, EventFacts } from '../model/types';
import type { FindingEvidence } from '../types';
import type { CronJobRule } from './types';

function newestEvent(
  cronJob: CronJobFacts,
  reasons: readonly string[],
): EventFacts | undefined {
  return [...cronJob.events]
    .reverse()
    .find(({ reason }) => reasons.includes(reason));
}

function evidenceOf(cronJob: CronJobFacts, event: EventFacts): FindingEvidence {
  return {
    kind: 'event',
    source: `CronJob/${cronJob.ref.name}`,
    text: `${event.reason}: ${event.message}`,
    at: isoOf(event.at),
  };
}

const see = (cronJob: CronJobFacts) => ({
  text: 'See the CronJob with its events.',
  command: kubectl(
    'describe',
    cronJob.namespace,
    `cronjob/${cronJob.ref.name}`,
  ),
});

/** Nothing runs on schedule while it is suspended. Drills are delivered so, and are no news. */
export const cronJobSuspended: CronJobRule = {
  kind: 'cronJob',
  id: 'cronjob-suspended',
  find: cronJob =>
    cronJob.suspended && cronJob.kind === 'backup'
      ? {
          severity: 'warning',
          title: `${cronJob.name} is suspended`,
          cause:
            'The CronJob is suspended, so no backup is taken on schedule until it is resumed.',
          confidence: 'certain',
          since: cronJob.lastScheduledAt,
          evidence: [
            {
              kind: 'field',
              source: `CronJob/${cronJob.ref.name}`,
              text: 'spec.suspend: true',
            },
          ],
          steps: [
            {
              text: 'Resume it here, or by kubectl; set backup.….suspend to false in the values if they say so.',
              command: kubectl(
                'patch',
                cronJob.namespace,
                `cronjob/${cronJob.ref.name}`,
                '--patch={"spec":{"suspend":false}}',
              ),
            },
          ],
          action: { type: 'resume', backup: cronJob.name },
        }
      : undefined,
};

/** The schedule cannot be read. */
export const scheduleInvalid: CronJobRule = {
  kind: 'cronJob',
  id: 'schedule-invalid',
  find: cronJob => {
    const event = newestEvent(cronJob, [
      'UnparseableSchedule',
      'InvalidSchedule',
      'UnParseableCronJobSchedule',
    ]);
    return (
      event && {
        severity: 'error',
        title: `The schedule of ${cronJob.name} cannot be read`,
        cause: `Kubernetes cannot read the schedule ${
          cronJob.schedule ?? ''
        }, so that it never runs.`,
        confidence: 'certain',
        since: event.at,
        evidence: [evidenceOf(cronJob, event)],
        steps: [
          {
            text: 'Correct backup.….schedule in the values: five fields, as 30 2 * * *.',
          },
          see(cronJob),
        ],
      }
    );
  },
};

/** The time zone is not known to the cluster. */
export const timeZoneUnknown: CronJobRule = {
  kind: 'cronJob',
  id: 'time-zone-unknown',
  find: cronJob => {
    const event = newestEvent(cronJob, ['UnknownTimeZone', 'InvalidTimeZone']);
    return (
      event && {
        severity: 'error',
        title: `The time zone of ${cronJob.name} is not known`,
        cause: `Kubernetes does not know the time zone ${
          cronJob.timeZone ?? ''
        }, so that nothing runs.`,
        confidence: 'certain',
        since: event.at,
        evidence: [evidenceOf(cronJob, event)],
        steps: [
          { text: 'Correct backup.….timeZone in the values, as Europe/Paris.' },
          see(cronJob),
        ],
      }
    );
  },
};

/** A run was due and did not begin, since the last one that did. */
export const missedRuns: CronJobRule = {
  kind: 'cronJob',
  id: 'missed-runs',
  find: cronJob => {
    const event = newestEvent(cronJob, [
      'MissSchedule',
      'TooManyMissedTimes',
      'MissedSchedule',
    ]);
    return !event ||
      cronJob.suspended ||
      (cronJob.lastScheduledAt ?? 0) > (event.at ?? 0)
      ? undefined
      : {
          severity: 'warning',
          title: `${cronJob.name} missed runs that were due`,
          cause:
            event.reason === 'TooManyMissedTimes'
              ? 'More than 100 runs were due and did not begin: the control plane was away for long, or the clock of the cluster is wrong.'
              : 'A run was due and could not begin within its starting deadline: the controller was away, or the CronJob was suspended.',
          confidence: 'certain',
          since: event.at,
          evidence: [evidenceOf(cronJob, event)],
          steps: [
            {
              text: 'Take a backup now, and see whether the next one comes in time.',
            },
            see(cronJob),
          ],
          action: { type: 'backup', backup: cronJob.name },
        };
  },
};

/** The run before is still going on, and only one may. */
export const concurrencyForbidden: CronJobRule = {
  kind: 'cronJob',
  id: 'concurrency-forbidden',
  find: cronJob => {
    const event = newestEvent(cronJob, ['JobAlreadyActive']);
    const running = cronJob.jobs.filter(({ state }) => state === 'running');
    return !event ||
      (cronJob.active === 0 && running.length === 0) ||
      (cronJob.lastScheduledAt ?? 0) > (event.at ?? 0)
      ? undefined
      : {
          severity: 'warning',
          title: `${cronJob.name} is still running when the next run is due`,
          cause:
            'The run before is not over, and the CronJob allows one at a time (Forbid), so runs that are due are left out.',
          confidence: 'certain',
          since: event.at,
          evidence: [evidenceOf(cronJob, event)],
          steps: [
            {
              text: 'See what the running Job is doing.',
              command: kubectl(
                'get',
                cronJob.namespace,
                'jobs,pods',
                '--selector',
                `app.kubernetes.io/component=${cronJob.name}`,
              ),
            },
            {
              text: 'If it hangs, delete that Job; if it is only slow, give it more time between two runs.',
            },
            see(cronJob),
          ],
        };
  },
};

/** In the order in which they decide. */
export const CRON_JOB_RULES: readonly CronJobRule[] = [
  scheduleInvalid,
  timeZoneUnknown,
  cronJobSuspended,
  concurrencyForbidden,
  missedRuns,
];
