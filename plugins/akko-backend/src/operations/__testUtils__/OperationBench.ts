import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type {
  Operation,
  OperationRequest,
} from '@akko/backstage-plugin-akko-common';
import type { V1Job } from '@kubernetes/client-node';
import {
  DatabaseLedgerStore,
  LedgerFactsIndex,
  LedgerService,
  ScheduleHistory,
} from '../../backups';
import { ManualClock } from '../../clusters/__testUtils__/ManualClock';
import {
  createDiagnosis,
  DatabaseFindingStore,
  OpenFindings,
} from '../../diagnosis';
import type { FleetDiagnosis } from '../../diagnosis/FleetDiagnosis';
import { FleetInstanceService } from '../../instances/FleetInstanceService';
import { InstanceSnapshotStore } from '../../instances/InstanceSnapshotStore';
import { DatabaseRunStore } from '../../runs/DatabaseRunStore';
import { FleetRunRecorder } from '../../runs/FleetRunRecorder';
import { FakeFleet, type FakeCluster } from '../../testing/FakeFleet';
import { aFailedJob, aSucceededJob } from '../../testing/kubernetesObjects';
import { DatabaseOperationStore } from '../DatabaseOperationStore';
import { DurableOperationService } from '../DurableOperationService';
import type { OperationStore } from '../OperationStore';
import type { OperationCaller } from '../types';

/** The instance that tests work on. */
export const AKKO = { cluster: 'prod', namespace: 'akko', release: 'akko' };
/** Who asks in tests. */
export const ANA: OperationCaller = {
  principal: 'user:default/ana',
  via: 'portal',
};

/** Operations on a fake fleet, with the real recorder, instances and stores on SQLite, and a clock that moves while a test waits. */
export class OperationBench {
  private readonly services: DurableOperationService[] = [];

  private constructor(
    readonly clock: ManualClock,
    readonly fleet: FakeFleet,
    readonly findings: DatabaseFindingStore,
    readonly diagnosis: FleetDiagnosis,
    readonly runs: DatabaseRunStore,
    readonly store: DatabaseOperationStore,
    readonly recorder: FleetRunRecorder,
    readonly instances: FleetInstanceService,
    readonly ledgerFacts: LedgerFactsIndex,
    readonly ledger: LedgerService,
    readonly schedules: ScheduleHistory,
  ) {}

  /** @param databases - of the test file @param clusters - names; `prod` is always there */
  static async start(
    databases: Pick<TestDatabases, 'init'>,
    clusters: readonly string[] = [],
  ): Promise<OperationBench> {
    const client = await databases.init('SQLITE_3');
    const database = { getClient: async () => client };
    const logger = mockServices.logger.mock();
    const clock = new ManualClock();
    const fleet = new FakeFleet('prod', ...clusters);
    const runs = await DatabaseRunStore.create({ database });
    const recorder = new FleetRunRecorder({
      fleet,
      store: runs,
      logger,
      sleep: async (_, signal) => signal.throwIfAborted(),
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
      now: () => new Date(clock.now()),
    });
    const board = new OpenFindings();
    const instances = new FleetInstanceService({
      fleet,
      recorder,
      snapshots: await InstanceSnapshotStore.create({ database }),
      logger,
      ledger: ledgerFacts,
      findings: board,
      now: () => new Date(clock.now()),
    });
    const findings = await DatabaseFindingStore.create({
      database,
      now: () => new Date(clock.now()),
    });
    const diagnosis = createDiagnosis({
      fleet,
      instances,
      recorder,
      runs,
      store: findings,
      board,
      clock,
      logger,
    });
    diagnosis.onFindingChanged(({ instance }) =>
      instances.findingsChanged(instance),
    );
    const store = await DatabaseOperationStore.create({ database });
    await recorder.start();
    await ledgerFacts.start();
    await schedules.start();
    await instances.start();
    await diagnosis.start();
    return new OperationBench(
      clock,
      fleet,
      findings,
      diagnosis,
      runs,
      store,
      recorder,
      instances,
      ledgerFacts,
      new LedgerService({
        store: ledgerStore,
        schedules,
        findings,
        now: () => clock.now(),
      }),
      schedules,
    );
  }

  /** A replica that carries operations out. @param store - the shared one, or one that gets in the way */
  replica(store: OperationStore = this.store): DurableOperationService {
    const service = new DurableOperationService({
      ...this,
      store,
      logger: mockServices.logger.mock(),
    });
    service.start();
    this.services.push(service);
    return service;
  }

  async stop(): Promise<void> {
    await Promise.all(this.services.map(service => service.stop()));
    await this.diagnosis.stop();
    await this.recorder.settled();
    await this.ledgerFacts.stop();
    await this.schedules.stop();
    await this.instances.stop();
    await this.recorder.stop();
  }

  /** Takes a replica out of {@link OperationBench.stop}: it died. */
  forget(service: DurableOperationService): void {
    this.services.splice(this.services.indexOf(service), 1);
  }

  get prod(): FakeCluster {
    return this.fleet.cluster('prod')!;
  }

  get calls(): string[] {
    return this.prod.client.calls;
  }

  /** The live Job of an init job. */
  job(name = 'minio-init'): V1Job | undefined {
    return this.prod.mirror.get('jobs', 'akko', `akko-${name}`);
  }

  /** Ends the live Job of an init job. */
  end(name = 'minio-init', make: 'succeeded' | 'failed' = 'succeeded'): void {
    const job = this.job(name)!;
    const { status } = make === 'succeeded' ? aSucceededJob() : aFailedJob();
    this.prod.set('jobs', { ...job, status });
  }

  /** Asks again, while time goes by, until the answer is good. */
  async until<Value>(
    ask: () => Value | Promise<Value>,
    good: (value: Awaited<Value>) => boolean = Boolean,
  ): Promise<Awaited<Value>> {
    for (;;) {
      const value = await ask();
      if (good(value)) {
        return value;
      }
      this.clock.advance(50);
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  /** Waits until another Job than this one is live. */
  async replaced(old: V1Job | undefined, name?: string): Promise<V1Job> {
    const job = await this.until(
      () => this.job(name),
      found => !!found && found.metadata!.uid !== old?.metadata!.uid,
    );
    return job!;
  }

  /** Waits for the end of an operation. */
  async ended({ id }: Operation): Promise<Operation> {
    const found = await this.until(
      () => this.services[0].get(id),
      operation => !!operation?.finishedAt,
    );
    return found!;
  }
}

/** A re-run of jobs by name. */
export function rerun(...jobs: string[]): OperationRequest {
  return { action: 'rerun', jobs };
}
