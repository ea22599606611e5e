import { makeStyles } from '@material-ui/core/styles';
import { toneColors } from '../../state/useToneColors';

/** The ledger's table; on a narrow screen each row is a card that names its fields. */
export const useLedgerStyles = makeStyles(theme => ({
  scroll: { overflowX: 'auto' },
  table: {
    ...theme.typography.body2,
    borderCollapse: 'collapse',
    width: '100%',
    '& th': {
      textAlign: 'left',
      whiteSpace: 'nowrap',
      padding: theme.spacing(1),
      borderBottom: `2px solid ${theme.palette.divider}`,
    },
    '& td': {
      padding: theme.spacing(1),
      borderBottom: `1px solid ${theme.palette.divider}`,
      verticalAlign: 'baseline',
    },
    [theme.breakpoints.down('xs')]: {
      '&, & tbody, & tbody tr': { display: 'block' },
      // The fields name themselves.
      '& thead': {
        position: 'absolute',
        width: 1,
        height: 1,
        overflow: 'hidden',
        clipPath: 'inset(50%)',
      },
      '& tbody tr': {
        padding: theme.spacing(1, 0),
        borderBottom: `1px solid ${theme.palette.divider}`,
      },
      '& tbody td': {
        display: 'grid',
        gridTemplateColumns: '7em minmax(0, 1fr)',
        gap: theme.spacing(1),
        border: 0,
        padding: theme.spacing(0.25, 0),
        overflowWrap: 'anywhere',
      },
      '& tbody td[data-label]::before': {
        content: 'attr(data-label)',
        color: toneColors(theme).quiet,
      },
      '& tbody td[data-empty]': { display: 'none' },
      '& tbody td[colspan]': { display: 'block' },
    },
  },
  gap: {
    backgroundColor: theme.palette.action.hover,
    '& td > span': { whiteSpace: 'normal' },
  },
  when: {
    textTransform: 'none',
    textAlign: 'left',
    padding: 0,
    minWidth: 0,
    whiteSpace: 'nowrap',
  },
  // For those who hear it.
  hidden: {
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clipPath: 'inset(50%)',
  },
  small: { color: toneColors(theme).quiet, fontSize: '0.8125rem' },
  narrow: { minWidth: 120, maxWidth: 260, overflowWrap: 'anywhere' },
  nowrap: { whiteSpace: 'nowrap' },
  location: {
    display: 'inline-flex',
    alignItems: 'center',
    maxWidth: 170,
    '& code': {
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
  },
  link: {
    textTransform: 'none',
    padding: 0,
    minWidth: 0,
    fontSize: 'inherit',
  },
}));
