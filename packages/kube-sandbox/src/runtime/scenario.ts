import { z } from 'zod/v3';
import type { KubernetesObject, ObjectStore } from '../store/types';

const line = z.union([
  z.string(),
  z
    .object({
      text: z.string(),
      /** Seconds after the start; lines without it are spread evenly. */
      after: z.number().min(0),
    })
    .strict(),
]);

const performanceSchema = z
  .object({
    /** Seconds from its start to its end. */
    duration: z.number().min(0).default(1),
    log: z.array(line).default([]),
    exitCode: z.number().int().min(0).max(255).default(0),
    /** Such as `OOMKilled`. */
    reason: z.string().optional(),
    /** Text, or an object that is written as JSON. */
    terminationMessage: z.union([z.string(), z.record(z.unknown())]).optional(),
  })
  .strict();

/** What a container does from its start to its end. */
export type ScenarioPerformance = z.input<typeof performanceSchema>;

/** What a scenario that is decided when its container starts can see. */
export interface ScenarioStart {
  /** The pod, as it is in the cluster. */
  pod: KubernetesObject;
  /** Milliseconds since the epoch. */
  startedAt: number;
  /** What else there is in the cluster. */
  store: Pick<ObjectStore, 'get' | 'list'>;
}

/** What a container does instead of its command. */
export const scenarioSchema = performanceSchema
  .extend({
    /** Which containers; everything that is given has to match. The first scenario that matches is taken. */
    match: z
      .object({
        namespace: z.string().optional(),
        /** Name of the Job; `*` stands for anything. */
        job: z.string().optional(),
        labels: z.record(z.string()).optional(),
        container: z.string().optional(),
        /** Which pod or restart of the Job, from 1. */
        attempt: z.number().int().min(1).optional(),
        /** Which Job of this name since the start, from 1: a re-run is 2. */
        run: z.number().int().min(1).optional(),
      })
      .strict()
      .default({}),
    /** `missing`: it cannot be pulled. */
    image: z.enum(['present', 'missing']).default('present'),
    /** Seconds until the container runs. */
    startAfter: z.number().min(0).optional(),
    /** Decides when the container starts what it does, where that depends on what there is then. What it gives replaces what stands here. */
    plays: z
      .custom<(start: ScenarioStart) => ScenarioPerformance>(
        value => value === undefined || typeof value === 'function',
      )
      .optional(),
  })
  .strict();

/**
 * What a container does instead of its command. In log lines and in the termination message, `{{start}}` and `{{now}}` are times, `{{pod}}`,
 * `{{job}}` and `{{namespace}}` names.
 */
export type Scenario = z.input<typeof scenarioSchema>;

/** A scenario with everything filled in. */
export type ReadScenario = z.output<typeof scenarioSchema>;
