import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject, JsonValue } from '@backstage/types';
import type { ActionOptions } from '../task/AkkoStep';
import type { FakeClock } from './FakeClock';

type Checkpoints = Map<string, JsonValue>;

/** What a run of a step is told beside its input. */
export interface RunOptions {
  isDryRun?: boolean;
  signal?: AbortSignal;
  stepId?: string;
}

/** A task of the scaffolder that runs steps, and that may be taken up again: checkpoints are kept between runs as the scaffolder's runner does. */
export class FakeTask {
  /** The log of the last run. */
  lines: string[] = [];
  /** Outputs of the last run. */
  outputs: JsonObject = {};
  private readonly saved: Checkpoints = new Map();

  constructor(readonly id: string = 'task-1') {}

  async run(
    action: TemplateAction<any, any, any>,
    input: JsonObject,
    { isDryRun, signal, stepId = 'step-1' }: RunOptions = {},
  ): Promise<JsonObject> {
    this.lines = [];
    this.outputs = {};
    // What was saved when the step began counts, as in NunjucksWorkflowRunner.
    const before: Checkpoints = new Map(this.saved);
    const say = (line: string) => this.lines.push(line);
    const context = createMockActionContext({
      input,
      task: { id: this.id },
      logger: mockServices.logger.mock({ info: say, warn: say, error: say }),
    });
    await action.handler({
      ...context,
      isDryRun,
      signal,
      step: { id: stepId, name: stepId },
      output: (name: string, value: JsonValue) => {
        this.outputs[name] = value;
      },
      checkpoint: async ({ key, fn }: { key: string; fn: () => any }) => {
        const full = `${stepId}.${key}`;
        if (before.has(full)) {
          return before.get(full);
        }
        const value = await fn();
        this.saved.set(full, value);
        return value;
      },
    } as any);
    return this.outputs;
  }
}

/** What the actions work with in tests. */
export function actionOptions(
  baseUrl: string,
  clock: FakeClock,
  entities: Entity[] = [],
): ActionOptions {
  return {
    auth: mockServices.auth(),
    discovery: { getBaseUrl: async () => baseUrl },
    catalog: catalogServiceMock({ entities }),
    portalUrl: 'https://portal.test',
    clock,
  };
}
