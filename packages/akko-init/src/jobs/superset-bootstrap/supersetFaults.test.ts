import { freePort } from '../../__testUtils__/services';
import {
  BootstrapPeers,
  config,
  CONNECTION,
  DASHBOARD,
  ENV,
  PASSWORD,
  PAYMENTS,
  run,
  SUPERSET,
  TRINO,
} from '../../__testUtils__/supersetBootstrapFixture';

const peers = new BootstrapPeers().useInTests();

describe('superset-bootstrap meets a fault', () => {
  const forever = (status: number) => Array(99).fill({ status });

  it.each<{
    fault: string;
    options?: any;
    prepare?: () => void;
    code: string;
    exit: number;
    service?: string;
    message: string;
    nextStep: string;
  }>([
    {
      fault: 'a wrong password',
      options: { env: { ...ENV, SUPERSET_PASSWORD: 'another-secret' } },
      code: 'authentication-failed',
      exit: 67,
      service: 'superset',
      message: `superset at ${SUPERSET} answered 401 to: sign the account in (Not authorized).`,
      nextStep: 'superset fab reset-password',
    },
    {
      fault: 'a missing Secret',
      options: { env: { SUPERSET_USER: 'keeper' } },
      code: 'misconfigured',
      exit: 78,
      message:
        "The password of Superset's administrator is missing: Secret akko-superset, key admin-password is not there or empty.",
      nextStep: 'Create it',
    },
    {
      fault: 'an address that is not that of Superset',
      prepare: () => peers.superset.faults.push({ status: 404 }),
      code: 'misconfigured',
      exit: 78,
      service: 'superset',
      message: 'answered 404 to: sign the account in',
      nextStep: 'superset.url',
    },
    {
      fault: 'a proxy that sends to its own sign-in',
      prepare: () =>
        peers.superset.faults.push(undefined, {
          status: 302,
          location: 'https://identity.akko.local/login?rd=x',
        }),
      code: 'authentication-failed',
      exit: 67,
      service: 'superset',
      message: 'redirects to https://identity.akko.local/login?rd=x',
      nextStep: "in Superset's place",
    },
    {
      fault: 'a session that is never taken',
      prepare: () =>
        peers.superset.writeFaults.push(
          {
            status: 400,
            json: {
              errors: [
                {
                  message:
                    '400 Bad Request: The CSRF session token is missing.',
                },
              ],
            },
          },
          {
            status: 400,
            json: {
              errors: [
                {
                  message:
                    '400 Bad Request: The CSRF session token is missing.',
                },
              ],
            },
          },
        ),
      code: 'authentication-failed',
      exit: 67,
      service: 'superset',
      message: 'The CSRF session token is missing',
      nextStep: 'SECRET_KEY',
    },
    {
      fault: 'a missing right',
      prepare: () => {
        peers.superset.mayCreate = false;
      },
      code: 'permission-denied',
      exit: 77,
      service: 'superset',
      message:
        "answered 403 to: create the database AKKO's Trino! (Forbidden).",
      nextStep: 'missing right',
    },
    {
      fault: '500 forever',
      prepare: () => peers.superset.faults.push(...forever(500)),
      code: 'service-unavailable',
      exit: 69,
      service: 'superset',
      message: `superset at ${SUPERSET} answered 500 to: sign the account in. It was not ready within 1.2 s.`,
      nextStep: 'log of superset',
    },
    {
      fault: '500 to every write',
      prepare: () => peers.superset.writeFaults.push(...forever(500)),
      code: 'service-unavailable',
      exit: 69,
      service: 'superset',
      message: "answered 500 to: create the database AKKO's Trino!.",
      nextStep: 'log of superset',
    },
    {
      fault: 'a Superset that does not reach Trino',
      prepare: () => {
        peers.superset.canConnect = false;
      },
      code: 'service-unavailable',
      exit: 69,
      service: 'superset',
      message: "HTTPConnectionPool(host='akko-trino', port=8080)",
      nextStep: 'database.uri',
    },
    {
      fault: 'a Trino that never starts',
      prepare: () => peers.trino.starting.splice(0, 1, true),
      code: 'service-unavailable',
      exit: 69,
      service: 'trino',
      message: `trino at ${TRINO} answered 503 to: tell whether it has started (it is still starting).`,
      nextStep: 'log of trino',
    },
    {
      fault: 'a table that Trino does not show',
      prepare: () =>
        peers.trino.failures.push({
          errorName: 'PERMISSION_DENIED',
          errorType: 'USER_ERROR',
          message: 'Access Denied: Cannot show columns of table payments',
        }),
      code: 'permission-denied',
      exit: 77,
      service: 'trino',
      message:
        'failed to describe the table postgresql.banking.payments as akko: Access Denied: Cannot show columns of table payments (PERMISSION_DENIED).',
      nextStep: 'grant akko the table',
    },
    {
      fault: 'a service behind Trino that is down',
      prepare: () =>
        peers.trino.failures.push(
          ...Array(99).fill({
            errorName: 'JDBC_ERROR',
            errorType: 'EXTERNAL',
            message: 'Connection to akko-postgresql-data:5432 refused',
          }),
        ),
      code: 'service-unavailable',
      exit: 69,
      service: 'trino',
      message: 'Connection to akko-postgresql-data:5432 refused (JDBC_ERROR)',
      nextStep: 'behind the catalog',
    },
    {
      fault: 'a connection that Superset does not understand',
      prepare: () =>
        peers.superset.writeFaults.push({
          status: 422,
          json: {
            message: { sqlalchemy_uri: ['Invalid connection string'] },
          },
        }),
      code: 'misconfigured',
      exit: 78,
      service: 'superset',
      message: '(sqlalchemy_uri: Invalid connection string)',
      nextStep: 'Check the database in the values',
    },
    {
      fault: 'a UUID that is taken by what the account does not see',
      prepare: () =>
        peers.superset.writeFaults.push(
          ...Array(99).fill({
            status: 422,
            json: { message: 'Database could not be created.' },
          }),
        ),
      code: 'misconfigured',
      exit: 78,
      service: 'superset',
      message: 'Database could not be created.',
      nextStep: 'that the account sees every object',
    },
    {
      fault: 'charts of datasets and dashboards of charts that are not there',
      options: {
        config: config({
          top: {
            datasets: [],
            dashboard: {
              uuid: DASHBOARD,
              slug: 'demo',
              title: 'Demo',
              charts: [CONNECTION],
            },
          },
        }),
      },
      code: 'misconfigured',
      exit: 78,
      message: `charts.0.dataset: there is no dataset ${PAYMENTS}`,
      nextStep: "chart's values",
    },
  ])('$fault is $code', async each => {
    each.prepare?.();

    const { exitCode, report, log } = await run(each.options);

    expect(report).toMatchObject({
      outcome: 'failed',
      error: {
        code: each.code,
        message: expect.stringContaining(each.message),
        nextStep: expect.stringContaining(each.nextStep),
        ...(each.service && { service: each.service }),
      },
    });
    expect(exitCode).toBe(each.exit);
    const told = log + JSON.stringify(report);
    expect(told).not.toContain(PASSWORD);
    expect(told).not.toContain('another-secret');
    expect(told).not.toContain('token-number');
  });

  it.each(['superset', 'trino'])(
    'a %s that is down is waited for, then unavailable',
    async service => {
      const url = `http://127.0.0.1:${await freePort()}`;

      const { exitCode, report, log } = await run({
        config: config({ [service]: { url } }),
      });

      expect(exitCode).toBe(69);
      expect(log).toContain(`waiting for ${service} at ${url}`);
      expect(report!.error).toMatchObject({
        code: 'service-unavailable',
        service,
        message: expect.stringContaining(
          `${service} at ${url} is not reachable: the connection was refused`,
        ),
      });
    },
  );

  it('services that come up slowly are waited for', async () => {
    peers.superset.faults.push({ status: 503 }, undefined, { status: 502 });
    peers.trino.starting.splice(0, 1, true, false);

    const { exitCode, report, log } = await run({
      config: config({ top: { waitSeconds: 20 } }),
    });

    expect(exitCode).toBe(0);
    expect(report!.totals!.created).toBe(6);
    expect(log).toContain(`waiting for superset at ${SUPERSET}`);
    expect(log).toContain(`waiting for trino at ${TRINO}`);
  }, 20_000);

  it('a 500 to a write is tried again', async () => {
    peers.superset.writeFaults.push(undefined, { status: 500 });

    const { exitCode, report } = await run();

    expect(exitCode).toBe(0);
    expect(report!.totals!.created).toBe(6);
  });
});
