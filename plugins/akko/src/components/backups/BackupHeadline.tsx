import type { Backup } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { DateTime } from 'luxon';
import type { ReactNode } from 'react';
import { akkoTranslationRef } from '../../translation';
import { Time } from '../common/Time';
import { span } from '../common/time';
import { FRESHNESS_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';
import { targetState } from './targetState';

const useStyles = makeStyles(theme => ({
  root: { flex: '1 1 320px', minWidth: 0 },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0.5, 1.5),
  },
  mark: theme.typography.h6,
  target: { ...theme.typography.body2, marginTop: theme.spacing(0.5) },
}));

/** The first thing to know: how old the last backup is that is proven to be one, beside how old it may be. */
export function BackupHeadline(props: {
  backup: Backup;
  /** Beside the sentence. */
  children?: ReactNode;
}) {
  const { backup, children } = props;
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <div className={classes.line}>
        <span className={classes.mark}>
          <StateMark mark={FRESHNESS_MARKS[backup.freshness]} />
        </span>
        <Typography variant="h6" component="h2">
          <Sentence backup={backup} />
        </Typography>
        {children}
      </div>
      <Target backup={backup} />
    </div>
  );
}

function Sentence({ backup }: { backup: Backup }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  const { enabled, lastGoodAt, lastRestoredAt, lastVerifiedAt } = backup;
  if (lastVerifiedAt) {
    return (
      <>
        {t('backup.headline.verified')} <Time iso={lastVerifiedAt} />
        {', '}
        {lastRestoredAt ? (
          <>
            {t('backup.headline.restored')} <Time iso={lastRestoredAt} />
          </>
        ) : (
          t('backup.headline.notRestored')
        )}
      </>
    );
  }
  if (lastGoodAt) {
    return (
      <>
        {t('backup.headline.good')} <Time iso={lastGoodAt} />
        {', '}
        {t('backup.headline.notVerified')}
      </>
    );
  }
  return (
    <>{t(enabled ? 'backup.headline.noVerified' : 'backup.headline.off')}</>
  );
}

function Target({ backup }: { backup: Backup }) {
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const state = targetState(backup, DateTime.now());
  if (!state) {
    return null;
  }
  const target = span(state.seconds);
  return (
    <div className={classes.target}>
      {state.isOver ? (
        <StateMark
          mark={FRESHNESS_MARKS['over-target']}
          word={t('backup.target.over', { target })}
        />
      ) : (
        <StateMark
          mark={FRESHNESS_MARKS.fresh}
          word={t('backup.target.within', { target })}
        />
      )}
    </div>
  );
}
