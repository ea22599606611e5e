import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../../translation';
import { bytes } from '../../common/bytes';
import { duration, exactTime } from '../../common/time';
import { LEVEL_MARKS, ORIGIN_MARKS, RUN_MARKS } from '../../state/marks';
import { StateMark } from '../../state/StateMark';
import type { DrawnPoint } from './chartModel';

const useStyles = makeStyles(theme => ({
  root: {
    ...theme.typography.body2,
    padding: theme.spacing(1, 1.5),
    borderRadius: theme.shape.borderRadius,
    color: theme.palette.text.primary,
    backgroundColor: theme.palette.background.paper,
    boxShadow: theme.shadows[4],
    display: 'grid',
    gap: theme.spacing(0.25),
    maxWidth: 280,
  },
}));

/** The run that is pointed at. @param payload - of the drawing; it has one entry for each line that the run is on */
export function ChartTooltip(props: {
  active?: boolean;
  payload?: readonly { payload?: DrawnPoint }[];
}) {
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const point = props.active ? props.payload?.[0]?.payload?.point : undefined;
  if (!point) {
    return null;
  }
  const { at, bytes: size, durationSeconds, kind, level, origin } = point;
  return (
    <div className={classes.root}>
      <strong>{exactTime(at)}</strong>
      <span>
        {kind === 'drill' && `${t('chart.drill')}: `}
        <StateMark mark={RUN_MARKS[point.state]} />
        {origin && kind === 'backup' && (
          <>
            {', '}
            {t(ORIGIN_MARKS[origin].word as 'origin.manual')}
          </>
        )}
      </span>
      {size !== undefined && (
        <span>
          {t('chart.size')}: {bytes(size)}
        </span>
      )}
      {durationSeconds !== undefined && (
        <span>
          {t('chart.duration')}: {duration(durationSeconds)}
        </span>
      )}
      {level && kind === 'backup' && <StateMark mark={LEVEL_MARKS[level]} />}
    </div>
  );
}
