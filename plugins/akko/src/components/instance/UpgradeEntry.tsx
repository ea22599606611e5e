import type { Upgrade } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { Time } from '../common/Time';
import { RUN_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';
import { TimelineEntry } from './Timeline';
import { upgradeSentence, upgradeTitle } from './upgradeWords';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: theme.spacing(0.5, 0) },
  run: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    minHeight: 32,
  },
}));

/** What Helm did, how its jobs went, and the way to those that failed. */
export function UpgradeEntry(props: {
  upgrade: Upgrade;
  onOpenRun: (run: string) => void;
}) {
  const { onOpenRun, upgrade } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const failed = upgrade.runs.filter(({ state }) => state === 'failed');
  return (
    <TimelineEntry
      mark={RUN_MARKS[upgrade.state]}
      title={upgradeTitle(upgrade, t)}
      detail={<Time iso={upgrade.startedAt} />}
    >
      {upgradeSentence(upgrade, t)}
      {failed.length > 0 && (
        <ul className={classes.list}>
          {failed.map(({ id, name, state }) => (
            <li key={id} className={classes.run}>
              <StateMark mark={RUN_MARKS[state]} />
              <Button
                size="small"
                color="primary"
                style={{ textTransform: 'none' }}
                onClick={() => onOpenRun(id)}
              >
                {name}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </TimelineEntry>
  );
}
