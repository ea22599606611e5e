import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { z } from 'zod';
import { defineJob, type JobContext } from '../core/Job';
import { commonConfig } from '../core/loadConfig';
import { createLog } from '../core/Log';
import { runJob } from '../core/runJob';
import { Secrets } from '../core/Secrets';

/** What a job of a test does. */
export type Work = (context: JobContext<any>) => Promise<any>;

/** How it is run. */
export interface WorkOptions {
  stop: AbortSignal;
  /** Gets what it logs. */
  onLog?: (text: string) => void;
  plan?: boolean;
  format?: 'text' | 'json';
  /** YAML of its configuration. */
  config?: string;
}

/** Runs a job with one secret, `PASSWORD`, from its configuration to its report. */
export async function runWork(
  work: Work,
  {
    stop,
    onLog = () => {},
    plan = false,
    format = 'text',
    config = '{}',
  }: WorkOptions,
) {
  const folder = mkdtempSync(join(tmpdir(), 'run-'));
  const configFile = join(folder, 'config.yaml');
  const reportFile = join(folder, 'report.json');
  const secrets = new Secrets({ PASSWORD: 'geheim-42' });
  const stream = new Writable({
    write(chunk, _encoding, done) {
      onLog(String(chunk));
      done();
    },
  });
  try {
    writeFileSync(configFile, config);
    const exitCode = await runJob(
      defineJob({
        name: 'test-job',
        summary: 'a job',
        config: z.strictObject(commonConfig),
        run: work,
      }),
      {
        secrets,
        plan,
        configFile,
        reportFile,
        stop,
        log: createLog({ secrets, format, level: 'info', stream }),
      },
    );
    const text = readFileSync(reportFile, 'utf8');
    return { exitCode, text, report: JSON.parse(text) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
