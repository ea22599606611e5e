import { makeStyles } from '@material-ui/core/styles';

/** A plain table that scrolls sideways on narrow screens. */
export const useTableStyles = makeStyles(theme => ({
  scroll: { overflowX: 'auto' },
  table: {
    ...theme.typography.body2,
    borderCollapse: 'collapse',
    width: '100%',
    '& th': {
      textAlign: 'left',
      whiteSpace: 'nowrap',
      padding: theme.spacing(1, 1.5),
      borderBottom: `2px solid ${theme.palette.divider}`,
    },
    '& td': {
      padding: theme.spacing(1, 1.5),
      borderBottom: `1px solid ${theme.palette.divider}`,
      verticalAlign: 'top',
    },
  },
}));
