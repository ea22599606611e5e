import type { Measurement } from '../scenarios/types';
import { medianAndRange } from './rounds';
import type { ServicesBench } from './ServicesBench';

/** What a process of akko-init costs before it does anything: Node's start, and reading the bundle. */
export async function start({
  akkoInit,
  rounds,
}: ServicesBench): Promise<Measurement[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    times.push(await akkoInit.start());
  }
  return [
    {
      what: 'start of the program, part of each of its runs below',
      subject: 'akko-init --version',
      value: medianAndRange(times),
    },
  ];
}
