import { sizeInLog } from './sizeInLog';

describe('sizeInLog', () => {
  const table: [string, ReturnType<typeof sizeInLog>][] = [
    ['Backup size: 5.9 GiB', { bytes: Math.round(5.9 * 2 ** 30) }],
    ['2026-11-29T02:00:00Z backup size = 123456 bytes', { bytes: 123456 }],
    ['INFO dump size is 12M', { bytes: 12 * 2 ** 20 }],
    [
      'Total: 1.20 GiB, Transferred: 1.20 GiB, Speed: 30 MiB/s',
      { bytes: Math.round(1.2 * 2 ** 30) },
    ],
    ['wrote 1048576 bytes', { bytes: 1048576 }],
    ['3.5 MB uploaded', { bytes: 3_500_000 }],
    [
      '5.9G\t/backups/akko-20261129.sql.gz',
      {
        bytes: Math.round(5.9 * 2 ** 30),
        location: '/backups/akko-20261129.sql.gz',
      },
    ],
    [
      'uploading to s3://cold/akko/2026-11-29.dump.',
      { location: 's3://cold/akko/2026-11-29.dump' },
    ],
    ['backup finished (800 KiB)', { bytes: 800 * 1024 }],
    ['12 databases dumped in 34 s', {}],
    ['retrying in 5 s, attempt 3 of 10', {}],
    ['', {}],
  ];

  it.each(table)('reads "%s"', (line, expected) => {
    expect(sizeInLog(line)).toEqual(expected);
  });

  it('takes the last one told: a script ends with its result', () => {
    expect(sizeInLog('dump size: 1 MiB\ndump size: 2 MiB\ndone\n').bytes).toBe(
      2 * 2 ** 20,
    );
  });

  it('is quick with hostile lines', () => {
    const hostile = `backup ${'('.repeat(50_000)}${' '.repeat(50_000)}`;
    expect(sizeInLog(`${hostile}\n`.repeat(200))).toEqual({});
  });
});
