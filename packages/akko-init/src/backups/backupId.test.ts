import {
  isBackupId,
  isScratchName,
  isScratchOf,
  newBackupId,
  newScratchName,
  timeOfScratch,
} from './backupId';

describe('names of backups', () => {
  it('tell the time in UTC, sort by it, and are never the same', () => {
    const moments = ['2026-01-02T03:04:05.678Z', '2026-01-02T03:04:05.679Z'];
    const [first, second] = moments.map(each => newBackupId(new Date(each)));

    expect(first).toMatch(/^20260102T030405678Z-[0-9a-f]{6}$/);
    expect(first < second).toBe(true);
    expect(newBackupId(new Date(moments[0]))).not.toBe(first);
    expect(isBackupId(first)).toBe(true);
  });

  it.each([
    'lost+found',
    '.partial-20260102T030405678Z-abcdef',
    '20260102T030405678Z-abcdef.old',
    '20260102T030405678Z',
    '',
  ])('are told from other names: %j', name => {
    expect(isBackupId(name)).toBe(false);
  });
});

describe('names of scratches', () => {
  it('are known again, with the time at which they were made', () => {
    const before = Math.floor(Date.now() / 1000) * 1000;
    const name = newScratchName('akko-drill-');

    expect(isScratchName(name)).toBe(true);
    expect(isScratchName(`${name}-3`)).toBe(true);
    expect(isScratchOf('akko-drill-', name)).toBe(true);
    expect(isScratchOf('akko-drill-', `${name}-3`)).toBe(true);
    expect(Number(timeOfScratch(name))).toBeGreaterThanOrEqual(before);
    expect(timeOfScratch('d-20260102t030405678z-abcdef-1')).toEqual(
      new Date('2026-01-02T03:04:05Z'),
    );
  });

  it.each([
    ['akko-drill-', 'akko-drill-results'],
    ['akko-drill-', 'akko-drill-of-mine-20260102t030405678z-abcdef'],
    ['akko-drill-', '20260102t030405678z-abcdef'],
    ['akko-drill-', 'akko-drill-20260102t030405678z-abcdef-old'],
  ])('with the prefix %j are told from %j', (prefix, name) => {
    expect(isScratchOf(prefix, name)).toBe(false);
  });
});
