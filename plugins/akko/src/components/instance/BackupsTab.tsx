import type { Backup } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { akkoTranslationRef } from '../../translation';
import { Notice } from '../common/Notice';
import { useTableStyles } from '../common/tableStyles';
import { Time } from '../common/Time';
import { FRESHNESS_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';

const COLUMNS = [
  'backup.column.name',
  'backup.column.freshness',
  'backup.column.schedule',
  'backup.column.lastGood',
  'backup.column.next',
] as const;

/** The backups of an instance: how fresh, how often, when next. */
export function BackupsTab({ backups }: { backups: Backup[] }) {
  const classes = useTableStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  if (backups.length === 0) {
    return <Notice tone="quiet" title={t('instance.noBackups')} />;
  }
  return (
    <div
      className={classes.scroll}
      role="region"
      aria-label={t('instance.tab.backups')}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <table className={classes.table}>
        <thead>
          <tr>
            {COLUMNS.map(column => (
              <th key={column} scope="col">
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {backups.map(backup => (
            <tr key={backup.name}>
              <td>{backup.title}</td>
              <td>
                <StateMark mark={FRESHNESS_MARKS[backup.freshness]} />
              </td>
              <td>
                {backup.schedule && (
                  <>
                    <code>{backup.schedule}</code> {backup.timeZone}
                  </>
                )}
              </td>
              <td>
                {backup.lastGoodAt ? (
                  <Time iso={backup.lastGoodAt} />
                ) : (
                  t('time.never')
                )}
              </td>
              <td>{backup.nextRunAt && <Time iso={backup.nextRunAt} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
