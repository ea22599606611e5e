import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  diagnose,
  stringifyInstanceRef,
  type DiagnosedFinding,
  type Evidence,
  type Finding,
  type InstanceRef,
  type Rule,
} from '@akko/backstage-plugin-akko-common';
import pLimit from 'p-limit';
import type { Clock, Timer } from '../clusters/clock';
import type { OpenFindings } from './OpenFindings';
import type { FindingChange, FindingStore, FoundProblem } from './types';

/** Changes of an instance within this time are looked at once, in milliseconds. */
const GATHERED = 300;
/** Instances looked at at once. */
const AT_ONCE = 4;
/** A look that failed or came too early is repeated after this time, in milliseconds. */
const AGAIN = 10_000;

/** What {@link FleetDiagnosis} is made of. */
export interface FleetDiagnosisOptions {
  store: FindingStore;
  /** Where views find what is open. */
  board: OpenFindings;
  /** Calls when something of an instance changed. @returns unsubscribe */
  subscribe(touch: (ref: InstanceRef) => void): () => void;
  /**
   * @returns undefined while the cluster has not answered: then nothing is known, and nothing is closed; `later` while what tells most is on its
   * way
   */
  evidenceOf(ref: InstanceRef): Promise<Evidence | undefined | 'later'>;
  /** @returns whether the Job of this run is still on its cluster */
  isLive(ref: InstanceRef, job: string, run: string): boolean;
  /** @returns whether a run of this job is going on */
  isRunning(ref: InstanceRef, job: string): boolean;
  /** Run id of a Job's uid. */
  runOf(cluster: string, jobUid: string): string;
  clock: Clock;
  logger: LoggerService;
  /** Of other modules. */
  rules?: () => readonly Rule[];
}

type Listener = (change: FindingChange) => void;

/** Looks at instances when something of them changed, and keeps what is found: opened, still there, resolved. */
export class FleetDiagnosis {
  private readonly timers = new Map<string, Timer>();
  /** Those that are looked at soon, and not only again. */
  private readonly touched = new Set<string>();
  private readonly running = new Map<string, Promise<void>>();
  private readonly again = new Set<string>();
  private readonly listeners = new Set<Listener>();
  private readonly limit = pLimit(AT_ONCE);
  private unsubscribe?: () => void;
  private isStopped = false;

  constructor(private readonly options: FleetDiagnosisOptions) {}

  /** Takes in what is open, then listens. */
  async start(): Promise<void> {
    const { board, store, subscribe } = this.options;
    for (const { instance, finding } of await store.open()) {
      board.set(instance, [...board.of(instance), finding]);
    }
    if (!this.isStopped) {
      this.unsubscribe = subscribe(ref => this.touch(ref));
    }
  }

  /** Stops looking, and waits for looks that have begun. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.unsubscribe?.();
    this.timers.forEach(timer => timer.cancel());
    this.timers.clear();
    await Promise.allSettled(this.running.values());
  }

  /** Something of the instance changed: it is looked at soon. */
  touch(ref: InstanceRef): void {
    const key = stringifyInstanceRef(ref);
    if (this.isStopped || this.touched.has(key)) {
      return;
    }
    this.touched.add(key);
    this.schedule(ref, GATHERED);
  }

