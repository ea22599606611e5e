import { akkoJobRunPermission } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { FORBIDDEN_MARK } from '../state/marks';
import { toneColors } from '../state/useToneColors';

const useStyles = makeStyles(theme => ({
  root: {
    ...theme.typography.body2,
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    color: toneColors(theme).quiet,
  },
}));

/** How many of the instances that somebody chose are left out of a re-run, and why. Nothing where it is none. */
export function LeftOut({ count }: { count: number }) {
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  return count > 0 ? (
    <div className={classes.root}>
      <FORBIDDEN_MARK.Icon fontSize="small" />
      {t('fleet.leftOut', { count, permission: akkoJobRunPermission.name })}
    </div>
  ) : null;
}
