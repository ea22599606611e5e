import type { Backup } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { akkoTranslationRef } from '../../translation';
import { Notice } from '../common/Notice';
import { DataTable } from '../common/DataTable';
import { SimulatedBadge } from '../common/SimulatedBadge';
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
export function BackupsTab(props: {
  backups: Backup[];
  /** Each backup says whether it is simulated. */
  saysSimulated: boolean;
  /** Opens the newest run. */
  onOpen: (backup: Backup) => void;
}) {
  const { backups, saysSimulated, onOpen } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  if (backups.length === 0) {
    return <Notice tone="quiet" title={t('instance.noBackups')} />;
  }
  return (
    <DataTable
      label={t('instance.tab.backups')}
      columns={COLUMNS.map(column => t(column))}
    >
      {backups.map(backup => (
        <tr key={backup.name}>
          <td>
            {backup.lastRun ? (
              <Button
                size="small"
                color="primary"
                data-job={backup.name}
                onClick={() => onOpen(backup)}
                style={{ textTransform: 'none', textAlign: 'left' }}
              >
                {backup.title}
              </Button>
            ) : (
              backup.title
            )}
            {saysSimulated && (
              <div style={{ paddingLeft: 5 }}>
                <SimulatedBadge simulated={backup.simulated} />
              </div>
            )}
          </td>
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
    </DataTable>
  );
}
