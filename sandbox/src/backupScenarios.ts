import type {
  Scenario,
  ScenarioPerformance,
  ScenarioStart,
} from '@akko/kube-sandbox';
import {
  backup,
  backupId,
  drill,
  retention,
  scriptBackup,
} from './backupPerformances';
import { noBackup } from './failures';
import { fleet } from './fleet';
import { backupNames, backupOf, drillOf, planOf } from './jobs';
import { newestBackup } from './newestBackup';
import { performed } from './performed';
import { failing, type Performance } from './performances';

/** Backups take minutes, and drills more; nobody waits that long to see one end. */
const seconds = 20;

/** Of an instance that has no backup so far. */
const firstBytes = 2 * 2 ** 30;
const growth = 1.002;

/** What backups and drills do from now on: each backup is a new one, and a drill proves the newest. */
export function backupScenarios(cluster: string): Scenario[] {
  return [
    ...fleet
      .filter(instance => instance.cluster === cluster)
      .flatMap(({ namespace, backups, backupStories }) =>
        backups
          .filter(name => backupStories?.[name]?.isScript)
          .map(name => decided(name, playScript, namespace)),
      ),
    ...jobScenarios(backupNames),
  ];
}

/** Those of some backups, wherever they run, and of their drills. */
export function jobScenarios(backups: readonly string[]): Scenario[] {
  return backups.flatMap(name => [
    decided(name, start => playBackup(name, start)),
    decided(drillOf(name), start => playDrill(drillOf(name), start)),
  ]);
}

function decided(
  job: string,
  play: (start: ScenarioStart) => Performance,
  namespace?: string,
): Scenario {
  return {
    match: { namespace, labels: { 'app.kubernetes.io/component': job } },
    plays: (start): ScenarioPerformance => performed(play(start)),
  };
}

function playBackup(
  job: string,
  { pod, startedAt, store }: ScenarioStart,
): Performance {
  const before = newestBackup(store, pod, job);
  return backup(
    planOf(job),
    {
      id: backupId(startedAt, pod.metadata.uid),
      bytes: before ? Math.round(before.bytes * growth) : firstBytes,
    },
    { there: Math.min(before?.kept ?? 0, retention), seconds },
  );
}

function playDrill(job: string, { pod, store }: ScenarioStart): Performance {
  const proven = newestBackup(store, pod, backupOf(job));
  return proven
    ? drill(planOf(job), proven, seconds)
    : failing(planOf(job), noBackup);
}

function playScript({ startedAt }: ScenarioStart): Performance {
  return scriptBackup(startedAt, 5.9 * 2 ** 30, seconds);
}
