import { Child } from '../child';
import { mebibytes } from '../statistics';
import type { Bench, Measurement } from './types';

/** What the objects of the fleet cost in memory: kept by the mirror, and as the parsed JSON that the API server sent. */
export async function memory(bench: Bench): Promise<Measurement[]> {
  const measured = [];
  for (const [subject, module] of [
    ['akko: mirror', 'memory/mirror.ts'],
    ['raw JSON, parsed and kept', 'memory/raw.ts'],
  ]) {
    const child = Child.start(module);
    try {
      const { bytes, objects } = await child.ask<{
        bytes: number;
        objects: number;
      }>('measure', { kubeconfig: bench.kubeconfig });
      measured.push({
        what: `memory of ${objects} Jobs and pods`,
        subject,
        value: mebibytes(bytes),
      });
    } finally {
      await child.stop();
    }
  }
  return measured;
}
