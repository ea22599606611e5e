import {
  akkoJobRunPermission,
  type InstanceSummary,
} from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Paper from '@material-ui/core/Paper';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, type KeyboardEvent } from 'react';
import { akkoTranslationRef } from '../../translation';
import { whyForbidden } from '../permissions/may';
import { FleetRow } from './FleetRow';
import { rowsOf, type FleetOrder, type FleetRowItem } from './fleetRows';
import { rerunnableOf } from './rerunnable';
import { SelectBox } from './SelectBox';
import { useFleetTableStyles } from './useFleetTableStyles';

/** From this many rows on only those in sight are drawn. */
const VIRTUAL_FROM = 100;
/** Before a row is measured, in pixels. */
const ROW_HEIGHT = 96;

const COLUMNS = [
  'fleet.column.state',
  'fleet.column.instance',
  'fleet.column.cluster',
  'fleet.column.jobs',
  'fleet.column.finding',
  'fleet.column.last',
  'fleet.column.backups',
] as const;

/** Instances, one row each. Arrows move between them, Enter opens. */
export function FleetTable(props: {
  instances: InstanceSummary[];
  order: FleetOrder;
  /** Refs of the chosen ones. */
  selected: ReadonlySet<string>;
  onSelect: (refs: ReadonlySet<string>) => void;
  /** Asks for a re-run of one instance's failed jobs. */
  onRerun: (instance: InstanceSummary) => void;
}) {
  const { instances, order, selected, onSelect, onRerun } = props;
  const classes = useFleetTableStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const scroll = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => rowsOf(instances, order), [instances, order]);
  const { able, barred } = useMemo(() => rerunnableOf(instances), [instances]);
  const isVirtual = rows.length > VIRTUAL_FROM;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: index => keyOf(rows[index]),
    overscan: 12,
    enabled: isVirtual,
  });
  const drawn = isVirtual
    ? virtualizer.getVirtualItems().map(({ index }) => index)
    : rows.map((_, index) => index);
  const [before, after] = isVirtual ? gapsOf(virtualizer) : [0, 0];
  const choose = (ref: string, isChosen: boolean) => {
    const next = new Set(selected);
    if (isChosen) {
      next.add(ref);
    } else {
      next.delete(ref);
    }
    onSelect(next);
  };

  return (
    <Paper>
      <div
        ref={scroll}
        className={`${classes.scroll} ${isVirtual ? classes.bounded : ''}`}
        role="region"
        aria-label={t('fleet.table')}
        // Scrolled by keyboard too.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <table className={classes.table} aria-rowcount={rows.length + 1}>
          <thead>
            <tr>
              <th scope="col">
                <SelectBox
                  label={t('fleet.selectAll')}
                  why={whyNotAll()}
                  isSelected={able.length > 0 && selected.size === able.length}
                  isPartly={selected.size > 0 && selected.size < able.length}
                  onSelect={isChosen =>
                    onSelect(
                      // With those that will be left out, so that they are told.
                      new Set(
                        isChosen
                          ? [...able, ...barred].map(({ ref }) => ref)
                          : [],
                      ),
                    )
                  }
                />
              </th>
              {COLUMNS.map(column => (
                <th key={column} scope="col">
                  {t(column)}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          {/* Arrows are a shortcut beside the links, which Tab reaches as well. */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
          <tbody onKeyDown={moveBetweenRows}>
            <Gap height={before} />
            {drawn.map(index => {
              const row = rows[index];
              const common = {
                index,
                measure: isVirtual ? virtualizer.measureElement : undefined,
              };
              return row.type === 'cluster' ? (
                <tr
                  key={keyOf(row)}
                  className={classes.group}
                  ref={common.measure}
                  data-index={index}
                  aria-rowindex={index + 2}
                >
                  <th scope="rowgroup" colSpan={COLUMNS.length + 2}>
                    {row.title} · {t('fleet.count', { count: row.count })}
                  </th>
                </tr>
              ) : (
                <FleetRow
                  key={keyOf(row)}
                  {...common}
                  instance={row.instance}
                  isSelected={selected.has(row.instance.ref)}
                  onSelect={isChosen => choose(row.instance.ref, isChosen)}
                  onRerun={() => onRerun(row.instance)}
                />
              );
            })}
            <Gap height={after} />
          </tbody>
        </table>
      </div>
    </Paper>
  );

  function whyNotAll(): string | undefined {
    if (able.length > 0) {
      return undefined;
    }
    return barred.length > 0
      ? whyForbidden(barred[0], akkoJobRunPermission, t)
      : t('fleet.noneFailed');
  }
}

/** The room of rows that are not drawn. */
function Gap({ height }: { height: number }) {
  return height > 0 ? (
    <tr aria-hidden style={{ height }}>
      <td colSpan={COLUMNS.length + 2} />
    </tr>
  ) : null;
}

function keyOf(row: FleetRowItem): string {
  return row.type === 'cluster' ? `cluster ${row.name}` : row.instance.ref;
}

/** The height of what is above and below the drawn rows. */
function gapsOf(
  virtualizer: ReturnType<typeof useVirtualizer<HTMLDivElement, Element>>,
): [number, number] {
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1);
  return last
    ? [items[0].start, virtualizer.getTotalSize() - last.end]
    : [0, 0];
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
