import { KNOWN_JOBS, type InitJob } from '@akko/backstage-plugin-akko-common';
import { laneOf, layoutGraph } from './graphLayout';

function job(name: string, dependsOn: string[], state = 'succeeded'): InitJob {
  return { name, title: name, enabled: true, dependsOn, state } as InitJob;
}

describe('layoutGraph', () => {
  it('puts each job of the chart right of all that it depends on', () => {
    const jobs = KNOWN_JOBS.filter(({ kind }) => kind === 'init').map(known =>
      job(known.name, known.dependsOn),
    );
    const { nodes, edges } = layoutGraph(jobs);
    expect(nodes).toHaveLength(9);
    expect(edges.length).toBe(
      jobs.reduce((sum, { dependsOn }) => sum + dependsOn.length, 0),
    );
    for (const { from, to } of edges) {
      expect(to.column).toBeGreaterThan(from.column);
    }
  });

  it('gives no two jobs the same place', () => {
    const { nodes } = layoutGraph([
      job('a', []),
      job('b', []),
      job('c', ['a']),
    ]);
    const places = nodes.map(({ column, row }) => `${column}/${row}`);
    expect(new Set(places).size).toBe(3);
  });

  it('breaks the lines from a failed job only', () => {
    const { edges } = layoutGraph([
      job('a', [], 'failed'),
      job('b', []),
      job('c', ['a', 'b']),
    ]);
    expect(
      edges.map(({ from, isBroken }) => [from.job.name, isBroken]),
    ).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });

  it.each([
    ['a cycle', [job('a', ['b']), job('b', ['a'])]],
    ['a dependency that is not there', [job('a', ['gone'])]],
  ])('draws every job in spite of %s', (_, jobs) => {
    expect(layoutGraph(jobs).nodes).toHaveLength(jobs.length);
  });
});

describe('laneOf', () => {
  const any = job('any', []);
  it.each([
    ['to the next column', [0, 0], [1, 2], 3, undefined],
    ['past a column, down', [0, 0], [2, 2], 3, 1],
    ['past a column, up', [0, 2], [2, 0], 3, 2],
    ['past a column, in the last row', [0, 2], [2, 2], 3, 2],
    ['past a column of a single row', [0, 0], [2, 0], 1, undefined],
  ] as const)('%s', (_, [column, row], [toColumn, toRow], rows, lane) => {
    expect(
      laneOf(
        { job: any, column, row },
        { job: any, column: toColumn, row: toRow },
        rows,
      ),
    ).toBe(lane);
  });
});
