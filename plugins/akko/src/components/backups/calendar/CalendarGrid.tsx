import type { BackupDay } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Tooltip from '@material-ui/core/Tooltip';
import { alpha, makeStyles } from '@material-ui/core/styles';
import { DateTime, Info } from 'luxon';
import {
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
} from 'react';
import { akkoTranslationRef } from '../../../translation';
import { DAY_MARKS } from '../../state/marks';
import { toneColors, useToneColors } from '../../state/useToneColors';
import { calendarWeeks, dayAfterKey } from './calendarWeeks';
import { dayWords } from './dayWords';

/** Side of a day and what lies between two, in pixels: together 25, so that neighbours are not hit by mistake (WCAG 2.2, 2.5.8). */
const SIDE = 22;
const GAP = 3;

const useStyles = makeStyles(theme => ({
  scroll: { overflowX: 'auto', paddingBottom: theme.spacing(1) },
  grid: {
    ...theme.typography.caption,
    display: 'grid',
    gridTemplateRows: `auto repeat(7, ${SIDE}px)`,
    gridAutoColumns: SIDE,
    gap: GAP,
    width: 'max-content',
    // An outline of a day at the edge is not cut off.
    padding: 3,
    color: toneColors(theme).quiet,
  },
  weekday: {
    position: 'sticky',
    left: 0,
    zIndex: 1,
    width: 'max-content',
    paddingRight: theme.spacing(0.75),
    lineHeight: `${SIDE}px`,
    backgroundColor: theme.palette.background.default,
  },
  month: { whiteSpace: 'nowrap' },
  day: {
    width: SIDE,
    height: SIDE,
    padding: 0,
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    font: 'inherit',
    border: '1px solid currentColor',
    borderRadius: 4,
    cursor: 'pointer',
    '& svg': { fontSize: 15 },
    '&[aria-disabled=true]': { cursor: 'default' },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: 1,
    },
  },
  // Days on which nothing was due are the ground that the others stand on.
  none: { borderColor: theme.palette.divider, backgroundColor: 'transparent' },
}));

/** Days as a grid, weeks as columns, the newest in sight. Tab reaches one day, arrows move to others, Enter opens the run that decides. */
export function CalendarGrid(props: {
  /** Oldest first. */
  days: BackupDay[];
  onOpenRun: (run: string) => void;
}) {
  const { days, onOpenRun } = props;
  const classes = useStyles();
  const colors = useToneColors();
  const { t } = useTranslationRef(akkoTranslationRef);
  const weeks = useMemo(() => calendarWeeks(days), [days]);
  const scroll = useRef<HTMLDivElement>(null);
  const [reached, setReached] = useState<string>();
  const found = days.findIndex(({ date }) => date === reached);
  const at = found < 0 ? days.length - 1 : found;

  useEffect(() => {
    const region = scroll.current;
    if (region) {
      region.scrollLeft = region.scrollWidth;
    }
  }, []);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const next = dayAfterKey(event.key, at, days.length);
    if (next !== undefined) {
      event.preventDefault();
      setReached(days[next].date);
      event.currentTarget
        .querySelector<HTMLElement>(`[data-date="${days[next].date}"]`)
        ?.focus();
    }
  };

  return (
    <div ref={scroll} className={classes.scroll}>
      {/* Arrows move between the buttons in it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        className={classes.grid}
        role="group"
        aria-label={t('calendar.label')}
        onKeyDown={onKeyDown}
      >
        {Info.weekdays('short').map((weekday, index) => (
          <span
            key={weekday}
            aria-hidden
            className={classes.weekday}
            style={{ gridRow: index + 2, gridColumn: 1 }}
          >
            {weekday}
          </span>
        ))}
        {weeks.months.map(({ column, date }) => (
          <span
            key={date}
            aria-hidden
            className={classes.month}
            style={{ gridRow: 1, gridColumn: `${column + 1} / span 2` }}
          >
            {monthName(date)}
          </span>
        ))}
        {weeks.days.map(({ column, day, row }, index) => {
          const { Icon, tone } = DAY_MARKS[day.state];
          const words = dayWords(day, t);
          const isNone = day.state === 'none';
          return (
            <Tooltip key={day.date} title={words}>
              <button
                type="button"
                className={`${classes.day} ${isNone ? classes.none : ''}`}
                style={{
                  gridRow: row + 1,
                  gridColumn: column + 1,
                  color: colors[tone],
                  backgroundColor: isNone
                    ? undefined
                    : alpha(colors[tone], 0.12),
                }}
                tabIndex={index === at ? 0 : -1}
                data-date={day.date}
                aria-label={words}
                aria-disabled={!day.run}
                onFocus={() => setReached(day.date)}
                onClick={() => day.run && onOpenRun(day.run)}
              >
                <Icon aria-hidden />
              </button>
            </Tooltip>
          );
        })}
      </div>
    </div>
  );
}

function monthName(date: string): string {
  return DateTime.fromISO(date, { zone: 'utc' }).toLocaleString({
    month: 'short',
  });
}
