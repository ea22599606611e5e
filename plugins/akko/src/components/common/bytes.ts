const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** `512 B`, `4.0 KiB`, `6.0 GiB`: binary units, as Kubernetes counts. */
export function bytes(count: number): string {
  let value = count;
  let unit = 0;
  // What would be written as 1024.0 is one of the next unit.
  while (value >= 1023.95 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`;
}
