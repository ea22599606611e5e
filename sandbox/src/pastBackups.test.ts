import { byHand, lastOf, now, pastRunsOf } from './__testUtils__/pastRunsOf';
import { contentsOf } from './demo';

const sizesOf = (runs: ReturnType<typeof pastRunsOf>) =>
  runs.flatMap(({ report }) => report?.backup?.bytes ?? []);

function cronJobOf(cluster: string, name: string): any {
  return contentsOf(cluster, now).cronJobs.find(
    ({ metadata }) => metadata.name === name,
  );
}

describe('the past backups of the demo', () => {
  const main = () => pastRunsOf('prod-eu', 'akko', 'backup-postgres');

  it('go back a season where they are well kept, with some bad nights and a run by hand', () => {
    const runs = main();
    expect(runs.length).toBe(121);
    expect(runs.filter(({ isGood }) => !isGood)).toHaveLength(3);
    expect(runs.filter(({ annotations }) => annotations[byHand])).toHaveLength(
      1,
    );
    expect(lastOf(runs).isGood).toBe(true);
  });

  it('grow slowly', () => {
    const sizes = sizesOf(main());
    for (const [index, size] of sizes.slice(1).entries()) {
      expect(size / sizes[index]).toBeCloseTo(1, 1);
    }
    expect(lastOf(sizes) / sizes[0]).toBeGreaterThan(1.1);
  });

  it('have names of their own that sort by age', () => {
    const ids = main().flatMap(({ report }) => report.backup?.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
    expect(ids[0]).toMatch(/^\d{8}T\d{9}Z-[0-9a-f]{6}$/);
  });

  it('have one that has shrunk', () => {
    const sizes = sizesOf(
      pastRunsOf('prod-eu', 'akko-analytics', 'backup-minio'),
    );
    expect(lastOf(sizes) / sizes[sizes.length - 2]).toBeCloseTo(0.3, 5);
  });

  it('have one of which only a run by hand has succeeded for days', () => {
    const runs = pastRunsOf('prod-us', 'akko-retail', 'backup-postgres').slice(
      -4,
    );
    expect(runs.map(({ isGood }) => isGood)).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(lastOf(runs).annotations[byHand]).toBe('manual');
  });

  it('have one that somebody has paused, and say who', () => {
    const { metadata, spec, status } = cronJobOf(
      'prod-eu',
      'lab-backup-postgres',
    );
    expect(spec.suspend).toBe(true);
    expect(metadata.annotations).toMatchObject({
      'akko.io/paused-by': 'user:default/ana',
      'akko.io/paused-reason': expect.any(String),
    });
    const at = Date.parse(metadata.annotations['akko.io/paused-at']);
    expect(at).toBeGreaterThan(Date.parse(status.lastScheduleTime));
    expect(at - Date.parse(status.lastScheduleTime)).toBeLessThan(86_400_000);
  });

  it('have one whose script tells in its log alone what it made', () => {
    const runs = pastRunsOf('prod-us', 'akko-risk', 'backup-postgres');
    for (const { report, log } of runs) {
      expect(report).toBeUndefined();
      expect(log.join('\n')).toMatch(/^Backup size: \d+\.\d GiB$/m);
      expect(log.join('\n')).toMatch(
        /written to \/var\/backups\/akko-\S+\.sql\.gz/,
      );
    }
  });
});

describe('the past drills of the demo', () => {
  it('prove the newest backup that there was', () => {
    const backups = pastRunsOf('prod-eu', 'akko', 'backup-postgres');
    const drills = pastRunsOf('prod-eu', 'akko', 'drill-postgres');
    expect(drills).toHaveLength(3);
    for (const { end, report } of drills) {
      const before = backups.filter(run => run.isGood && run.end < end);
      const { id, bytes } = lastOf(before).report.backup;
      expect(report.backup).toMatchObject({ id, bytes, level: 'restored' });
      expect(report.backup.restoreSeconds).toBeGreaterThan(0);
    }
  });

  it('have one that failed, whose report names the backup and says nothing good of it', () => {
    const failed = lastOf(pastRunsOf('prod-us', 'akko', 'drill-postgres'));
    expect(failed.isGood).toBe(false);
    const { backup, error } = failed.report;
    expect(Object.keys(backup)).toEqual(['id', 'location']);
    expect(error.code).toBe('conflict');
    expect(error.message).toContain(backup.location);
    expect(
      pastRunsOf('prod-us', 'akko', 'backup-postgres').map(
        ({ report }) => report.backup.id,
      ),
    ).toContain(backup.id);
  });

  it.each([
    ['prod-eu', 'akko', ['drill-postgres', 'drill-minio']],
    ['prod-eu', 'lab', ['drill-postgres']],
    ['prod-us', 'risk', ['drill-minio']],
    ['staging', 'akko', []],
  ])(
    'have suspended CronJobs where %s/%s has the backup, and are in its catalogue',
    (cluster, release, expected) => {
      const { configMaps, cronJobs } = contentsOf(cluster, now);
      const drills = cronJobs.filter(
        ({ metadata: { labels } }) =>
          labels['app.kubernetes.io/instance'] === release &&
          labels['app.kubernetes.io/component'].startsWith('drill-'),
      );
      expect(drills.map(({ metadata }) => metadata.name)).toEqual(
        expected.map(name => `${release}-${name}`),
      );
      for (const { spec } of drills) {
        expect(spec).toMatchObject({
          suspend: true,
          concurrencyPolicy: 'Forbid',
        });
      }
      const catalogue = configMaps.find(
        ({ metadata }) => metadata.name === `${release}-init-jobs`,
      )!;
      const told = JSON.parse((catalogue.data as any)['catalogue.json']).drills;
      expect(told[1]).toMatchObject({
        name: 'drill-minio',
        title: 'Object storage restore drill',
        schedule: '0 8 1 * *',
        timeZone: 'Etc/UTC',
        suspended: true,
      });
      expect(
        told
          .filter(({ enabled }: any) => enabled)
          .map(({ name }: any) => name)
          .sort(),
      ).toEqual([...expected].sort());
    },
  );
});
