import { installChart } from '../installChart';
import { startKeycloak, token } from '../keycloak';
import { olderJob, secret } from '../objects';
import {
  answering,
  copySecrets,
  imageOf,
  server,
  startAnswering,
} from '../servers';
import type { CaptureCase } from '../types';

const at = (host: string) => `http://${host}.akko.svc.cluster.local`;
const CURL = 'curl --fail-with-body --silent --show-error';

/** Polaris, Keycloak, the directory, the object storage and Superset, when they refuse. */
export const webServices: CaptureCase[] = [
  {
    name: 'catalog-while-its-schema-is-built',
    title: 'Polaris answers 500 while its schema is built',
    broken:
      'A server that answers 500 to everything, as Polaris does before its schema is there, stands behind akko-akko-polaris.',
    family: 'service',
    expected: { rule: 'polaris-initialising', job: 'polaris-init' },
    acceptable: ['target-server-error'],
    chart: 'older',
    async run(context) {
      await startAnswering(
        context,
        'akko-akko-polaris',
        8181,
        answering(
          8181,
          500,
          JSON.stringify({
            error: {
              message:
                'ERROR: relation "polaris_schema.entities" does not exist',
              type: 'RuntimeException',
              code: 500,
            },
          }),
        ),
      );
      await context.create(
        olderJob({
          job: 'polaris-init',
          script: `${CURL} -d grant_type=client_credentials -d client_id=root -d client_secret=test-polaris -d scope=PRINCIPAL_ROLE:ALL http://akko-akko-polaris:8181/api/catalog/v1/oauth/tokens`,
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'chart-before-its-catalog',
    title: 'The chart is installed while Polaris is starting',
    broken:
      'Polaris of this namespace takes ten minutes to start; akko-init waits for it for six seconds.',
    family: 'service',
    expected: { rule: 'polaris-initialising', job: 'polaris-init' },
    acceptable: ['target-refused', 'target-server-error'],
    chart: 'akko-init',
    async run(context) {
      await copySecrets(context, ['akko-polaris']);
      await context.create(
        ...server({
          name: 'akko-akko-polaris',
          image: await imageOf(context, 'akko-polaris'),
          ports: [8181, 8182],
          container: {
            env: [{ name: 'STARTUP_SECONDS', value: '600' }],
          },
        }),
      );
      await context.isReady('akko-akko-polaris');
      await installChart(context, {
        on: ['polaris'],
        withoutSecrets: ['akko-polaris'],
        values: {
          services: {
            polaris: {
              url: 'http://akko-akko-polaris:8181',
              healthUrl: 'http://akko-akko-polaris:8182',
            },
          },
        },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'token-without-its-scope',
    title: 'Polaris refuses the scope of the token',
    broken: 'polaris-init asks for a token with the scope `catalog`.',
    family: 'service',
    expected: { rule: 'polaris-invalid-scope', job: 'polaris-init' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'polaris-init',
          script: `${CURL} -d grant_type=client_credentials -d client_id=root -d client_secret=testbed-polaris -d scope=catalog ${at(
            'akko-akko-polaris',
          )}:8181/api/catalog/v1/oauth/tokens`,
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'catalog-bootstrapped-with-another-secret',
    title: 'The root secret is not the one that Polaris has',
    broken:
      'The Secret akko-polaris has another root secret than the running Polaris.',
    family: 'service',
    expected: { rule: 'client-secret-wrong', job: 'polaris-init' },
    chart: 'akko-init',
    async run(context) {
      await installChart(context, {
        on: ['polaris'],
        secrets: { 'akko-polaris': { 'root-secret': 'test-rotated' } },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'administrator-with-another-password',
    title: "Keycloak refuses the administrator's password",
    broken:
      'The Secret akko-keycloak has another password than the administrator of the running Keycloak.',
    family: 'service',
    expected: { rule: 'keycloak-unauthorised', job: 'keycloak-clients' },
    acceptable: ['password-mismatch'],
    chart: 'akko-init',
    async run(context) {
      await installChart(context, {
        on: ['keycloakClients'],
        secrets: { 'akko-keycloak': { 'admin-password': 'test-rotated' } },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'realm-was-not-imported',
    title: 'Keycloak has no realm of that name',
    broken:
      'akko-init is installed with the realm lakehouse, which Keycloak does not have.',
    family: 'service',
    expected: { rule: 'keycloak-realm-missing', job: 'bootstrap-admin' },
    chart: 'akko-init',
    leftOut: ['pods', 'helm'],
    async run(context) {
      await installChart(context, {
        on: ['bootstrapAdmin'],
        values: { services: { keycloak: { realm: 'lakehouse' } } },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'administrator-of-nothing',
    title: 'The account may not write clients in Keycloak',
    broken:
      'keycloak-clients signs in as an account of the realm master that has no role; the Admin API answers 403.',
    family: 'service',
    expected: { rule: 'keycloak-forbidden', job: 'keycloak-clients' },
    chart: 'akko-init',
    async run(context) {
      await copySecrets(context, ['akko-keycloak']);
      await startKeycloak(context);
      await context.create(
        secret('akko-reader', { user: 'reader', password: 'test-reader' }),
      );
      await context.kubectl(
        'exec',
        'deployment/akko-keycloak',
        '--',
        'sh',
        '-c',
        [
          'cd /tmp && export K="/opt/keycloak/bin/kcadm.sh"',
          '$K config credentials --config /tmp/k --server http://127.0.0.1:8080 --realm master --user $KC_BOOTSTRAP_ADMIN_USERNAME --password $KC_BOOTSTRAP_ADMIN_PASSWORD',
          '$K create users --config /tmp/k -r master -s username=reader -s enabled=true -s email=reader@example.com -s firstName=R -s lastName=R -s emailVerified=true',
          '$K set-password --config /tmp/k -r master --username reader --new-password test-reader',
        ].join(' && '),
      );
      await installChart(context, {
        on: ['keycloakClients'],
        withoutSecrets: ['akko-keycloak'],
        values: {
          services: {
            keycloak: {
              url: 'http://akko-keycloak:8080',
              userSecret: { name: 'akko-reader', key: 'user' },
              passwordSecret: { name: 'akko-reader', key: 'password' },
            },
          },
        },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'clients-with-a-stale-token',
    title: 'Keycloak refuses a token that is not valid any more',
    broken:
      'keycloak-clients goes on with a token that Keycloak does not know; the Admin API answers 401.',
    family: 'service',
    expected: { rule: 'keycloak-unauthorised', job: 'keycloak-clients' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'keycloak-clients',
          script: `echo "updating clients of realm akko"; ${CURL} -H "Authorization: Bearer ${token}" ${at(
            'akko-keycloak',
          )}:8080/admin/realms/akko/clients?clientId=superset`,
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'directory-with-another-password',
    title: 'The directory refuses the bind',
    broken: 'keycloak-sync binds to the directory with a wrong password.',
    family: 'service',
    expected: { rule: 'directory-bind-refused', job: 'keycloak-sync' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'keycloak-sync',
          script:
            'ldapsearch -LLL -x -H ldap://akko-lldap.akko.svc.cluster.local:3890 -D cn=admin,dc=akko,dc=local -w test-wrong -b ou=people,dc=akko,dc=local "(objectClass=inetOrgPerson)" uid',
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'nobody-in-the-directory',
    title:
      'The directory shows nobody, so that a full synchronisation is refused',
    broken:
      'akko-init is installed with keycloakSync.mode full and a usersDn below which there are no people.',
    family: 'service',
    expected: { rule: 'directory-empty', job: 'keycloak-sync' },
    chart: 'akko-init',
    async run(context) {
      await copySecrets(context, ['akko-keycloak']);
      await startKeycloak(context);
      await installChart(context, {
        on: ['keycloakSync'],
        withoutSecrets: ['akko-keycloak'],
        values: {
          services: { keycloak: { url: 'http://akko-keycloak:8080' } },
          keycloakSync: {
            mode: 'full',
            directory: {
              url: 'ldap://akko-lldap.akko.svc.cluster.local:3890',
              usersDn: 'ou=groups,dc=akko,dc=local',
              groupsDn: '',
            },
          },
        },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'storage-key-of-another-account',
    title: 'The object storage refuses the secret key',
    broken:
      'The Secret akko-minio has another secret key than the running object storage.',
    family: 'service',
    expected: { rule: 'password-mismatch', job: 'minio-init' },
    acceptable: ['role-or-permission-missing'],
    chart: 'akko-init',
    async run(context) {
      await installChart(context, {
        on: ['minio'],
        secrets: { 'akko-minio': { 'root-password': 'test-rotated-secret' } },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'dashboards-with-another-password',
    title: "Superset refuses the administrator's password",
    broken:
      'The Secret akko-superset has another password than the administrator of the running Superset.',
    family: 'service',
    expected: { rule: 'superset-login-refused', job: 'superset-bootstrap' },
    acceptable: ['password-mismatch'],
    chart: 'akko-init',
    async run(context) {
      await installChart(context, {
        on: ['superset'],
        secrets: { 'akko-superset': { 'admin-password': 'test-rotated' } },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'chart-without-a-secret',
    title: 'The chart is installed before its Secrets',
    broken:
      'The Secret akko-minio was never created; the program of the chart tells so.',
    family: 'service',
    expected: { rule: 'secret-missing', job: 'minio-init' },
    acceptable: ['misconfigured'],
    chart: 'akko-init',
    async run(context) {
      await installChart(context, {
        on: ['minio'],
        withoutSecrets: ['akko-minio'],
      });
      await context.jobEnds();
    },
  },
  {
    name: 'catalog-of-another-realm',
    title: 'The values name a realm that Polaris does not have',
    broken: 'akko-init is installed with services.polaris.realm PROD.',
    family: 'service',
    expected: { rule: 'misconfigured', job: 'polaris-init' },
    chart: 'akko-init',
    async run(context) {
      await installChart(context, {
        on: ['polaris'],
        values: { services: { polaris: { realm: 'PROD' } } },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'address-of-a-sign-in-page',
    title: 'The address of the values is that of a sign-in page',
    broken:
      'akko-init is installed with the address of a proxy that answers everything with a page of HTML in the place of Keycloak.',
    family: 'service',
    expected: { rule: 'misconfigured', job: 'keycloak-clients' },
    chart: 'akko-init',
    async run(context) {
      await startAnswering(
        context,
        'akko-oauth2-proxy',
        4180,
        answering(
          4180,
          200,
          '<!doctype html><title>Sign in</title><p>Sign in</p>',
          'text/html',
        ),
      );
      await installChart(context, {
        on: ['keycloakClients'],
        values: {
          services: { keycloak: { url: 'http://akko-oauth2-proxy:4180' } },
        },
      });
      await context.jobEnds();
    },
  },
];
