import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { akkoPermissions } from '@akko/backstage-plugin-akko-common';
import { akkoDiagnosisExtensionPoint } from '@akko/backstage-plugin-akko-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
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
  AddedRules,
  createDiagnosis,
  DatabaseFindingStore,
  OpenFindings,
} from './diagnosis';
import { createRouter } from './http/createRouter';
import { FleetInstanceService, InstanceSnapshotStore } from './instances';
import { FindingNotices } from './notices/FindingNotices';
import { Notices } from './notices/Notices';
import { ownersOfInstance } from './notices/ownersOfInstance';
import { DatabaseOperationStore, DurableOperationService } from './operations';
import { DatabaseRunStore, FleetRunRecorder, scheduleRetention } from './runs';

/**
 * The AKKO backend plugin: watches clusters, remembers runs, carries operations out, and answers the API under `/api/akko`.
 * @public
 */
export const akkoPlugin = createBackendPlugin({
  pluginId: 'akko',
  register(env) {
    const rules = new AddedRules();
    env.registerExtensionPoint(akkoDiagnosisExtensionPoint, rules);
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
      },
      async init(deps) {
        const { database, lifecycle, logger } = deps;
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
          ownersOf: ownersOfInstance(deps),
          receivers: config.notifications.receivers,
          clock,
        });

        deps.permissionsRegistry.addPermissions(akkoPermissions);
        // The router authenticates each request itself, so that a refusal has the API's own error code.
        deps.httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
        deps.httpRouter.use(
          await createRouter({
            ...deps,
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
          }),
        );
        await scheduleRetention({
          runner: deps.scheduler.createScheduledTaskRunner({
            frequency: { hours: 24 },
            timeout: { minutes: 30 },
            initialDelay: { minutes: 5 },
          }),
          store: runs,
          operations: operationStore,
          findings,
          logger,
          days: config.retention.days,
        });

        await new DrillScheduler({
          config: config.backups,
          instances,
          operations,
          auditor: deps.auditor,
          logger,
          now: () => clock.now(),
        }).start(
          deps.scheduler.createScheduledTaskRunner({
            frequency: { minutes: 1 },
            timeout: { minutes: 10 },
            initialDelay: { seconds: 30 },
          }),
        );

        lifecycle.addStartupHook(async () => {
          await recorder.start();
          await ledgerFacts.start();
          await schedules.start();
          await instances.start();
          await diagnosis.start();
          notices.start();
          findingNotices.start();
          watchLog.start();
          backupMetrics.start();
          await fleet.start();
          operations.start();
        });
        lifecycle.addShutdownHook(async () => {
          backupMetrics.stop();
          notices.stop();
          findingNotices.stop();
          await diagnosis.stop();
          await operations.stop();
          await instances.stop();
          await watchLog.stop();
          await schedules.stop();
          await recorder.stop();
          await ledgerFacts.stop();
          await fleet.stop();
        });
      },
    });
  },
});

/** Three quarters of what is kept of a log are its end, where failures are. */
function logLimits(bytes: number) {
  const headBytes = Math.floor(bytes / 4);
  return { headBytes, tailBytes: bytes - headBytes };
}
