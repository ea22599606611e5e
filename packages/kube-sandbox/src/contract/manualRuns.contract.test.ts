import { CronJobBench, missedTime } from './support/CronJobBench';
import { describeContract } from './support/describeContract';

const long = 'sleep 600';
const refused =
  'Not starting job because prior execution is running and concurrency policy is Forbid';
const unexpected = (job: string) =>
  `Saw a job that the controller did not create or forgot: ${job}`;
/** The Job of the time that was missed. */
const scheduled = (cronJob: string) => `${cronJob}-${missedTime / 60_000}`;

describeContract('jobs made of a cron job by hand', target => {
  const bench = new CronJobBench(target);

  it('are warned about, and do not keep the schedule from running beside them', async () => {
    await bench.create('unseen', long, { concurrencyPolicy: 'Forbid' });
    await bench.runByHand('unseen', 'unseen-by-hand');
    const type = await bench.said(
      'unseen',
      'UnexpectedJob',
      unexpected('unseen-by-hand'),
    );
    expect(type).toBe('Warning');
    await bench.miss('unseen');
    await bench.resume('unseen');
    const { status } = await bench.cronJob('unseen', ({ active }) => active);
    expect(status.active).toEqual([
      expect.objectContaining({ name: scheduled('unseen') }),
    ]);
    expect(await bench.jobsOf('unseen')).toEqual([
      scheduled('unseen'),
      'unseen-by-hand',
    ]);
    expect(await bench.reasons('unseen')).not.toContain('JobAlreadyActive');
  });

  it('keep the schedule from running where they stand among the active ones and Forbid is asked for', async () => {
    await bench.create('forbid', long, { concurrencyPolicy: 'Forbid' });
    await bench.adopt('forbid', await bench.runByHand('forbid', 'by-hand'));
    await bench.miss('forbid');
    await bench.resume('forbid');
    expect(await bench.said('forbid', 'JobAlreadyActive', refused)).toBe(
      'Normal',
    );
    expect(await bench.jobsOf('forbid')).toEqual(['by-hand']);

    // What was missed is made up as soon as nothing is in its way, also when that is gone rather than done.
    await target.api.delete(target.batch('jobs/by-hand'), {
      propagationPolicy: 'Background',
    });
    const type = await bench.said(
      'forbid',
      'MissingJob',
      'Active job went missing: by-hand',
    );
    expect(type).toBe('Normal');
    const { status } = await bench.cronJob('forbid', ({ active }) =>
      active?.some(({ name }: any) => name === scheduled('forbid')),
    );
    expect(status.active).toHaveLength(1);
    expect(Date.parse(status.lastScheduleTime)).toBe(missedTime);
  });

  it('are replaced where they stand among the active ones and Replace is asked for', async () => {
    await bench.create('replace', long, { concurrencyPolicy: 'Replace' });
    await bench.adopt('replace', await bench.runByHand('replace', 'replaced'));
    await bench.miss('replace');
    await bench.resume('replace');
    await bench.said('replace', 'SuccessfulDelete', 'Deleted job replaced');
    await bench.said(
      'replace',
      'SuccessfulCreate',
      `Created job ${scheduled('replace')}`,
    );
    const { status } = await bench.cronJob('replace', ({ active }) =>
      active?.some(({ name }: any) => name === scheduled('replace')),
    );
    expect(status.active).toHaveLength(1);
    expect(await bench.reasons('replace')).not.toContain('MissingJob');
  });

  it('are not replaced where they do not stand there', async () => {
    await bench.create('spare', long, { concurrencyPolicy: 'Replace' });
    await bench.runByHand('spare', 'spared');
    await bench.miss('spare');
    await bench.resume('spare');
    await bench.said(
      'spare',
      'SuccessfulCreate',
      `Created job ${scheduled('spare')}`,
    );
    expect(await bench.jobsOf('spare')).toEqual([scheduled('spare'), 'spared']);
  });

  it.each([
    { script: 'sleep 2', condition: 'Complete', name: 'good' },
    { script: 'sleep 2; exit 3', condition: 'Failed', name: 'bad' },
  ])(
    'leave the active ones when they are $condition',
    async ({ script, condition, name }) => {
      const manual = `${name}-by-hand`;
      await bench.create(name, script);
      await bench.adopt(name, await bench.runByHand(name, manual));
      expect((await bench.get(name)).status.active).toHaveLength(1);
      const type = await bench.said(
        name,
        'SawCompletedJob',
        `Saw completed job: ${manual}, condition: ${condition}`,
      );
      expect(type).toBe('Normal');
      await bench.cronJob(name, ({ active }) => active === undefined);
    },
  );

  it('count for the last success and for the history, among the active ones or not', async () => {
    await bench.create('tidy', 'true', { successfulJobsHistoryLimit: 1 });
    await bench.runByHand('tidy', 'tidy-1');
    const first = await bench.cronJob('tidy', status => {
      return status.lastSuccessfulTime;
    });
    const { body: job } = await target.api.get(target.batch('jobs/tidy-1'));
    expect(first.status.lastSuccessfulTime).toBe(job.status.completionTime);

    await bench.runByHand('tidy', 'tidy-2');
    const type = await bench.said(
      'tidy',
      'SuccessfulDelete',
      'Deleted job tidy-1',
    );
    expect(type).toBe('Normal');
    expect(await bench.jobsOf('tidy')).toEqual(['tidy-2']);
    expect(await bench.reasons('tidy')).not.toContain('SawCompletedJob');
  });
});
