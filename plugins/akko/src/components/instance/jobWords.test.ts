import type { InitJob } from '@akko/backstage-plugin-akko-common';
import { nextWords } from './jobWords';

const t = ((key: string, values?: { next: string }) =>
  values ? `${key}(${values.next})` : key) as Parameters<typeof nextWords>[1];

describe('what the next upgrade does with a job', () => {
  it.each<[Partial<InitJob>, string | undefined]>([
    [{ nextUpgrade: 'runs' }, 'next.runs'],
    [
      { nextUpgrade: 'runs', changedSinceLastRun: true },
      'next.changed(next.runs)',
    ],
    [{ nextUpgrade: 'stays' }, 'next.stays'],
    [{ nextUpgrade: 'refused', changedSinceLastRun: true }, 'next.refused'],
    [{ nextUpgrade: 'off' }, undefined],
    [{}, undefined],
  ])('of %j is told as %s', (job, words) => {
    expect(nextWords(job as InitJob, t)).toBe(words);
  });
});
