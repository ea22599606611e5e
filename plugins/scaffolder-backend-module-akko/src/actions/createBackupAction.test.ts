import { ActionBench, REF } from '../__testUtils__/ActionBench';
import {
  aBackup,
  aFinding,
  anEntry,
  anInstance,
} from '../__testUtils__/instances';
import { createBackupAction } from './createBackupAction';

const LINK = `https://portal.test/akko/${REF}?tab=backups`;

describe('akko:backup', () => {
  const bench = new ActionBench(createBackupAction).use();
  beforeEach(() => {
    bench.portal.instances.set(
      REF,
      anInstance({
        backups: [
          aBackup('backup-postgres'),
          aBackup('backup-minio'),
          aBackup('backup-off', { enabled: false }),
          aBackup('backup-gone', { runnable: false }),
        ],
      }),
    );
  });

  it('takes one backup and tells what the ledger knows of it', async () => {
    bench.portal.entries.push(
      anEntry('op-1-backup-postgres', 'backup-postgres'),
      anEntry('older', 'backup-postgres'),
    );
    expect(
      await bench.run({
        backup: 'backup-postgres',
        reason: 'before the upgrade',
      }),
    ).toEqual({
      instance: REF,
      link: LINK,
      state: 'succeeded',
      message:
        'backup-postgres: 1.2 GiB in 12 s, checksums verified, at s3://akko-backups/backup-postgres/2026-01-01',
      backups: [
        {
          backup: 'backup-postgres',
          operation: 'op-1',
          outcome: 'succeeded',
          run: 'op-1-backup-postgres',
          durationSeconds: 12,
          bytes: 1_288_490_189,
          items: 7,
          location: 's3://akko-backups/backup-postgres/2026-01-01',
          level: 'checksum',
        },
      ],
    });
    expect(bench.portal.asked().map(({ body }) => body)).toEqual([
      {
        action: 'backup',
        backup: 'backup-postgres',
        reason: 'before the upgrade',
        dryRun: false,
      },
    ]);
  });

  it('waits a moment for the ledger', async () => {
    const pending = anEntry('op-1-backup-postgres', 'backup-postgres');
    bench.portal.entries.push({
      ...pending,
      state: 'running',
      bytes: undefined,
    });
    bench.clock.onSleep = () => {
      bench.portal.entries[0] = pending;
    };
    const outputs = await bench.run({ backup: 'backup-postgres' });
    expect(outputs.backups).toMatchObject([{ bytes: 1_288_490_189 }]);
  });

  it('takes all that are on in the chart and can be run, side by side', async () => {
    let most = 0;
    bench.portal.onLook = () => {
      const running = [...bench.portal.operations.values()].filter(
        ({ finishedAt }) => !finishedAt,
      );
      most = Math.max(most, running.length);
    };
    const { backups } = await bench.run({});
    expect(backups).toMatchObject([
      { backup: 'backup-postgres', outcome: 'succeeded' },
      { backup: 'backup-minio', outcome: 'succeeded' },
    ]);
    expect(most).toBe(2);
  });

  it('fails when none is on', async () => {
    bench.portal.instances.set(REF, anInstance());
    await expect(bench.run({ backup: '' })).rejects.toThrow(
      `No backup of ${REF} is on in the chart.`,
    );
  });

  it('fails with the root finding when one fails, and only when all have ended', async () => {
    bench.portal.instances.get(REF)!.findings = [
      aFinding({
        job: 'backup-postgres',
        run: 'op-1-backup-postgres',
        title: 'The volume of the backups is full',
        cause: '',
        steps: [],
      }),
    ];
    bench.portal.looks = [
      {
        'backup-postgres': { state: 'failed' },
        'backup-minio': { state: 'running' },
      },
      { 'backup-minio': { state: 'succeeded' } },
    ];
    await expect(bench.run({})).rejects.toThrow(
      `Backup of ${REF} failed: 1 of 2 jobs did not succeed (backup-postgres). backup-postgres: The volume of the backups is full. See https://portal.test/akko/${REF}/runs/op-1-backup-postgres`,
    );
    expect(bench.task.lines).toContain(
      'backup-minio: succeeded in 12 s, created 1, unchanged 4',
    );
  });

  it('is done at once when it shall not wait', async () => {
    expect(await bench.run({ wait: false })).toMatchObject({
      state: 'accepted',
      message: `2 backups of ${REF} asked for: backup-postgres, backup-minio.`,
      backups: [
        { backup: 'backup-postgres', operation: 'op-1', outcome: 'accepted' },
        { backup: 'backup-minio', operation: 'op-2', outcome: 'accepted' },
      ],
    });
  });

  describe('while another run of the same backup goes on', () => {
    beforeEach(() => {
      const busy = {
        status: 409,
        code: 'already-running',
        message: 'Job akko/backup-postgres-1 is running',
      };
      let refusals = 3;
      bench.portal.refuse = ({ body }) =>
        body && refusals-- > 0 ? busy : undefined;
    });

    it('fails and says how to wait', async () => {
      await expect(bench.run({ backup: 'backup-postgres' })).rejects.toThrow(
        `Backup of ${REF} was refused (already-running): Job akko/backup-postgres-1 is running. Set ifRunning to wait for it.`,
      );
    });

    it('takes one of its own after that', async () => {
      expect(
        await bench.run({ backup: 'backup-postgres', ifRunning: 'wait' }),
      ).toMatchObject({ state: 'succeeded' });
      expect(bench.task.lines.slice(0, 2)).toEqual([
        'backup-postgres: waiting. Job akko/backup-postgres-1 is running',
        `backup-postgres: operation op-1, https://portal.test/akko/${REF}?tab=activity`,
      ]);
      expect(bench.portal.asked()).toHaveLength(4);
    });
  });

  it('names what goes on when its time is over', async () => {
    bench.portal.looks = [];
    await expect(bench.run({ timeout: 600 })).rejects.toThrow(
      `Backup of ${REF} did not end within 10 min. What was asked for goes on (operations op-1, op-2)`,
    );
  });

  it('takes no second backup when its task is taken up again', async () => {
    await bench.run({ backup: 'backup-postgres', wait: false });
    expect(
      await bench.run({ backup: 'backup-postgres', wait: false }),
    ).toMatchObject({
      backups: [{ operation: 'op-1' }],
    });
    expect(bench.portal.asked()).toHaveLength(1);
  });

  it('only plans in a dry run', async () => {
    expect(await bench.run({}, { isDryRun: true })).toMatchObject({
      state: 'planned',
      message: `2 backups of ${REF} would be taken: backup-postgres, backup-minio. This is a dry run: nothing was done.`,
      plan: [{ job: 'backup-postgres' }, { job: 'backup-minio' }],
      backups: [],
    });
    expect(bench.portal.operations.size).toBe(0);
  });
});
