import { SystemClock } from '../clock/SystemClock';
import type { Clock } from '../clock/types';
import { describeContract } from './support/describeContract';
import { shellJob } from './support/objects';

const minute = 60_000;

/** The machine's time moved on to shortly before a full minute, so that the sandbox's tests need not wait for one. */
function shortlyBeforeTheMinute(): Clock {
  const clock = new SystemClock();
  const ahead = minute - (clock.now() % minute) - 5_000;
  return {
    now: () => clock.now() + ahead,
    after: (milliseconds, callback) => clock.after(milliseconds, callback),
  };
}

describeContract(
  'cron jobs',
  target => {
    it('make a Job when its time has come, and tell how it ended', async () => {
      const events = await target.api.stream(target.core('events?watch=true'));
      const jobs = await target.api.stream(target.batch('jobs?watch=true'));
      const cronJobs = await target.api.stream(
        target.batch('cronjobs?watch=true'),
      );
      const { body: cronJob } = await target.api.post(
        target.batch('cronjobs'),
        {
          metadata: { name: 'minutely' },
          spec: {
            schedule: '* * * * *',
            jobTemplate: {
              metadata: {
                labels: { from: 'template' },
                annotations: { note: 'template' },
              },
              spec: shellJob('any', 'true').spec,
            },
          },
        },
      );
      const { object: job } = await jobs.event(({ type }) => type === 'ADDED');
      const scheduled = Date.parse(
        job.metadata.annotations[
          'batch.kubernetes.io/cronjob-scheduled-timestamp'
        ],
      );
      expect(scheduled % minute).toBe(0);
      expect(job.metadata).toMatchObject({
        name: `minutely-${scheduled / minute}`,
        labels: { from: 'template' },
        annotations: { note: 'template' },
        ownerReferences: [
          {
            apiVersion: 'batch/v1',
            kind: 'CronJob',
            name: 'minutely',
            uid: cronJob.metadata.uid,
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
      });
      const running = await cronJobs.event(
        ({ object }) => object.status.active?.length === 1,
      );
      expect(running.object.status.active[0]).toMatchObject({
        kind: 'Job',
        namespace: target.namespace,
        name: job.metadata.name,
        uid: job.metadata.uid,
      });
      const done = await cronJobs.event(
        ({ object }) => object.status.lastSuccessfulTime,
      );
      expect(done.object.status.active).toBeUndefined();
      expect(Date.parse(done.object.status.lastScheduleTime)).toBe(scheduled);
      for (const [reason, message] of [
        ['SuccessfulCreate', `Created job ${job.metadata.name}`],
        [
          'SawCompletedJob',
          `Saw completed job: ${job.metadata.name}, condition: Complete`,
        ],
      ]) {
        const { object } = await events.event(
          event =>
            event.object.reason === reason &&
            event.object.involvedObject.uid === cronJob.metadata.uid,
        );
        expect(object).toMatchObject({
          message,
          source: { component: 'cronjob-controller' },
        });
      }
      [events, jobs, cronJobs].forEach(stream => stream.close());
      await target.api.delete(target.batch('cronjobs/minutely'));
    });
  },
  { clock: shortlyBeforeTheMinute() },
);
