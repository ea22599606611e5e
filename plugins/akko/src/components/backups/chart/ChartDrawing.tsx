import type {
  BackupChart,
  BackupPoint,
} from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { useEffect, useMemo, useState } from 'react';
import {
  Area,
  Brush,
  CartesianGrid,
  ComposedChart,
  Line,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { akkoTranslationRef } from '../../../translation';
import { bytes } from '../../common/bytes';
import { duration } from '../../common/time';
import { useWidth } from '../../common/useWidth';
import { useToneColors } from '../../state/useToneColors';
import { byteTicks, secondTicks } from './axisTicks';
import { ChartLegend } from './ChartLegend';
import { ChartTooltip } from './ChartTooltip';
import { dayOfAxis, drawnPoints, type DrawnPoint } from './chartModel';
import {
  BrokenDiamondShape,
  CrossShape,
  DiamondShape,
  markWith,
  type MarkProps,
} from './markShapes';

const HEIGHT = 300;
/** Below this width the axes have less room, in pixels. */
const NARROW = 480;
/** Up to so many each run has a dot of its own. */
const DOTS_UP_TO = 60;

const useStyles = makeStyles({
  root: { minHeight: HEIGHT, '& text': { fontSize: 12 } },
});

/** Sizes as an area, durations as a dashed line, failures as crosses at the foot and drills as diamonds at the head. Nothing moves by itself. */
export function ChartDrawing(props: {
  chart: BackupChart;
  /** Id of its words. */
  describedBy: string;
  onOpenRun: (point: BackupPoint) => void;
}) {
  const { chart, describedBy, onOpenRun } = props;
  const classes = useStyles();
  const theme = useTheme();
  const colors = useToneColors();
  const { t } = useTranslationRef(akkoTranslationRef);
  const [place, width] = useWidth<HTMLDivElement>();
  // The same runs, loaded again, do not undo a zoom.
  const runs = JSON.stringify(chart.points);
  const data = useMemo(() => drawnPoints(JSON.parse(runs)), [runs]);
  const [zoom, setZoom] = useState<[first: number, last: number]>();
  // The handles go back to the ends when there are other runs; so does the axis.
  useEffect(() => setZoom(undefined), [data]);
  const open = ({ payload }: MarkProps) => payload && onOpenRun(payload.point);
  const sizes = byteTicks(highestOf(data.map(({ size }) => size)));
  const durations = secondTicks(highestOf(data.map(({ seconds }) => seconds)));
  const isNarrow = width !== undefined && width < NARROW;
  const axisWidth = isNarrow ? 56 : 72;
  const axis = { stroke: colors.quiet, tick: { fill: colors.quiet } };
  const dots = data.length <= DOTS_UP_TO && !isNarrow;
  const hasMark = (key: 'failed' | 'drill' | 'drillFailed') =>
    data.some(point => point[key] !== undefined);
  // A line that is not drawn carries the marks: they have no size.
  const marks = {
    yAxisId: 'marks',
    isAnimationActive: false,
    strokeWidth: 0,
    activeDot: false,
  };
  const still = { isAnimationActive: false, connectNulls: true };
  // A run that is on neither line has no place on it.
  const dotOf = (key: 'size' | 'seconds', color: string) => (dot: MarkProps) =>
    dot.payload?.[key] === undefined ? (
      <g />
    ) : (
      <circle
        cx={dot.cx}
        cy={dot.cy}
        r={6}
        fill={color}
        stroke={theme.palette.background.paper}
        cursor="pointer"
        onClick={() => open(dot)}
      />
    );

  return (
    <div
      ref={place}
      className={classes.root}
      role="group"
      aria-label={t('backup.section.chart')}
      aria-describedby={describedBy}
    >
      {width !== undefined && (
        <ComposedChart
          width={width}
          height={HEIGHT}
          data={data}
          margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
        >
          <CartesianGrid stroke={theme.palette.divider} vertical={false} />
          <XAxis
            {...axis}
            dataKey="at"
            type="number"
            scale="time"
            domain={domainOf(chart, data, zoom)}
            allowDataOverflow
            tickFormatter={dayOfAxis}
            minTickGap={32}
          />
          <YAxis
            {...axis}
            yAxisId="size"
            width={axisWidth}
            ticks={sizes}
            domain={[0, sizes.at(-1)!]}
            tickFormatter={bytes}
          />
          <YAxis
            {...axis}
            yAxisId="seconds"
            orientation="right"
            width={axisWidth}
            ticks={durations}
            domain={[0, durations.at(-1)!]}
            tickFormatter={duration}
          />
          <YAxis yAxisId="marks" hide domain={[0, 1]} />
          <Tooltip content={<ChartTooltip />} isAnimationActive={false} />
          <Area
            {...still}
            yAxisId="size"
            dataKey="size"
            name={t('chart.size')}
            stroke={colors.busy}
            strokeWidth={2}
            fill={colors.busy}
            fillOpacity={0.15}
            dot={dots && { r: 2.5, fill: colors.busy }}
            activeDot={dotOf('size', colors.busy)}
          />
          <Line
            {...still}
            yAxisId="seconds"
            dataKey="seconds"
            name={t('chart.duration')}
            stroke={colors.quiet}
            strokeWidth={2}
            strokeDasharray="5 3"
            dot={false}
            activeDot={dotOf('seconds', colors.quiet)}
          />
          <Line
            {...marks}
            dataKey="failed"
            stroke={colors.bad}
            dot={markWith('failed', CrossShape, open)}
          />
          <Line
            {...marks}
            dataKey="drill"
            stroke={colors.good}
            dot={markWith('drill', DiamondShape, open)}
          />
          <Line
            {...marks}
            dataKey="drillFailed"
            stroke={colors.bad}
            dot={markWith('drillFailed', BrokenDiamondShape, open)}
          />
          {data.length > 2 && (
            <Brush
              dataKey="at"
              height={24}
              travellerWidth={12}
              stroke={colors.quiet}
              fill={theme.palette.background.paper}
              tickFormatter={dayOfAxis}
              ariaLabel={t('chart.zoom')}
              onChange={({ endIndex, startIndex }) =>
                setZoom([startIndex ?? 0, endIndex ?? data.length - 1])
              }
            />
          )}
        </ComposedChart>
      )}
      <ChartLegend
        has={{
          failed: hasMark('failed'),
          drill: hasMark('drill'),
          drillFailed: hasMark('drillFailed'),
        }}
      />
    </div>
  );
}

function highestOf(values: (number | undefined)[]): number {
  return values.reduce<number>((top, value = 0) => Math.max(top, value), 0);
}

/** All of the range that was asked for, or from the first to the last run that is zoomed to. */
function domainOf(
  { from, to }: BackupChart,
  data: readonly DrawnPoint[],
  zoom: [number, number] | undefined,
): [number, number] {
  const [first, last] = zoom ?? [0, data.length - 1];
  return first === 0 && last >= data.length - 1
    ? [Date.parse(from), Date.parse(to)]
    : [data[first].at, data[Math.min(last, data.length - 1)].at];
}
