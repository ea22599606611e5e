import type { BackupEntry } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Tooltip from '@material-ui/core/Tooltip';
import { akkoTranslationRef } from '../../../translation';
import { Badge } from '../../common/Badge';
import { bytes } from '../../common/bytes';
import { CopyButton } from '../../common/CopyButton';
import { changeOf } from './changeOf';
import { useLedgerStyles } from './useLedgerStyles';

/** Enough of a checksum to tell it from others by eye. */
const SHORT = 12;

/** How large a backup is, how that differs from the one before, and where it is known from. */
export function Size({ entry }: { entry: BackupEntry }) {
  const classes = useLedgerStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const { bytes: size = 0, bytesSource, ratio } = entry;
  const change = ratio === undefined ? undefined : changeOf(ratio);
  const exact = t('run.backup.bytes', { bytes: size.toLocaleString('en') });
  return (
    <div>
      <Tooltip title={exact}>
        <span className={classes.nowrap}>
          {[
            bytes(size),
            change === 0 && t('ledger.same'),
            change && t('ledger.change', { change: signed(change) }),
          ]
            .filter(Boolean)
            .join(', ')}
        </span>
      </Tooltip>
      {bytesSource === 'log' && (
        <div>
          <Badge label={t('ledger.fromLog')} hint={t('ledger.fromLogHint')} />
        </div>
      )}
    </div>
  );
}

function signed(change: number): string {
  return change > 0 ? `+${change}` : `−${-change}`;
}

/** Where a backup is kept. */
export function Location({ entry }: { entry: BackupEntry }) {
  const classes = useLedgerStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const { location = '', locationSource } = entry;
  return (
    <div>
      <span className={classes.location}>
        <Tooltip title={location}>
          <code>{location}</code>
        </Tooltip>
        <CopyButton text={location} label={t('ledger.copyLocation')} />
      </span>
      {locationSource === 'log' && (
        <div>
          <Badge label={t('ledger.fromLog')} hint={t('ledger.fromLogHint')} />
        </div>
      )}
    </div>
  );
}

/** The beginning of a checksum; all of it is copied. */
export function Checksum({ sha256 }: { sha256: string }) {
  const classes = useLedgerStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <span className={classes.location}>
      <Tooltip title={sha256}>
        <code>{sha256.slice(0, SHORT)}</code>
      </Tooltip>
      <CopyButton text={sha256} label={t('ledger.copyChecksum')} />
    </span>
  );
}
