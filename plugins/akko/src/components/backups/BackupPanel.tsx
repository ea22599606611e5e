import type { Backup, Instance } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { akkoTranslationRef } from '../../translation';
import { isPartlyReal } from '../instance/jobWords';
import { SimulatedBadge } from '../common/SimulatedBadge';
import { BackupActions } from './BackupActions';
import type { BackupAsk } from './backupAsk';
import { BackupConcerns } from './BackupConcerns';
import { BackupFacts } from './BackupFacts';
import { BackupHeadline } from './BackupHeadline';
import { BackupCalendar } from './calendar/BackupCalendar';
import { BackupChart } from './chart/BackupChart';
import { Ledger } from './ledger/Ledger';

const useStyles = makeStyles(theme => ({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    justifyContent: 'space-between',
    gap: theme.spacing(1.5, 3),
    marginBottom: theme.spacing(2),
  },
  // A grid's child is as wide as what is in it, unless it is told otherwise.
  section: { marginTop: theme.spacing(3), minWidth: 0 },
  heading: { marginBottom: theme.spacing(1), fontWeight: 600 },
}));

/** All about one backup: how well it protects, then what to know and do, then its history. */
export function BackupPanel(props: {
  instance: Instance;
  backup: Backup;
  /** @param job - whose run it is, where it is not the backup's */
  onOpenRun: (run: string, job?: string) => void;
  onAsk: (ask: BackupAsk) => void;
}) {
  const { backup, instance, onAsk, onOpenRun } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const { drill, name, title } = backup;
  const ledger = { instance: instance.ref, backup: name };
  return (
    <section aria-label={title}>
      <div className={classes.head}>
        <BackupHeadline backup={backup}>
          {isPartlyReal(instance) && (
            <SimulatedBadge simulated={backup.simulated} />
          )}
        </BackupHeadline>
        <BackupActions instance={instance} backup={backup} onAsk={onAsk} />
      </div>
      <BackupConcerns concerns={backup.concerns} />
      <BackupFacts backup={backup} onOpenRun={onOpenRun} />
      <Section title={t('backup.section.chart')}>
        <BackupChart
          {...ledger}
          onOpenRun={({ kind, run }) =>
            onOpenRun(run, kind === 'drill' ? drill?.name : undefined)
          }
        />
      </Section>
      <Section title={t('backup.section.calendar')}>
        <BackupCalendar {...ledger} onOpenRun={onOpenRun} />
      </Section>
      <Section title={t('backup.section.ledger')}>
        <Ledger
          {...ledger}
          onOpenRun={onOpenRun}
          onOpenDrill={run => onOpenRun(run, drill?.name)}
        />
      </Section>
    </section>
  );
}

function Section(props: { title: string; children: ReactNode }) {
  const classes = useStyles();
  return (
    <section className={classes.section}>
      <Typography variant="h6" component="h3" className={classes.heading}>
        {props.title}
      </Typography>
      {props.children}
    </section>
  );
}
