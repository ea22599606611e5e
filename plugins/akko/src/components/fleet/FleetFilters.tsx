import {
  INSTANCE_HEALTHS,
  type Cluster,
  type InstanceHealth,
} from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { useEffect, useRef, useState } from 'react';
import type { FleetFilter } from '../../hooks/useFleet';
import { akkoTranslationRef } from '../../translation';
import { Field } from '../common/Field';
import { HEALTH_MARKS } from '../state/marks';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(2),
    marginBottom: theme.spacing(2),
    '& > *': { minWidth: 160, flex: '1 1 160px', maxWidth: 320 },
  },
}));

const TYPING_PAUSE = 250;

/** Search, cluster and state. `/` anywhere on the page goes to the search. */
export function FleetFilters(props: {
  clusters: Cluster[];
  filter: FleetFilter;
  onFilter: (change: Partial<FleetFilter>) => void;
}) {
  const { clusters, filter, onFilter } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const search = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(filter.q ?? '');

  useEffect(() => setTyped(filter.q ?? ''), [filter.q]);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (typed !== (filter.q ?? '')) {
        onFilter({ q: typed });
      }
    }, TYPING_PAUSE);
    return () => clearTimeout(timer);
  }, [typed, filter.q, onFilter]);
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
      <Field
        select
        label={t('fleet.cluster')}
        value={filter.cluster ?? ''}
        onChange={event => onFilter({ cluster: event.target.value })}
        id="akko-fleet-cluster"
      >
        <option value="">{t('fleet.allClusters')}</option>
        {clusters.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </Field>
      <Field
        select
        label={t('fleet.health')}
        value={filter.health ?? ''}
        onChange={event =>
          onFilter({ health: event.target.value as InstanceHealth })
        }
        id="akko-fleet-health"
      >
        <option value="">{t('fleet.allHealths')}</option>
        {INSTANCE_HEALTHS.map(health => (
          <option key={health} value={health}>
            {t(HEALTH_MARKS[health].word as 'health.failed')}
          </option>
        ))}
      </Field>
    </div>
  );
}
