import type { BackupEntry } from '@akko/backstage-plugin-akko-common';

type Cell = string | number | undefined;

/** Columns of the file, in their order. Sizes in bytes, times in RFC 3339, durations in seconds. */
const COLUMNS: [string, (entry: BackupEntry) => Cell][] = [
  ['id', ({ id }) => id],
  ['instance', ({ instance }) => instance],
  ['backup', ({ backup }) => backup],
  ['origin', ({ origin }) => origin],
  ['by', ({ by }) => by],
  ['scheduledFor', ({ scheduledFor }) => scheduledFor],
  ['createdAt', ({ createdAt }) => createdAt],
  ['startedAt', ({ startedAt }) => startedAt],
  ['finishedAt', ({ finishedAt }) => finishedAt],
  ['durationSeconds', ({ durationSeconds }) => durationSeconds],
  ['state', ({ state }) => state],
  ['reason', ({ reason }) => reason],
  ['message', ({ message }) => message],
  ['errorCode', ({ errorCode }) => errorCode],
  ['bytes', ({ bytes }) => bytes],
  ['bytesSource', ({ bytesSource }) => bytesSource],
  ['ratio', ({ ratio }) => ratio],
  ['items', ({ items }) => items],
  ['location', ({ location }) => location],
  ['backupId', ({ backupId }) => backupId],
  ['sha256', ({ sha256 }) => sha256],
  ['toolVersion', ({ toolVersion }) => toolVersion],
  ['serverVersion', ({ serverVersion }) => serverVersion],
  ['retentionRank', ({ retention }) => retention.rank],
  ['prunedAt', ({ retention }) => retention.prunedAt],
  ['verificationLevel', ({ verification }) => verification.level],
  ['verifiedAt', ({ verification }) => verification.at],
  ['verifiedBy', ({ verification }) => verification.by],
  ['restoreSeconds', ({ verification }) => verification.restoreSeconds],
  ['drillFailedAt', ({ verification }) => verification.failedAt],
  ['findings', ({ findings }) => findings.map(({ title }) => title).join('; ')],
];

/**
 * A cell by RFC 4180. Text that a spreadsheet would take for a formula gets an apostrophe in front: messages come from logs, which are nobody's to trust.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
function cell(value: Cell): string {
  if (value === undefined) {
    return '';
  }
  if (typeof value === 'number') {
    return String(value);
  }
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function line(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`;
}

/** The first line of the file. */
export function csvHead(): string {
  return line(COLUMNS.map(([name]) => name));
}

/** Lines of the file, one per entry. */
export function csvLines(entries: readonly BackupEntry[]): string {
  return entries
    .map(entry => line(COLUMNS.map(([, read]) => cell(read(entry)))))
    .join('');
}
