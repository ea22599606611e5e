import {
  parseInstanceRef,
  type FleetBackup,
} from '@akko/backstage-plugin-akko-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { instanceRouteRef } from '../../routes';
import { BackupAge } from '../backups/BackupAge';
import { SandboxChip } from '../common/SandboxChip';
import { FRESHNESS_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';
import { toneColors } from '../state/useToneColors';

const useStyles = makeStyles(theme => ({
  root: { ...theme.typography.body2, overflowWrap: 'anywhere' },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0, 1),
  },
  quiet: { color: toneColors(theme).quiet },
}));

/** One backup of one instance: how well it protects, and the way to it. */
export function HomeBackup({ item }: { item: FleetBackup }) {
  const classes = useStyles();
  const addressOf = useRouteRef(instanceRouteRef);
  const { backup, cluster, clusterTitle, instance, instanceTitle, sandbox } =
    item;
  const ref = parseInstanceRef(instance);
  const name = `${instanceTitle}: ${backup.title}`;
  const query = new URLSearchParams({ tab: 'backups', backup: backup.name });
  return (
    <div className={classes.root}>
      <div className={classes.line}>
        <StateMark mark={FRESHNESS_MARKS[backup.freshness]} />
        {ref ? (
          <Link to={`${addressOf({ ...ref })}?${query}`}>{name}</Link>
        ) : (
          name
        )}
        <span className={classes.quiet}>{clusterTitle ?? cluster}</span>
        {sandbox && <SandboxChip />}
      </div>
      <div className={classes.quiet}>
        <BackupAge backup={backup} />
      </div>
    </div>
  );
}
