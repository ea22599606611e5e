import {
  BACKUP_FRESHNESSES,
  INSTANCE_HEALTHS,
  type Cluster,
} from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Switch from '@material-ui/core/Switch';
import { makeStyles } from '@material-ui/core/styles';
import { useEffect, useRef, useState } from 'react';
import { akkoTranslationRef } from '../../translation';
import { Choice } from '../common/Choice';
import { Field } from '../common/Field';
import { FRESHNESS_MARKS, HEALTH_MARKS } from '../state/marks';
import { FLEET_ORDERS } from './fleetRows';
import type { ChangeFleetChoice, FleetChoice } from './useFleetFilter';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(2),
    marginBottom: theme.spacing(2),
    alignItems: 'center',
    '& > *': { minWidth: 140, flex: '1 1 140px', maxWidth: 320 },
    // One above the other they are as wide as the screen.
    [theme.breakpoints.down('xs')]: { '& > *': { maxWidth: 'none' } },
  },
  owned: { margin: 0, whiteSpace: 'nowrap', flex: 'none' },
}));

const TYPING_PAUSE = 250;

/** What is shown, and in which order. `/` anywhere on the page goes to the search. */
export function FleetFilters(props: {
  clusters: Cluster[];
  choice: FleetChoice;
  onChoice: ChangeFleetChoice;
}) {
  const { clusters, choice, onChoice } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const search = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(choice.q ?? '');

  useEffect(() => setTyped(choice.q ?? ''), [choice.q]);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (typed !== (choice.q ?? '')) {
        onChoice({ q: typed });
      }
    }, TYPING_PAUSE);
    return () => clearTimeout(timer);
  }, [typed, choice.q, onChoice]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (
        event.key === '/' &&
        !event.ctrlKey &&
        !event.metaKey &&
        !/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
      ) {
        event.preventDefault();
        search.current?.focus();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  return (
    <div className={classes.root} role="search">
      <Field
        type="search"
        label={t('fleet.search')}
        value={typed}
        onChange={event => setTyped(event.target.value)}
        inputRef={search}
        inputProps={{ 'aria-keyshortcuts': '/' }}
        id="akko-fleet-search"
      />
      <Choice
        id="akko-fleet-cluster"
        label={t('fleet.cluster')}
        all={t('fleet.allClusters')}
        value={choice.cluster}
        options={clusters.map(({ name, title }) => [name, title])}
        onChoose={cluster => onChoice({ cluster })}
      />
      <Choice
        id="akko-fleet-health"
        label={t('fleet.health')}
        all={t('fleet.allHealths')}
        value={choice.health}
        options={INSTANCE_HEALTHS.map(health => [
          health,
          t(HEALTH_MARKS[health].word as 'health.failed'),
        ])}
        onChoose={health => onChoice({ health })}
      />
      <Choice
        id="akko-fleet-freshness"
        label={t('fleet.freshness')}
        all={t('fleet.allFreshnesses')}
        value={choice.freshness}
        options={BACKUP_FRESHNESSES.map(freshness => [
          freshness,
          t(FRESHNESS_MARKS[freshness].word as 'freshness.fresh'),
        ])}
        onChoose={freshness => onChoice({ freshness })}
      />
      <Choice
        id="akko-fleet-order"
        label={t('fleet.order')}
        value={choice.order}
        options={FLEET_ORDERS.map(order => [order, t(`fleet.order.${order}`)])}
        onChoose={order => onChoice({ order })}
      />
      <FormControlLabel
        className={classes.owned}
        control={
          <Switch
            size="small"
            color="primary"
            checked={choice.owned ?? false}
            onChange={(_, owned) => onChoice({ owned: owned || undefined })}
          />
        }
        label={t('fleet.owned')}
      />
    </div>
  );
}
