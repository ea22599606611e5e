import type { Report } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { akkoTranslationRef } from '../../translation';
import { DataTable } from '../common/DataTable';

/** What a job created, changed and found unchanged, as it reported. */
export function ReportTable({ report }: { report: Report }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  const { changes = [], totals } = report;
  return (
    <>
      {totals && (
        <p>
          {t('instance.changes', {
            created: String(totals.created),
            updated: String(totals.updated),
            unchanged: String(totals.unchanged),
          })}
        </p>
      )}
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
              {action}
              {note && `: ${note}`}
            </td>
          </tr>
        ))}
      </DataTable>
    </>
  );
}
