import { aSummary } from '../../__testUtils__/fixtures';
import { ownedOnly, rowsOf } from './fleetRows';

const summaries = [
  aSummary({ ref: 'b/n/one', cluster: 'b', clusterTitle: 'Beta' }),
  aSummary({
    ref: 'a/n/two',
    cluster: 'a',
    clusterTitle: 'Alpha',
    health: 'degraded',
  }),
  aSummary({
    ref: 'b/n/three',
    cluster: 'b',
    clusterTitle: 'Beta',
    health: 'healthy',
  }),
];

function short(order: 'attention' | 'cluster') {
  return rowsOf(summaries, order).map(row =>
    row.type === 'cluster' ? `${row.title} (${row.count})` : row.instance.ref,
  );
}

describe('the rows of the fleet', () => {
  it('keep the order of the API when attention comes first', () => {
    expect(short('attention')).toEqual(['b/n/one', 'a/n/two', 'b/n/three']);
  });

  it('stand under their cluster, each still in the order of attention', () => {
    expect(short('cluster')).toEqual([
      'Alpha (1)',
      'a/n/two',
      'Beta (2)',
      'b/n/one',
      'b/n/three',
    ]);
  });
});

describe('the instances of the viewer', () => {
  const view = {
    clusters: [],
    instances: summaries,
    totals: {
      total: 3,
      failed: 1,
      degraded: 1,
      progressing: 0,
      healthy: 1,
      unknown: 0,
    },
  };
  const isOwned = (ref: string) => ref.startsWith('b/');

  it('are counted by health whatever health is shown', () => {
    const { instances, totals } = ownedOnly(view, isOwned, 'healthy');
    expect(instances.map(({ ref }) => ref)).toEqual(['b/n/three']);
    expect(totals).toEqual({
      total: 2,
      failed: 1,
      degraded: 0,
      progressing: 0,
      healthy: 1,
      unknown: 0,
    });
  });

  it('are all shown when no health is chosen', () => {
    const { instances } = ownedOnly(view, isOwned, undefined);
    expect(instances.map(({ ref }) => ref)).toEqual(['b/n/one', 'b/n/three']);
  });
});
