import type { InstanceSummary } from '@akko/backstage-plugin-akko-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type KeyboardEvent } from 'react';
import { instanceRouteRef } from '../../routes';
import { akkoTranslationRef } from '../../translation';
import { FleetRow } from './FleetRow';

const useStyles = makeStyles(theme => ({
  scroll: {
    overflow: 'auto',
    maxHeight: 'calc(100vh - 300px)',
    minHeight: 320,
  },
  table: {
    ...theme.typography.body2,
    borderCollapse: 'collapse',
    width: '100%',
    '& th': {
      position: 'sticky',
      top: 0,
      zIndex: 1,
      textAlign: 'left',
      backgroundColor: theme.palette.background.paper,
      boxShadow: `inset 0 -1px ${theme.palette.divider}`,
      padding: theme.spacing(1.5),
      fontSize: theme.typography.body2.fontSize,
      whiteSpace: 'nowrap',
    },
    '& td': {
      padding: theme.spacing(1.25, 1.5),
      borderBottom: `1px solid ${theme.palette.divider}`,
      verticalAlign: 'middle',
    },
    '& tbody tr:hover': { backgroundColor: theme.palette.action.hover },
    '& tbody tr:focus-within': {
      boxShadow: `inset 3px 0 ${theme.palette.primary.main}`,
    },
  },
}));

/** From this many rows on only those in sight are drawn. */
const VIRTUAL_FROM = 100;
const ROW_HEIGHT = 64;

const COLUMNS = [
  'fleet.column.state',
  'fleet.column.instance',
  'fleet.column.cluster',
  'fleet.column.jobs',
  'fleet.column.last',
  'fleet.column.backups',
] as const;

/** Instances, one row each. Arrows move between them, Enter opens. */
export function FleetTable({ instances }: { instances: InstanceSummary[] }) {
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const addressOf = useRouteRef(instanceRouteRef);
  const scroll = useRef<HTMLDivElement>(null);
  const isVirtual = instances.length > VIRTUAL_FROM;
  const virtualizer = useVirtualizer({
    count: instances.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    enabled: isVirtual,
  });
  const visible = isVirtual
    ? virtualizer.getVirtualItems().map(({ index }) => index)
    : instances.map((_, index) => index);
  const first = visible[0] ?? 0;
  const after = instances.length - 1 - (visible.at(-1) ?? -1);

  return (
    <Paper>
      <div
        ref={scroll}
        className={classes.scroll}
        role="region"
        aria-label={t('fleet.table')}
        // Scrolled by keyboard too.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <table className={classes.table} aria-rowcount={instances.length + 1}>
          <thead>
            <tr>
              {COLUMNS.map(column => (
                <th key={column} scope="col">
                  {t(column)}
                </th>
              ))}
            </tr>
          </thead>
          {/* Arrows are a shortcut beside the links, which Tab reaches as well. */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
          <tbody onKeyDown={moveBetweenRows}>
            <Gap rows={first} />
            {visible.map(index => (
              <FleetRow
                key={instances[index].ref}
                instance={instances[index]}
                position={index + 2}
                link={
                  <Link to={addressOf(instances[index])} data-row-link>
                    {instances[index].title}
                  </Link>
                }
              />
            ))}
            <Gap rows={Math.max(0, after)} />
          </tbody>
        </table>
      </div>
    </Paper>
  );
}

/** The room of rows that are not drawn. */
function Gap({ rows }: { rows: number }) {
  return rows > 0 ? (
    <tr aria-hidden style={{ height: rows * ROW_HEIGHT }}>
      <td colSpan={COLUMNS.length} />
    </tr>
  ) : null;
}

function moveBetweenRows(event: KeyboardEvent<HTMLTableSectionElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) {
    return;
  }
  const links = [
    ...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-link]'),
  ];
  const at = links.findIndex(link => link === document.activeElement);
  const next = links[at + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
}
