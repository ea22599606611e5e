import { TestDatabases } from '@backstage/backend-test-utils';
import { aCatalogue, aCronJob } from '../testing/kubernetesObjects';
import { aRunRecord } from '../testing/aRunRecord';
import { Contract } from './__testUtils__/Contract';
import { HttpBench, INSTANCE } from './__testUtils__/HttpBench';

const BACKUP = `${INSTANCE}/backups/backup-postgres`;
const OPERATIONS = `${INSTANCE}/operations`;
const DAY = 86_400_000;

describe('HTTP API of backups', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  const contract = new Contract();
  let bench: HttpBench;

  /** A run at 02:30 of a day in January 2026. */
  async function night(day: number, changes: object = {}): Promise<void> {
    const at = (time: string) =>
      `2026-01-${String(day).padStart(2, '0')}T${time}.000Z`;
    await bench.operations.runs.upsert(
      aRunRecord({
        uid: `night-${day}`,
        name: 'backup-postgres',
        kind: 'backup',
        createdAt: at('02:30:00'),
        startedAt: at('02:30:01'),
        finishedAt: at('02:31:01'),
        trigger: { type: 'schedule', scheduledFor: at('02:30:00') },
        live: false,
        report: {
          schema: 'akko.io/report/v1',
          job: 'backup-postgres',
          outcome: 'succeeded',
          backup: {
            id: `id-${day}`,
            location: `/backups/id-${day}`,
            bytes: 2 ** 30 + day,
            level: 'readable',
          },
        },
        ...changes,
      }),
    );
  }

  beforeEach(async () => {
    bench = await HttpBench.start(databases);
    const { clock, prod, recorder } = bench.operations;
    // The 21st, at noon.
    clock.advance(20.5 * DAY);
    prod.set('configmaps', aCatalogue({ jobs: [{ name: 'minio-init' }] }));
    const cronJob = aCronJob({ createdAt: '2026-01-05T00:00:00Z' });
    prod.set('cronjobs', {
      ...cronJob,
      metadata: { ...cronJob.metadata, generation: 1 },
    });
    await recorder.settled();
    await bench.operations.schedules.settled();
  });
  afterEach(() => bench.stop());

  it('answers as the OpenAPI document says, with ETags', async () => {
    for (let day = 10; day <= 20; day++) {
      await night(
        day,
        day === 15 ? { state: 'failed', report: undefined } : {},
      );
    }
    for (const [path, schema] of [
      [`${BACKUP}/entries`, 'BackupEntryList'],
      [
        `${BACKUP}/entries?limit=2&state=failed&origin=scheduled`,
        'BackupEntryList',
      ],
      [`${BACKUP}/calendar`, 'BackupCalendar'],
      [`${BACKUP}/chart`, 'BackupChart'],
      ['/api/akko/backups', 'FleetBackupList'],
      ['/api/akko/instances?order=protection', 'InstanceList'],
      [INSTANCE, 'Instance'],
    ]) {
      const response = await bench.get(path).expect(200);
      expect([path, contract.problemsOf(schema, response)]).toEqual([path, []]);
      await bench
        .get(path)
        .set('If-None-Match', response.headers.etag)
        .expect(304);
    }
  });

  it('exports everything that matches as CSV, which no spreadsheet takes for formulas', async () => {
    for (let day = 1; day <= 20; day++) {
      await night(
        day,
        day === 15
          ? {
              state: 'failed',
              report: undefined,
              errorLine: '=HYPERLINK("http://evil","x"), "quoted"',
            }
          : {},
      );
    }
    const response = await bench
      .get(`${BACKUP}/entries?format=csv&limit=1`)
      .expect(200)
      .expect('Content-Type', /text\/csv/)
      .expect(
        'Content-Disposition',
        'attachment; filename="akko-backup-postgres.csv"',
      );
    const lines = response.text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(21);
    expect(lines[0]).toMatch(/^id,instance,backup,origin,/);
    expect(lines[1]).toContain(',2026-01-20T02:30:00.000Z,');
    expect(lines[6]).toContain(
      ',"\'=HYPERLINK(""http://evil"",""x""), ""quoted""",',
    );
    const json = await bench
      .get(`${BACKUP}/entries?format=json&state=succeeded`)
      .expect(200);
    expect(contract.problemsOf('BackupEntryList', json)).toEqual([]);
    expect(json.body.items).toHaveLength(19);
  });

  it('has one cell a day: good, failed, missed, and nothing where nothing was due', async () => {
    await night(6);
    await night(7, { state: 'failed', report: undefined });
    await night(9, {
      trigger: { type: 'portal', by: 'user:default/ana' },
    });
    const { body } = await bench
      .get(`${BACKUP}/calendar?from=2026-01-03&to=2026-01-09`)
      .expect(200);
    expect(body.days.map(({ date, state }: any) => `${date} ${state}`)).toEqual(
      [
        '2026-01-03 none',
        '2026-01-04 none',
        '2026-01-05 missed',
        '2026-01-06 good',
        '2026-01-07 failed',
        '2026-01-08 missed',
        '2026-01-09 manual',
      ],
    );
  });

  it('puts days where the asked time zone has them', async () => {
    await night(6);
    const { body } = await bench
      .get(
        `${BACKUP}/calendar?from=2026-01-05&to=2026-01-06&timeZone=America/New_York`,
      )
      .expect(200);
    expect(body.days.map(({ runs }: any) => runs)).toEqual([1, 0]);
  });

  it('tells a time in which it did not watch as a gap, with what was due in it', async () => {
    const { runs } = bench.operations;
    await night(10);
    await night(16);
    const client = (runs as any).client;
    await client('watch_gaps').insert([
      {
        cluster: 'prod',
        from_at: '2026-01-11T00:00:00.000Z',
        to_at: '2026-01-14T12:00:00.000Z',
      },
      // Short, and nothing was due.
      {
        cluster: 'prod',
        from_at: '2026-01-15T10:00:00.000Z',
        to_at: '2026-01-15T12:00:00.000Z',
      },
    ]);
    await night(12);
    const { body } = await bench.get(`${BACKUP}/entries`).expect(200);
    expect(body.gaps).toEqual([
      {
        from: '2026-01-11T00:00:00.000Z',
        to: '2026-01-14T12:00:00.000Z',
        missed: 3,
      },
    ]);
    const { body: calendar } = await bench
      .get(`${BACKUP}/calendar?from=2026-01-11&to=2026-01-15`)
      .expect(200);
    expect(calendar.days.map(({ state }: any) => state)).toEqual([
      'gap',
      'good',
      'gap',
      'gap',
      'missed',
    ]);
  });

  it('lists the backups of the fleet, least protected first, page by page', async () => {
    bench.operations.prod.set(
      'cronjobs',
      aCronJob({ name: 'backup-minio', createdAt: '2026-01-20T12:00:00Z' }),
    );
    const first = await bench.get('/api/akko/backups?limit=1').expect(200);
    expect(first.body.items).toMatchObject([
      {
        instance: 'prod/akko/akko',
        backup: { name: 'backup-minio', freshness: 'late' },
      },
    ]);
    expect(first.body.totals).toEqual({ late: 2 });
    const second = await bench
      .get(`/api/akko/backups?limit=1&cursor=${first.body.nextCursor}`)
      .expect(200);
    expect(second.body.items[0].backup.name).toBe('backup-postgres');
    expect(second.body.nextCursor).toBeUndefined();
  });

  it.each([
    [`${BACKUP}/entries?level=best`, 'level'],
    [`${BACKUP}/entries?cursor=abc`, 'cursor'],
    [`${BACKUP}/calendar?from=2026-02-30`, 'from'],
    [`${BACKUP}/calendar?from=2026-02-01&to=2026-01-01`, 'from'],
    [`${BACKUP}/calendar?from=2020-01-01`, 'from'],
    [`${BACKUP}/calendar?timeZone=Mars/Base`, 'timeZone'],
    [`${BACKUP}/chart?from=yesterday`, 'from'],
    [`${BACKUP}/chart?from=2027-01-01T00:00:00Z`, 'from'],
    ['/api/akko/backups?freshness=stale', 'freshness'],
  ])('refuses %s, and names the field', async (path, field) => {
    const { body } = await bench.get(path).expect(400);
    expect(body.error).toMatchObject({
      code: 'invalid-request',
      details: [{ field }],
    });
  });

  it('lists the runs of a drill', async () => {
    const path = `${INSTANCE}/jobs/drill-postgres/runs`;
    await bench.get(path).expect(404);
    bench.operations.prod.set('cronjobs', aCronJob({ name: 'drill-postgres' }));
    const response = await bench.get(path).expect(200);
    expect(contract.problemsOf('RunList', response)).toEqual([]);
  });

  it('names what there is when a backup is not there', async () => {
    const { body } = await bench
      .get(`${INSTANCE}/backups/backup-mars/entries`)
      .expect(404);
    expect(body.error).toMatchObject({
      code: 'unknown-backup',
      message: expect.stringContaining('backup-postgres'),
    });
  });

  it.each([
    ['backup', 'akko.backup.run'],
    ['drill', 'akko.drill.run'],
    ['suspend', 'akko.backup.change'],
    ['resume', 'akko.backup.change'],
  ])('asks for its own permission to %s', async (action, permission) => {
    bench.denied.add(permission);
    const request = { action, backup: 'backup-postgres', reason: 'because' };
    const { body } = await bench.post(OPERATIONS, request).expect(403);
    expect(body.error).toMatchObject({ code: 'not-allowed', permission });
    expect(bench.audit).toEqual([['operation-request', 'fail']]);
    await bench.post(OPERATIONS, { ...request, dryRun: true }).expect(403);
  });

  it.each([
    [{ action: 'backup' }, 'backup'],
    [{ action: 'backup', backup: 'backup-postgres', jobs: 'all' }, 'jobs'],
    [{ action: 'suspend', backup: 'backup-postgres' }, 'reason'],
    [{ action: 'bootstrap', backup: 'backup-postgres' }, 'backup'],
    [{ action: 'restore', backup: 'backup-postgres' }, 'action'],
  ])('refuses %j, and names the field', async (request, field) => {
    const { body } = await bench.post(OPERATIONS, request).expect(400);
    expect(body.error.details).toMatchObject([{ field }]);
  });

  it('shows what a pause would do before there is a reason', async () => {
    const response = await bench
      .post(OPERATIONS, {
        action: 'suspend',
        backup: 'backup-postgres',
        dryRun: true,
      })
      .expect(200);
    expect(contract.problemsOf('OperationPlan', response)).toEqual([]);
  });

  it('takes a request to pause, and answers with the operation', async () => {
    const response = await bench
      .post(OPERATIONS, {
        action: 'suspend',
        backup: 'backup-postgres',
        reason: 'moving the storage',
      })
      .expect(202);
    expect(contract.problemsOf('Operation', response)).toEqual([]);
    expect(response.body).toMatchObject({
      action: 'suspend',
      backup: 'backup-postgres',
    });
  });
});
