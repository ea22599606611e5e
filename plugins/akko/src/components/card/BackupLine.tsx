import type { Backup, Instance } from '@akko/backstage-plugin-akko-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { instanceRouteRef } from '../../routes';
import { akkoTranslationRef } from '../../translation';
import { BackupAge } from '../backups/BackupAge';
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
    alignItems: 'baseline',
    overflowWrap: 'anywhere',
  },
  quiet: { color: toneColors(theme).quiet },
}));

/** The backups that the chart has switched on: how well each protects, and the way to it. */
export function BackupLine({ instance }: { instance: Instance }) {
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const address = useRouteRef(instanceRouteRef)(instance);
  const enabled = instance.backups.filter(backup => backup.enabled);
  if (enabled.length === 0) {
    return (
      <div className={`${classes.root} ${classes.quiet}`}>
        {t('card.noBackups')}
      </div>
    );
  }
  const addressOf = ({ name }: Backup) =>
    `${address}?${new URLSearchParams({ tab: 'backups', backup: name })}`;
  return (
    <div className={classes.root}>
      <strong>{t('card.backups')}</strong>
      {enabled.map(backup => (
        <span key={backup.name} className={classes.backup}>
          <Link to={addressOf(backup)}>{backup.title}</Link>
          <StateMark mark={FRESHNESS_MARKS[backup.freshness]} />
          <span className={classes.quiet}>
            <BackupAge backup={backup} />
          </span>
        </span>
      ))}
    </div>
  );
}
