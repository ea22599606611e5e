import { parseArgs } from 'node:util';
import { say } from '../print';
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

const open = readCases('open').map(score);
const heldOut = readCases('held-out').map(score);
summary('Cases the rules were written with', open);
mistakes(open);
summary('Cases that were held out', heldOut);
if (options['held-out']) {
  mistakes(heldOut);
}
process.exitCode = [...open, ...heldOut].some(({ falseAlarm }) => falseAlarm)
  ? 1
  : 0;
