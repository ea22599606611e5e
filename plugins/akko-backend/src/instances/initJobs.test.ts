import type { InitJobState, Run } from '@akko/backstage-plugin-akko-common';
import { runOfRecord } from '../runs/runRows';
import { aRunRecord } from '../testing/aRunRecord';
import { initJobs, nextUpgrade, type InitJobsInput } from './initJobs';

type RunChanges = Parameters<typeof aRunRecord>[0];

const INSTANCE = { cluster: 'prod', namespace: 'akko', release: 'akko' };

function aRun(changes: RunChanges): Run {
  return runOfRecord(aRunRecord(changes));
}

function input(options: {
  jobs: {
    name: string;
    enabled?: boolean;
    dependsOn?: string[];
    checksum?: string;
    simulated?: boolean;
  }[];
  live?: Record<string, RunChanges>;
  history?: Record<string, RunChanges>;
  synced?: boolean;
  fromChart?: boolean;
  catalogueNote?: string;
}): InitJobsInput {
  return {
    catalogue: {
      fromChart: options.fromChart ?? true,
      backups: [],
      drills: [],
      jobs: options.jobs.map(job => ({
        title: job.name,
        enabled: true,
        dependsOn: [],
        ...job,
      })),
    },
    catalogueNote: options.catalogueNote,
    live: new Map(
      Object.entries(options.live ?? {}).map(([name, changes]) => [
        name,
        aRun({ name, ...changes }),
      ]),
    ),
    facts: new Map(
      Object.entries(options.history ?? {}).map(([name, changes]) => [
        name,
        {
          instance: INSTANCE,
          name,
          kind: 'init' as const,
          lastRun: aRun({ name, live: false, ...changes }),
          usualDurationSeconds: 12,
        },
      ]),
    ),
    synced: options.synced ?? true,
  };
}

describe('state of an init job', () => {
  const unfinished = { finishedAt: undefined, startedAt: undefined };
  const table: [string, Parameters<typeof input>[0], InitJobState][] = [
    ['off in the chart', { jobs: [{ name: 'a', enabled: false }] }, 'disabled'],
    [
      'off in the chart, with an old run in the history',
      {
        jobs: [{ name: 'a', enabled: false }],
        history: { a: { state: 'succeeded' } },
      },
      'disabled',
    ],
    [
      'off in the chart, but running now',
      {
        jobs: [{ name: 'a', enabled: false }],
        live: { a: { state: 'running' } },
      },
      'running',
    ],
    [
      'not started',
      {
        jobs: [{ name: 'a' }],
        live: { a: { state: 'pending', ...unfinished } },
      },
      'pending',
    ],
    [
      'running',
      { jobs: [{ name: 'a' }], live: { a: { state: 'running' } } },
      'running',
    ],
    [
      'done',
      { jobs: [{ name: 'a' }], live: { a: { state: 'succeeded' } } },
      'succeeded',
    ],
    [
      'failed',
      { jobs: [{ name: 'a' }], live: { a: { state: 'failed' } } },
      'failed',
    ],
    [
      'done after a failure in the history',
      {
        jobs: [{ name: 'a' }],
        live: { a: { state: 'succeeded' } },
        history: { a: { state: 'failed' } },
      },
      'succeeded',
    ],
    [
      'failed in a newer Job that is gone, beside an older one that is done',
      {
        jobs: [{ name: 'a' }],
        live: { a: { state: 'succeeded', uid: 'old' } },
        history: {
          a: {
            state: 'failed',
            uid: 'new',
            createdAt: '2026-11-02T10:00:00.000Z',
          },
        },
      },
      'failed',
    ],
    [
      'running in an older Job, beside a newer one that is gone',
      {
        jobs: [{ name: 'a' }],
        live: { a: { state: 'running', uid: 'old' } },
        history: {
          a: {
            state: 'failed',
            uid: 'new',
            createdAt: '2026-11-02T10:00:00.000Z',
          },
        },
      },
      'running',
    ],
    [
      'done and cleaned up',
      { jobs: [{ name: 'a' }], history: { a: { state: 'succeeded' } } },
      'expired',
    ],
    [
      'failed and its Job deleted',
      { jobs: [{ name: 'a' }], history: { a: { state: 'failed' } } },
      'failed',
    ],
    [
      'gone before its end was seen',
      { jobs: [{ name: 'a' }], history: { a: { state: 'unknown' } } },
      'unknown',
    ],
    ['never ran', { jobs: [{ name: 'a' }] }, 'missing'],
    [
      'of a cluster without contact since the start, without history',
      { jobs: [{ name: 'a' }], synced: false },
      'unknown',
    ],
    [
      'of a cluster without contact and an instance that nobody has seen yet',
      {
        jobs: [{ name: 'a', enabled: false }],
        synced: false,
        fromChart: false,
      },
      'unknown',
    ],
    [
      'not seen beside others that were, of a cluster without contact since the start',
      {
        jobs: [{ name: 'a', enabled: false }, { name: 'b' }],
        synced: false,
        fromChart: false,
        history: { b: { state: 'succeeded', live: true } },
      },
      'disabled',
    ],
    [
      'of a cluster without contact since the start, last seen done',
      {
        jobs: [{ name: 'a' }],
        synced: false,
        history: { a: { state: 'succeeded', live: true } },
      },
      'succeeded',
    ],
    [
      'of a cluster without contact since the start, last seen running',
      {
        jobs: [{ name: 'a' }],
        synced: false,
        history: { a: { state: 'running', live: true } },
      },
      'unknown',
    ],
  ];

  it.each(table)('%s', (_, options, expected) => {
    expect(initJobs(input(options))[0].state).toBe(expected);
  });
});

