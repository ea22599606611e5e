import { Command, CommanderError } from 'commander';
import { EXIT_CODES } from './core/JobError';
import type { Job } from './core/Job';
import { createLog } from './core/Log';
import { runJob } from './core/runJob';
import { Secrets } from './core/Secrets';
import { jobs } from './jobs';

declare const AKKO_INIT_VERSION: string | undefined;

/** What the program takes from its surroundings. */
export interface Surroundings {
  env: Readonly<NodeJS.ProcessEnv>;
  /** Aborted when the program is told to end. */
  stop: AbortSignal;
  /** Where the log goes; standard output unless given. */
  stream?: NodeJS.WritableStream;
}

const FORMATS = ['text', 'json'] as const;

/**
 * Runs the program: `akko-init <job> [--plan] [--config FILE]`.
 * @param args - the words after the program's name
 * @returns the exit code
 */
export async function runProgram(
  args: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  let exitCode = 0;
  const program = new Command('akko-init')
    .description(
      'Bootstraps the services of an AKKO release, and takes and proves its backups. Everything may be run again: it adds what is missing and leaves the rest alone.',
    )
    .version(
      typeof AKKO_INIT_VERSION === 'string' ? AKKO_INIT_VERSION : 'from source',
    )
    .exitOverride()
    .configureHelp({ sortSubcommands: false });
  if (surroundings.stream) {
    const write = (text: string) => {
      surroundings.stream!.write(text);
    };
    program.configureOutput({ writeOut: write, writeErr: write });
  }
  const runAndRemember = async (job: Job, options: CommandOptions) => {
    exitCode = await run(job, options, surroundings);
  };
  for (const job of jobs) {
    addCommand(program, job, options => runAndRemember(job, options));
  }
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      throw error;
    }
    return error.exitCode === 0 ? 0 : EXIT_CODES.misconfigured;
  }
  return exitCode;
}

interface CommandOptions {
  plan?: boolean;
  config?: string;
  log?: string;
  [other: string]: unknown;
}

/** `backup postgres` is the job backup-postgres, under a command of its kind. */
function addCommand(
  program: Command,
  job: Job,
  action: (options: CommandOptions) => Promise<void>,
): void {
  const [kind, subject] = job.command ?? [job.name];
  let parent = program;
  if (subject) {
    parent =
      program.commands.find(command => command.name() === kind) ??
      program
        .command(kind)
        .exitOverride()
        .description(`${kind} of a service's data`);
  }
  parent
    .command(subject ?? kind)
    .description(job.summary)
    .option('--plan', 'say what would be done, and do nothing')
    .option(
      '--config <file>',
      'configuration in YAML or JSON ($AKKO_INIT_CONFIG)',
    )
    .option('--log <format>', 'text or json ($AKKO_INIT_LOG_FORMAT)')
    .exitOverride()
    .action(action);
}

async function run(
  job: Job,
  options: CommandOptions,
  { env, stop, stream }: Surroundings,
): Promise<number> {
  const secrets = new Secrets(env);
  const asked = options.log ?? env.AKKO_INIT_LOG_FORMAT;
  const format = FORMATS.find(each => each === asked) ?? 'text';
  const log = createLog({
    secrets,
    format,
    level: env.AKKO_INIT_LOG_LEVEL ?? 'info',
    stream,
  });
  if (asked && asked !== format) {
    log.warn(`There is no log format ${asked}; text and json are there.`);
  }
  return runJob(job, {
    log,
    secrets,
    stop,
    plan: options.plan ?? false,
    configFile: options.config ?? env.AKKO_INIT_CONFIG,
    reportFile: env.AKKO_INIT_REPORT_FILE,
  });
}
