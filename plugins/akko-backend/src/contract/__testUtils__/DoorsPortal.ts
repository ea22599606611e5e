import scaffolderModuleAkko from '@akko/backstage-plugin-scaffolder-backend-module-akko';
import {
  actionsRegistryServiceFactory,
  actionsServiceFactory,
} from '@backstage/backend-defaults/alpha';
import authPlugin from '@backstage/plugin-auth-backend';
import permissionPlugin from '@backstage/plugin-permission-backend';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import mcpPlugin from '@backstage/plugin-mcp-actions-backend';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import type { Instance } from '@akko/backstage-plugin-akko-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { eventually } from '../../acceptance/__testUtils__/eventually';
import { install, type Release } from '../../http/__testUtils__/portalRelease';
import {
  OPERATOR,
  READER,
  SandboxPortal,
} from '../../http/__testUtils__/SandboxPortal';
import { AuditLog } from './AuditLog';
import type { Outcome, VerbCase } from './doors';
import { RUN } from './verbCases';
import { OPERATORS, policyModule, READERS } from './policy';
import { signInModule } from './signIn';

/** Of a token that may do nothing with instances. */
const RESTRICTED = 'restricted-token-for-tests';

/** The plugin with every way in: users and programs with real tokens, the scaffolder, registered actions, and MCP. */
export class DoorsPortal {
  readonly tokens = {
    /** A user who may do everything. */
    operator: '',
    /** A user who may read. */
    reader: '',
    /** A user who may do nothing. */
    visitor: '',
    program: OPERATOR,
    readingProgram: READER,
    restrictedProgram: RESTRICTED,
  };

  /** Of minio-init at the installation. */
  runId = '';

  private constructor(
    readonly portal: SandboxPortal,
    readonly audit: AuditLog,
  ) {}

  /** @param verbs - a template is made for each */
  static async start(verbs: readonly VerbCase[]): Promise<DoorsPortal> {
    const audit = new AuditLog();
    const portal = await SandboxPortal.start({
      catalog: catalogServiceMock.factory({
        entities: verbs.map(templateOf),
      }),
      externalAccess: [
        {
          type: 'static',
          options: { token: RESTRICTED, subject: 'restricted' },
          accessRestrictions: [
            { plugin: 'akko', permission: 'akko.of.nothing' },
          ],
        },
      ],
      config: {
        auth: { providers: { test: {} } },
        app: { baseUrl: 'https://portal.example.com' },
        backend: { actions: { pluginSources: ['akko'] } },
      },
      features: [
        audit.factory,
        actionsRegistryServiceFactory,
        actionsServiceFactory,
        userInfoServiceFactory,
        authPlugin,
        signInModule,
        permissionPlugin,
        policyModule,
        scaffolderPlugin,
        scaffolderModuleAkko,
        mcpPlugin,
      ],
    });
    const doors = new DoorsPortal(portal, audit);
    doors.tokens.operator = await doors.signIn('user:default/ana', OPERATORS);
    doors.tokens.reader = await doors.signIn('user:default/ben', READERS);
    doors.tokens.visitor = await doors.signIn(
      'user:default/eve',
      'group:default/visitors',
    );
    return doors;
  }

  stop(): Promise<void> {
    return this.portal.stop();
  }

  /** Installs a release and waits until its jobs are done. */
  async install(release: Release): Promise<void> {
    install(this.portal.cluster, release);
    const { body } = await eventually(
      'the instance is healthy',
      () =>
        this.portal.get(
          `/instances/prod/${release.namespace}/${release.release}`,
        ),
      answer => answer.body.health === 'healthy',
    );
    this.runId = (body as Instance).jobs.find(
      ({ name }) => name === 'minio-init',
    )!.lastRun!.id;
  }

  async send(
    path: string,
    token: string,
    method = 'GET',
    body?: object,
  ): Promise<{ status: number; text: string }> {
    const response = await fetch(`${this.portal.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  }

  /** Runs the template of a verb to its end. */
  async runTask({ verb }: VerbCase, token: string): Promise<Outcome> {
    const created = await this.send('/api/scaffolder/v2/tasks', token, 'POST', {
      templateRef: `template:default/${verb}`,
      values: { run: this.runId },
    });
    if (created.status !== 201) {
      throw new Error(`The task could not be created: ${created.text}`);
    }
    const { id } = JSON.parse(created.text);
    const task = await eventually(
      'the task has ended',
      async () => {
        const { text } = await this.send(
          `/api/scaffolder/v2/tasks/${id}`,
          token,
        );
        return JSON.parse(text);
      },
      ({ status }) => !['open', 'processing'].includes(status),
    );
    const { text } = await this.send(
      `/api/scaffolder/v2/tasks/${id}/events`,
      token,
    );
    return task.status === 'completed' ? { text } : { text, refusal: text };
  }

  private async signIn(user: string, group: string): Promise<string> {
    const response = await fetch(
      `${this.portal.url}/api/auth/test/refresh?user=${user}&group=${group}`,
    );
    const { token } = await response.json();
    return token;
  }
}

/** A template with one step: the scaffolder's own action of the verb, else the registered one. */
function templateOf({ action, step, verb }: VerbCase) {
  return {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name: verb },
    spec: {
      type: 'service',
      owner: OPERATORS,
      parameters: [],
      steps: [
        {
          id: 'step',
          name: verb,
          ...(step ?? {
            action: `akko:${action.name}`,
            input: JSON.parse(
              JSON.stringify(action.input).replace(
                RUN,
                '${{ parameters.run }}',
              ),
            ),
          }),
        },
      ],
      output: { said: '${{ steps.step.output | dump }}' },
    },
  };
}
