import { groupByUpgrade, upgradeOf, type HelmRun } from './groupByUpgrade';

/** `job revision minute`, with the minute of its end and its state where they matter. */
type Sketch = [
  name: string,
  revision: number | undefined,
  minute: number,
  rest?: { end?: number; state?: HelmRun['state'] },
];

const DAY = 24 * 60;

function at(minute: number): string {
  return new Date(Date.UTC(2026, 10, 1, 0, minute)).toISOString();
}

function aHelmRun(sketch: Sketch, index: number): HelmRun {
  const [name, revision, minute, { end, state = 'succeeded' } = {}] = sketch;
  const isOver = state === 'succeeded' || state === 'failed';
  return {
    id: `${name}${index}`,
    name,
    revision,
    state,
    createdAt: at(minute),
    finishedAt: isOver ? at(end ?? minute + 1) : undefined,
  };
}

describe('groupByUpgrade', () => {
  const table: [
    what: string,
    runs: Sketch[],
    groups: [number | undefined, ...string[]][],
  ][] = [
    ['nothing where Helm did nothing', [], []],
    [
      'runs of one revision as one upgrade, newest upgrade first',
      [
        ['a', 13, 0],
        ['b', 13, 0],
        ['a', 14, 30],
        ['b', 14, 30],
      ],
      [
        [14, 'a2', 'b3'],
        [13, 'a0', 'b1'],
      ],
    ],
    [
      'a Job that was made again from the manifest of its revision as part of its upgrade',
      [
        ['a', 14, 0, { state: 'failed' }],
        ['b', 14, 0],
        ['a', 14, 300],
      ],
      [[14, 'a0', 'b1', 'a2']],
    ],
    [
      'runs of two revisions that mix',
      [
        ['a', 14, 0],
        ['a', 15, 1],
        ['b', 14, 2],
        ['b', 15, 3],
      ],
      [
        [15, 'a1', 'b3'],
        [14, 'a0', 'b2'],
      ],
    ],
    [
      'a revision that comes again more than a day later as another upgrade',
      [
        ['a', 2, 0],
        ['a', 2, DAY + 1],
      ],
      [
        [2, 'a1'],
        [2, 'a0'],
      ],
    ],
    [
      'a revision that comes again after a new install as another upgrade',
      [
        ['a', 2, 0],
        ['a', 1, 20],
        ['a', 2, 40],
        ['b', 2, 40],
      ],
      [
        [2, 'a2', 'b3'],
        [1, 'a1'],
        [2, 'a0'],
      ],
    ],
    [
      'two installs in a row, although both are revision 1',
      [
        ['a', 1, 0],
        ['b', 1, 0, { state: 'failed' }],
        ['a', 1, 5],
        ['b', 1, 5],
      ],
      [
        [1, 'a2', 'b3'],
        [1, 'a0', 'b1'],
      ],
    ],
    [
      'hooks that wait for each other as one install, however long they take',
      [
        ['a', 1, 0, { end: 25 }],
        ['b', 1, 26, { end: 50 }],
        ['c', 1, 51],
      ],
      [[1, 'a0', 'b1', 'c2']],
    ],
    [
      'a hook behind one that still runs, but not for ever',
      [
        ['a', undefined, 0, { state: 'running' }],
        ['b', undefined, 50],
        ['c', undefined, 100],
      ],
      [
        [undefined, 'c2'],
        [undefined, 'a0', 'b1'],
      ],
    ],
    [
      'runs without revision by time',
      [
        ['a', undefined, 0],
        ['b', undefined, 1],
        ['c', undefined, 30],
      ],
      [
        [undefined, 'c2'],
        [undefined, 'a0', 'b1'],
      ],
    ],
    [
      'a job without revision that runs again as another upgrade',
      [
        ['a', undefined, 0],
        ['b', undefined, 1],
        ['a', undefined, 5],
        ['b', undefined, 6],
      ],
      [
        [undefined, 'a2', 'b3'],
        [undefined, 'a0', 'b1'],
      ],
    ],
    [
      'runs without revision as part of the upgrade that they lie in',
      [
        ['a', undefined, 0],
        ['b', 14, 0],
        ['c', undefined, 1],
        ['d', 14, 1],
      ],
      [[14, 'a0', 'b1', 'c2', 'd3']],
    ],
    [
      'runs without revision long after an upgrade as one of their own',
      [
        ['a', 14, 0],
        ['b', undefined, 60],
      ],
      [
        [undefined, 'b1'],
        [14, 'a0'],
      ],
    ],
  ];

  it.each(table)('tells %s', (_, sketches, expected) => {
    const groups = groupByUpgrade(sketches.map(aHelmRun));
    expect(
      groups.map(({ revision, runs }) => [
        revision,
        ...runs.map(({ id }) => id),
      ]),
    ).toEqual(expected);
  });
});

describe('upgradeOf', () => {
  const table: [
    what: string,
    runs: Sketch[],
    expected: { state: string; finishedAt?: string },
  ][] = [
    [
      'is done at the end of its last run',
      [
        ['a', 14, 0, { end: 9 }],
        ['b', 14, 1, { end: 4 }],
      ],
      { state: 'succeeded', finishedAt: at(9) },
    ],
    [
      'runs while one run does, also where another has failed',
      [
        ['a', 14, 0, { state: 'failed' }],
        ['b', 14, 1, { state: 'pending' }],
      ],
      { state: 'running', finishedAt: undefined },
    ],
    [
      'has failed where one run has',
      [
        ['a', 14, 0, { state: 'failed', end: 3 }],
        ['b', 14, 1],
      ],
      { state: 'failed', finishedAt: at(3) },
    ],
    [
      'is not known where the end of a run was not seen',
      [
        ['a', 14, 0, { state: 'unknown' }],
        ['b', 14, 1],
      ],
      { state: 'unknown', finishedAt: undefined },
    ],
    [
      'counts the newest run of a job',
      [
        ['a', 14, 0, { state: 'failed' }],
        ['a', 14, 20, { end: 22 }],
      ],
      { state: 'succeeded', finishedAt: at(22) },
    ],
  ];

  it.each(table)('%s', (_, sketches, expected) => {
    const runs = sketches.map(aHelmRun);
    expect(upgradeOf({ revision: 14, runs })).toMatchObject({
      id: 'a0',
      revision: 14,
      startedAt: at(0),
      ...expected,
    });
  });

  it('names each job once, those that ran first first', () => {
    const runs = [
      ['b', 14, 0, { state: 'failed' }] as Sketch,
      ['a', 14, 1] as Sketch,
      ['b', 14, 2] as Sketch,
    ].map(aHelmRun);
    expect(upgradeOf({ revision: 14, runs }).runs).toEqual([
      { id: 'b2', name: 'b', state: 'succeeded' },
      { id: 'a1', name: 'a', state: 'succeeded' },
    ]);
  });
});
