import {
  extensionNotAvailable,
  polarisNotReady,
  refusedAdminPassword,
  supersetTimeout,
  wrongDatabasePassword,
  type Failure,
} from './failures';
import {
  byHandOnly,
  inTrouble,
  oldFashioned,
  pausedForLong,
  shrunk,
  wellKept,
  type BackupStories,
} from './backupStories';
import { backupNames } from './jobs';

/** How an init job of an instance stands when the sandbox starts. Where nothing is said it has succeeded. */
export type JobSituation =
  /** Ended with this failure; a re-run finds the cause gone and succeeds. */
  | { state: 'failed'; failure: Failure }
  /** Ended with this failure, and fails again until the sandbox is started anew. */
  | { state: 'stuck'; failure: Failure }
  /** Created by an upgrade just now. */
  | { state: 'starting'; seconds: number }
  /** The chart has it, the cluster never had it. */
  | { state: 'missing' };

/** One AKKO release of the demo. */
export interface InstancePlan {
  cluster: string;
  namespace: string;
  release: string;
  chartVersion: string;
  revision: number;
  /** What the chart was told of whose it is and what it is for. */
  instanceLabels?: Record<string, string>;
  /** Days since the last `helm upgrade`. */
  upgradedDaysAgo: number;
  situations: Record<string, JobSituation>;
  disabledJobs?: string[];
  /** Backups that the chart has switched on. */
  backups: string[];
  /** What happened to them, where it was not the same every night. */
  backupStories?: BackupStories;
  /** Upgrades before the last one that the history knows. */
  earlierUpgrades: number;
}

const common = {
  chartVersion: '2026.04',
  upgradedDaysAgo: 2,
  situations: {},
  backups: backupNames,
  earlierUpgrades: 3,
};

/** The demo: every state that people meet. One more cluster, which nobody can reach, is in app-config.yaml. */
export const fleet: readonly InstancePlan[] = [
  {
    ...common,
    cluster: 'prod-eu',
    namespace: 'akko',
    release: 'akko',
    instanceLabels: {
      'akko.io/owner': 'platform',
      'akko.io/system': 'akko',
      environment: 'production',
    },
    revision: 14,
    upgradedDaysAgo: 0.02,
    disabledJobs: ['keycloak-sync'],
    backupStories: wellKept,
    situations: {
      'keycloak-clients': { state: 'failed', failure: refusedAdminPassword },
      'bootstrap-admin': { state: 'failed', failure: refusedAdminPassword },
    },
  },
  {
    ...common,
    cluster: 'prod-eu',
    namespace: 'akko-analytics',
    release: 'analytics',
    instanceLabels: {
      'akko.io/owner': 'analytics',
      'akko.io/system': 'akko',
      environment: 'production',
    },
    revision: 9,
    backupStories: shrunk,
  },
  {
    ...common,
    cluster: 'prod-eu',
    namespace: 'akko-lab',
    release: 'lab',
    instanceLabels: {
      'akko.io/owner': 'analytics',
      'akko.io/system': 'akko',
      environment: 'laboratory',
    },
    revision: 31,
    // Longer than Jobs live: all have been cleaned up.
    upgradedDaysAgo: 8,
    backups: ['backup-postgres'],
    backupStories: pausedForLong,
  },
  {
    ...common,
    cluster: 'prod-us',
    namespace: 'akko',
    release: 'akko',
    revision: 12,
    backupStories: inTrouble,
  },
  {
    ...common,
    cluster: 'prod-us',
    namespace: 'akko-retail',
    release: 'retail',
    revision: 7,
    upgradedDaysAgo: 0.003,
    backupStories: byHandOnly,
    situations: { 'superset-bootstrap': { state: 'starting', seconds: 1500 } },
  },
  {
    ...common,
    cluster: 'prod-us',
    namespace: 'akko-risk',
    release: 'risk',
    revision: 5,
    upgradedDaysAgo: 0.4,
    backupStories: oldFashioned,
    situations: {
      'superset-bootstrap': { state: 'failed', failure: supersetTimeout },
    },
  },
  {
    ...common,
    cluster: 'staging',
    namespace: 'akko',
    release: 'akko',
    revision: 58,
    upgradedDaysAgo: 0.1,
    backups: [],
    situations: {
      'polaris-init': { state: 'failed', failure: polarisNotReady },
      'postgres-data-init': { state: 'stuck', failure: extensionNotAvailable },
      'ai-functions': { state: 'missing' },
    },
  },
  {
    ...common,
    cluster: 'staging',
    namespace: 'akko-next',
    release: 'next',
    chartVersion: '2026.05',
    revision: 1,
    upgradedDaysAgo: 1,
    earlierUpgrades: 0,
    backups: [],
    situations: {
      'keycloak-sync': { state: 'missing' },
      'bootstrap-admin': { state: 'missing' },
      'superset-bootstrap': { state: 'missing' },
    },
  },
  {
    ...common,
    cluster: 'staging',
    namespace: 'akko-preview',
    release: 'preview',
    chartVersion: '2026.05',
    revision: 2,
    upgradedDaysAgo: 0.05,
    earlierUpgrades: 1,
    backups: [],
    situations: {
      'postgres-init': { state: 'failed', failure: wrongDatabasePassword },
      'keycloak-clients': { state: 'missing' },
      'keycloak-sync': { state: 'missing' },
      'bootstrap-admin': { state: 'missing' },
      'polaris-init': { state: 'missing' },
      'superset-bootstrap': { state: 'starting', seconds: 90 },
    },
  },
];

export const clusterNames = [...new Set(fleet.map(({ cluster }) => cluster))];
