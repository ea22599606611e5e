import {
  akkoJobRunPermission,
  type InstanceSummary,
} from '@akko/backstage-plugin-akko-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import IconButton from '@material-ui/core/IconButton';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import ReplayIcon from '@material-ui/icons/Replay';
import type { Ref } from 'react';
import { instanceRouteRef } from '../../routes';
import { akkoTranslationRef } from '../../translation';
import { SandboxChip } from '../common/SandboxChip';
import { Time } from '../common/Time';
import { triggerSentence } from '../common/trigger';
import { WhyNot } from '../common/WhyNot';
import { whyForbidden } from '../permissions/may';
import { HEALTH_MARKS } from '../state/marks';
import { Segments } from '../state/Segments';
import { StateMark } from '../state/StateMark';
import { toneColors } from '../state/useToneColors';
import { FleetBackups } from './FleetBackups';
import { FleetFinding } from './FleetFinding';
import { isRerunnable } from './rerunnable';
import { SelectBox } from './SelectBox';

const useStyles = makeStyles(theme => ({
  name: {
    display: 'flex',
    gap: theme.spacing(1),
    alignItems: 'center',
    flexWrap: 'wrap',
  },
  small: { color: toneColors(theme).quiet, fontSize: '0.8125rem' },
}));

/** One instance of the fleet. */
export function FleetRow(props: {
  instance: InstanceSummary;
  /** Of the row in the whole table. */
  index: number;
  /** Takes the height of the row. */
  measure?: Ref<HTMLTableRowElement>;
  isSelected: boolean;
  onSelect: (isSelected: boolean) => void;
  onRerun: () => void;
}) {
  const { index, instance, isSelected, measure, onSelect, onRerun } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const addressOf = useRouteRef(instanceRouteRef);
  const { backups, lastTrigger, ref, title } = instance;
  const why = whyForbidden(instance, akkoJobRunPermission, t);
  return (
    <tr
      ref={measure}
      data-index={index}
      data-instance={ref}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
    >
      <td>
        {isRerunnable(instance) && (
          <SelectBox
            label={t('fleet.select', { ref })}
            why={why}
            isSelected={isSelected}
            onSelect={onSelect}
          />
        )}
      </td>
      <td>
        <StateMark mark={HEALTH_MARKS[instance.health]} />
      </td>
      <td>
        <div className={classes.name}>
          <Typography variant="body1" component="span">
            <Link to={addressOf(instance)} data-row-link>
              {title}
            </Link>
          </Typography>
          {instance.sandbox && <SandboxChip />}
        </div>
        <div className={classes.small}>{instance.headline}</div>
      </td>
      <td>
        {instance.clusterTitle ?? instance.cluster}
        <div className={classes.small}>{instance.namespace}</div>
      </td>
      <td>
        <Segments segments={instance.segments} />
      </td>
      <td>
        <FleetFinding instance={instance} />
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
        <FleetBackups backups={backups} />
      </td>
      <td>
        {isRerunnable(instance) && (
          <RerunAction {...{ instance, why, onRerun }} />
        )}
      </td>
    </tr>
  );
}

function RerunAction(props: {
  instance: InstanceSummary;
  why: string | undefined;
  onRerun: () => void;
}) {
  const { instance, onRerun, why } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const words = t('rerun.failed', { count: instance.jobs.failed });
  return (
    <WhyNot why={why} hint={words}>
      {barred => (
        <IconButton
          {...barred}
          size="small"
          aria-label={`${words}: ${instance.ref}`}
          onClick={why ? undefined : onRerun}
        >
          <ReplayIcon fontSize="small" />
        </IconButton>
      )}
    </WhyNot>
  );
}
