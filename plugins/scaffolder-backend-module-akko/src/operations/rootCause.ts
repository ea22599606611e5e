import type { Finding } from '@akko/backstage-plugin-akko-common';
import type { Phase } from '../task/AkkoStep';
import { sentence } from '../words';
import type { JobOutcome } from './outcomes';

/** The diagnosis follows the end of a run by a moment; by more when the log is still being archived. */
const LOOKS = 8;
const BETWEEN_LOOKS = 2000;
/** As many steps of a fix as a message has room for. */
const STEPS = 3;

/** What {@link rootCauseOf} looks for. */
export interface RootCauseQuery {
  ref: string;
  /** Jobs that failed. */
  failed: readonly JobOutcome[];
  /** When what failed had been asked for, RFC 3339: what was found before is not about it. */
  since?: string;
}

/**
 * The finding that everything else follows from, of jobs that have just failed.
 * @returns undefined where nothing was found
 */
export async function rootCauseOf(
  { api, clock, signal }: Phase,
  { failed, ref, since }: RootCauseQuery,
): Promise<Finding | undefined> {
  const names = new Set(failed.map(({ job }) => job));
  const runs = new Set(failed.map(({ run }) => run));
  const isRelated = ({ consequences, job, severity }: Finding) =>
    severity !== 'info' &&
    (names.has(job ?? '') || consequences.some(each => names.has(each.job)));
  const isNew = ({ openedAt, run, seenAt }: Finding) =>
    (run !== undefined && runs.has(run)) ||
    (since !== undefined &&
      Date.parse(seenAt ?? openedAt) >= Date.parse(since));
  for (let look = 1; ; look++) {
    const { findings } = await api.instance(ref);
    const related = findings.filter(isRelated);
    const found = related.find(isNew);
    if (found || look === LOOKS) {
      return found ?? related[0];
    }
    await clock.sleep(BETWEEN_LOOKS, signal);
  }
}

/** A finding in a few sentences: what, why, and what next. */
export function describeCause({ cause, job, steps, title }: Finding): string {
  const next = steps
    .slice(0, STEPS)
    .map(
      ({ command, text }, index) =>
        `${index + 1}. ${sentence(text)}${command ? ` \`${command}\`` : ''}`,
    );
  return [
    `${job && !title.includes(job) ? `${job}: ` : ''}${sentence(title)}`,
    cause && sentence(cause),
    next.length > 0 ? `What to do: ${next.join(' ')}` : '',
  ]
    .filter(Boolean)
    .join(' ');
}
