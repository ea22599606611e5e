import {
  INSTANCE_HEALTHS,
  type Cluster,
  type HealthTotals,
} from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import WarningIcon from '@material-ui/icons/ReportProblemOutlined';
import { makeStyles } from '@material-ui/core/styles';
import type { FleetFilter } from '../../hooks/useFleet';
import { akkoTranslationRef } from '../../translation';
import { HEALTH_MARKS } from '../state/marks';
import { useToneColors } from '../state/useToneColors';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(2),
  },
  count: { textTransform: 'none', fontSize: '1rem' },
}));

/** The fleet in one line: how many, and how they are. Each count filters. */
export function FleetHeadline(props: {
  totals: HealthTotals;
  clusters: Cluster[];
  filter: FleetFilter;
  onFilter: (change: Partial<FleetFilter>) => void;
}) {
  const { totals, clusters, filter, onFilter } = props;
  const classes = useStyles();
  const colors = useToneColors();
  const { t } = useTranslationRef(akkoTranslationRef);
  const out = clusters.filter(cluster => cluster.stale).length;
  return (
    <div className={classes.root}>
      <Typography variant="h5" component="h2">
        {t('fleet.count', { count: totals.total })}
      </Typography>
      {INSTANCE_HEALTHS.filter(health => totals[health] > 0).map(health => {
        const { Icon, tone, word } = HEALTH_MARKS[health];
        const isChosen = filter.health === health;
        return (
          <Button
            key={health}
            size="small"
            variant={isChosen ? 'outlined' : 'text'}
            className={classes.count}
            style={{ color: colors[tone] }}
            aria-pressed={isChosen}
            startIcon={<Icon />}
            onClick={() => onFilter({ health: isChosen ? undefined : health })}
          >
            {totals[health]} {t(word as 'health.failed').toLocaleLowerCase()}
          </Button>
        );
      })}
      {out > 0 && (
        <Typography
          style={{
            color: colors.warn,
            display: 'flex',
            alignItems: 'center',
            gap: 6,
          }}
        >
          <WarningIcon fontSize="small" />
          {t('fleet.clusterOut', { count: out })}
        </Typography>
      )}
    </div>
  );
}
