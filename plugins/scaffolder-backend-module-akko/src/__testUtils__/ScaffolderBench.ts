import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
  type TestDatabases,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import type { JsonObject } from '@backstage/types';
import { scaffolderModuleAkko } from '../module';
import { FakePortal } from './FakePortal';

type Knex = Awaited<ReturnType<TestDatabases['init']>>;

/** An event of a task, as the scaffolder answers. */
interface TaskEvent {
  id: number;
  type: 'log' | 'completion' | 'cancelled' | 'recovered';
  body: {
    message: string;
    stepId?: string;
    status?: string;
    output?: TaskOutput;
    error?: { message: string };
  };
}

/** What a template puts out. */
export interface TaskOutput {
  links?: { title: string; url?: string; entityRef?: string }[];
  text?: { title: string; content: string }[];
  [name: string]: unknown;
}

/** A task that has ended. */
export interface EndedTask {
  id: string;
  status: string;
  /** What the steps wrote, without colours. */
  lines: string[];
  output?: TaskOutput;
  error?: string;
}

/** The real scaffolder with this module, and a portal that is not real. */
export class ScaffolderBench {
  portal = new FakePortal();
  private backend?: TestBackend;

  /**
   * @param entities - the catalog, with the templates
   * @param knex - a database that outlives the scaffolder, so that it can be started again and takes up its tasks
   */
  async start(entities: Entity[], knex?: Knex): Promise<void> {
    const answer = (request: IncomingMessage, response: ServerResponse) =>
      this.portal.handle(request, response);
    const akko = createBackendPlugin({
      pluginId: 'akko',
      register(env) {
        env.registerInit({
          deps: { httpRouter: coreServices.httpRouter },
          async init({ httpRouter }) {
            httpRouter.use(answer);
          },
        });
      },
    });
    this.backend = await startTestBackend({
      features: [
        akko,
        scaffolderPlugin,
        scaffolderModuleAkko,
        catalogServiceMock.factory({ entities }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'https://portal.test' },
            scaffolder: { taskRecovery: { enabled: knex !== undefined } },
          },
        }),
        ...(knex ? [mockServices.database.factory({ knex })] : []),
      ],
    });
  }

  async stop(): Promise<void> {
    await this.backend?.stop();
  }

  /** Forgets what was asked of the portal; the scaffolder remembers its tasks. */
  reset(): void {
    this.portal = new FakePortal();
  }

  /** Starts a template and waits for its end. */
  async run(template: string, values: JsonObject = {}): Promise<EndedTask> {
    const id = await this.begin(template, values);
    return this.ended(id);
  }

  /** @returns task id */
  async begin(template: string, values: JsonObject = {}): Promise<string> {
    const { id } = await this.call('POST', '/tasks', {
      templateRef: `template:default/${template}`,
      values,
    });
    return id;
  }

  /** Presses Retry. */
  async retry(id: string): Promise<EndedTask> {
    await this.call('POST', `/tasks/${id}/retry`, {});
    return this.ended(id);
  }

  async cancel(id: string): Promise<void> {
    await this.call('POST', `/tasks/${id}/cancel`, {});
  }

  async dryRun(template: Entity, values: JsonObject): Promise<JsonObject> {
    return this.call('POST', '/dry-run', {
      template,
      values,
      directoryContents: [],
    });
  }

  /** Waits for the end of a task. */
  async ended(id: string): Promise<EndedTask> {
    const events: TaskEvent[] = [];
    for (;;) {
      const after = events.at(-1)?.id;
      // It answers when there is something new.
      const more: TaskEvent[] = await this.call(
        'GET',
        `/tasks/${id}/events${after === undefined ? '' : `?after=${after}`}`,
      );
      events.push(
        ...more.filter(each => !events.some(old => old.id === each.id)),
      );
      const end = events.find(({ type }) => type === 'completion');
      if (end) {
        const { status } = await this.call('GET', `/tasks/${id}`);
        return {
          id,
          status,
          lines: events
            .filter(({ type }) => type === 'log')
            .map(({ body }) => withoutColours(body.message)),
          output: end.body.output,
          error: end.body.error?.message,
        };
      }
    }
  }

  private async call(
    method: string,
    path: string,
    body?: object,
  ): Promise<any> {
    const response = await fetch(
      `http://localhost:${this.backend!.server.port()}/api/scaffolder/v2${path}`,
      {
        method,
        headers: {
          authorization: mockCredentials.user.header(),
          'content-type': 'application/json',
        },
        body: body && JSON.stringify(body),
      },
    );
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path} answers ${response.status}: ${text}`);
    }
    return JSON.parse(text);
  }
}

function withoutColours(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\u001b\[\d+m/g, '');
}
