import type { Backup } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { Time } from '../common/Time';
import { FRESHNESS_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';
import { toneColors } from '../state/useToneColors';

const useStyles = makeStyles(theme => ({
  root: {
    ...theme.typography.body2,
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2.5),
    alignItems: 'center',
  },
  backup: {
    display: 'inline-flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0, 0.75),
    alignItems: 'center',
  },
  quiet: { color: toneColors(theme).quiet },
}));

/** The backups that the chart has switched on: how fresh, and when the last good one was. */
export function BackupLine({ backups }: { backups: Backup[] }) {
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const enabled = backups.filter(backup => backup.enabled);
  if (enabled.length === 0) {
    return (
      <div className={`${classes.root} ${classes.quiet}`}>
        {t('card.noBackups')}
      </div>
    );
  }
  return (
    <div className={classes.root}>
      <strong>{t('card.backups')}</strong>
      {enabled.map(({ freshness, lastGoodAt, name, title }) => (
        <span key={name} className={classes.backup}>
          {title}
          <StateMark mark={FRESHNESS_MARKS[freshness]} />
          <span className={classes.quiet}>
            {lastGoodAt ? (
              <>
                {t('card.lastGood')} <Time iso={lastGoodAt} />
              </>
            ) : (
              t('card.noGood')
            )}
          </span>
        </span>
      ))}
    </div>
  );
}
