import {
  Sandbox,
  type SandboxCluster,
  type Scenario,
} from '@akko/kube-sandbox';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { BackendFeature } from '@backstage/backend-plugin-api';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonArray, JsonObject } from '@backstage/types';
import { akkoPlugin } from '../../plugin';
import { scenariosOf } from './portalRelease';

/** Of a token that may do everything. */
export const OPERATOR = 'operator-token-for-tests';
/** Of a token that may read instances, and nothing else. */
export const READER = 'reader-token-for-tests';
/** Of a token for another plugin. */
export const STRANGER = 'stranger-token-for-tests';

/** An answer of the API; text where it is no JSON. */
export interface PortalAnswer {
  status: number;
  headers: Headers;
  body: any;
}

export interface SandboxPortalOptions {
  /** How jobs end, before what is usual. */
  scenarios?: Scenario[];
  /** Entries of `backend.auth.externalAccess`, beside those of the tokens above. */
  externalAccess?: JsonArray;
  /** Of `akko.clusters`, beside the simulated one. */
  clusters?: JsonArray;
  /** The rest of `akko`. */
  akko?: JsonObject;
  /** The rest of the configuration. */
  config?: JsonObject;
  /** The catalog; an empty one if left out. */
  catalog?: BackendFeature;
  features?: Features;
}

type Features = NonNullable<
  NonNullable<Parameters<typeof startTestBackend>[0]>['features']
>;

/**
 * The plugin on Backstage's real authentication and permissions over HTTP, with a simulated cluster `prod`. Programs get in by external access, as
 * in production; they need no permission policy.
 */
export class SandboxPortal {
  private constructor(
    private readonly sandbox: Sandbox,
    private readonly backend: Awaited<ReturnType<typeof startTestBackend>>,
    readonly cluster: SandboxCluster,
  ) {}

  static async start(
    options: SandboxPortalOptions = {},
  ): Promise<SandboxPortal> {
    const sandbox = await Sandbox.start({
      clusters: [
        {
          name: 'prod',
          workloads: { scenarios: scenariosOf(options.scenarios) },
        },
      ],
    });
    try {
      const cluster = sandbox.clusters.get('prod')!;
      const backend = await startTestBackend({
        features: [
          ...(options.features ?? []),
          akkoPlugin,
          authServiceFactory,
          httpAuthServiceFactory,
          permissionsServiceFactory,
          options.catalog ?? catalogServiceMock.factory(),
          mockServices.rootConfig.factory({
            data: configOf(cluster, options),
          }),
        ],
      });
      return new SandboxPortal(sandbox, backend, cluster);
    } catch (error) {
      await sandbox.stop();
      throw error;
    }
  }

  /** Without a slash at the end. */
  get url(): string {
    return `http://localhost:${this.backend.server.port()}`;
  }

  /** @param path - below `/api/akko` */
  get(path: string, token = OPERATOR): Promise<PortalAnswer> {
    return this.ask(path, token);
  }

  /** @param path - below `/api/akko` */
  post(path: string, body: object, token = OPERATOR): Promise<PortalAnswer> {
    return this.ask(path, token, {
      method: 'POST',
      body: JSON.stringify(body),
    });
  }

  private async ask(
    path: string,
    token: string,
    init?: RequestInit,
  ): Promise<PortalAnswer> {
    const response = await fetch(`${this.url}/api/akko${path}`, {
      ...init,
      headers: {
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
    });
    const { headers, status } = response;
    const isJson = headers.get('content-type')?.includes('json');
    return {
      status,
      headers,
      body: await (isJson ? response.json() : response.text()),
    };
  }

  async stop(): Promise<void> {
    await this.backend.stop();
    await this.sandbox.stop();
  }
}

function configOf(
  cluster: SandboxCluster,
  { akko, clusters = [], config, externalAccess = [] }: SandboxPortalOptions,
): JsonObject {
  const { caCertificate, name, token, url } = cluster;
  const program = (secret: string, subject: string, more: JsonObject = {}) => ({
    type: 'static',
    options: { token: secret, subject },
    ...more,
  });
  return {
    ...config,
    backend: {
      ...(config?.backend as JsonObject | undefined),
      auth: {
        externalAccess: [
          program(OPERATOR, 'operator'),
          program(READER, 'reader', {
            accessRestrictions: [
              { plugin: 'akko', permission: 'akko.instance.read' },
            ],
          }),
          program(STRANGER, 'stranger', {
            accessRestrictions: [{ plugin: 'catalog' }],
          }),
          ...externalAccess,
        ],
      },
    },
    permission: { enabled: true },
    akko: {
      ...akko,
      clusters: [
        {
          name,
          title: 'Production',
          url,
          caData: caCertificate!,
          token,
          sandbox: true,
        },
        ...clusters,
      ],
    },
  };
}
