import type { ReportBackup } from '@akko/backstage-plugin-akko-common';
import type { z } from 'zod';
import type { Changes } from './Changes';
import type { Log } from './Log';
import type { Secrets } from './Secrets';

/** What a job gets to do its work. */
export interface JobContext<Config> {
  config: Config;
  log: Log;
  secrets: Secrets;
  /** Everything that it found and did goes through here; knows whether only a plan is asked for. */
  changes: Changes;
  /** Aborted when the job shall stop: at its deadline, or when Kubernetes ends the pod. */
  signal: AbortSignal;
  /** Says what is being done now, for the words of an interruption. */
  step(doing: string): void;
  /** Says which backup the job proves, so that its report names it also when it fails. */
  worksOn(backup: WorkedOn): void;
}

/** A backup that is there, and nothing about how good it is: that is not known before the end. */
export type WorkedOn = Pick<ReportBackup, 'id' | 'location'>;

/** What a job may add to its report. */
export interface JobResult {
  backup?: ReportBackup;
}

/** A job of the program: observe, compare, create what is missing, report. */
export interface Job<Schema extends z.ZodType = z.ZodType> {
  /** As in the component label and in the report: `postgres-init`. */
  name: string;
  /** The words of its command, where they are not its name: `['backup', 'postgres']`. */
  command?: readonly [string, string];
  /** One line for the command's help. */
  summary: string;
  config: Schema;
  run(context: JobContext<z.output<Schema>>): Promise<JobResult | void>;
}

/** Ties a job's function to its configuration's type. */
export function defineJob<Schema extends z.ZodType>(
  job: Job<Schema>,
): Job<Schema> {
  return job;
}
