import type { Instance, RunDetail } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useEffect, useRef, type ReactNode } from 'react';
import { useRun } from '../../hooks/useRun';
import { akkoTranslationRef } from '../../translation';
import type { BackupAsk } from '../backups/backupAsk';
import { Loading } from '../common/Loading';
import { Problem } from '../common/Problem';
import type { RunSection } from '../instance/useInstanceView';
import { RunEvents } from './RunEvents';
import { RunHistory } from './RunHistory';
import { RunLog } from './RunLog';
import { RunManifest } from './RunManifest';
import { hasWork, RunReport } from './RunReport';
import { RunSummary } from './RunSummary';

const useStyles = makeStyles(theme => ({
  section: { marginTop: theme.spacing(3) },
  heading: { marginBottom: theme.spacing(1), fontWeight: 600 },
  steps: {
    display: 'flex',
    gap: theme.spacing(1),
    marginTop: theme.spacing(3),
  },
}));

/** Everything about a run: cause first, then what it did, log, events and manifest. */
export function RunDetails(props: {
  run: string;
  /** The part that is gone to once it is there. */
  section?: RunSection;
  /** Whether the job is played by the sandbox; see the API's job. */
  simulated?: boolean;
  /** That it ran on, if it is known. */
  instance?: Instance;
  /** Whether its log and manifest may be read; undefined: not known yet. */
  mayReadLog: boolean | undefined;
  /** There is a button for the re-run of its job already. */
  isRerunOffered?: boolean;
  onOpenRun: (run: string) => void;
  /** Asks for a re-run of the jobs that a finding names. */
  onRerun?: (jobs: string[]) => void;
  /** Asks for what a finding offers to do with a backup. */
  onBackup?: (ask: BackupAsk) => void;
}) {
  const { run: id, ...rest } = props;
  const run = useRun(id);
  if (run.status === 'loading') {
    return <Loading lines={8} />;
  }
  if (run.status === 'failed') {
    return <Problem error={run.error} onRetry={run.refresh} />;
  }
  return (
    <>
      {run.error && <Problem error={run.error} onRetry={run.refresh} />}
      <Details run={run.value} {...rest} />
    </>
  );
}

function Details(
  props: Omit<Parameters<typeof RunDetails>[0], 'run'> & { run: RunDetail },
) {
  const { mayReadLog, onOpenRun, run, section, ...summary } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const { next, previous, report } = run;
  return (
    <>
      <RunSummary run={run} {...summary} />
      {hasWork(report) && (
        <Section title={t('run.report')}>
          <RunReport report={report} />
        </Section>
      )}
      <Section title={t('run.log')} isGoneTo={section === 'log'}>
        <RunLog run={run} mayRead={mayReadLog} key={run.id} />
      </Section>
      <Section title={t('run.events')}>
        <RunEvents events={run.events} />
      </Section>
      <Section title={t('run.history')} isGoneTo={section === 'history'}>
        <RunHistory run={run} onOpenRun={onOpenRun} />
      </Section>
      <Section title={t('run.manifest')} isGoneTo={section === 'manifest'}>
        <RunManifest
          run={run.id}
          mayRead={mayReadLog}
          key={run.id}
          isShownAtFirst={section === 'manifest'}
        />
      </Section>
      <div className={classes.steps}>
        <Button
          size="small"
          variant="outlined"
          disabled={!previous}
          onClick={() => onOpenRun(previous!)}
        >
          {t('run.previous')}
        </Button>
        <Button
          size="small"
          variant="outlined"
          disabled={!next}
          onClick={() => onOpenRun(next!)}
        >
          {t('run.next')}
        </Button>
      </div>
    </>
  );
}

function Section(props: {
  title: string;
  isGoneTo?: boolean;
  children: ReactNode;
}) {
  const { title, isGoneTo = false, children } = props;
  const classes = useStyles();
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isGoneTo) {
      place.current?.scrollIntoView?.({ block: 'start' });
    }
  }, [isGoneTo]);
  return (
    <section className={classes.section} ref={place}>
      <Typography variant="h6" component="h3" className={classes.heading}>
        {title}
      </Typography>
      {children}
    </section>
  );
}
