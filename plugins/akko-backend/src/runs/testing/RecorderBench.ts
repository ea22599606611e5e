// Only tests come here, so the dependency is one of development.
// eslint-disable-next-line @backstage/no-undeclared-imports
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Run } from '@akko/backstage-plugin-akko-common';
import type { V1Job } from '@kubernetes/client-node';
import { FakeFleet, type FakeCluster } from '../../testing/FakeFleet';
import { DatabaseRunStore } from '../DatabaseRunStore';
import { FleetRunRecorder } from '../FleetRunRecorder';
import { runIdOf } from '../runId';
import type { StoredLog } from '../types';

/** A recorder of a fake fleet (`prod` and `test`) into SQLite, whose waits are over at once. */
export class RecorderBench {
  /** What the first recorder told its listeners. */
  readonly changes: { run: Run; stored: boolean }[] = [];
  recorder: FleetRunRecorder;

  private constructor(
    readonly fleet: FakeFleet,
    readonly store: DatabaseRunStore,
  ) {
    this.recorder = this.makeRecorder();
    this.recorder.onRunChanged((run, { stored }) =>
      this.changes.push({ run, stored }),
    );
  }

  /** @param databases - of the test file */
  static async start(databases: TestDatabases): Promise<RecorderBench> {
    const client = await databases.init('SQLITE_3');
    const bench = new RecorderBench(
      new FakeFleet('prod', 'test'),
      await DatabaseRunStore.create({
        database: { getClient: async () => client },
      }),
    );
    await bench.recorder.start();
    return bench;
  }

  /** Another recorder of the same fleet into the same history: a restart, or another replica. */
  makeRecorder(options: { slow?: boolean } = {}): FleetRunRecorder {
    return new FleetRunRecorder({
      fleet: this.fleet,
      store: this.store,
      logger: mockServices.logger.mock(),
      sleep: options.slow
        ? undefined
        : async (_, signal) => signal.throwIfAborted(),
    });
  }

  get prod(): FakeCluster {
    return this.fleet.cluster('prod')!;
  }

  /** The stored run of a Job on `prod`. */
  run(job: V1Job): Promise<Run | undefined> {
    return this.store.get(runIdOf('prod', job.metadata!.uid!));
  }

  /** The stored log of an attempt of a Job on `prod`. */
  log(job: V1Job, attempt = 1): Promise<StoredLog | undefined> {
    return this.store.readLog(runIdOf('prod', job.metadata!.uid!), attempt);
  }
}
