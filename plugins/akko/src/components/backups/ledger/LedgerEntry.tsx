import type { BackupEntry } from '@akko/backstage-plugin-akko-common';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Tooltip from '@material-ui/core/Tooltip';
import type { ReactNode } from 'react';
import { akkoTranslationRef } from '../../../translation';
import { Time } from '../../common/Time';
import { clockTime, duration, exactTime } from '../../common/time';
import { personOf } from '../../common/trigger';
import { findingTitle } from '../../finding/findingWords';
import { ORIGIN_MARKS, RUN_MARKS, SEVERITY_MARKS } from '../../state/marks';
import { StateMark } from '../../state/StateMark';
import { Checksum, Location, Size } from './LedgerContent';
import { LEDGER_COLUMNS, type LedgerColumn } from './ledgerColumns';
import { hasProof, isRetentionKnown, Proven, Retained } from './LedgerProof';
import { useLedgerStyles } from './useLedgerStyles';

/** One run of a backup: when and why, how it went, what it made, how far that is proven and whether it is still there. */
export function LedgerEntry(props: {
  entry: BackupEntry;
  onOpenRun: (run: string) => void;
  onOpenDrill: (run: string) => void;
}) {
  const { entry, onOpenDrill, onOpenRun } = props;
  const classes = useLedgerStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const cells: Record<LedgerColumn, ReactNode> = {
    when: <When entry={entry} onOpen={() => onOpenRun(entry.id)} />,
    origin: <Origin entry={entry} />,
    state: <State entry={entry} />,
    size: entry.bytes !== undefined && <Size entry={entry} />,
    duration: entry.durationSeconds !== undefined && (
      <span className={classes.nowrap}>{duration(entry.durationSeconds)}</span>
    ),
    items: entry.items,
    level: hasProof(entry) && (
      <Proven entry={entry} onOpenDrill={onOpenDrill} />
    ),
    retention: isRetentionKnown(entry) && (
      <span className={classes.nowrap}>
        <Retained retention={entry.retention} />
      </span>
    ),
    location: entry.location && <Location entry={entry} />,
    checksum: entry.sha256 && <Checksum sha256={entry.sha256} />,
    findings: entry.findings.length > 0 && <Findings entry={entry} />,
  };
  return (
    <tr data-run={entry.id}>
      {LEDGER_COLUMNS.map(column => (
        <td
          key={column}
          data-label={t(`ledger.column.${column}`)}
          data-empty={isEmpty(cells[column]) || undefined}
        >
          {cells[column]}
        </td>
      ))}
    </tr>
  );
}

/** Cards leave out what there is nothing of. */
function isEmpty(cell: ReactNode): boolean {
  return cell === undefined || cell === false;
}

function When(props: { entry: BackupEntry; onOpen: () => void }) {
  const { entry, onOpen } = props;
  const classes = useLedgerStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const at = entry.finishedAt ?? entry.startedAt ?? entry.createdAt;
  return (
    <div>
      <Button
        size="small"
        color="primary"
        className={classes.when}
        onClick={onOpen}
      >
        <span className={classes.hidden}>{t('ledger.open')}&nbsp;</span>
        <Time iso={at} />
      </Button>
      {entry.scheduledFor && (
        <Tooltip title={exactTime(entry.scheduledFor)}>
          <div className={`${classes.small} ${classes.nowrap}`}>
            {t('ledger.scheduledFor', { time: clockTime(entry.scheduledFor) })}
          </div>
        </Tooltip>
      )}
    </div>
  );
}

function Origin({ entry }: { entry: BackupEntry }) {
  const classes = useLedgerStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <div>
      <StateMark mark={ORIGIN_MARKS[entry.origin]} />
      {entry.by && (
        <div className={classes.small}>
          {t('ledger.by', { by: personOf(entry.by) })}
        </div>
      )}
    </div>
  );
}

function State({ entry }: { entry: BackupEntry }) {
  const classes = useLedgerStyles();
  const why = entry.message ?? entry.reason ?? entry.errorCode;
  return (
    <div className={classes.narrow}>
      <StateMark mark={RUN_MARKS[entry.state]} />
      {entry.state !== 'succeeded' && why && (
        <div className={classes.small}>{why}</div>
      )}
    </div>
  );
}

/** Each opens at its own address, if it is still open. */
function Findings({ entry }: { entry: BackupEntry }) {
  const classes = useLedgerStyles();
  return (
    <div className={classes.narrow}>
      {entry.findings.map(finding => (
        <div key={finding.id}>
          <StateMark mark={SEVERITY_MARKS[finding.severity]} iconOnly />{' '}
          <Link
            to={`?${new URLSearchParams({
              tab: 'backups',
              backup: entry.backup,
              finding: finding.id,
            })}`}
          >
            {findingTitle(finding)}
          </Link>
        </div>
      ))}
    </div>
  );
}
