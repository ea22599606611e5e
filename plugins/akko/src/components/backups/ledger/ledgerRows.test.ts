import { anEntry } from '../../../__testUtils__/fixtures';
import { changeOf } from './changeOf';
import { ledgerRows, rowKey, uniqueRows } from './ledgerRows';

const at = (id: string, createdAt: string) => anEntry({ id, createdAt });
const entries = [
  at('c', '2026-11-23T02:00:00Z'),
  at('b', '2026-11-20T02:00:00Z'),
  at('a', '2026-11-10T02:00:00Z'),
];
const gap = (from: string, to: string) => ({ from, to, missed: 1 });

describe('the rows of the ledger', () => {
  it('have each gap below what came after it', () => {
    const rows = ledgerRows(entries, [
      gap('2026-11-11T00:00:00Z', '2026-11-12T00:00:00Z'),
      gap('2026-11-21T00:00:00Z', '2026-11-22T00:00:00Z'),
      gap('2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z'),
      gap('2026-11-24T00:00:00Z', '2026-11-25T00:00:00Z'),
    ]);
    expect(rows.map(rowKey)).toEqual([
      'gap 2026-11-24T00:00:00Z',
      'c',
      'gap 2026-11-21T00:00:00Z',
      'b',
      'gap 2026-11-11T00:00:00Z',
      'a',
      'gap 2026-11-01T00:00:00Z',
    ]);
  });

  it('are there once, also where two pages have them', () => {
    const rows = ledgerRows(entries, []);
    expect(uniqueRows([...rows, ...rows]).map(rowKey)).toEqual(['c', 'b', 'a']);
  });
});

describe('the change of a size', () => {
  it.each([
    [1.012, 1],
    [0.94, -6],
    [0.999, 0],
    [3.2, 220],
  ])('of %d is %d %%', (ratio, percent) => {
    expect(changeOf(ratio)).toBe(percent);
  });
});
