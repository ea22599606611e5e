import { SystemClock } from '../clock/SystemClock';
import type { Clock } from '../clock/types';
import { CronJobBench, missedTime, referenceTo } from './support/CronJobBench';
import { describeContract } from './support/describeContract';
import { shellJob } from './support/objects';

const minute = 60_000;
/** In seconds. */
const day = 24 * 60 * 60;

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
    const bench = new CronJobBench(target);

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

    it.each([
      { deadline: undefined, when: 'no matter when', name: 'whenever' },
      { deadline: 400 * day, when: 'within their deadline', name: 'soon' },
    ])(
      'make up at once for what they missed while they were suspended, $when',
      async ({ deadline, name }) => {
        await bench.create(name, 'true', {
          startingDeadlineSeconds: deadline,
        });
        await bench.miss(name);
        await bench.resume(name);
        await bench.said(
          name,
          'SuccessfulCreate',
          `Created job ${name}-${missedTime / minute}`,
        );
        const { status } = await bench.cronJob(
          name,
          ({ lastScheduleTime }) => Date.parse(lastScheduleTime) === missedTime,
        );
        expect(status.lastScheduleTime).toMatch(/-01-01T00:00:00Z$/);
      },
    );

    it('let go without a word what they missed before their deadline', async () => {
      await bench.create('late', 'true', { startingDeadlineSeconds: 60 });
      await bench.miss('late');
      await bench.resume('late');
      // A look of the controller that begins after that and is over: it has written what it saw.
      await bench.runByHand('late', 'late-by-hand');
      const { status } = await bench.cronJob(
        'late',
        ({ lastSuccessfulTime }) => lastSuccessfulTime,
      );
      expect(Date.parse(status.lastScheduleTime)).toBeLessThan(missedTime);
      expect(await bench.jobsOf('late')).toEqual(['late-by-hand']);
      expect(
        (await bench.reasons('late')).filter(each => each !== 'UnexpectedJob'),
      ).toEqual([]);
    });

    it('wonder at more than a hundred missed times, and make up for the last one', async () => {
      await bench.create('many', 'true', { schedule: '0 0 1 * *' });
      await bench.miss('many', 10);
      await bench.resume('many');
      const type = await bench.said(
        'many',
        'TooManyMissedTimes',
        'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew',
      );
      expect(type).toBe('Warning');
      await bench.cronJob('many', ({ lastSuccessfulTime }) => {
        return lastSuccessfulTime;
      });
      expect(await bench.jobsOf('many')).toHaveLength(1);
    });

    it('have a status that can be patched, at one version only', async () => {
      const { metadata } = await bench.create('patched', 'sleep 600');
      const job = await bench.runByHand('patched', 'patched-by-hand');
      const active = [referenceTo(job)];
      const merged = await bench.patchStatus('patched', 'merge-patch', {
        metadata: { resourceVersion: metadata.resourceVersion },
        spec: { suspend: false },
        status: { active },
      });
      expect(merged.status).toBe(200);
      expect(merged.body.status).toEqual({ active });
      expect(merged.body.spec.suspend).toBe(true);

      const conflict = {
        status: 409,
        body: {
          reason: 'Conflict',
          message:
            'Operation cannot be fulfilled on cronjobs.batch "patched": the object has been modified; please apply your changes to the latest version and try again',
        },
      };
      const { resourceVersion } = metadata;
      expect(
        await bench.patchStatus('patched', 'merge-patch', {
          metadata: { resourceVersion },
          status: { active: null },
        }),
      ).toMatchObject(conflict);
      const path = '/metadata/resourceVersion';
      const empty = { op: 'replace', path: '/status/active', value: [] };
      expect(
        await bench.patchStatus('patched', 'json-patch', [
          { op: 'replace', path, value: resourceVersion },
          empty,
        ]),
      ).toMatchObject(conflict);
      expect(
        await bench.patchStatus('patched', 'json-patch', [
          { op: 'test', path, value: resourceVersion },
          empty,
        ]),
      ).toMatchObject({ status: 422, body: { reason: 'Invalid' } });

      const emptied = await bench.patchStatus('patched', 'json-patch', [
        {
          op: 'replace',
          path,
          value: merged.body.metadata.resourceVersion,
        },
        empty,
      ]);
      expect(emptied.status).toBe(200);
      expect(emptied.body.status).toEqual({});
    });

    it('keep their status when something else of them is changed', async () => {
      await bench.create('kept', 'true');
      await bench.miss('kept');
      const { status } = await bench.get('kept');
      const { body } = await target.api.patch(
        target.batch('cronjobs/kept'),
        'merge-patch',
        { metadata: { annotations: { a: 'b' } }, status: null },
      );
      expect(body.metadata.annotations).toEqual({ a: 'b' });
      expect(body.status).toEqual(status);
    });
  },
  { clock: shortlyBeforeTheMinute() },
);
