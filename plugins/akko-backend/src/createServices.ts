import type {
  AuditorService,
  AuthService,
  DatabaseService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import { CallLimits, InstanceAccess, InstanceEntities } from './access';
import {
  DatabaseLedgerStore,
  DrillScheduler,
  LedgerFactsIndex,
  LedgerService,
  ScheduleHistory,
  WatchLog,
} from './backups';
import { BackupMetrics } from './backups/metrics';
import { createFleet, SystemClock } from './clusters';
import { readAkkoConfig } from './config';
import {
  createDiagnosis,
  DatabaseFindingStore,
  OpenFindings,
  type AddedRules,
} from './diagnosis';
import { FleetInstanceService, InstanceSnapshotStore } from './instances';
import { FindingNotices } from './notices/FindingNotices';
import { ChangeEvents } from './notices/ChangeEvents';
import { Notices } from './notices/Notices';
import { DatabaseOperationStore, DurableOperationService } from './operations';
import { DatabaseRunStore, FleetRunRecorder } from './runs';
import { createVerbs } from './verbs';

/** What the plugin has from Backstage. */
export interface ServicesOptions {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  database: DatabaseService;
  events: EventsService;
  logger: LoggerService;
  metrics: MetricsService;
  notifications: NotificationService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  signals: SignalsService;
  /** Rules of others, as they are when they are needed. */
  rules: Pick<AddedRules, 'all'>;
}

/** Builds everything behind the doors, in the order in which one needs the other. Nothing is running before `start`. */
export async function createServices(deps: ServicesOptions) {
  const { database, logger, rules } = deps;
  const config = readAkkoConfig(deps.config);
  const clock = new SystemClock();
  const fleet = createFleet({ config, logger, clock });
  const runs = await DatabaseRunStore.create({ database });
  const recorder = new FleetRunRecorder({
    fleet,
    store: runs,
    logger,
    declared: config.instances,
    logLimits: logLimits(config.retention.logBytes),
  });
  const ledgerStore = await DatabaseLedgerStore.create({ database });
  const ledgerFacts = new LedgerFactsIndex({
    store: ledgerStore,
    recorder,
    logger,
  });
  const schedules = await ScheduleHistory.create({
    database,
    fleet,
    logger,
    declared: config.instances,
  });
  const watchLog = await WatchLog.create({
    database,
    fleet,
    clock,
    logger,
  });
  const entities = new InstanceEntities({
    ...deps,
    clock,
    trustedLocations: config.ownership.trustedLocations,
  });
  const board = new OpenFindings();
  const instances = new FleetInstanceService({
    fleet,
    recorder,
    snapshots: await InstanceSnapshotStore.create({ database }),
    logger,
    declared: config.instances,
    ledger: ledgerFacts,
    backups: config.backups,
    findings: board,
    entities,
  });
  const backupMetrics = new BackupMetrics({
    metrics: deps.metrics,
    fleet,
    instances,
    recorder,
    now: () => clock.now(),
  });
  const findings = await DatabaseFindingStore.create({ database });
  const diagnosis = createDiagnosis({
    fleet,
    instances,
    recorder,
    runs,
    store: findings,
    board,
    clock,
    logger,
    rules: () => rules.all(),
  });
  diagnosis.onFindingChanged(({ instance }) =>
    instances.findingsChanged(instance),
  );
  const operationStore = await DatabaseOperationStore.create({
    database,
  });
  const operations = new DurableOperationService({
    store: operationStore,
    fleet,
    instances,
    runs,
    recorder,
    clock,
    logger,
  });
  const notices = new Notices({
    ...deps,
    fleet,
    instances,
    recorder,
    operations,
    diagnosis,
    clock,
  });
  const findingNotices = new FindingNotices({
    ...deps,
    diagnosis,
    ownersOf: ref => entities.ownersOf(ref),
    receivers: config.notifications.receivers,
    clock,
  });
  const changeEvents = new ChangeEvents({
    ...deps,
    instances,
    recorder,
    operations,
    clock,
  });
  const access = new InstanceAccess({ ...deps, instances, entities });
  const verbs = createVerbs({
    ...deps,
    access,
    fleet,
    instances,
    runs,
    findings,
    operations,
    ledger: new LedgerService({
      store: ledgerStore,
      schedules,
      findings,
      now: () => clock.now(),
    }),
    clock,
  });
  const drills = new DrillScheduler({
    config: config.backups,
    instances,
    operations,
    auditor: deps.auditor,
    logger,
    now: () => clock.now(),
  });

  return {
    access,
    drills,
    limits: new CallLimits(config.rateLimits),
    /** What retention takes old rows of. */
    history: {
      store: runs,
      operations: operationStore,
      findings,
      days: config.retention.days,
    },
    instances,
    verbs,
    async start() {
      await recorder.start();
      await ledgerFacts.start();
      await schedules.start();
      await instances.start();
      await diagnosis.start();
      entities.start();
      notices.start();
      changeEvents.start();
      findingNotices.start();
      watchLog.start();
      backupMetrics.start();
      await fleet.start();
      operations.start();
    },
    async stop() {
      backupMetrics.stop();
      notices.stop();
      changeEvents.stop();
      findingNotices.stop();
      await entities.stop();
      await diagnosis.stop();
      await operations.stop();
      await instances.stop();
      await watchLog.stop();
      await schedules.stop();
      await recorder.stop();
      await ledgerFacts.stop();
      await fleet.stop();
    },
  };
}

/** Three quarters of what is kept of a log are its end, where failures are. */
function logLimits(bytes: number) {
  const headBytes = Math.floor(bytes / 4);
  return { headBytes, tailBytes: bytes - headBytes };
}
