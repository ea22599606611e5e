import type { BackupPoint } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import ButtonGroup from '@material-ui/core/ButtonGroup';
import { makeStyles } from '@material-ui/core/styles';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useBackupChart } from '../../../hooks/useBackup';
import { akkoTranslationRef } from '../../../translation';
import { Loading } from '../../common/Loading';
import { Notice } from '../../common/Notice';
import { Problem } from '../../common/Problem';
import { useLast } from '../../common/useLast';
import { toneColors } from '../../state/useToneColors';
import { chartSummary } from './chartModel';

// The library that draws is large, and only those who look at backups need it.
const ChartDrawing = lazy(() =>
  import('./ChartDrawing').then(module => ({ default: module.ChartDrawing })),
);

const RANGES = ['30', '90', '365'] as const;
const USUAL_RANGE = '90';

const useStyles = makeStyles(theme => ({
  head: {
    ...theme.typography.body2,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    marginBottom: theme.spacing(1),
  },
  quiet: { ...theme.typography.body2, color: toneColors(theme).quiet },
}));

/** Size and duration of the runs of a backup over time, in words and as a drawing. */
export function BackupChart(props: {
  instance: string;
  backup: string;
  onOpenRun: (point: BackupPoint) => void;
}) {
  const { backup, instance, onOpenRun } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const [range, setRange] = useRange();
  const live = useBackupChart(instance, backup, Number(range));
  // While another range is asked for, the last one stays in sight.
  const chart = useLast(live.status === 'ready' ? live.value : undefined);
  const error = live.status === 'loading' ? undefined : live.error;
  return (
    <div aria-busy={live.status === 'loading'}>
      <div className={classes.head}>
        <ButtonGroup size="small" aria-label={t('chart.range')}>
          {RANGES.map(days => (
            <Button
              key={days}
              aria-pressed={range === days}
              variant={range === days ? 'contained' : 'outlined'}
              onClick={() => setRange(days)}
            >
              {t(`chart.range.${days}`)}
            </Button>
          ))}
        </ButtonGroup>
        {chart && chart.points.length > 0 && (
          <span id="akko-chart-summary">{chartSummary(chart, t)}</span>
        )}
      </div>
      {error && <Problem error={error} onRetry={live.refresh} />}
      {!chart && live.status === 'loading' && <Loading lines={6} />}
      {chart && chart.points.length === 0 && (
        <Notice tone="quiet" title={t('chart.empty')}>
          {t('chart.emptyNext')}
        </Notice>
      )}
      {chart && chart.points.length > 0 && (
        <Suspense fallback={<Loading lines={6} />}>
          <ChartDrawing
            chart={chart}
            describedBy="akko-chart-summary"
            onOpenRun={onOpenRun}
          />
        </Suspense>
      )}
      {chart?.thinned && (
        <div className={classes.quiet}>{t('chart.thinned')}</div>
      )}
    </div>
  );
}

/** How many days are shown; it is in the address. */
function useRange() {
  const [params, setParams] = useSearchParams();
  const range =
    RANGES.find(days => days === params.get('range')) ?? USUAL_RANGE;
  const change = (days: (typeof RANGES)[number]) =>
    setParams(
      known => {
        const next = new URLSearchParams(known);
        if (days === USUAL_RANGE) {
          next.delete('range');
        } else {
          next.set('range', days);
        }
        return next;
      },
      { replace: true },
    );
  return [range, change] as const;
}
