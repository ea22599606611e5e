import type { OperationPlan } from '@akko/backstage-plugin-akko-common';

/** A job of a plan, as an output of a dry run. A type, so that it counts as JSON. */
export type PlannedJob = {
  job: string;
  /** Jobs of a wave run side by side, after those of the waves before. */
  wave: number;
  /** Name of the Kubernetes Job. */
  jobName: string;
  /** A Job that is there is archived and deleted first. */
  replaces: boolean;
};

/** The jobs of a plan; their manifests stay in the portal. */
export function plannedJobs({ steps }: OperationPlan): PlannedJob[] {
  return steps.map(({ job, jobName, replaces, wave }) => ({
    job,
    wave,
    jobName,
    replaces,
  }));
}

/** What would happen, in lines for the task's log. */
export function describePlan(plan: OperationPlan): string[] {
  const waves = [...new Set(plan.steps.map(({ wave }) => wave))].sort(
    (a, b) => a - b,
  );
  return [
    ...waves.map(
      (wave, index) =>
        `Wave ${index + 1}: ${plan.steps
          .filter(step => step.wave === wave)
          .map(
            ({ job, replaces }) =>
              `${job} (${
                replaces ? 'replaces the Job that is there' : 'makes a new Job'
              })`,
          )
          .join(', ')}`,
    ),
    ...plan.warnings.map(warning => `Warning: ${warning}`),
    ...(plan.notes ?? []).map(note => `Note: ${note}`),
  ];
}
