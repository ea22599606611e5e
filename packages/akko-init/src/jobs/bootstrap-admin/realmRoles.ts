import type RealmRepresentation from '@keycloak/keycloak-admin-client/lib/defs/realmRepresentation.js';
import type RoleRepresentation from '@keycloak/keycloak-admin-client/lib/defs/roleRepresentation.js';
import type { JobContext } from '../../core/Job';
import { JobError } from '../../core/JobError';
import { KEYCLOAK, unlessThere } from '../../keycloak/keycloakErrors';
import type { KeycloakSession } from '../../keycloak/KeycloakSession';
import type { BootstrapAdminConfig } from './config';

type Context = JobContext<BootstrapAdminConfig>;

/** Makes the realm roles that are missing. */
export async function ensureRoles(
  { config, changes }: Context,
  keycloak: KeycloakSession,
): Promise<void> {
  for (const role of config.roles) {
    const object = { kind: 'realm role', name: role.name };
    const found = await findRole(keycloak, role.name);
    if (found) {
      const isDifferent =
        role.description !== undefined &&
        role.description !== found.description;
      changes.unchanged({
        ...object,
        ...(isDifferent && {
          note: 'differs from the values, kept: description',
        }),
      });
    } else {
      await changes.create(object, () =>
        unlessThere(() =>
          keycloak.ask(`create the realm role ${role.name}`, client =>
            client.roles.create(role),
          ),
        ),
      );
    }
  }
}

/** Lets every user of the realm have a role, by adding it to the realm's default roles. */
export async function ensureDefaultRole(
  { config, changes }: Context,
  keycloak: KeycloakSession,
  realm: RealmRepresentation,
): Promise<void> {
  const name = config.defaultRole;
  if (!name) {
    return;
  }
  const id = realm.defaultRole?.id;
  if (!id) {
    throw new JobError({
      code: 'permission-denied',
      service: KEYCLOAK,
      message: `${KEYCLOAK} at ${keycloak.address} does not show the default roles of the realm ${keycloak.realm} to the job's account.`,
      nextStep: `Give the account the role realm-admin of the realm ${keycloak.realm}, or name another account in the Secret; then run the job again.`,
    });
  }
  const object = { kind: 'default role', name };
  const defaults = await keycloak.ask('list the default roles', client =>
    client.roles.getCompositeRoles({ id }),
  );
  if (defaults.some(role => role.name === name && !role.clientRole)) {
    changes.unchanged(object);
    return;
  }
  const role = await roleToGive(keycloak, name, config, changes.plan);
  await changes.create(object, () =>
    unlessThere(() =>
      keycloak.ask(`add ${name} to the default roles`, client =>
        client.roles.createComposite({ roleId: id }, [role]),
      ),
    ),
  );
}

/** A realm role, or undefined when there is none of the name. */
export async function findRole(
  keycloak: KeycloakSession,
  name: string,
): Promise<RoleRepresentation | undefined> {
  const found = await keycloak.ask(`read the realm role ${name}`, client =>
    client.roles.findOneByName({ name }),
  );
  return found ?? undefined;
}

/**
 * A realm role that is given to somebody. In a plan it may be one that the run would make before.
 * @throws JobError `not-found`, when there is none of the name
 */
export async function roleToGive(
  keycloak: KeycloakSession,
  name: string,
  config: Pick<BootstrapAdminConfig, 'roles'>,
  plan: boolean,
): Promise<RoleRepresentation> {
  const found = await findRole(keycloak, name);
  if (found) {
    return found;
  }
  if (plan && config.roles.some(role => role.name === name)) {
    return { name };
  }
  throw new JobError({
    code: 'not-found',
    service: KEYCLOAK,
    message: `${KEYCLOAK} at ${keycloak.address} has no realm role ${name} in the realm ${keycloak.realm}, which the values give to somebody.`,
    nextStep:
      'Add it to the roles in the values, or correct its name in admin.roles or defaultRole; then run the job again.',
  });
}
