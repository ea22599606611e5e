import { chartsIn, emptyLayout, withCharts, type Layout } from './layout';

function chart(id: number, width = 4) {
  return { id, uuid: `uuid-${id}`, name: `Chart ${id}`, width, height: 50 };
}

describe('withCharts', () => {
  it('fills rows of twelve columns from the left', () => {
    const layout = withCharts(emptyLayout('Demo'), [
      chart(1, 6),
      chart(2, 4),
      chart(3, 4),
      chart(4, 12),
    ])!;

    expect(layout.GRID_ID).toMatchObject({
      children: ['ROW-uuid-1', 'ROW-uuid-3', 'ROW-uuid-4'],
    });
    expect(layout['ROW-uuid-1']).toMatchObject({
      type: 'ROW',
      children: ['CHART-uuid-1', 'CHART-uuid-2'],
      parents: ['ROOT_ID', 'GRID_ID'],
    });
    expect(layout['CHART-uuid-2']).toMatchObject({
      type: 'CHART',
      parents: ['ROOT_ID', 'GRID_ID', 'ROW-uuid-1'],
      meta: { chartId: 2, uuid: 'uuid-2', width: 4, height: 50 },
    });
    expect([...chartsIn(layout)].sort()).toEqual([1, 2, 3, 4]);
  });

  it('adds below what is there, and leaves that as it is', () => {
    const before = withCharts(emptyLayout('Demo'), [chart(1)])!;
    (before['CHART-uuid-1'] as any).meta.width = 11;
    const copy = structuredClone(before);

    const after = withCharts(before, [chart(2)])!;

    expect(before).toEqual(copy);
    expect(after.GRID_ID).toMatchObject({
      children: ['ROW-uuid-1', 'ROW-uuid-2'],
    });
    expect(after['CHART-uuid-1']).toEqual(copy['CHART-uuid-1']);
  });

  it('adds to the first tab where a person made tabs', () => {
    const tabs: Layout = {
      ...emptyLayout('Demo'),
      ROOT_ID: { id: 'ROOT_ID', type: 'ROOT', children: ['TABS-1'] },
      'TABS-1': {
        id: 'TABS-1',
        type: 'TABS',
        children: ['TAB-1', 'TAB-2'],
        parents: ['ROOT_ID'],
      },
      'TAB-1': {
        id: 'TAB-1',
        type: 'TAB',
        children: [],
        parents: ['ROOT_ID', 'TABS-1'],
      },
      'TAB-2': { id: 'TAB-2', type: 'TAB', children: [] },
    };

    const layout = withCharts(tabs, [chart(1)])!;

    expect(layout['TAB-1']).toMatchObject({ children: ['ROW-uuid-1'] });
    expect(layout['CHART-uuid-1']).toMatchObject({
      parents: ['ROOT_ID', 'TABS-1', 'TAB-1', 'ROW-uuid-1'],
    });
  });

  it('knows no place in a layout without grid and tab', () => {
    const strange: Layout = {
      ROOT_ID: { id: 'ROOT_ID', type: 'ROOT', children: ['HEADER_ID'] },
      HEADER_ID: { id: 'HEADER_ID', type: 'HEADER' },
    };

    expect(withCharts(strange, [chart(1)])).toBeUndefined();
  });
});
