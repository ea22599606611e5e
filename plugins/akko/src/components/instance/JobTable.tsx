import type { InitJob, Instance } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { akkoTranslationRef } from '../../translation';
import { DataTable } from '../common/DataTable';
import { SimulatedBadge } from '../common/SimulatedBadge';
import { Time } from '../common/Time';
import { triggerSentence } from '../common/trigger';
import { JOB_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';
import { DurationBar } from './DurationBar';
import { JobMenu } from './JobMenu';
import { changeWords, isPartlyReal, nextWords, stateWord } from './jobWords';
import type { RunSection } from './useInstanceView';

const COLUMNS = [
  'instance.column.job',
  'instance.column.state',
  'instance.column.last',
  'instance.column.duration',
  'instance.column.changes',
  'instance.column.trigger',
  'instance.column.next',
  'instance.column.menu',
] as const;

/** The init jobs in dependency order, a row each. */
export function JobTable(props: {
  instance: Instance;
  onOpen: (job: InitJob, section?: RunSection) => void;
  onRerun: (job: InitJob) => void;
}) {
  const { instance, onOpen, onRerun } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const saysSimulated = isPartlyReal(instance);
  return (
    <DataTable
      label={t('instance.jobs')}
      columns={COLUMNS.map(column => t(column))}
    >
      {instance.jobs.map(job => {
        const at = job.lastRun?.finishedAt ?? job.lastRun?.startedAt;
        return (
          <tr key={job.name}>
            <td>
              <Button
                size="small"
                color="primary"
                data-job={job.name}
                onClick={() => onOpen(job)}
                style={{ textTransform: 'none', textAlign: 'left' }}
              >
                {job.title}
              </Button>
              {saysSimulated && (
                <div style={{ paddingLeft: 5 }}>
                  <SimulatedBadge simulated={job.simulated} />
                </div>
              )}
            </td>
            <td>
              <StateMark mark={JOB_MARKS[job.state]} word={stateWord(job, t)} />
            </td>
            <td>{at && <Time iso={at} />}</td>
            <td>
              <DurationBar job={job} />
            </td>
            <td>{changeWords(job, t)}</td>
            <td>{job.lastRun && triggerSentence(job.lastRun.trigger, t)}</td>
            <td>{nextWords(job, t)}</td>
            <td>
              <JobMenu
                instance={instance}
                job={job}
                onOpen={section => onOpen(job, section)}
                onRerun={() => onRerun(job)}
              />
            </td>
          </tr>
        );
      })}
    </DataTable>
  );
}
