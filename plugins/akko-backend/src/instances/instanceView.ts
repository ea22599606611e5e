import {
  stringifyInstanceRef,
  type Cluster,
  type Finding,
  type FindingSummary,
  type InstanceRef,
  type Run,
} from '@akko/backstage-plugin-akko-common';
import type { V1CronJob } from '@kubernetes/client-node';
import type { JobFacts } from '../runs/types';
import { backupView } from '../backups/backupView';
import type { BackupExpectation } from '../backups/expectations';
import { drillOf } from '../backups/ledger/entryOfRecord';
import type { LedgerFacts } from '../backups/ledger/types';
import type { ReadCatalogue } from './catalogue';
import type { KnownInstance, KnownSummary } from './types';
import {
  backupCounts,
  headlineOf,
  healthOf,
  jobCounts,
  topFailureOf,
} from './health';
import { initJobs } from './initJobs';

/** Everything that the view of one instance is made of. */
export interface InstanceViewInput {
  ref: InstanceRef;
  title?: string;
  read: ReadCatalogue;
  live: ReadonlyMap<string, Run>;
  cronJobs: ReadonlyMap<string, V1CronJob>;
  facts: readonly JobFacts[];
  /** What the ledger knows of a backup. */
  ledger?: (backup: string) => LedgerFacts | undefined;
  expectation?: (backup: string) => BackupExpectation;
  /** Open ones, worst first. */
  findings?: readonly Finding[];
  synced: boolean;
  now: Date;
}

/** An instance without what its cluster's contact says, which changes by itself. */
export type InstanceView = Omit<
  KnownInstance,
  'clusterState' | 'clusterTitle' | 'sandbox' | 'stale' | 'staleSince'
>;

function versionOf(chart: string | undefined): string | undefined {
  return chart && (/-(v?\d[\w.+-]*)$/.exec(chart)?.[1] ?? chart);
}

function newest(runs: readonly (Run | undefined)[]): Run | undefined {
  return runs.reduce(
    (best, run) =>
      run && (!best || run.createdAt > best.createdAt) ? run : best,
    undefined,
  );
}

/** What is only for information is not what an instance is about. */
function topFindingOf(
  findings: readonly Finding[],
): FindingSummary | undefined {
  const top = findings.find(({ severity }) => severity !== 'info');
  return (
    top && {
      id: top.id,
      rule: top.rule,
      severity: top.severity,
      title: top.title,
      cause: top.cause,
      job: top.job,
      causeKey: top.causeKey,
      openedAt: top.openedAt,
    }
  );
}

/**
 * Makes the view of an instance from what its cluster and the history say.
 *
 * @returns the view, and the time in milliseconds until which it holds when nothing happens: a backup becomes late by itself
 */
export function instanceView(input: InstanceViewInput): {
  view: InstanceView;
  validUntil: number;
} {
  const { ref, read, live, now, synced, findings = [] } = input;
  const facts = new Map(input.facts.map(fact => [fact.name, fact]));
  const jobs = initJobs({
    catalogue: read.catalogue,
    catalogueNote: read.note,
    live,
    facts,
    synced,
  });
  const views = backupsOf(input).map(catalogued => {
    const drill = read.catalogue.drills.find(
      ({ name }) => name === drillOf(catalogued.name),
    );
    const drillName = drill?.name ?? drillOf(catalogued.name);
    const drillCronJob = input.cronJobs.get(drillName);
    return backupView({
      catalogued,
      cronJob: input.cronJobs.get(catalogued.name),
      live: live.get(catalogued.name),
      facts: facts.get(catalogued.name),
      ledger: input.ledger?.(catalogued.name),
      expectation: input.expectation?.(catalogued.name),
      drill:
        drill?.enabled || drillCronJob || facts.has(drillName)
          ? {
              name: drillName,
              title: drill?.title ?? drillName,
              cronJob: drillCronJob,
              live: live.get(drillName),
              facts: facts.get(drillName),
            }
          : undefined,
      synced,
      now,
    });
  });
  const backups = views.map(({ backup }) => backup);
  const counts = jobCounts(jobs);
  const lastRun = newest(jobs.map(job => job.lastRun));
  return {
    view: {
      ref: stringifyInstanceRef(ref),
      ...ref,
      title: input.title ?? ref.release,
      labels: read.catalogue.labels,
      chartVersion: versionOf(read.catalogue.chart),
      revision: read.catalogue.revision ?? lastRun?.trigger.revision,
      health: healthOf(counts, backups),
      headline: headlineOf(jobs),
      segments: jobs.map(({ name, state }) => ({ name, state })),
      topFailure: topFailureOf(jobs),
      lastRunAt: lastRun?.startedAt ?? lastRun?.createdAt,
      lastTrigger: lastRun?.trigger,
      updatedAt: now.toISOString(),
      jobs,
      jobCounts: counts,
      backups,
      backupCounts: backupCounts(backups),
      findings: [...findings],
      topFinding: topFindingOf(findings),
      activeOperations: [],
    },
    validUntil: Math.min(...views.map(({ validUntil }) => validUntil)),
  };
}

/** Those of the chart, and whatever else on the cluster is labelled as a backup of this instance. */
function backupsOf({ cronJobs, read }: InstanceViewInput) {
  const { backups } = read.catalogue;
  const others = [...cronJobs.keys()].filter(
    name =>
      !name.startsWith('drill-') &&
      !backups.some(backup => backup.name === name),
  );
  return [
    ...backups,
    ...others.map(name => ({
      name,
      title: name,
      enabled: true,
    })),
  ];
}

/** Adds the contact of the cluster to a view. */
export function withCluster(
  view: InstanceView,
  cluster: Cluster,
): KnownInstance {
  return {
    ...view,
    clusterTitle: cluster.title,
    clusterState: cluster,
    sandbox: cluster.sandbox,
    stale: cluster.stale,
    staleSince: cluster.staleSince,
  };
}

/** The line of an instance in the fleet's list. */
export function summaryOf(instance: KnownInstance): KnownSummary {
  const {
    clusterState: _clusterState,
    jobs: _jobs,
    jobCounts: counts,
    backups: _backups,
    backupCounts: backups,
    findings: _findings,
    activeOperations: _activeOperations,
    ...core
  } = instance;
  return { ...core, jobs: counts, backups };
}
