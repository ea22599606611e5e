import type { Backup } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { Time } from '../common/Time';
import { FRESHNESS_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';
import { toneColors } from '../state/useToneColors';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1.5),
    marginBottom: theme.spacing(2),
  },
  tile: {
    ...theme.typography.body2,
    flex: '1 1 200px',
    maxWidth: 320,
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: theme.spacing(0.25),
    padding: theme.spacing(1, 1.5),
    textAlign: 'left',
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
    boxShadow: `inset 0 0 0 1px ${theme.palette.divider}`,
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: 2,
    },
    [theme.breakpoints.down('xs')]: { maxWidth: 'none' },
  },
  chosen: {
    boxShadow: `inset 0 0 0 2px ${theme.palette.primary.main}`,
  },
  title: { fontWeight: 600 },
  age: { color: toneColors(theme).quiet },
}));

/** A tile per backup: how well it protects, and how old what it protects with is. One is chosen. */
export function BackupTiles(props: {
  backups: Backup[];
  /** Name. */
  chosen: string;
  onChoose: (name: string) => void;
}) {
  const { backups, chosen, onChoose } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <div className={classes.list} role="group" aria-label={t('backup.choose')}>
      {backups.map(backup => {
        const isChosen = backup.name === chosen;
        return (
          <ButtonBase
            key={backup.name}
            className={`${classes.tile} ${isChosen ? classes.chosen : ''}`}
            aria-pressed={isChosen}
            onClick={() => onChoose(backup.name)}
          >
            <span className={classes.title}>{backup.title}</span>
            <StateMark mark={FRESHNESS_MARKS[backup.freshness]} />
            <span className={classes.age}>
              <Age backup={backup} />
            </span>
          </ButtonBase>
        );
      })}
    </div>
  );
}

function Age({ backup }: { backup: Backup }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  const { enabled, lastGoodAt, lastVerifiedAt } = backup;
  if (lastVerifiedAt) {
    return (
      <>
        {t('backup.tile.verified')} <Time iso={lastVerifiedAt} />
      </>
    );
  }
  if (lastGoodAt) {
    return (
      <>
        {t('backup.tile.good')} <Time iso={lastGoodAt} />,{' '}
        {t('backup.tile.notVerified')}
      </>
    );
  }
  return enabled ? <>{t('backup.tile.none')}</> : null;
}
