import type { InitJob } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { Time } from '../common/Time';
import { JOB_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';
import { toneColors, useToneColors } from '../state/useToneColors';
import { laneOf, layoutGraph, type Edge, type PlacedNode } from './graphLayout';
import { simulatedWord, stateWord } from './jobWords';

const NODE = { width: 256, height: 84 };
const GAP = { x: 88, y: 24 };

const useStyles = makeStyles(theme => ({
  scroll: { overflowX: 'auto', paddingBottom: theme.spacing(1) },
  canvas: { position: 'relative' },
  lines: { position: 'absolute', inset: 0, pointerEvents: 'none' },
  node: {
    ...theme.typography.body2,
    position: 'absolute',
    width: NODE.width,
    height: NODE.height,
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    justifyContent: 'center',
    gap: 3,
    padding: theme.spacing(1, 1.5),
    textAlign: 'left',
    border: `1px solid ${theme.palette.divider}`,
    borderLeft: '4px solid',
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
    color: theme.palette.text.primary,
    '&:hover, &:focus-visible': {
      boxShadow: theme.shadows[3],
      backgroundColor: theme.palette.background.paper,
    },
    '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
  },
  title: { fontWeight: 600 },
  state: {
    maxWidth: '100%',
    overflow: 'hidden',
    '& > span': { whiteSpace: 'normal', lineHeight: 1.2 },
  },
  when: { color: toneColors(theme).quiet, fontSize: '0.8125rem' },
}));

/** The init jobs in columns by dependency. Each opens its newest run. */
export function JobGraph(props: {
  jobs: InitJob[];
  /** Each job says whether it is simulated. */
  saysSimulated: boolean;
  onOpen: (job: InitJob) => void;
}) {
  const { jobs, saysSimulated, onOpen } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const { nodes, edges, columns, rows } = layoutGraph(jobs);
  const width = columns * (NODE.width + GAP.x) - GAP.x;
  const height = rows * (NODE.height + GAP.y) - GAP.y;
  return (
    <div className={classes.scroll}>
      <div
        className={classes.canvas}
        style={{ width, height }}
        role="group"
        aria-label={t('instance.graph')}
      >
        <svg
          className={classes.lines}
          width={width}
          height={height}
          aria-hidden="true"
        >
          {edges.map(edge => (
            <Line
              key={`${edge.from.job.name} ${edge.to.job.name}`}
              {...edge}
              rows={rows}
            />
          ))}
        </svg>
        {nodes.map(node => (
          <Node
            key={node.job.name}
            node={node}
            saysSimulated={saysSimulated}
            onOpen={onOpen}
          />
        ))}
      </div>
    </div>
  );
}

function Node(props: {
  node: PlacedNode;
  saysSimulated: boolean;
  onOpen: (job: InitJob) => void;
}) {
  const { node, saysSimulated, onOpen } = props;
  const { job } = node;
  const classes = useStyles();
  const colors = useToneColors();
  const { t } = useTranslationRef(akkoTranslationRef);
  const mark = JOB_MARKS[job.state];
  const at = job.lastRun?.finishedAt ?? job.lastRun?.startedAt;
  return (
    <ButtonBase
      className={classes.node}
      data-job={job.name}
      style={{ ...cornerOf(node), borderLeftColor: colors[mark.tone] }}
      onClick={() => onOpen(job)}
    >
      <span className={classes.title}>{job.title}</span>{' '}
      <span className={classes.state}>
        <StateMark mark={mark} word={stateWord(job, t)} />
      </span>{' '}
      {(at || saysSimulated) && (
        <span className={classes.when}>
          {at && <Time iso={at} />}
          {at && saysSimulated && ' · '}
          {saysSimulated && simulatedWord(job, t)}
        </span>
      )}
    </ButtonBase>
  );
}

function Line({ from, to, isBroken, rows }: Edge & { rows: number }) {
  const colors = useToneColors();
  return (
    <path
      d={pathOf(from, to, rows)}
      fill="none"
      stroke={isBroken ? colors.bad : colors.quiet}
      strokeOpacity={isBroken ? 1 : 0.4}
      strokeWidth={isBroken ? 2.5 : 1.5}
      strokeDasharray={isBroken ? '6 4' : undefined}
    />
  );
}

/** A curve to the next column; further than that, through the gap between two rows, so that it does not pass behind a job. */
function pathOf(from: PlacedNode, to: PlacedNode, rows: number): string {
  const start = cornerOf(from);
  const end = cornerOf(to);
  const x1 = start.left + NODE.width;
  const y1 = start.top + NODE.height / 2;
  const x2 = end.left;
  const y2 = end.top + NODE.height / 2;
  const bend = GAP.x / 2;
  const lane = laneOf(from, to, rows);
  const curve = (toX: number, fromY: number, toY: number) =>
    `C ${toX - bend} ${fromY}, ${toX - bend} ${toY}, ${toX} ${toY}`;
  if (lane === undefined) {
    return `M ${x1} ${y1} C ${x1 + bend} ${y1}, ${
      x2 - bend
    } ${y2}, ${x2} ${y2}`;
  }
  const y = lane * (NODE.height + GAP.y) - GAP.y / 2;
  return [
    `M ${x1} ${y1}`,
    curve(x1 + GAP.x, y1, y),
    `L ${x2 - GAP.x} ${y}`,
    curve(x2, y, y2),
  ].join(' ');
}

function cornerOf({ column, row }: PlacedNode) {
  return {
    left: column * (NODE.width + GAP.x),
    top: row * (NODE.height + GAP.y),
  };
}
