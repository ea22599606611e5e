const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** `k8s.io/apimachinery/pkg/util/duration.HumanDuration`: two units at most, the shorter the more exact. */
export function humanDuration(milliseconds: number): string {
  if (milliseconds < -second) {
    return '<invalid>';
  }
  const seconds = Math.max(0, Math.floor(milliseconds / second));
  if (seconds < 120) {
    return `${seconds}s`;
  }
  const minutes = Math.floor(milliseconds / minute);
  if (minutes < 10) {
    return joined(minutes, 'm', seconds % 60, 's');
  }
  if (minutes < 180) {
    return `${minutes}m`;
  }
  const hours = Math.floor(milliseconds / hour);
  if (hours < 8) {
    return joined(hours, 'h', minutes % 60, 'm');
  }
  if (hours < 48) {
    return `${hours}h`;
  }
  const days = Math.floor(milliseconds / day);
  if (hours < 192) {
    return joined(days, 'd', hours % 24, 'h');
  }
  if (days < 730) {
    return `${days}d`;
  }
  const years = Math.floor(days / 365);
  return years < 8 ? joined(years, 'y', days % 365, 'd') : `${years}y`;
}

function joined(large: number, unit: string, small: number, rest: string) {
  return small === 0 ? `${large}${unit}` : `${large}${unit}${small}${rest}`;
}

/** How long ago an RFC 3339 time was; `<unknown>` without one. */
export function age(time: string | null | undefined, now: number): string {
  return time ? humanDuration(now - Date.parse(time)) : '<unknown>';
}
