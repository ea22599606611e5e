import type { Report } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Typography from '@material-ui/core/Typography';
import { akkoTranslationRef } from '../../translation';
import { BackupReport } from './BackupReport';
import { ReportTable } from './ReportTable';
import { ReportTotals } from './ReportTotals';

/** Whether a report tells of work, and not only of a failure before it. */
export function hasWork(report: Report | undefined): report is Report {
  const { backup, changes = [], totals } = report ?? {};
  const sum = Object.values(totals ?? {}).reduce((a, b) => a + b, 0);
  return (
    backup !== undefined ||
    changes.length > 0 ||
    sum > 0 ||
    (totals !== undefined && report?.outcome === 'succeeded')
  );
}

/** What a job did, as it reported: how much, each object, and the backup that it made or proved. */
export function RunReport({ report }: { report: Report }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  const { backup, changes = [], totals } = report;
  const listed = changes.length;
  const all = totals && Object.values(totals).reduce((a, b) => a + b, 0);
  return (
    <>
      {backup && <BackupReport backup={backup} />}
      {totals && (all || !backup) ? <ReportTotals report={report} /> : null}
      {listed > 0 && <ReportTable report={report} />}
      {all !== undefined && listed < all && (
        <Typography variant="body2">
          {t('run.report.cut', { listed: String(listed), all: String(all) })}
        </Typography>
      )}
    </>
  );
}
