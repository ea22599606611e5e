import type { BackupConcern } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { Time } from '../common/Time';
import { withLocalTimes } from '../common/time';
import { FRESHNESS_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';
import { toneColors, useToneColors } from '../state/useToneColors';

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: theme.spacing(0, 0, 2),
    padding: 0,
    display: 'grid',
    gap: theme.spacing(1),
  },
  item: {
    ...theme.typography.body2,
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.25, 1.5),
    padding: theme.spacing(1, 2),
    borderLeft: '4px solid',
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
    boxShadow: `inset 0 0 0 1px ${theme.palette.divider}`,
    overflowWrap: 'anywhere',
  },
  message: { color: theme.palette.text.primary },
  since: { color: toneColors(theme).quiet },
}));

/** Everything that speaks against relying on a backup, worst first. Nothing where nothing does. */
export function BackupConcerns({ concerns }: { concerns: BackupConcern[] }) {
  const classes = useStyles();
  const colors = useToneColors();
  const { t } = useTranslationRef(akkoTranslationRef);
  if (concerns.length === 0) {
    return null;
  }
  return (
    <ul className={classes.list} aria-label={t('backup.concerns')}>
      {concerns.map(({ message, since, type }) => (
        <li
          key={type}
          className={classes.item}
          style={{ borderLeftColor: colors[FRESHNESS_MARKS[type].tone] }}
        >
          <StateMark mark={FRESHNESS_MARKS[type]} />
          <span className={classes.message}>{withLocalTimes(message)}</span>
          {since && (
            <span className={classes.since}>
              <Time iso={since} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
