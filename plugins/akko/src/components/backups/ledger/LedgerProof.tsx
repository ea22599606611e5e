import type { BackupEntry } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { akkoTranslationRef } from '../../../translation';
import { Time } from '../../common/Time';
import { duration } from '../../common/time';
import { DRILL_FAILED_MARK, LEVEL_MARKS } from '../../state/marks';
import { StateMark } from '../../state/StateMark';
import { useLedgerStyles } from './useLedgerStyles';

/** How far it is proven that a backup can be used, when and by which run; and that a drill of it failed. */
export function Proven(props: {
  entry: BackupEntry;
  onOpenDrill: (run: string) => void;
}) {
  const { entry, onOpenDrill } = props;
  const classes = useLedgerStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const { at, by, failedAt, failedBy, level, restoreSeconds } =
    entry.verification;
  return (
    <div>
      <StateMark mark={LEVEL_MARKS[level]} />
      {level !== 'none' && at && (
        <ProvenAt
          at={at}
          run={by === entry.id ? undefined : by}
          onOpen={onOpenDrill}
        />
      )}
      {restoreSeconds !== undefined && (
        <div className={classes.small}>
          {t('backup.restoreTook', { duration: duration(restoreSeconds) })}
        </div>
      )}
      {failedAt && (
        <>
          <div>
            <StateMark mark={DRILL_FAILED_MARK} />
          </div>
          <ProvenAt at={failedAt} run={failedBy} onOpen={onOpenDrill} />
        </>
      )}
    </div>
  );
}

/** Whether there is something to say: that a run which made nothing is not verified goes without saying. */
export function hasProof({ state, verification }: BackupEntry): boolean {
  return (
    state === 'succeeded' ||
    verification.level !== 'none' ||
    verification.failedAt !== undefined
  );
}

/** When it was proven, and by which run where that is not the backup's own. */
function ProvenAt(props: {
  at: string;
  run: string | undefined;
  onOpen: (run: string) => void;
}) {
  const { at, onOpen, run } = props;
  const classes = useLedgerStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <div className={classes.small}>
      {run ? (
        <Button
          size="small"
          color="primary"
          className={classes.link}
          title={t('ledger.provenBy')}
          onClick={() => onOpen(run)}
        >
          <Time iso={at} />
        </Button>
      ) : (
        <Time iso={at} />
      )}
    </div>
  );
}

/** Whether a backup is still there. */
export function Retained(props: { retention: BackupEntry['retention'] }) {
  const { of, prunedAt, rank } = props.retention;
  const { t } = useTranslationRef(akkoTranslationRef);
  if (prunedAt) {
    return (
      <>
        {t('ledger.removed')} <Time iso={prunedAt} />
      </>
    );
  }
  return (
    <>
      {of === undefined
        ? t('ledger.keptRank', { rank: String(rank) })
        : t('ledger.kept', { rank: String(rank), of: String(of) })}
    </>
  );
}

/** Whether it is known to be there, or to be gone. */
export function isRetentionKnown({ retention }: BackupEntry): boolean {
  return retention.prunedAt !== undefined || retention.rank !== undefined;
}
