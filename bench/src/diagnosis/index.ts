import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { diagnose, type Evidence } from '@akko/backstage-plugin-akko-common';
import { say } from '../print';
import { mebibytes, milliseconds as inMilliseconds } from '../statistics';
import { readCases } from './corpus';
import { score, type Score } from './score';

const { values: options } = parseArgs({
  options: {
    /** Also name the mistakes among the cases that were held out. */
    'held-out': { type: 'boolean', default: false },
  },
});

function summary(title: string, scores: readonly Score[]): void {
  const healthy = scores.filter(({ expected }) => expected === 'nothing');
  const failing = scores.filter(({ expected }) => expected !== 'nothing');
  const right = failing.filter(each => each.right).length;
  const slowest = Math.max(...scores.map(({ milliseconds }) => milliseconds));
  const mean =
    scores.reduce((sum, { milliseconds }) => sum + milliseconds, 0) /
    scores.length;
  say(
    `${title}: top-1 ${right} of ${failing.length} (${(
      (100 * right) /
      failing.length
    ).toFixed(1)} %), false alarms ${
      healthy.filter(each => each.falseAlarm).length
    } of ${healthy.length} healthy or retried, time per case ${mean.toFixed(
      2,
    )} ms (slowest ${slowest.toFixed(2)} ms)`,
  );
}

function mistakes(scores: readonly Score[]): void {
  for (const { name, expected, found, right } of scores) {
    if (!right) {
      say(`  ${name}: expected ${expected}, found ${found}`);
    }
  }
}

/** What nobody should hand in: a log of many megabytes made to slow patterns down, and more objects than an instance has. */
function hostile(): Evidence {
  const bait = `${'a'.repeat(5000)}! ${'0'.repeat(5000)} realm ${'"'.repeat(
    5000,
  )} password=${'x-'.repeat(2000)}\n`;
  const name = (index: number) =>
    `akko-postgres-init-${index.toString(36).padStart(5, 'a')}`;
  const indexes = Array.from({ length: 5000 }, (_, index) => index);
  return {
    jobs: [
      {
        metadata: { name: 'akko-postgres-init', namespace: 'akko', uid: 'u' },
        status: { conditions: [{ type: 'Failed', status: 'True' }] },
      },
    ],
    pods: indexes.map(index => ({
      metadata: {
        name: name(index),
        namespace: 'akko',
        ownerReferences: [{ kind: 'Job', uid: 'u' }],
      },
      status: { phase: 'Failed' },
    })),
    events: indexes.map(index => ({
      reason: 'FailedMount',
      message: bait,
      involvedObject: { kind: 'Pod', name: name(index), namespace: 'akko' },
    })),
    logs: [{ pod: name(0), namespace: 'akko', text: bait.repeat(1500) }],
  };
}

const openScores = readCases('open').map(score);
const heldOutScores = readCases('held-out').map(score);
summary('Cases the rules were written with', openScores);
mistakes(openScores);
summary('Cases that were held out', heldOutScores);
if (options['held-out']) {
  mistakes(heldOutScores);
}
const bad = hostile();
const begunAt = performance.now();
diagnose(bad);
say(
  `Hostile evidence (a log of ${mebibytes(
    bad.logs![0].text.length,
  )}, 5,000 pods and as many events): ${inMilliseconds(
    performance.now() - begunAt,
  )}`,
);
process.exitCode = [...openScores, ...heldOutScores].some(
  ({ falseAlarm }) => falseAlarm,
)
  ? 1
  : 0;
