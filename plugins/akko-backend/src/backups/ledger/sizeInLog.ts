/** What a log tells of a backup. */
export interface LoggedBackup {
  bytes?: number;
  location?: string;
}

const UNITS: Record<string, number> = {
  '': 1,
  b: 1,
  byte: 1,
  bytes: 1,
  k: 2 ** 10,
  kib: 2 ** 10,
  kb: 1000,
  m: 2 ** 20,
  mib: 2 ** 20,
  mb: 1e6,
  g: 2 ** 30,
  gib: 2 ** 30,
  gb: 1e9,
  t: 2 ** 40,
  tib: 2 ** 40,
  tb: 1e12,
};

const NUMBER = '(\\d+(?:[.,]\\d+)?)';
const UNIT = '([kmgt]i?b|[kmgt]|bytes?|b)';

/** Lines in which scripts tell the size of what they made, the most telling first; a bare number is one of bytes only where a word says so. */
const SIZES: RegExp[] = [
  // "Backup size: 5.9 GiB", "dump size = 123 bytes", "archive size 12M"
  new RegExp(
    `\\b(?:backup|dump|archive|total|file)\\s+size\\b\\s*(?:is|of|[:=])?\\s*${NUMBER}\\s*${UNIT}?\\b`,
    'i',
  ),
  // mc mirror: "Total: 1.2 GiB, Transferred: 1.2 GiB, Speed: …"
  new RegExp(`\\bTotal:\\s*${NUMBER}\\s*${UNIT}\\b`, 'i'),
  // "wrote 123456 bytes", "123456 bytes written", "backup finished (5.9 GB)"
  new RegExp(
    `\\b(?:wrote|written|uploaded|copied|backed up)\\b[^\\d]{0,40}${NUMBER}\\s*${UNIT}\\b`,
    'i',
  ),
  new RegExp(
    `\\b${NUMBER}\\s*${UNIT}\\s+(?:were\\s+|was\\s+)?(?:written|uploaded|copied|transferred|backed up)\\b`,
    'i',
  ),
  new RegExp(
    `\\b(?:backup|dump)\\b[^\\d]{0,60}\\(\\s*${NUMBER}\\s*${UNIT}\\s*\\)`,
    'i',
  ),
  // du -h or du -b: "5.9G	/backups/akko.sql.gz"
  new RegExp(
    `^\\s*${NUMBER}\\s*${UNIT}?\\s+\\S*(?:\\.sql|\\.dump|\\.gz|\\.zst|\\.tar|\\.tgz|\\.bak)\\S*\\s*$`,
    'i',
  ),
];

const LOCATION =
  /(?:^|[\s='"(])((?:s3:\/\/|\/)[^\s'"()]*\.(?:sql|dump|gz|zst|tar|tgz|bak)[^\s'"()]*|s3:\/\/[^\s'"()]+)/i;

/** Logs of scripts end with their result. */
const LINES_READ = 200;
const LONGEST_LINE = 2000;

function bytesIn(line: string): number | undefined {
  for (const pattern of SIZES) {
    const match = pattern.exec(line);
    if (match) {
      const unit = UNITS[(match[2] ?? '').toLowerCase()];
      const bytes = Math.round(Number(match[1].replace(',', '.')) * unit);
      if (Number.isSafeInteger(bytes)) {
        return bytes;
      }
    }
  }
  return undefined;
}

/** Reads size and place of a backup out of the log of a script, from its end; for charts whose jobs write no report. */
export function sizeInLog(log: string): LoggedBackup {
  const found: LoggedBackup = {};
  const lines = log.split(/\r?\n/).slice(-LINES_READ);
  for (let index = lines.length - 1; index >= 0; index--) {
    // Kubernetes may have put the time in front.
    const line = lines[index]
      .slice(0, LONGEST_LINE)
      .replace(/^\d{4}-\d\d-\d\dT\S+\s+/, '');
    found.bytes ??= bytesIn(line);
    found.location ??= LOCATION.exec(line)?.[1].replace(/[.,;:]+$/, '');
    if (found.bytes !== undefined && found.location !== undefined) {
      break;
    }
  }
  return found;
}
