import type { Report } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { DataTable } from '../common/DataTable';
import { CHANGE_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';
import { toneColors } from '../state/useToneColors';

const useStyles = makeStyles(theme => ({
  kind: { color: toneColors(theme).quiet },
  name: { fontWeight: 500 },
  note: { color: toneColors(theme).quiet, overflowWrap: 'anywhere' },
}));

/** Each object that a job created, changed or found, as it reported. */
export function ReportTable({ report }: { report: Report }) {
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const { changes = [], plan = false } = report;
  return (
    <DataTable
      label={t('run.report')}
      columns={[t('run.report.object'), t('run.report.action')]}
    >
      {changes.map(({ action, kind, name, note }) => (
        <tr key={`${kind} ${name}`}>
          <td>
            <span className={classes.kind}>{kind}</span>{' '}
            <span className={classes.name}>{name}</span>
          </td>
          <td>
            <StateMark
              mark={CHANGE_MARKS[action]}
              word={
                plan && (action === 'created' || action === 'updated')
                  ? t(`change.planned.${action}`)
                  : undefined
              }
            />
            {note && <div className={classes.note}>{note}</div>}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
