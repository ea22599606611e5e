import { defineJob, type JobContext } from '../../core/Job';
import { KeycloakSession } from '../../keycloak/KeycloakSession';
import { keycloakSyncConfig, type KeycloakSyncConfig } from './config';
import { refuseEmptyDirectory } from './directory';
import {
  createComponent,
  differences,
  federationOf,
  findFederation,
  hasRoleMapper,
  roleMapperOf,
  type Component,
} from './federation';
import { synchronize } from './synchronization';
import { testDirectory } from './testDirectory';

type Context = JobContext<KeycloakSyncConfig>;

/**
 * Connects Keycloak to the directory and synchronizes its users. What a person set in an existing user federation stays, and is what is
 * tested and synchronized.
 */
export const keycloakSync = defineJob({
  name: 'keycloak-sync',
  summary: "The directory's users in Keycloak",
  config: keycloakSyncConfig,
  async run(context) {
    const { config } = context;
    const keycloak = new KeycloakSession(context);
    const realm = await keycloak.whenReady();
    const wanted = federationOf(config.directory, realm.id ?? keycloak.realm);
    const found = await findFederation(keycloak, wanted.name!);
    const federation = found ?? wanted;

    // Before anything is made: a federation that does not work would keep people from signing in.
    await testDirectory(
      context,
      keycloak,
      federation,
      found ? undefined : bindPassword(context),
    );
    if (config.sync === 'full') {
      await refuseEmptyDirectory(context, federation, bindPassword(context));
    }
    await ensureFederation(context, keycloak, wanted, found);
    if (config.directory.groupsDn) {
      await ensureRoleMapper(
        context,
        keycloak,
        federation,
        roleMapperOf(federation, config.directory.groupsDn),
        !found,
      );
    }
    await synchronize(context, keycloak, federation, !found);
  },
});

function bindPassword({ config, secrets }: Context): string {
  return secrets.read(
    config.directory.bindPassword,
    `password of ${config.directory.bindDn} in the directory`,
  );
}

async function ensureFederation(
  context: Context,
  keycloak: KeycloakSession,
  wanted: Component,
  found: Component | undefined,
): Promise<void> {
  const object = { kind: 'user federation', name: wanted.name! };
  if (!found) {
    await context.changes.create(object, () =>
      createComponent(keycloak, {
        ...wanted,
        config: { ...wanted.config, bindCredential: [bindPassword(context)] },
      }),
    );
    return;
  }
  const different = differences(found, wanted);
  context.changes.unchanged({
    ...object,
    ...(different.length && {
      note: `differs from the values, kept: ${different.join(', ')}`,
    }),
  });
}

async function ensureRoleMapper(
  { changes }: Context,
  keycloak: KeycloakSession,
  federation: Component,
  mapper: Component,
  isNewFederation: boolean,
): Promise<void> {
  const object = {
    kind: 'role mapper',
    name: `${federation.name} ${mapper.config['roles.dn'][0]}`,
  };
  const canAsk = !(changes.plan && isNewFederation);
  if (canAsk && (await hasRoleMapper(keycloak, mapper, federation))) {
    changes.unchanged(object);
  } else {
    await changes.create(object, () => createComponent(keycloak, mapper));
  }
}
