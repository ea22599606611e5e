import type { Report } from '@akko/backstage-plugin-akko-common';
import { Changes } from './Changes';
import type { Job, JobContext, JobResult, WorkedOn } from './Job';
import { EXIT_CODES, JobError, toJobError } from './JobError';
import { loadConfig } from './loadConfig';
import type { Log } from './Log';
import { buildReport, writeReport } from './report';
import type { Secrets } from './Secrets';

/** How a job is run. */
export interface RunOptions {
  log: Log;
  secrets: Secrets;
  configFile?: string;
  plan: boolean;
  /** Where the report goes; nowhere unless given. */
  reportFile?: string;
  /** Aborted when the program is told to end; the reason is the signal's name. */
  stop: AbortSignal;
}

/** Exit code of a program that ended because of SIGTERM, as shells tell it. */
const EXIT_TERMINATED = 143;

/** Time for an interrupted job to put things right before its report is written. */
const TIDYING_MILLISECONDS = 10_000;

/**
 * Runs a job from its configuration to its report.
 * @returns the exit code: 0, one of {@link EXIT_CODES}, or 143 when it was told to end
 */
export async function runJob(job: Job, options: RunOptions): Promise<number> {
  const { log, secrets, plan, stop } = options;
  const startedAt = new Date();
  const changes = new Changes(log, plan);
  let result: JobResult | void = undefined;
  let error: JobError | undefined;
  let workedOn: WorkedOn | undefined;
  try {
    const config = loadConfig(job.config, options.configFile);
    const worksOn: JobContext<unknown>['worksOn'] = ({ id, location }) => {
      workedOn = { id, location };
    };
    result = await supervise(job, { config, changes, worksOn }, options);
  } catch (thrown) {
    error = masked(toJobError(thrown), secrets);
  }
  const report = buildReport({
    job: job.name,
    plan,
    startedAt,
    finishedAt: new Date(),
    changes: changes.list,
    error,
    // Of a failure only which one it was about: whoever keeps a list of backups marks it there.
    backup: error ? workedOn : result?.backup,
  });
  tell(report, error, log);
  if (options.reportFile) {
    try {
      writeReport(report, options.reportFile, text => secrets.mask(text));
    } catch (thrown) {
      log.warn(
        `The report could not be written to ${options.reportFile}: ${
          (thrown as Error).message
        }`,
      );
    }
  }
  if (!error) {
    return 0;
  }
  return stop.aborted ? EXIT_TERMINATED : EXIT_CODES[error.code];
}

/** Runs the job's own work; ends it at its deadline or when the program shall stop, also where the work does not listen. */
async function supervise(
  job: Job,
  given: Pick<JobContext<any>, 'config' | 'changes' | 'worksOn'>,
  { log, secrets, stop }: RunOptions,
): Promise<JobResult | void> {
  let doing = 'starting';
  const deadline = AbortSignal.timeout(given.config.deadlineSeconds * 1000);
  const signal = AbortSignal.any([stop, deadline]);
  const interruption = () =>
    new JobError(
      stop.aborted
        ? {
            code: 'timeout',
            message: `Kubernetes ended the pod (${stop.reason}) while ${doing}: the Job's deadline was over, the pod was evicted, or the Job was deleted.`,
            nextStep:
              'Look at the events of the Job and its pod for which of them it was; what is done stays, so the job can be run again.',
          }
        : {
            code: 'timeout',
            message: `The job was not done within its deadline of ${given.config.deadlineSeconds} s; it was ${doing}.`,
            nextStep:
              "See what that step waits for, or give the job a longer deadline in the chart's values; what is done stays, so the job can be run again.",
          },
    );
  let timer: NodeJS.Timeout | undefined;
  const interrupted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      log.warn('stopping');
      timer = setTimeout(() => reject(interruption()), TIDYING_MILLISECONDS);
    });
  });
  const work = job.run({
    ...given,
    log,
    secrets,
    signal,
    step: text => {
      doing = text;
      log.debug(text);
    },
  });
  try {
    return await Promise.race([work, interrupted]);
  } catch (thrown) {
    throw signal.aborted ? interruption() : thrown;
  } finally {
    clearTimeout(timer);
  }
}

/** The last lines of a log: what came of it. */
function tell(report: Report, error: JobError | undefined, log: Log): void {
  const { created, updated, unchanged, skipped } = report.totals!;
  const totals = `${created} created, ${updated} updated, ${unchanged} unchanged, ${skipped} skipped`;
  if (!error) {
    log.info(
      report.plan
        ? `plan of ${report.job}: ${totals}; nothing was changed`
        : `${report.job} is done: ${totals}`,
      { report },
    );
    return;
  }
  log.error(`${error.code}: ${error.message}`, { report });
  if (error.nextStep) {
    log.error(`next step: ${error.nextStep}`);
  }
  log.debug(String((error.cause as Error)?.stack ?? error.stack));
}

function masked(error: JobError, secrets: Secrets): JobError {
  return new JobError({
    code: error.code,
    service: error.service,
    message: secrets.mask(error.message),
    nextStep: error.nextStep && secrets.mask(error.nextStep),
    cause: error.cause ?? error,
  });
}
