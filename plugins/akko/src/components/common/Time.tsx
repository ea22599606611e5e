import Tooltip from '@material-ui/core/Tooltip';
import { DateTime } from 'luxon';
import { useEffect, useReducer } from 'react';
import { visibleInterval } from '../../hooks/visibleInterval';
import { exactTime, relativeTime } from './time';

const TICK = 10_000;

/** A time as people say it, exact when pointed at. @param iso - RFC 3339 */
export function Time({ iso }: { iso: string }) {
  const [, tick] = useReducer((count: number) => count + 1, 0);
  useEffect(() => visibleInterval(tick, TICK), []);
  return (
    <Tooltip title={exactTime(iso)}>
      <time dateTime={iso}>{relativeTime(iso, DateTime.now())}</time>
    </Tooltip>
  );
}
