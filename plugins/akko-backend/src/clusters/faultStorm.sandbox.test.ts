import type { Fault } from '@akko/kube-sandbox';
import fc from 'fast-check';
import {
  createJob,
  endJob,
  NAMESPACE,
  removeJob,
  SimulatedFleet,
} from './__testUtils__/simulatedFleet';

jest.setTimeout(60_000);

type Step =
  | { do: 'fault'; fault: Fault }
  | { do: 'end'; type: 'Complete' | 'Failed' }
  | { do: 'create' | 'remove' | 'compact' | 'drop' | 'settle' };

const faults = fc.record<Fault>({
  kind: fc.constantFrom('status', 'drop', 'reset', 'hang', 'watch-error-event'),
  verb: fc.constantFrom('watch', 'list'),
  resource: fc.constantFrom('jobs', undefined),
  status: fc.constantFrom(401, 410, 429, 500, 503),
  times: fc.integer({ min: 1, max: 4 }),
});

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof<fc.Arbitrary<Step>[]>(
    fc.record({ do: fc.constant('fault'), fault: faults }),
    fc.record({
      do: fc.constant('end'),
      type: fc.constantFrom('Complete', 'Failed'),
    }),
    fc.record({
      do: fc.constantFrom(
        'create',
        'create',
        'remove',
        'remove',
        'compact',
        'drop',
        'settle',
      ),
    }),
  ),
  { minLength: 5, maxLength: 30 },
);

interface KnownJob {
  name: string;
  uid: string;
  ended: boolean;
}

/** Jobs that come, end and go on a simulated cluster, while it breaks. */
class Storm {
  /** Few names, so that those of deleted Jobs are soon used again. */
  private readonly free = ['a', 'b', 'c', 'd'];
  private jobs: KnownJob[] = [];
  /** Jobs of this run that must have been seen to end. */
  readonly surelyEnded = new Set<string>();
  /** Of all runs: a silent watch may tell late what came and went before. */
  readonly removed = new Set<string>();

  constructor(private readonly fleet: SimulatedFleet) {}

  async take(step: Step): Promise<void> {
    const server = this.fleet.server('demo');
    if (step.do === 'create' && this.free.length > 0) {
      const name = this.free.shift()!;
      this.jobs.push({ name, uid: createJob(server, name), ended: false });
    } else if (step.do === 'end') {
      const job = this.jobs.find(({ ended }) => !ended);
      if (job) {
        endJob(server, job.name, step.type);
        job.ended = true;
      }
    } else if (step.do === 'remove') {
      this.remove(this.jobs[0]);
    } else if (step.do === 'fault') {
      server.faults.inject(step.fault);
    } else if (step.do === 'compact') {
      server.compact();
    } else if (step.do === 'drop') {
      server.faults.dropWatches();
    } else if (step.do === 'settle') {
      await this.settle();
    }
    await new Promise(resolve => setImmediate(resolve));
  }

  async settle(): Promise<void> {
    this.fleet.server('demo').faults.clear();
    await this.fleet.probe.recovered();
    await this.caughtUp();
    this.jobs
      .filter(({ ended }) => ended)
      .forEach(({ uid }) => this.surelyEnded.add(uid));
  }

  async clear(): Promise<void> {
    [...this.jobs].forEach(job => this.remove(job));
    await this.caughtUp();
  }

  private remove(job: KnownJob | undefined): void {
    if (job) {
      this.jobs = this.jobs.filter(other => other !== job);
      this.free.push(job.name);
      this.removed.add(job.uid);
      removeJob(this.fleet.server('demo'), job.name);
    }
  }

  /** Silent watches are noticed by their idle timers, so time has to pass. */
  private async caughtUp(): Promise<void> {
    const { mirror } = this.fleet.probe.cluster();
    const { store } = this.fleet.server('demo');
    await this.fleet.probe.after(() => {
      const jobs = store.list('jobs');
      return (
        mirror.list('jobs').length === jobs.length &&
        jobs.every(
          ({ metadata: { name, resourceVersion } }) =>
            mirror.get('jobs', NAMESPACE, name)?.metadata?.resourceVersion ===
            resourceVersion,
        )
      );
    });
  }
}

describe('the fleet in a storm of faults', () => {
  let fleet: SimulatedFleet;

  afterEach(() => fleet.stop());

  it('ends with the same objects, and tells every end and deletion once', async () => {
    fleet = await SimulatedFleet.start(['demo']);
    const { probe } = fleet;
    await probe.fresh();
    const storm = new Storm(fleet);

    await fc.assert(
      fc.asyncProperty(steps, async script => {
        probe.changes.length = 0;
        storm.surelyEnded.clear();
        for (const step of script) {
          await storm.take(step);
        }
        await storm.settle();

        const told = probe.changes.map(({ object }) => object.metadata!.uid!);
        for (const uid of new Set([...told, ...storm.surelyEnded])) {
          // Only the end of a Job that was deleted within the same gap may be missing: it was never to be seen.
          const least = storm.surelyEnded.has(uid) ? 1 : 0;
          expect(probe.ends(uid)).toBeGreaterThanOrEqual(least);
          expect(probe.ends(uid)).toBeLessThanOrEqual(1);
          const gone = probe.told(uid).filter(type => type === 'deleted');
          expect(gone).toHaveLength(storm.removed.has(uid) ? 1 : 0);
        }
        await storm.clear();
      }),
      // The cluster is the same in all runs, so a smaller example would start from another state.
      { numRuns: 60, seed: 7, endOnFailure: true },
    );
  });
});
