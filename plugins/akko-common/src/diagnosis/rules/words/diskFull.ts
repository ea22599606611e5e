import { addressNear, shortAddress } from '../address';
import { kubectl } from '../../commands';
import { again, readLog } from '../steps';
import type { WordsRule } from '../types';

/** There is no space left, on the volume of a backup or on that of a server. */
export const diskFull: WordsRule = {
  kind: 'words',
  id: 'disk-full',
  report: ({ message }) =>
    /no space left|ENOSPC|disk (?:quota|of the server is full)|EDQUOT|\b53100\b|XMinioStorageFull|QuotaExceeded/i.test(
      message,
    ),
  patterns: [
    {
      pattern:
        /no space left on device|\b(?:ENOSPC|EDQUOT|DiskFull)\b|disk quota exceeded|could not (?:extend|write to) file .{0,200}(?:space|quota)|XMinioStorageFull|storage backend has reached its minimum free drive threshold|database or disk is full/i,
      strength: 3,
    },
  ],
  explain: ({ job, line, nearby, error }) => {
    const isVolume =
      error?.service === 'backup volume' ||
      (job.kind !== 'init' && !/could not extend file|XMinio/i.test(line));
    const address = isVolume ? undefined : addressNear(line, nearby);
    return {
      title: isVolume ? 'The backup volume is full' : 'A disk is full',
      cause: isVolume
        ? 'There is no space left on the volume that backups are written to. Older backups were kept.'
        : 'There is no space left where the data is written.',
      target: isVolume ? 'backup-volume' : address && shortAddress(address),
      confidence: 'certain',
      steps: [
        {
          text: 'See how large the volumes are and of which class.',
          command: kubectl('get', job.namespace, 'pvc'),
        },
        {
          text: isVolume
            ? 'Enlarge the volume where its class allows that (local-path does not), lower the retention in the values, or move old backups away.'
            : 'Enlarge the volume where its class allows that (local-path does not), or free space: old WAL (SELECT pg_switch_wal()), old prefixes of buckets, logs.',
        },
        readLog(job),
      ],
      action: again(job, 'there is space'),
    };
  },
  examples: {
    yes: [
      'pg_dump: error: could not write to output file: No space left on device',
      'ERROR:  could not extend file "base/16384/16397": No space left on device',
    ],
    no: ['12 GiB left on device'],
  },
};
