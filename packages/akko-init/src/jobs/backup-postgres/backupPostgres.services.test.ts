import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  fault,
  faultOfJob,
  faultsOfServer,
} from '../../__testUtils__/postgresFaults';
import { PostgresPeer } from '../../__testUtils__/PostgresPeer';
import { providePostgresTools } from '../../__testUtils__/postgresTools';
import { ProgramProcess } from '../../__testUtils__/ProgramProcess';
import {
  describeOnServices,
  hostOf,
  isFullSize,
  secretOf,
} from '../../__testUtils__/services';
import { canMount, SmallVolume } from '../../__testUtils__/SmallVolume';
import {
  bulk,
  digestOf,
  smallContents,
} from '../../__testUtils__/testDatabase';

const itWithSmallVolumes = canMount ? it : it.skip;

const SECONDS = 1000;
const MINUTES = 60_000;
/** What the acceptance asks for. */
const BULK_MEBIBYTES = isFullSize ? 1024 : 192;
/** Several runs of this suite may use the same server. */
const PREFIX = `akko_backup_${randomBytes(3).toString('hex')}_`;
const LARGE = `${PREFIX}large`;
/** Enough to be killed in the middle of. */
const MEDIUM_MEBIBYTES = 128;
const MEDIUM = `${PREFIX}medium`;
const SMALL = `${PREFIX}small`;
const RESTORED = `${PREFIX}restored`;
const SCRATCH_PREFIX = `${PREFIX}d_`;

