import { installChart } from '../installChart';
import { startKeycloak } from '../keycloak';
import { olderJob } from '../objects';
import { copySecrets } from '../servers';
import type { CaptureCase } from '../types';

const at = (host: string) => `${host}.akko.svc.cluster.local`;
const CURL = 'curl --fail-with-body --silent --show-error';

export const identity: CaptureCase[] = [
  {
    name: 'client-of-the-realm-with-another-secret',
    title: 'Keycloak refuses the secret of a client',
    broken:
      'superset-bootstrap fetches a token for the client superset with a secret that Keycloak does not have.',
    family: 'service',
    expected: { rule: 'client-secret-wrong', job: 'superset-bootstrap' },
    chart: 'older',
    leftOut: ['events'],
    async run(context) {
      await context.create(
        olderJob({
          job: 'superset-bootstrap',
          script: `${CURL} -d grant_type=client_credentials -d client_id=superset -d client_secret=test-wrong http://${at(
            'akko-keycloak',
          )}:8080/realms/akko/protocol/openid-connect/token`,
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'first-admin-without-a-login',
    title: 'Keycloak does not know the administrator',
    broken:
      'The Secret akko-keycloak names an administrator that the running Keycloak does not have.',
    family: 'service',
    expected: { rule: 'keycloak-unauthorised', job: 'bootstrap-admin' },
    acceptable: ['password-mismatch'],
    chart: 'akko-init',
    async run(context) {
      await installChart(context, {
        release: 'lake',
        on: ['bootstrapAdmin'],
        secrets: { 'akko-keycloak': { 'admin-user': 'root' } },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'token-of-a-plain-user',
    title: 'The Admin API forbids what the script asks',
    broken:
      'keycloak-sync asks the Admin API with the token of an account that has no role there.',
    family: 'service',
    expected: { rule: 'keycloak-forbidden', job: 'keycloak-sync' },
    chart: 'older',
    async run(context) {
      await copySecrets(context, ['akko-keycloak']);
      await startKeycloak(context);
      await context.kubectl(
        'exec',
        'deployment/akko-keycloak',
        '--',
        'sh',
        '-c',
        [
          'cd /tmp && export K="/opt/keycloak/bin/kcadm.sh"',
          '$K config credentials --config /tmp/k --server http://127.0.0.1:8080 --realm master --user $KC_BOOTSTRAP_ADMIN_USERNAME --password $KC_BOOTSTRAP_ADMIN_PASSWORD',
          '$K create users --config /tmp/k -r master -s username=sync -s enabled=true -s email=sync@example.com -s firstName=S -s lastName=S -s emailVerified=true',
          '$K set-password --config /tmp/k -r master --username sync --new-password test-sync',
        ].join(' && '),
      );
      await context.create(
        olderJob({
          job: 'keycloak-sync',
          script: [
            'set -e',
            `token=$(${CURL} -d grant_type=password -d client_id=admin-cli -d username=sync -d password=test-sync http://akko-keycloak:8080/realms/master/protocol/openid-connect/token | jq -r .access_token)`,
            'echo "signed in as sync"',
            `${CURL} -H "Authorization: Bearer $token" http://akko-keycloak:8080/admin/realms/akko/components`,
          ].join('\n'),
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'realm-of-the-script',
    title: 'The script asks for a realm that Keycloak does not have',
    broken:
      'keycloak-clients fetches a token of the realm akko-eu, which was never imported.',
    family: 'service',
    expected: { rule: 'keycloak-realm-missing', job: 'keycloak-clients' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          release: 'akko-eu',
          job: 'keycloak-clients',
          script: `${CURL} -d grant_type=client_credentials -d client_id=superset -d client_secret=testbed-superset http://${at(
            'akko-keycloak',
          )}:8080/realms/akko-eu/protocol/openid-connect/token`,
        }),
      );
      await context.jobEnds();
    },
  },
  {
    name: 'federation-and-a-wrong-bind',
    title: 'The directory refuses the bind of the federation',
    broken:
      'The Secret akko-directory has another password than the running directory.',
    family: 'service',
    expected: { rule: 'directory-bind-refused', job: 'keycloak-sync' },
    chart: 'akko-init',
    async run(context) {
      await copySecrets(context, ['akko-keycloak']);
      await startKeycloak(context);
      await installChart(context, {
        on: ['keycloakSync'],
        withoutSecrets: ['akko-keycloak'],
        secrets: { 'akko-directory': { 'ldap-admin-password': 'test-wrong' } },
        values: {
          services: { keycloak: { url: 'http://akko-keycloak:8080' } },
          keycloakSync: {
            directory: { url: `ldap://${at('akko-lldap')}:3890` },
          },
        },
      });
      await context.jobEnds();
    },
  },
  {
    name: 'script-without-people',
    title: 'The search of the directory finds nobody',
    broken:
      'keycloak-sync of an older chart refuses to go on when the directory has no people below the base.',
    family: 'service',
    expected: { rule: 'directory-empty', job: 'keycloak-sync' },
    chart: 'older',
    async run(context) {
      await context.create(
        olderJob({
          job: 'keycloak-sync',
          script: [
            `ldapsearch -x -H ldap://${at(
              'akko-lldap',
            )}:3890 -D cn=admin,dc=akko,dc=local -w testbed-directory -b ou=groups,dc=akko,dc=local "(objectClass=inetOrgPerson)" uid | tee /tmp/people`,
            'grep -q "^uid:" /tmp/people || { echo "directory is empty: no users found, not syncing" >&2; exit 1; }',
          ].join('\n'),
        }),
      );
      await context.jobEnds();
    },
  },
];
