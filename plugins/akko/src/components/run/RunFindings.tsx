import type {
  Finding,
  Instance,
  RunDetail,
} from '@akko/backstage-plugin-akko-common';
import type { BackupAsk } from '../backups/backupAsk';
import { FindingList } from '../finding/FindingList';
import { FindingView } from '../finding/FindingView';
import { jobsToRerun, saysTheSame } from '../finding/findingWords';
import { causeOf } from './causeOf';
import { RunCause } from './RunCause';

/** Why a run failed: what was found, and the job's own words where no finding has them. */
export function RunFindings(props: {
  run: RunDetail;
  /** That it ran on. */
  instance?: Instance;
  /** There is a button for the re-run of the run's job already. */
  isRerunOffered?: boolean;
  onRerun?: (jobs: string[]) => void;
  onBackup?: (ask: BackupAsk) => void;
}) {
  const { instance, isRerunOffered, onBackup, onRerun, run } = props;
  const { findings } = run;
  const said = causeOf(run)?.what;
  const isSaid =
    said !== undefined && findings.some(finding => saysTheSame(finding, said));
  const isOffered = (finding: Finding) =>
    isRerunOffered && jobsToRerun(finding).every(job => job === run.name);
  return (
    <>
      {findings.length > 0 && (
        <FindingList>
          {findings.map((finding, index) => (
            <li key={finding.id}>
              <FindingView
                finding={finding}
                isOpenAtFirst={index === 0 && !finding.resolvedAt}
                instance={instance}
                onRerun={isOffered(finding) ? undefined : onRerun}
                onBackup={onBackup}
              />
            </li>
          ))}
        </FindingList>
      )}
      {!isSaid && <RunCause run={run} />}
    </>
  );
}