  /** @returns unsubscribe */
  onFindingChanged(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Resolves when every look that was asked for is done. */
  async settled(): Promise<void> {
    while (this.running.size > 0) {
      await Promise.allSettled(this.running.values());
    }
  }

  private schedule(ref: InstanceRef, milliseconds: number): void {
    const key = stringifyInstanceRef(ref);
    this.timers.get(key)?.cancel();
    this.timers.set(
      key,
      this.options.clock.after(milliseconds, () => {
        this.timers.delete(key);
        this.touched.delete(key);
        this.look(ref, key);
      }),
    );
  }

  /** One look at an instance at a time: what changes meanwhile is looked at after. */
  private look(ref: InstanceRef, key: string): void {
    if (this.running.has(key)) {
      this.again.add(key);
      return;
    }
    const looking = this.limit(() => this.examine(ref))
      .catch(error => {
        if (!this.isStopped) {
          this.options.logger.warn(
            `${key} could not be diagnosed; it is tried again`,
            error,
          );
          this.schedule(ref, AGAIN);
        }
      })
      .finally(() => {
        this.running.delete(key);
        if (this.again.delete(key) && !this.isStopped) {
          this.schedule(ref, GATHERED);
        }
      });
    this.running.set(key, looking);
  }

  private async examine(ref: InstanceRef): Promise<void> {
    const { store, rules } = this.options;
    const evidence = this.isStopped
      ? undefined
      : await this.options.evidenceOf(ref);
    if (evidence === 'later') {
      this.schedule(ref, AGAIN);
      return;
    }
    if (!evidence) {
      return;
    }
    const problems = diagnose(evidence, { rules: rules?.() })
      .filter(
        ({ namespace, release }) =>
          (namespace === undefined || namespace === ref.namespace) &&
          (release === undefined || release === ref.release),
      )
      .map(found => this.problemOf(found, ref));
    const open = await store.openOf(ref);
    const kept: Finding[] = [];
    const changes: FindingChange[] = [];
    for (const problem of problems) {
      // What was seen while the Job was there is more than what is left of it.
      const before = open.find(
        ({ finding }) =>
          finding.job !== undefined &&
          finding.job === problem.job &&
          finding.run !== undefined &&
          finding.run === problem.run &&
          !this.options.isLive(ref, finding.job, finding.run),
      );
      if (before) {
        kept.push(before.finding);
        continue;
      }
      const { finding, outcome } = await store.save(ref, problem);
      kept.push(finding);
      if (outcome !== 'same') {
        const was = open.find(({ finding: { id } }) => id === finding.id);
        changes.push({
          type: outcome,
          explainedAnew: was && was.finding.rule !== finding.rule,
          instance: ref,
          finding,
          told: true,
        });
      }
    }
    for (const { finding } of open) {
      if (kept.some(({ id }) => id === finding.id)) {
        continue;
      }
      if (this.isUndecided(ref, finding, problems)) {
        kept.push(finding);
        continue;
      }
      const resolved = await store.resolve(finding.id);
      changes.push({
        type: 'resolved',
        instance: ref,
        finding: resolved ?? finding,
        // What has turned out to follow from another is not over: nobody is told so.
        told:
          resolved !== undefined &&
          !problems.some(({ consequences }) =>
            consequences.some(({ job }) => job === finding.job),
          ),
      });
    }
    this.remember(ref, kept, changes);
  }

  /** A job that runs again has neither failed again nor succeeded yet: until then what was wrong stays open. */
  private isUndecided(
    ref: InstanceRef,
    { job }: Finding,
    problems: readonly FoundProblem[],
  ): boolean {
    return (
      job !== undefined &&
      this.options.isRunning(ref, job) &&
      !problems.some(
        problem =>
          problem.job === job ||
          problem.consequences.some(each => each.job === job),
      )
    );
  }

  private problemOf(found: DiagnosedFinding, ref: InstanceRef): FoundProblem {
    const {
      id: key,
      jobUid,
      namespace: _namespace,
      release: _release,
      ...finding
    } = found;
    return {
      ...finding,
      key: key.slice(0, 500),
      run: jobUid && this.options.runOf(ref.cluster, jobUid),
    };
  }

  /** Whoever is told finds the new state. */
  private remember(
    ref: InstanceRef,
    findings: Finding[],
    changes: FindingChange[],
  ): void {
    const { board } = this.options;
    const before = board.of(ref);
    board.set(ref, findings);
    const isSame =
      before.length === findings.length &&
      before.every(
        ({ id, seenAt }, index) =>
          id === findings[index].id && seenAt === findings[index].seenAt,
      );
    changes.forEach(change => this.tell(change));
    if (!isSame && changes.length === 0 && findings.length > 0) {
      // Another replica wrote it: this one's view changes all the same.
      this.tell({
        type: 'changed',
        instance: ref,
        finding: findings[0],
        told: false,
      });
    }
  }

  private tell(change: FindingChange): void {
    for (const listener of this.listeners) {
      try {
        listener(change);
      } catch (error) {
        this.options.logger.error(
          `A listener failed on a finding of ${stringifyInstanceRef(
            change.instance,
          )}`,
          error as Error,
        );
      }
    }
  }
}
