import {
  stringifyInstanceRef,
  type InstanceRef,
  type Run,
  type RunKind,
} from '@akko/backstage-plugin-akko-common';
import type { JobFacts } from './types';
import { USUAL_DURATION_RUNS, usualDuration } from './usualDuration';

/** What the history knows of every job, in memory: read once, then kept up to date run by run. */
export class JobFactsIndex {
  private readonly byInstance = new Map<string, Map<string, JobFacts>>();

  load(facts: readonly JobFacts[]): void {
    this.byInstance.clear();
    facts.forEach(fact => this.jobsOf(fact.instance).set(fact.name, fact));
  }

  /** Facts of all jobs of an instance. */
  of(instance: InstanceRef): JobFacts[] {
    const jobs = this.byInstance.get(stringifyInstanceRef(instance));
    return jobs ? [...jobs.values()] : [];
  }

  get(instance: InstanceRef, name: string): JobFacts | undefined {
    return this.byInstance.get(stringifyInstanceRef(instance))?.get(name);
  }

  instances(): InstanceRef[] {
    return [...this.byInstance.values()].map(
      jobs => jobs.values().next().value!.instance,
    );
  }

  /** Takes in a stored run; an older run than the newest does not replace it. */
  update(instance: InstanceRef, name: string, kind: RunKind, run: Run): void {
    const jobs = this.jobsOf(instance);
    const known = jobs.get(name);
    const newest =
      known &&
      known.lastRun.id !== run.id &&
      known.lastRun.createdAt > run.createdAt
        ? known.lastRun
        : run;
    jobs.set(name, {
      instance,
      name,
      kind,
      lastSuccessAt: known?.lastSuccessAt,
      usualDurationSeconds: known?.usualDurationSeconds,
      recentDurationsSeconds: known?.recentDurationsSeconds,
      ...this.success(known, run),
      lastRun: newest,
    });
  }

  private success(known: JobFacts | undefined, run: Run): Partial<JobFacts> {
    const isNewer =
      run.state === 'succeeded' &&
      run.finishedAt !== undefined &&
      run.finishedAt > (known?.lastSuccessAt ?? '');
    if (!isNewer) {
      return {};
    }
    const before = known?.recentDurationsSeconds ?? [];
    const recentDurationsSeconds =
      run.durationSeconds === undefined
        ? before
        : [run.durationSeconds, ...before].slice(0, USUAL_DURATION_RUNS);
    return {
      lastSuccessAt: run.finishedAt,
      recentDurationsSeconds,
      usualDurationSeconds: usualDuration(recentDurationsSeconds),
    };
  }

  private jobsOf(instance: InstanceRef): Map<string, JobFacts> {
    const ref = stringifyInstanceRef(instance);
    let jobs = this.byInstance.get(ref);
    if (!jobs) {
      jobs = new Map();
      this.byInstance.set(ref, jobs);
    }
    return jobs;
  }
}
