import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import { forwardRef } from 'react';
import { toneColors } from '../state/useToneColors';
import { useUniqueId } from './useUniqueId';

const useStyles = makeStyles(theme => ({
  item: {
    flexDirection: 'column',
    alignItems: 'flex-start',
    whiteSpace: 'normal',
    maxWidth: 'min(360px, calc(100vw - 32px))',
  },
  barred: { cursor: 'not-allowed' },
  label: { color: theme.palette.action.disabled },
  why: { ...theme.typography.body2, color: toneColors(theme).quiet },
}));

/** Of a menu with items that say why they cannot be used: all of them are reached with the arrows. */
export const MENU_LIST_PROPS = { disabledItemsFocusable: true };

/** An item of a menu; where it cannot be used, it says why below its name. */
export const MenuAction = forwardRef<
  HTMLLIElement,
  {
    label: string;
    /** Undefined: it can be used. */
    why: string | undefined;
    onClick: () => void;
  }
>(function ItemWithReason({ label, onClick, why, ...ofMenu }, ref) {
  const classes = useStyles();
  const id = useUniqueId();
  if (!why) {
    return (
      <MenuItem {...ofMenu} ref={ref} onClick={onClick}>
        {label}
      </MenuItem>
    );
  }
  return (
    <MenuItem
      {...ofMenu}
      ref={ref}
      className={`${classes.item} ${classes.barred}`}
      disableTouchRipple
      aria-disabled
      aria-describedby={id}
    >
      <span className={classes.label}>{label}</span>
      {/* It describes the item, and is no part of its name. */}
      <span id={id} className={classes.why} aria-hidden>
        {why}
      </span>
    </MenuItem>
  );
});
