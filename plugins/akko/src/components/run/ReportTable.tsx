import type { Report } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { akkoTranslationRef } from '../../translation';
import { DataTable } from '../common/DataTable';
import { totalsWords } from '../instance/jobWords';
import { CHANGE_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';

/** What a job created, changed and found unchanged, as it reported. */
export function ReportTable({ report }: { report: Report }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  const { changes = [], totals } = report;
  return (
    <>
      {totals && <p>{totalsWords(totals, t)}</p>}
      <DataTable
        label={t('run.report')}
        columns={[t('run.report.object'), t('run.report.action')]}
      >
        {changes.map(({ action, kind, name, note }) => (
          <tr key={`${kind} ${name}`}>
            <td>
              {kind} {name}
            </td>
            <td>
              <StateMark mark={CHANGE_MARKS[action]} />
              {note && `: ${note}`}
            </td>
          </tr>
        ))}
      </DataTable>
    </>
  );
}
