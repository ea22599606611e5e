import { z } from 'zod/v3';

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

/** What a container does instead of its command. */
export const scenarioSchema = z
  .object({
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

/**
 * What a container does instead of its command. In log lines and in the termination message, `{{start}}` and `{{now}}` are times, `{{pod}}`,
 * `{{job}}` and `{{namespace}}` names.
 */
export type Scenario = z.input<typeof scenarioSchema>;

/** A scenario with everything filled in. */
export type ReadScenario = z.output<typeof scenarioSchema>;
