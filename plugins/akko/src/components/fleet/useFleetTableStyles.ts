import { makeStyles } from '@material-ui/core/styles';

/** The fleet's table; on a narrow screen each row is a card. */
export const useFleetTableStyles = makeStyles(theme => ({
  scroll: { overflowX: 'auto' },
  bounded: {
    overflow: 'auto',
    maxHeight: 'calc(100vh - 160px)',
    minHeight: 320,
    // What is drawn above the first row in sight must not move it.
    overflowAnchor: 'none',
  },
  table: {
    ...theme.typography.body2,
    borderCollapse: 'collapse',
    width: '100%',
    '& thead > tr > *': {
      position: 'sticky',
      top: 0,
      zIndex: 1,
      textAlign: 'left',
      backgroundColor: theme.palette.background.paper,
      boxShadow: `inset 0 -1px ${theme.palette.divider}`,
      padding: theme.spacing(1),
      fontSize: theme.typography.body2.fontSize,
      whiteSpace: 'nowrap',
    },
    '& tbody td': {
      padding: theme.spacing(1.25, 1),
      borderBottom: `1px solid ${theme.palette.divider}`,
      verticalAlign: 'middle',
    },
    '& tbody tr:hover': {
      // The theme's own is so light that the words of a state are too faint on it (WCAG 2.2, 1.4.3).
      backgroundColor:
        theme.palette.type === 'dark'
          ? 'rgba(255, 255, 255, 0.03)'
          : theme.palette.action.hover,
    },
    '& tbody tr:focus-within': {
      boxShadow: `inset 3px 0 ${theme.palette.primary.main}`,
    },
    // The box to choose with has room of its own; what is saved lets the last column fit beside a sidebar on 1280 px.
    [theme.breakpoints.up('sm')]: {
      '& thead th:first-child, & tbody td:first-child': {
        padding: theme.spacing(0, 0, 0, 0.5),
      },
    },
    [theme.breakpoints.down('xs')]: {
      '&, & tbody, & tbody tr': { display: 'block' },
      // There are no columns to name.
      '& thead': {
        position: 'absolute',
        width: 1,
        height: 1,
        overflow: 'hidden',
        clipPath: 'inset(50%)',
      },
      // Nothing that cannot be seen is reached by Tab; each card has a box of its own.
      '& thead th:first-child': { display: 'none' },
      '& tbody td': { display: 'block', border: 0, padding: 0 },
      '& tbody tr[data-instance]': {
        display: 'grid',
        gridTemplateColumns: 'auto 1fr auto',
        alignItems: 'center',
        gap: theme.spacing(0.5, 1),
        padding: theme.spacing(1),
        borderBottom: `1px solid ${theme.palette.divider}`,
      },
      '& tbody tr[data-instance] td:nth-child(n+3):nth-child(-n+8)': {
        gridColumn: '1 / -1',
      },
      '& tbody tr[data-instance] td:nth-child(n+3):empty': { display: 'none' },
      '& tbody tr[data-instance] td:nth-child(9)': {
        gridColumn: 3,
        gridRow: 1,
      },
    },
  },
  group: {
    '& th': {
      textAlign: 'left',
      padding: theme.spacing(1.5, 1, 0.75),
      borderBottom: `1px solid ${theme.palette.divider}`,
      backgroundColor: theme.palette.action.hover,
    },
  },
}));
