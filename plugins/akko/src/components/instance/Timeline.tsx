import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import type { Mark } from '../state/marks';
import { StateMark } from '../state/StateMark';
import { toneColors } from '../state/useToneColors';

/** Width of a mark's icon, and what lies between it and its word, in pixels. */
const ICON = 20;
const GAP = 6;

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  entry: {
    position: 'relative',
    paddingBottom: theme.spacing(2.5),
    // The line from the icon of this entry to that of the next; it touches neither.
    '&:not(:last-child)::before': {
      content: '""',
      position: 'absolute',
      left: ICON / 2 - 1,
      top: ICON + 10,
      bottom: -2,
      width: 2,
      backgroundColor: theme.palette.divider,
    },
  },
  head: {
    ...theme.typography.body1,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0, 1.5),
    paddingTop: theme.spacing(0.5),
    // What does not fit into the line stands beside it, as the body does; only the icon stands on it.
    paddingLeft: ICON + GAP,
    '& > :first-child': { marginLeft: -(ICON + GAP) },
  },
  detail: { color: toneColors(theme).quiet },
  body: {
    ...theme.typography.body2,
    marginLeft: ICON + GAP,
    overflowWrap: 'anywhere',
  },
}));

/** What happened, newest first. */
export function Timeline(props: { label: string; children: ReactNode }) {
  const { children, label } = props;
  const classes = useStyles();
  return (
    <ol className={classes.list} aria-label={label}>
      {children}
    </ol>
  );
}

/** One thing that happened. Its state is the dot on the line. @param detail - who, why, when */
export function TimelineEntry(props: {
  mark: Mark;
  title: string;
  detail: ReactNode;
  children?: ReactNode;
}) {
  const { children, detail, mark, title } = props;
  const classes = useStyles();
  return (
    <li className={classes.entry}>
      <div className={classes.head}>
        <StateMark mark={mark} />
        <Typography component="span">{title}</Typography>
        <span className={classes.detail}>{detail}</span>
      </div>
      <div className={classes.body}>{children}</div>
    </li>
  );
}
