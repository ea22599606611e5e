import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import type { CSSProperties, ReactElement } from 'react';
import { useUniqueId } from './useUniqueId';

/** How long a reason stays after it was touched, in milliseconds. */
const TOLD_FOR = 5000;

const useStyles = makeStyles(theme => ({
  why: {
    fontSize: theme.typography.body2.fontSize,
    fontWeight: 400,
    // What is below it does not shine through.
    backgroundColor: theme.palette.grey[700],
    boxShadow: theme.shadows[3],
  },
  barred: {
    // Its own mark of the focus is too faint on what looks disabled.
    '&.Mui-focusVisible': {
      outline: `2px solid ${theme.palette.primary.main}`,
      // Inside, where nothing around it cuts it off.
      outlineOffset: -2,
    },
  },
}));

/** Material UI lets nothing that looks disabled be pointed at, and so nobody would see the reason. */
const REACHABLE = { pointerEvents: 'auto', cursor: 'not-allowed' } as const;

/** What a control gets that can be reached, but not used. Its handlers are left out by those who render it. */
export interface Barred {
  className?: string;
  style?: CSSProperties;
  disableTouchRipple?: boolean;
  'aria-disabled'?: true;
  'aria-describedby'?: string;
}

/**
 * A control and why it cannot be used, for those who point at it, touch it, reach it by keyboard or hear it. What is plainly disabled can be reached
 * by pointers only, if at all.
 */
export function WhyNot(props: {
  /** Undefined: it can be used. */
  why: string | undefined;
  /** What it does, where its icon alone says that. */
  hint?: string;
  /** One Material UI control, given all of this. */
  children: (barred: Barred) => ReactElement;
}) {
  const { children, hint = '', why } = props;
  const classes = useStyles();
  const id = useUniqueId();
  if (!why) {
    return <Tooltip title={hint}>{children({})}</Tooltip>;
  }
  return (
    <>
      <Tooltip
        title={why}
        classes={{ tooltip: classes.why }}
        enterTouchDelay={0}
        leaveTouchDelay={TOLD_FOR}
      >
        {children({
          className: `Mui-disabled ${classes.barred}`,
          style: REACHABLE,
          disableTouchRipple: true,
          'aria-disabled': true,
          'aria-describedby': id,
        })}
      </Tooltip>
      <span id={id} hidden>
        {why}
      </span>
    </>
  );
}