describe('waiting for others', () => {
  const jobs = [
    { name: 'a' },
    { name: 'b', dependsOn: ['a'] },
    { name: 'c', dependsOn: ['b'] },
  ];

  it('is pending while a dependency failed, along the chain', () => {
    const states = initJobs(input({ jobs, live: { a: { state: 'failed' } } }));
    expect(states).toMatchObject([
      { state: 'failed' },
      { state: 'pending', waitingFor: ['a'], note: 'Waiting for a' },
      { state: 'pending', waitingFor: ['b'], note: 'Waiting for b' },
    ]);
  });

  it('names all that it waits for', () => {
    const [, , job] = initJobs(
      input({
        jobs: [
          { name: 'a' },
          { name: 'b' },
          { name: 'c', dependsOn: ['a', 'b'] },
        ],
        live: { a: { state: 'running' }, b: { state: 'failed' } },
      }),
    );
    expect(job.note).toBe('Waiting for a and b');
  });

  it('is missing when everything before it is done', () => {
    const states = initJobs(
      input({ jobs, live: { a: { state: 'succeeded' } } }),
    );
    expect(states.map(({ state }) => state)).toEqual([
      'succeeded',
      'missing',
      'missing',
    ]);
  });

  it('does not wait for a dependency that is off', () => {
    const [, job] = initJobs(
      input({
        jobs: [
          { name: 'a', enabled: false },
          { name: 'b', dependsOn: ['a'] },
        ],
      }),
    );
    expect(job.state).toBe('missing');
  });

  it('says that what it needs failed too', () => {
    const [, job] = initJobs(
      input({ jobs, live: { a: { state: 'failed' }, b: { state: 'failed' } } }),
    );
    expect(job.note).toBe('a, which it needs, failed too');
  });
});

describe('what else is told of an init job', () => {
  it.each([
    ['sha256:one', 'one', false],
    ['sha256:one', 'sha256:two', true],
    [undefined, 'one', undefined],
    ['one', undefined, undefined],
  ])('catalogue %s, last run %s: changed is %s', (checksum, last, expected) => {
    const [job] = initJobs(
      input({
        jobs: [{ name: 'a', checksum }],
        live: { a: { configChecksum: last } },
      }),
    );
    expect(job.changedSinceLastRun).toBe(expected);
  });

  it('can be run when a manifest is known: on the cluster, in the catalogue or in the history', () => {
    const runnable = (
      options: Omit<Parameters<typeof input>[0], 'jobs'>,
      job = {},
    ) =>
      initJobs(input({ jobs: [{ name: 'a', ...job }], ...options }))[0]
        .runnable;
    expect(runnable({ live: { a: {} } })).toBe(true);
    expect(runnable({ history: { a: {} } })).toBe(true);
    expect(runnable({}, { manifest: { kind: 'Job' } })).toBe(true);
    // Manifests of clusters without contact are not kept; that there is one is known.
    expect(runnable({ synced: false }, { checksum: 'x' })).toBe(true);
    // The catalogue has one, but it is refused.
    expect(runnable({}, { checksum: 'x' })).toBe(false);
    expect(runnable({})).toBe(false);
    expect(runnable({ live: { a: {} } }, { enabled: false })).toBe(false);
  });

  it('says which jobs the sandbox simulates', () => {
    const jobs = [
      { name: 'a', simulated: true },
      { name: 'b', simulated: false },
      { name: 'c' },
    ];
    expect(initJobs(input({ jobs })).map(({ simulated }) => simulated)).toEqual(
      [true, false, undefined],
    );
  });

  it('says that off and never ran cannot be told apart without a catalogue', () => {
    const [job] = initJobs(
      input({ jobs: [{ name: 'a', enabled: false }], fromChart: false }),
    );
    expect(job.note).toContain('no job catalogue');
  });

  it('says what is wrong with the catalogue', () => {
    const [job] = initJobs(
      input({ jobs: [{ name: 'a' }], catalogueNote: 'cannot be read' }),
    );
    expect(job.note).toBe('cannot be read');
  });
});

describe('the next upgrade', () => {
  const plain = { enabled: true, useHelmHooks: false };
  it.each<[string, Parameters<typeof nextUpgrade>[0], string | undefined]>([
    [
      'runs a hook, changed or not',
      { enabled: true, useHelmHooks: true, isLive: true, changed: false },
      'runs',
    ],
    [
      'makes a plain Job that is not there',
      { ...plain, isLive: false, changed: undefined },
      'runs',
    ],
    [
      'leaves a plain Job alone that is as it was',
      { ...plain, isLive: true, changed: false },
      'stays',
    ],
    [
      'is refused for a plain Job that is there while its values changed',
      { ...plain, isLive: true, changed: true },
      'refused',
    ],
    [
      'does nothing with what is off',
      { enabled: false, useHelmHooks: true, isLive: false, changed: undefined },
      'off',
    ],
    [
      'is not foretold for a chart that does not say how it runs',
      { enabled: true, useHelmHooks: undefined, isLive: true, changed: true },
      undefined,
    ],
  ])('%s', (_, options, expected) => {
    expect(nextUpgrade(options)).toBe(expected);
  });
});
