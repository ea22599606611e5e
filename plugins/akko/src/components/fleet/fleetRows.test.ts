import { aSummary } from '../../__testUtils__/fixtures';
import { hasCause, narrowed, rowsOf } from './fleetRows';

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

describe('some instances of the fleet', () => {
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
  const isIn = ({ ref }: { ref: string }) => ref.startsWith('b/');

  it('are counted by health whatever health is shown', () => {
    const { instances, totals } = narrowed(view, isIn, 'healthy');
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
    const { instances } = narrowed(view, isIn, undefined);
    expect(instances.map(({ ref }) => ref)).toEqual(['b/n/one', 'b/n/three']);
  });
});

describe('the instances that have a cause', () => {
  const group = {
    causeKey: 'target-refused db:5432',
    rule: 'target-refused',
    severity: 'error' as const,
    title: 'PostgreSQL refuses connections',
    instances: ['b/n/one', 'a/n/two'],
    openedAt: '2026-11-23T10:00:00Z',
  };

  it('are those of its group, also where something else is worse', () => {
    expect(
      summaries.filter(hasCause(group.causeKey, [group])).map(({ ref }) => ref),
    ).toEqual(['b/n/one', 'a/n/two']);
  });

  it('are those that say so themselves, where the groups are not known', () => {
    const { instances, ...topFinding } = group;
    const summary = aSummary({
      topFinding: { ...topFinding, id: 'f', cause: 'It is down.' },
    });
    expect(hasCause(group.causeKey, [])(summary)).toBe(true);
    expect(hasCause('another', [])(summary)).toBe(false);
  });
});
