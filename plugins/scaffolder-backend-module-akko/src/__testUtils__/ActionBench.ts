import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import type { ActionOptions } from '../task/AkkoStep';
import { FakeClock } from './FakeClock';
import { FakePortal } from './FakePortal';
import { actionOptions, FakeTask, type RunOptions } from './FakeTask';
import { anInstance } from './instances';

/** The instance that the portal of a bench has. */
export const REF = 'prod-eu/akko/akko';

/** A portal, a clock and a task, anew for each test. */
export class ActionBench {
  clock!: FakeClock;
  portal!: FakePortal;
  task!: FakeTask;
  private baseUrl!: string;

  /** @param create - of the action that is tested */
  constructor(
    private readonly create: (
      options: ActionOptions,
    ) => TemplateAction<any, any, any>,
  ) {}

  /** Sets itself up around each test of the file or block. */
  use(): this {
    beforeEach(() => this.start());
    afterEach(() => this.stop());
    return this;
  }

  async start(): Promise<void> {
    this.clock = new FakeClock();
    this.portal = new FakePortal(this.clock);
    this.portal.instances.set(REF, anInstance());
    this.task = new FakeTask();
    this.baseUrl = await this.portal.listen();
  }

  async stop(): Promise<void> {
    await this.portal.close();
  }

  /** Runs a step of the task, for the instance of the bench where no other is named. */
  run(
    input: JsonObject = {},
    options: RunOptions & Partial<ActionOptions> = {},
  ): Promise<JsonObject> {
    return this.task.run(
      this.create({ ...actionOptions(this.baseUrl, this.clock), ...options }),
      { instance: REF, ...input },
      options,
    );
  }
}
