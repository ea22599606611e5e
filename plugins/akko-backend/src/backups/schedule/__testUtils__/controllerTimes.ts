import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One answer of the controller's library; without `zone` it cannot read the schedule. */
export interface ControllerTimes {
  schedule: string;
  zone?: string;
  after: Date;
  times: Date[];
}

type Row = [
  schedule: string,
  zone?: string,
  after?: number,
  ...seconds: number[],
];

/** How many times are listed; fewer mean that no more follow within five years. */
export const LISTED = 4;

/** What the controller's library answered; made by `bench/src/schedule/oracle`. */
export function readControllerTimes(): ControllerTimes[] {
  return readFileSync(join(__dirname, 'controllerTimes.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map(line => {
      const [schedule, zone, after = 0, ...seconds]: Row = JSON.parse(line);
      return {
        schedule,
        zone,
        after: new Date(after * 1000),
        times: seconds.map(distance => new Date((after + distance) * 1000)),
      };
    });
}
