import {
  akkoLogReadPermission,
  type InitJob,
  type Instance,
} from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import ButtonGroup from '@material-ui/core/ButtonGroup';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { useTheme } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import type { BackupAsk } from '../backups/backupAsk';
import { Notice } from '../common/Notice';
import { Time } from '../common/Time';
import { WhyNot } from '../common/WhyNot';
import { isExplained } from '../finding/findingWords';
import { whyForbidden } from '../permissions/may';
import { causeOf } from '../run/causeOf';
import { NextStep } from '../run/NextStep';
import { InstanceFindings } from './InstanceFindings';
import { JobGraph } from './JobGraph';
import { JobTable } from './JobTable';
import { isPartlyReal } from './jobWords';
import type {
  AddressOfView,
  InstanceView,
  RunSection,
} from './useInstanceView';

/** What is wrong and why, then the init jobs as graph or table. */
export function BootstrapTab(props: {
  instance: Instance;
  view: InstanceView;
  onView: (change: Partial<InstanceView>) => void;
  addressOf: AddressOfView;
  onRerun: (jobs: string[]) => void;
  onBackup: (ask: BackupAsk) => void;
}) {
  const { addressOf, instance, view, onBackup, onRerun, onView } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const isNarrow = useMediaQuery(useTheme().breakpoints.down('sm'), {
    noSsr: true,
  });
  const shape = view.view ?? (isNarrow ? 'table' : 'graph');
  const open = (job: InitJob, section?: RunSection) =>
    onView({ job: job.name, run: undefined, section });
  const unexplained = instance.jobs.filter(
    ({ name, state }) =>
      state === 'failed' && !isExplained(name, instance.findings),
  );
  return (
    <>
      <InstanceFindings
        instance={instance}
        findings={instance.findings}
        view={view}
        addressOf={addressOf}
        onRerun={onRerun}
        onBackup={onBackup}
      />
      {unexplained.map(job => (
        <FailedJob
          key={job.name}
          instance={instance}
          job={job}
          onOpen={() => open(job, 'log')}
        />
      ))}
      <ButtonGroup
        size="small"
        aria-label={t('instance.view')}
        style={{ marginBottom: 16 }}
      >
        {(['graph', 'table'] as const).map(name => (
          <Button
            key={name}
            aria-pressed={shape === name}
            variant={shape === name ? 'contained' : 'outlined'}
            onClick={() => onView({ view: name })}
          >
            {t(`instance.view.${name}`)}
          </Button>
        ))}
      </ButtonGroup>
      {shape === 'graph' ? (
        <JobGraph
          jobs={instance.jobs}
          saysSimulated={isPartlyReal(instance)}
          onOpen={open}
        />
      ) : (
        <JobTable
          instance={instance}
          onOpen={open}
          onRerun={job => onRerun([job.name])}
        />
      )}
    </>
  );
}

function FailedJob(props: {
  instance: Instance;
  job: InitJob;
  onOpen: () => void;
}) {
  const { instance, job, onOpen } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const why = whyForbidden(instance, akkoLogReadPermission, t);
  const { lastRun: run } = job;
  const cause = run && causeOf(run);
  return (
    <Notice
      tone="bad"
      title={
        <>
          {t('instance.problem', { job: job.title })}{' '}
          {run?.finishedAt && <Time iso={run.finishedAt} />}
        </>
      }
      action={
        <WhyNot why={why}>
          {barred => (
            <Button
              {...barred}
              size="small"
              variant="outlined"
              onClick={why ? undefined : onOpen}
            >
              {t('run.log')}
            </Button>
          )}
        </WhyNot>
      }
    >
      {cause?.what}
      <NextStep>{cause?.nextStep}</NextStep>
    </Notice>
  );
}
