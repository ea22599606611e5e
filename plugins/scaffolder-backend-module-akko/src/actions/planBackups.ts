import type { OperationPlan } from '@akko/backstage-plugin-akko-common';
import { namesOfBackups } from '../operations/beginBackup';
import { describePlan, plannedJobs } from '../operations/describePlan';
import type { AkkoStep } from '../task/AkkoStep';
import { counted, duration } from '../words';
import type { BackupOutput } from './runBackup';

/** How long plans may take, in milliseconds. */
const PLANNING = 60_000;

/** Tells which backups would be taken; nothing is done. */
export async function planBackups(
  step: AkkoStep,
  doing: string,
  wanted: string,
): Promise<BackupOutput> {
  const { links, reason, ref } = step;
  const overdue = () =>
    `${doing} could not be planned within ${duration(PLANNING / 1000)}.`;
  const plans = await step.phase(PLANNING, overdue, async phase => {
    const all: OperationPlan[] = [];
    for (const backup of await namesOfBackups(phase, ref, wanted)) {
      all.push(await phase.api.plan(ref, { action: 'backup', backup, reason }));
    }
    return all;
  });
  const jobs = plans.flatMap(plannedJobs);
  const message = `${counted(
    jobs.length,
    'backup',
  )} of ${ref} would be taken: ${jobs
    .map(({ job }) => job)
    .join(', ')}. This is a dry run: nothing was done.`;
  [message, ...plans.flatMap(describePlan)].forEach(line => step.say(line));
  return {
    instance: ref,
    link: links.backups,
    state: 'planned',
    message,
    backups: [],
    plan: jobs,
    warnings: plans.flatMap(({ warnings }) => warnings),
  };
}
