import { writeFileSync } from 'node:fs';
import {
  REPORT_SCHEMA,
  type Report,
  type ReportBackup,
  type ReportChange,
} from '@akko/backstage-plugin-akko-common';
import type { JobError } from './JobError';

/** Kubernetes keeps this much of a termination message. */
const LARGEST_REPORT = 4096;
const LONGEST_MESSAGE = 1200;
const LONGEST_NOTE = 160;

/** What a report is made of. */
export interface ReportParts {
  job: string;
  plan: boolean;
  startedAt: Date;
  finishedAt: Date;
  changes: readonly ReportChange[];
  error?: JobError;
  backup?: ReportBackup;
}

/** The report of a job, small enough for a termination message: lists are cut, totals count all. */
export function buildReport(parts: ReportParts): Report {
  const { error, changes } = parts;
  const count = (action: ReportChange['action']) =>
    changes.filter(change => change.action === action).length;
  const report: Report = {
    schema: REPORT_SCHEMA,
    job: parts.job,
    ...(parts.plan && { plan: true }),
    outcome: error ? 'failed' : 'succeeded',
    startedAt: parts.startedAt.toISOString(),
    finishedAt: parts.finishedAt.toISOString(),
    totals: {
      created: count('created'),
      updated: count('updated'),
      unchanged: count('unchanged'),
      skipped: count('skipped'),
    },
    ...(error && {
      error: {
        code: error.code,
        ...(error.service && { service: error.service }),
        message: cut(error.message, LONGEST_MESSAGE),
        ...(error.nextStep && {
          nextStep: cut(error.nextStep, LONGEST_MESSAGE),
        }),
      },
    }),
    ...(parts.backup && { backup: parts.backup }),
    // What changed is told first, because the end may be cut.
    changes: [...changes]
      .sort((a, b) => weight(a) - weight(b))
      .map(change => ({
        ...change,
        ...(change.note && { note: cut(change.note, LONGEST_NOTE) }),
      })),
  };
  return fitting(report);
}

/** Writes a report where Kubernetes takes it from. */
export function writeReport(
  report: Report,
  file: string,
  mask: (text: string) => string,
): void {
  writeFileSync(file, mask(JSON.stringify(report)));
}

function weight({ action }: ReportChange): number {
  return ['created', 'updated', 'skipped', 'unchanged'].indexOf(action);
}

/** Cuts the lists from their ends until the report fits. */
function fitting(report: Report): Report {
  const small = {
    ...report,
    changes: [...(report.changes ?? [])],
    ...(report.backup && {
      backup: {
        ...report.backup,
        items: report.backup.items && [...report.backup.items],
      },
    }),
  };
  while (sizeOf(small) > LARGEST_REPORT) {
    const removed = small.changes.pop() ?? small.backup?.items?.pop();
    if (!removed) {
      break;
    }
  }
  return small;
}

function sizeOf(report: Report): number {
  return Buffer.byteLength(JSON.stringify(report));
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
