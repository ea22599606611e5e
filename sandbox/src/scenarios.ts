import type { Scenario } from '@akko/kube-sandbox';
import { backupScenarios, jobScenarios } from './backupScenarios';
import { fleet, type InstancePlan } from './fleet';
import { backupNames, initJobNames, planOf, type JobPlan } from './jobs';
import { simulatedJobs } from './live/liveInstance';
import { failing, success, upgrading, type Performance } from './performances';
import { performed } from './performed';

/** What the containers of a cluster do from now on: what its instances' situations say, and else what is expected of the job. */
export function scenariosOf(cluster: string): Scenario[] {
  return [
    ...fleet
      .filter(instance => instance.cluster === cluster)
      .flatMap(situationScenarios),
    ...backupScenarios(cluster),
    ...initJobNames.map(expected),
  ];
}

const isBackup = (name: string) => backupNames.includes(name);

/** What the simulated jobs of the live instance do; the others run as processes. */
export const liveScenarios: Scenario[] = [
  ...simulatedJobs.filter(name => !isBackup(name)).map(expected),
  ...jobScenarios(simulatedJobs.filter(isBackup)),
];

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

function expected(job: string): Scenario {
  const plan = planOf(job);
  return scenario(
    { labels: componentLabel(plan) },
    success(plan, 'unchanged', job === 'keycloak-clients' ? 1 : 0),
  );
}

function componentLabel(plan: JobPlan) {
  return { 'app.kubernetes.io/component': plan.name };
}

function scenario(
  match: NonNullable<Scenario['match']>,
  performance: Performance,
): Scenario {
  return { match, ...performed(performance) };
}
