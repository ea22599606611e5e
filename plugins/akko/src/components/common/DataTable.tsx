import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
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
      verticalAlign: 'baseline',
    },
  },
}));

/** A plain table that scrolls sideways on narrow screens. @param columns - headings; without them it has none */
export function DataTable(props: {
  label: string;
  columns?: readonly string[];
  /** Rows. */
  children: ReactNode;
}) {
  const { label, columns, children } = props;
  const classes = useStyles();
  return (
    <div
      className={classes.scroll}
      role="region"
      aria-label={label}
      // Scrolled by keyboard too.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <table className={classes.table}>
        {columns && (
          <thead>
            <tr>
              {columns.map(column => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
