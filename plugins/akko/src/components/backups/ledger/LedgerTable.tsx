import type { BackupGap } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { akkoTranslationRef } from '../../../translation';
import { exactTime } from '../../common/time';
import { DAY_MARKS } from '../../state/marks';
import { StateMark } from '../../state/StateMark';
import { LedgerEntry } from './LedgerEntry';
import { rowKey, type LedgerRow } from './ledgerRows';
import { LEDGER_COLUMNS } from './ledgerColumns';
import { useLedgerStyles } from './useLedgerStyles';

/** The ledger as a table; on a narrow screen each run is a card. */
export function LedgerTable(props: {
  rows: LedgerRow[];
  onOpenRun: (run: string) => void;
  onOpenDrill: (run: string) => void;
}) {
  const { onOpenDrill, onOpenRun, rows } = props;
  const classes = useLedgerStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <div
      className={classes.scroll}
      role="region"
      aria-label={t('backup.section.ledger')}
      // Scrolled by keyboard too.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <table className={classes.table} aria-label={t('backup.section.ledger')}>
        <thead>
          <tr>
            {LEDGER_COLUMNS.map(column => (
              <th key={column} scope="col">
                {t(`ledger.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row =>
            row.type === 'gap' ? (
              <Gap key={rowKey(row)} gap={row.gap} />
            ) : (
              <LedgerEntry
                key={rowKey(row)}
                entry={row.entry}
                onOpenRun={onOpenRun}
                onOpenDrill={onOpenDrill}
              />
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

/** A time in which runs may have come and gone unseen. */
function Gap({ gap }: { gap: BackupGap }) {
  const classes = useLedgerStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const times = { from: exactTime(gap.from), to: exactTime(gap.to) };
  return (
    <tr className={classes.gap}>
      <td colSpan={LEDGER_COLUMNS.length}>
        <StateMark
          mark={DAY_MARKS.gap}
          word={
            gap.missed > 0
              ? t('ledger.gap', { count: gap.missed, ...times })
              : t('ledger.gapNone', times)
          }
        />
      </td>
    </tr>
  );
}
