import type { Report } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { akkoTranslationRef } from '../../translation';
import { useTableStyles } from '../common/tableStyles';

/** What a job created, changed and found unchanged, as it reported. */
export function ReportTable({ report }: { report: Report }) {
  const classes = useTableStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const { changes = [], totals } = report;
  return (
    <div
      className={classes.scroll}
      role="region"
      aria-label={t('run.report')}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {totals && (
        <p>
          {t('instance.changes', {
            created: String(totals.created),
            updated: String(totals.updated),
            unchanged: String(totals.unchanged),
          })}
        </p>
      )}
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('run.report.object')}</th>
            <th scope="col">{t('run.report.action')}</th>
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
    </div>
  );
}
