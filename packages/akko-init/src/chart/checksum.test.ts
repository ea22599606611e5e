import { createHash } from 'node:crypto';
import {
  cronJobs,
  everything,
  initJobs,
  render,
  type RenderedChart,
} from '../__testUtils__/chart';
import { describeWithHelm } from '../__testUtils__/helm';

const all = [...initJobs, ...cronJobs];

function checksums(rendered: RenderedChart): Record<string, string> {
  return Object.fromEntries(
    all.map(job => [
      job,
      rendered.workload(job).metadata.annotations!['akko.io/config-checksum'],
    ]),
  );
}

/** Values that are as `everything`, and have these. */
function withValues(values: any) {
  return {
    ...everything,
    ...values,
    backup: {
      ...everything.backup,
      ...values.backup,
      postgres: { enabled: true, ...values.backup?.postgres },
      minio: { enabled: true, ...values.backup?.minio },
    },
  };
}

describeWithHelm('the checksum of a job', () => {
  let before: Record<string, string>;
  beforeAll(() => {
    before = checksums(render({ values: everything }));
  });

  const changedBy = (values: object) => {
    const after = checksums(render({ values: withValues(values) }));
    return all.filter(job => after[job] !== before[job]);
  };

  it('is a SHA-256 of its own for each job', () => {
    for (const sum of Object.values(before)) {
      expect(sum).toMatch(/^sha256:[0-9a-f]{64}$/);
    }
    expect(new Set(Object.values(before)).size).toBe(all.length);
  });

  it.each<[string, object, string[]]>([
    ['a bucket', { minio: { buckets: ['akko-one'] } }, ['minio-init']],
    ['a namespace', { polaris: { namespaces: ['one'] } }, ['polaris-init']],
    [
      'SQL of its own',
      { postgres: { ensureSql: 'SELECT 1;' } },
      ['postgres-init'],
    ],
    [
      'SQL for the data',
      { postgresData: { ensureSql: 'SELECT 1;' } },
      ['postgres-data-init'],
    ],
    [
      'a Secret',
      { services: { litellm: { keySecret: { name: 'other', key: 'key' } } } },
      ['ai-functions'],
    ],
    [
      'the address of the data server',
      { services: { postgresqlData: { host: 'other' } } },
      [
        'ai-functions',
        'postgres-data-init',
        'backup-postgres',
        'drill-postgres',
      ],
    ],
    [
      'how long to wait',
      { superset: { job: { waitSeconds: 60 } } },
      ['superset-bootstrap'],
    ],
    [
      'resources',
      { aiFunctions: { job: { resources: { limits: { memory: '1Gi' } } } } },
      ['ai-functions'],
    ],
    ['the image', { image: { tag: 'other' } }, all],
    [
      'the schedule of a backup',
      { backup: { postgres: { schedule: '0 1 * * *' } } },
      [],
    ],
    ['a pause of a backup', { backup: { postgres: { suspend: true } } }, []],
    [
      'the retries of a job, which are none of its pod',
      { minio: { job: { backoffLimit: 1 } } },
      [],
    ],
    ['whether Helm runs hooks', { useHelmHooks: false }, []],
    [
      'another job',
      {
        keycloak: { enabled: true },
        ollama: { enabled: true, models: ['one'] },
      },
      ['ollama-models'],
    ],
  ])(
    'changes with what the job gets, and with nothing else: %s',
    (_title, values, jobs) => {
      expect(changedBy(values).sort()).toEqual([...jobs].sort());
    },
  );

  it('is that of the rendered pod template', () => {
    const data = render({ values: everything }).get(
      'ConfigMap',
      'akko-init-jobs',
    ).data;
    const template = data['minio-init.yaml']
      .split(/^ {2}template:\n/m)[1]
      .replace(/^ {4}/gm, '')
      .trimEnd();
    expect(
      `sha256:${createHash('sha256').update(template).digest('hex')}`,
    ).toBe(before['minio-init']);
  });
});