describeOnServices('backup-postgres and drill-postgres on PostgreSQL', () => {
  let peer: PostgresPeer;
  let folder: string;
  const volumes: SmallVolume[] = [];

  beforeAll(async () => {
    if (!providePostgresTools()) {
      throw new Error(
        "This suite needs PostgreSQL's client tools 17 on PATH, or the image of akko-init (AKKO_INIT_IMAGE) and buildah to take them from.",
      );
    }
    peer = PostgresPeer.at(
      hostOf('akko-postgresql-data'),
      secretOf('akko-postgresql-data', 'postgres-password'),
    );
    await peer.ask('postgres', `CREATE ROLE ${PREFIX}owner`);
    for (const database of [SMALL, MEDIUM, LARGE]) {
      await peer.ask('postgres', `CREATE DATABASE ${database}`);
      await peer.ask(database, smallContents(`${PREFIX}owner`));
    }
    await peer.ask(MEDIUM, bulk(MEDIUM_MEBIBYTES));
    await peer.ask(LARGE, bulk(BULK_MEBIBYTES));
  }, 5 * MINUTES);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'akko-volume-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
    volumes.splice(0, Infinity).forEach(volume => volume.remove());
  });
  afterAll(() => peer?.remove(PREFIX), MINUTES);

  function config(
    database: string,
    overrides: Record<string, unknown> = {},
    server: any = peer.config(),
  ) {
    return {
      waitSeconds: 5,
      servers: [{ name: 'data', ...server }],
      databases: { include: [database] },
      target: { type: 'directory', path: folder },
      retention: 2,
      ...overrides,
    };
  }

  const drillConfig = (
    database: string,
    overrides: Record<string, unknown> = {},
  ) =>
    config(database, {
      scratch: peer.config(),
      scratchPrefix: SCRATCH_PREFIX,
      ...overrides,
    });

  async function runWell(command: string, options: unknown) {
    const { exitCode, report, log } = await ProgramProcess.run(
      command,
      options,
      peer.env,
    );
    expect({ exitCode, log: exitCode === 0 ? '' : log }).toEqual({
      exitCode: 0,
      log: '',
    });
    return report!.backup!;
  }

  const begin = (command: string, options: unknown) =>
    new ProgramProcess(command, options, peer.env);

  async function scratches(): Promise<unknown[]> {
    const rows = await peer.ask(
      'postgres',
      `SELECT datname FROM pg_database WHERE starts_with(datname, '${SCRATCH_PREFIX}')`,
    );
    return rows.flat();
  }

  /** Bytes of the dump that is being written. */
  function bytesUnderWay(database: string): number {
    const [partial] = readdirSync(folder).filter(name =>
      name.startsWith('.partial-'),
    );
    const dump = join(folder, partial ?? '', `data/databases/${database}.dump`);
    return existsSync(dump) ? statSync(dump).size : 0;
  }

  const isHalfWritten = () => bytesUnderWay(MEDIUM) > 16 * 1024 * 1024;

  it(
    'takes a backup of 1 GiB while others write, from which everything comes back',
    async () => {
      const writing = { isOn: true };
      const writer = peer.connected(LARGE, async client => {
        while (writing.isOn) {
          await client.query(
            'INSERT INTO banking.events DEFAULT VALUES; SELECT pg_sleep(0.02)',
          );
        }
      });
      const backup = await runWell('backup postgres', config(LARGE));
      writing.isOn = false;
      await writer;
      expect(backup.bytes).toBeGreaterThan(BULK_MEBIBYTES * 1_000_000);
      expect(backup.toolVersion).toContain('pg_dump (PostgreSQL) 17');
      await peer.ask(LARGE, 'TRUNCATE banking.events');
      const before = await digestOf(peer, LARGE);

      await peer.ask(
        LARGE,
        `DROP TABLE banking.branches; TRUNCATE banking.bulk;
         UPDATE banking.texts SET words = 'damaged'; SELECT lo_unlink(oid) FROM pg_largeobject_metadata`,
      );

      const drill = await runWell('drill postgres', drillConfig(LARGE));
      expect(drill).toMatchObject({
        id: backup.id,
        level: 'restored',
        verified: true,
      });
      expect(await scratches()).toEqual([]);
      // By hand, as the documentation says.
      await peer.ask('postgres', `CREATE DATABASE ${RESTORED}`);
      execFileSync(
        'pg_restore',
        [
          '--exit-on-error',
          `--dbname=${RESTORED}`,
          join(backup.location, `data/databases/${LARGE}.dump`),
        ],
        {
          env: {
            PATH: process.env.PATH,
            PGHOST: peer.host,
            PGUSER: 'postgres',
            PGPASSWORD: peer.password,
          },
        },
      );
      await peer.ask(RESTORED, 'TRUNCATE banking.events');
      expect(await digestOf(peer, RESTORED)).toEqual(before);
      await peer.remove(RESTORED);
    },
    4 * MINUTES,
  );

  it(
    'does not count what a killed run left, and removes it when that run is dead for sure',
    async () => {
      const good = await runWell('backup postgres', config(SMALL));
      const killed = await begin('backup postgres', config(MEDIUM)).killWhen(
        isHalfWritten,
        'SIGKILL',
      );
      expect(killed.signal).toBe('SIGKILL');
      const [partial] = readdirSync(folder).filter(name =>
        name.startsWith('.partial-'),
      );
      expect(partial).toBeDefined();
      const drill = await runWell('drill postgres', drillConfig(SMALL));
      expect(drill.id).toBe(good.id);

      const next = await runWell('backup postgres', config(SMALL));
      expect(readdirSync(folder).sort()).toEqual(
        [partial, good.id, next.id].sort(),
      );
      utimesSync(join(folder, partial, 'running'), 1, 1);
      const last = await runWell('backup postgres', config(SMALL));
      expect(readdirSync(folder).sort()).toEqual([next.id, last.id]);
    },
    2 * MINUTES,
  );

  it(
    'leaves nothing when it is told to end in the middle of a dump',
    async () => {
      const good = await runWell('backup postgres', config(SMALL));
      const { exitCode, report } = await begin(
        'backup postgres',
        config(MEDIUM),
      ).killWhen(isHalfWritten, 'SIGTERM');
      expect(exitCode).toBe(143);
      expect(report).toMatchObject({
        outcome: 'failed',
        error: {
          code: 'timeout',
          message: expect.stringContaining(`dumping the database ${MEDIUM}`),
        },
      });
      expect(readdirSync(folder)).toEqual([good.id]);
      const sessions = await peer.ask(
        'postgres',
        `SELECT application_name FROM pg_stat_activity WHERE datname = '${MEDIUM}' AND state = 'active'`,
      );
      expect(sessions).toEqual([]);
    },
    MINUTES,
  );

  itWithSmallVolumes(
    'fails cleanly on a full volume, and prunes nothing',
    async () => {
      const volume = new SmallVolume(48);
      volumes.push(volume);
      const target = { type: 'directory', path: volume.path };
      const options = (database: string) =>
        config(database, { target, retention: 1 });
      const good = await runWell('backup postgres', options(SMALL));

      const { exitCode, report } = await ProgramProcess.run(
        'backup postgres',
        options(MEDIUM),
        peer.env,
      );

      expect(exitCode).toBe(69);
      expect(report!.error).toMatchObject({
        code: 'service-unavailable',
        service: 'backup volume',
        message: expect.stringContaining('it is full (ENOSPC)'),
        nextStep: expect.stringContaining('Enlarge the volume'),
      });
      expect(readdirSync(volume.path)).toEqual([good.id]);
      const drill = await runWell(
        'drill postgres',
        drillConfig(SMALL, { target }),
      );
      expect(drill.id).toBe(good.id);
    },
    MINUTES,
  );

  it(
    'drops the scratch of a drill that is told to end, and that of one that was killed in a later one',
    async () => {
      await runWell('backup postgres', config(MEDIUM));
      const isRestoring = async () => {
        const rows = await peer.ask(
          'postgres',
          `SELECT FROM pg_stat_progress_copy WHERE starts_with(datname, '${SCRATCH_PREFIX}') AND bytes_processed > 16e6`,
        );
        return rows.length > 0;
      };
      const drill = () => begin('drill postgres', drillConfig(MEDIUM));

      const told = await drill().killWhen(isRestoring, 'SIGTERM');
      expect(told.exitCode).toBe(143);
      expect(await scratches()).toEqual([]);

      const killed = await drill().killWhen(isRestoring, 'SIGKILL');
      expect(killed.signal).toBe('SIGKILL');
      const [left] = await scratches();
      expect(left).toBeDefined();

      const good = await runWell('backup postgres', config(SMALL));
      const { exitCode, log } = await ProgramProcess.run(
        'drill postgres',
        drillConfig(SMALL, { backup: good.id }),
        peer.env,
      );
      expect({ exitCode, log: exitCode === 0 ? '' : log }).toEqual({
        exitCode: 0,
        log: '',
      });
      expect(log).toContain(`dropped the database ${left}`);
      expect(await scratches()).toEqual([]);
    },
    3 * MINUTES,
  );

  it.each(
    faultsOfServer({
      command: 'backup postgres',
      peer: () => peer,
      config: server => config(SMALL, { waitSeconds: 1.5 }, server),
    }),
  )(
    'meets $name',
    async ({ meet, expected }) => {
      expect(await meet()).toEqual(expected);
    },
    MINUTES,
  );

  it(
    'fails when the account may not read everything',
    async () => {
      const password = 'only-for-a-moment';
      await peer.ask(
        'postgres',
        `CREATE ROLE ${PREFIX}reader LOGIN PASSWORD '${password}'`,
      );
      const server = { ...peer.config(), user: `${PREFIX}reader` };
      const job = {
        command: 'backup postgres',
        peer: () => peer,
        config: () => config(SMALL, {}, server),
      };
      expect(
        await faultOfJob(job, { env: { [PostgresPeer.PASSWORD]: password } }),
      ).toEqual(fault('permission-denied', 77, 'permission denied'));
    },
    30 * SECONDS,
  );
});
