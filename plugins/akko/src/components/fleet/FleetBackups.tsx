import type { InstanceSummary } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { Time } from '../common/Time';
import { FRESHNESS_MARKS, NO_BACKUP_MARK } from '../state/marks';
import { StateMark } from '../state/StateMark';
import { toneColors } from '../state/useToneColors';

const useStyles = makeStyles(theme => ({
  small: { color: toneColors(theme).quiet, fontSize: '0.8125rem' },
}));

/** The backup of an instance that is worst off, and how old the last one is that can be relied on, or at least is there. */
export function FleetBackups({ backups }: Pick<InstanceSummary, 'backups'>) {
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const { lastGoodAt, lastVerifiedAt, worst } = backups;
  const at = lastVerifiedAt ?? lastGoodAt;
  return (
    <>
      <StateMark mark={worst ? FRESHNESS_MARKS[worst] : NO_BACKUP_MARK} />
      {at && (
        <div className={classes.small}>
          {t(lastVerifiedAt ? 'fleet.backups.verified' : 'fleet.backups.good')}{' '}
          <Time iso={at} />
          {!lastVerifiedAt && `, ${t('fleet.backups.notVerified')}`}
        </div>
      )}
    </>
  );
}
