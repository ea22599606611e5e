import { AkkoApiError } from '@akko/backstage-plugin-akko-common';
import { requestFor } from '../operations/beginBootstrap';
import { describePlan, plannedJobs } from '../operations/describePlan';
import type { AkkoStep } from '../task/AkkoStep';
import { counted, duration } from '../words';
import { outputOf, type BootstrapOutput, type Wish } from './bootstrapWish';

/** How long a plan may take, in milliseconds. */
const PLANNING = 60_000;

/** Tells what a bootstrap or re-run would do; nothing is done. */
export async function planBootstrap(
  step: AkkoStep,
  wish: Wish,
): Promise<BootstrapOutput> {
  const overdue = () =>
    `${wish.doing} could not be planned within ${duration(PLANNING / 1000)}.`;
  return step.phase(PLANNING, overdue, async ({ api }) => {
    try {
      const planned = await api.plan(
        step.ref,
        requestFor(wish.jobs, step.reason),
      );
      const message = `${wish.doing} would run ${counted(
        planned.steps.length,
        'job',
      )}. This is a dry run: nothing was done.`;
      [message, ...describePlan(planned)].forEach(line => step.say(line));
      return outputOf(step, undefined, {
        state: 'planned',
        message,
        plan: plannedJobs(planned),
        warnings: planned.warnings,
      });
    } catch (error) {
      const message = messageInsteadOfPlan(error, wish);
      if (!message) {
        throw error;
      }
      step.say(message);
      return outputOf(step, undefined, {
        state: 'planned',
        message,
        plan: [],
        warnings: [],
      });
    }
  });
}

/** Errors of a plan that the run itself would take in its stride. */
function messageInsteadOfPlan(
  error: unknown,
  { arrival, jobs }: Wish,
): string | undefined {
  if (!(error instanceof AkkoApiError)) {
    return undefined;
  }
  const { code = '', message } = error;
  if (jobs === 'failed' && code === 'nothing-to-do') {
    return `${message} This is a dry run: nothing was done.`;
  }
  return arrival > 0 &&
    (code === 'unknown-instance' || code === 'cluster-unreachable')
    ? `${message} The step would wait for it for up to ${duration(
        arrival / 1000,
      )}. This is a dry run: nothing was done.`
    : undefined;
}
