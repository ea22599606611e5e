import {
  BACKUP_CONCERNS,
  type FleetBackupList,
} from '@akko/backstage-plugin-akko-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useFleetBackups } from '../../hooks/useFleetBackups';
import { rootRouteRef } from '../../routes';
import { akkoTranslationRef, type Translate } from '../../translation';
import { Loading } from '../common/Loading';
import { Notice } from '../common/Notice';
import { Problem } from '../common/Problem';
import { HomeBackup } from './HomeBackup';

const SHOWN = 5;

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: theme.spacing(1, 0),
    padding: 0,
    display: 'grid',
    gap: theme.spacing(1),
  },
}));

/** How the backups of the fleet are, in one sentence, and those that are protected least. */
export function BackupsWidget() {
  const { t } = useTranslationRef(akkoTranslationRef);
  const live = useFleetBackups(SHOWN);
  if (live.status === 'loading') {
    return <Loading lines={4} />;
  }
  if (live.status === 'failed') {
    return <Problem error={live.error} onRetry={live.refresh} />;
  }
  return (
    <>
      {live.error && <Problem error={live.error} onRetry={live.refresh} />}
      {live.value.items.length === 0 ? (
        <Notice tone="quiet" title={t('home.none')}>
          {t('home.noneNext')}
        </Notice>
      ) : (
        <Backups list={live.value} />
      )}
    </>
  );
}

function Backups({ list }: { list: FleetBackupList }) {
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const fleet = useRouteRef(rootRouteRef)();
  return (
    <>
      <Typography variant="h6" component="h3">
        {homeHeadline(list.totals, t)}
      </Typography>
      <ul className={classes.list}>
        {list.items.map(item => (
          <li key={`${item.instance} ${item.backup.name}`}>
            <HomeBackup item={item} />
          </li>
        ))}
      </ul>
      <Typography variant="body2">
        <Link to={`${fleet}?order=protection`}>{t('home.all')}</Link>
      </Typography>
    </>
  );
}

/** `2 of 12 backups need attention`. @param totals - number of backups per freshness; those that are off do not count */
export function homeHeadline(
  totals: FleetBackupList['totals'],
  t: Translate,
): string {
  const { disabled, ...counted } = totals;
  const total = Object.values(counted).reduce((sum, count) => sum + count, 0);
  const attention = BACKUP_CONCERNS.reduce(
    (sum, concern) => sum + (counted[concern] ?? 0),
    0,
  );
  if (attention > 0) {
    return t('home.attention', { count: attention, total: String(total) });
  }
  return counted.fresh === total
    ? t('home.allFresh', { count: total })
    : t('home.calm', { count: total });
}
