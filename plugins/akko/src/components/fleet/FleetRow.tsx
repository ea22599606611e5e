import type { InstanceSummary } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { akkoTranslationRef } from '../../translation';
import { SandboxChip } from '../common/SandboxChip';
import { Time } from '../common/Time';
import { triggerSentence } from '../common/trigger';
import { FRESHNESS_MARKS, HEALTH_MARKS } from '../state/marks';
import { Segments } from '../state/Segments';
import { StateMark } from '../state/StateMark';
import { toneColors } from '../state/useToneColors';

const useStyles = makeStyles(theme => ({
  name: {
    display: 'flex',
    gap: theme.spacing(1),
    alignItems: 'center',
    flexWrap: 'wrap',
  },
  small: { color: toneColors(theme).quiet, fontSize: '0.8125rem' },
  problem: {
    color: toneColors(theme).bad,
    fontSize: '0.8125rem',
    maxWidth: 420,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    display: '-webkit-box',
    WebkitLineClamp: 2,
    WebkitBoxOrient: 'vertical',
  },
}));

/** One instance of the fleet. */
export function FleetRow(props: {
  instance: InstanceSummary;
  /** Of the row in the whole table, from 1. */
  position: number;
  link: ReactNode;
}) {
  const { instance, link, position } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const { backups, lastTrigger, topFailure } = instance;
  return (
    <tr aria-rowindex={position}>
      <td>
        <StateMark mark={HEALTH_MARKS[instance.health]} />
      </td>
      <td>
        <div className={classes.name}>
          <Typography variant="body1" component="span">
            {link}
          </Typography>
          {instance.sandbox && <SandboxChip />}
        </div>
        <div className={classes.small}>{instance.headline}</div>
        {topFailure && (
          <div className={classes.problem}>
            {topFailure.job}: {topFailure.message}
          </div>
        )}
      </td>
      <td>
        {instance.clusterTitle ?? instance.cluster}
        <div className={classes.small}>{instance.namespace}</div>
      </td>
      <td>
        <Segments segments={instance.segments} />
      </td>
      <td>
        {instance.lastRunAt && <Time iso={instance.lastRunAt} />}
        {lastTrigger && (
          <div className={classes.small}>
            {triggerSentence({ ...lastTrigger, reason: undefined }, t)}
          </div>
        )}
      </td>
      <td>
        {backups.worst && <StateMark mark={FRESHNESS_MARKS[backups.worst]} />}
        {backups.lastGoodAt && (
          <div className={classes.small}>
            <Time iso={backups.lastGoodAt} />
          </div>
        )}
      </td>
    </tr>
  );
}
