import {
  FAULTS_TOLD,
  KeycloakTestRealm,
} from '../../__testUtils__/KeycloakTestRealm';
import { runJobHere } from '../../__testUtils__/runJobHere';
import {
  describeOnServices,
  expectNothingChanged,
  expectSteadyState,
} from '../../__testUtils__/services';

jest.setTimeout(600_000);

describeOnServices('keycloak-clients on Keycloak', () => {
  let realm: KeycloakTestRealm;
  const configOf = (domain: string) => ({
    waitSeconds: 30,
    keycloak: realm.config,
    domain,
    clients: [
      {
        clientId: 'oauth2-proxy',
        redirectUris: ['cockpit', 'mlflow', 'llm'].map(
          name => `https://${name}.{domain}/oauth2/callback`,
        ),
        webOrigins: ['https://cockpit.{domain}'],
        secret: { env: 'PROXY_SECRET' },
      },
      { clientId: 'superset', redirectUris: ['https://bi.{domain}/*'] },
      { clientId: 'page', publicClient: true, webOrigins: ['+'] },
      { clientId: 'svc-cockpit-admin', serviceAccounts: true },
    ],
  });
  const env = () => ({ ...realm.env, PROXY_SECRET: 'the-proxy-secret' });
  const job = () => ({ config: configOf('akko.local'), env: env() });
  const run = () => runJobHere('keycloak-clients', job());
  const dump = async () => {
    const clients = await (await realm.admin()).clients.find();
    for (const each of clients) {
      each.redirectUris?.sort();
      each.webOrigins?.sort();
    }
    clients.sort((a, b) => a.clientId!.localeCompare(b.clientId!));
    return JSON.stringify(clients, undefined, 1);
  };
  const clientOf = async (clientId: string) => {
    const [found] = await (await realm.admin()).clients.find({ clientId });
    return found;
  };

  beforeAll(async () => {
    realm = await KeycloakTestRealm.create();
  });
  afterEach(() => realm.clear());
  afterAll(() => realm.delete());

  it('leaves the same clients after one run, many in a row and many at once', async () => {
    await expectSteadyState({ command: 'keycloak-clients', ...job(), dump });
    expect(await clientOf('oauth2-proxy')).toMatchObject({
      publicClient: false,
      standardFlowEnabled: true,
      secret: 'the-proxy-secret',
      webOrigins: ['https://cockpit.akko.local'],
    });
    expect((await clientOf('superset')).secret).toMatch(/.{20}/);
  });

  it('leaves what a person changed, and adds to it', async () => {
    await run();
    const admin = await realm.admin();
    const client = await clientOf('superset');
    await admin.clients.update(
      { id: client.id! },
      {
        description: 'By hand',
        secret: 'set-by-hand',
        redirectUris: ['https://by.hand/callback'],
        attributes: { 'post.logout.redirect.uris': 'https://by.hand/out' },
      },
    );
    const changed = await clientOf('superset');
    expect((await run()).report!.totals).toMatchObject({ updated: 1 });
    const now = await clientOf('superset');
    expect(now.redirectUris!.sort()).toEqual([
      'https://bi.akko.local/*',
      'https://by.hand/callback',
    ]);
    expect({ ...now, redirectUris: [] }).toEqual({
      ...changed,
      redirectUris: [],
    });
    expectNothingChanged(await run());
  });

  it('ends with the union when runs for several domains write at once', async () => {
    await run();
    const domains = ['one', 'two', 'three', 'four', 'five'];
    const outcomes = await Promise.all(
      domains.map(domain =>
        runJobHere('keycloak-clients', {
          config: configOf(domain),
          env: env(),
        }),
      ),
    );
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0, 0]);
    expect((await clientOf('superset')).redirectUris!.sort()).toEqual(
      [...domains, 'akko.local'].map(each => `https://bi.${each}/*`).sort(),
    );
    expect((await clientOf('oauth2-proxy')).redirectUris).toHaveLength(18);
  });

  it('matches no host with the wildcard that the configuration refuses', async () => {
    const admin = await realm.admin();
    await admin.clients.create({
      clientId: 'wildcard',
      redirectUris: ['https://*.akko.local/*', 'https://bi.akko.local/*'],
    });
    const statusOf = async (host: string) => {
      const query = new URLSearchParams({
        client_id: 'wildcard',
        response_type: 'code',
        redirect_uri: `https://${host}/callback`,
      });
      return (
        await fetch(
          `${realm.url}/realms/${realm.name}/protocol/openid-connect/auth?${query}`,
        )
      ).status;
    };
    expect(await statusOf('bi.akko.local')).toBe(200);
    expect(await statusOf('cockpit.akko.local')).toBe(400);
  });

  it('tells faults', async () => {
    expect(
      await realm.meetFaults({ command: 'keycloak-clients', ...job() }),
    ).toEqual(FAULTS_TOLD);
  });
});
