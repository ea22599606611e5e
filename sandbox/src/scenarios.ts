import type { Scenario } from '@akko/kube-sandbox';
import { fleet, type InstancePlan } from './fleet';
import { jobPlans, planOf, backupNames, type JobPlan } from './jobs';
import { simulatedJobs } from './live/liveInstance';
import {
  backup,
  failing,
  success,
  upgrading,
  type Performance,
} from './performances';

/** Backups take minutes; nobody waits that long to see one end. */
const longestSeconds = 40;

/** What the containers of a cluster do from now on: what its instances' situations say, and else what is expected of the job. */
export function scenariosOf(cluster: string): Scenario[] {
  return [
    ...fleet
      .filter(instance => instance.cluster === cluster)
      .flatMap(situationScenarios),
    ...jobPlans.map(plan =>
      scenario({ labels: componentLabel(plan) }, expected(plan)),
    ),
  ];
}

/** What the simulated jobs of the live instance do; the others run as processes. */
export const liveScenarios: Scenario[] = simulatedJobs
  .map(planOf)
  .map(plan => scenario({ labels: componentLabel(plan) }, expected(plan)));

function situationScenarios(instance: InstancePlan): Scenario[] {
  return Object.entries(instance.situations).flatMap(([job, situation]) => {
    const plan = planOf(job);
    const match = {
      namespace: instance.namespace,
      labels: componentLabel(plan),
    };
    switch (situation.state) {
      case 'stuck':
        return [scenario(match, failing(plan, situation.failure))];
      case 'starting':
        return [
          scenario({ ...match, run: 1 }, upgrading(plan, situation.seconds)),
        ];
      default:
        // The cause of a failure is gone: the next run finds nothing wrong.
        return [];
    }
  });
}

function expected(plan: JobPlan): Performance {
  const performance = backupNames.includes(plan.name)
    ? backup(plan, 0)
    : success(plan, 'unchanged', plan.name === 'keycloak-clients' ? 1 : 0);
  return {
    ...performance,
    seconds: Math.min(performance.seconds, longestSeconds),
  };
}

function componentLabel(plan: JobPlan) {
  return { 'app.kubernetes.io/component': plan.name };
}

function scenario(
  match: NonNullable<Scenario['match']>,
  performance: Performance,
): Scenario {
  return {
    match,
    duration: performance.seconds,
    log: performance.lines,
    exitCode: performance.exitCode,
    terminationMessage: {
      ...performance.report,
      startedAt: '{{start}}',
      finishedAt: '{{now}}',
    },
  };
}
