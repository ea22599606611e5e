import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Run } from '@akko/backstage-plugin-akko-common';
import request from 'supertest';
import { akkoPlugin } from '../../plugin';

/** The plugin in a test backend that watches the real cluster under the name `real`. */
export class RealPortal {
  private constructor(
    private readonly backend: Awaited<ReturnType<typeof startTestBackend>>,
  ) {}

  /**
   * @param cluster - the kubeconfig of the cluster, and its context unless it is the current one
   * @param token - of a program that may do everything; without it, anybody may
   */
  static async start(
    cluster: { kubeconfig: string; context?: string },
    token?: string,
  ): Promise<RealPortal> {
    return new RealPortal(
      await startTestBackend({
        features: [
          akkoPlugin,
          ...(token ? [authServiceFactory, httpAuthServiceFactory] : []),
          mockServices.rootConfig.factory({
            data: {
              backend: {
                auth: {
                  externalAccess: token
                    ? [
                        {
                          type: 'static',
                          options: { token, subject: 'pipeline' },
                        },
                      ]
                    : [],
                },
              },
              akko: {
                // Suites ask as often as they can.
                rateLimits: { reads: false, changes: false },
                clusters: [
                  {
                    name: 'real',
                    kubeconfig: {
                      file: cluster.kubeconfig,
                      ...(cluster.context && { context: cluster.context }),
                    },
                  },
                ],
              },
            },
          }),
        ],
      }),
    );
  }

  /** Without a slash at the end. */
  get url(): string {
    return `http://localhost:${this.backend.server.port()}`;
  }

  get(path: string) {
    return request(this.backend.server).get(path);
  }

  post(path: string, body: object) {
    return request(this.backend.server).post(path).send(body);
  }

  /** Runs of a job, newest first. */
  async runs(instancePath: string, job: string): Promise<Run[]> {
    const { body } = await this.get(
      `${instancePath}/jobs/${job}/runs?limit=200`,
    );
    return body.items ?? [];
  }

  async stop(): Promise<void> {
    await this.backend.stop();
  }
}
