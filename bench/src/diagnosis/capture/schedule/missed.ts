import type { CaseContext } from '../CaseContext';

/** Moves the last start of a suspended CronJob into the past, and lets it go on. */
export async function hoursAgo(
  context: CaseContext,
  name: string,
  hours: number,
): Promise<void> {
  const time = new Date(Date.now() - hours * 3_600_000).toISOString();
  await context.kubectl(
    'patch',
    'cronjob',
    name,
    '--subresource=status',
    '--type=merge',
    '-p',
    JSON.stringify({
      status: { lastScheduleTime: time.replace(/\.\d+/, '') },
    }),
  );
  await context.kubectl(
    'patch',
    'cronjob',
    name,
    '-p',
    '{"spec":{"suspend":false}}',
  );
}
