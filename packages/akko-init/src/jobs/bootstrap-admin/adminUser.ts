import type UserRepresentation from '@keycloak/keycloak-admin-client/lib/defs/userRepresentation.js';
import type { JobContext } from '../../core/Job';
import { JobError } from '../../core/JobError';
import { KEYCLOAK, unlessThere } from '../../keycloak/keycloakErrors';
import type { KeycloakSession } from '../../keycloak/KeycloakSession';
import type { AdminConfig, BootstrapAdminConfig } from './config';
import { roleToGive } from './realmRoles';

type Context = JobContext<BootstrapAdminConfig>;

/** Makes the first administrator unless there is a user of the name, and gives the roles that are missing. Nothing else of an existing user is touched. */
export async function ensureAdmin(
  context: Context,
  keycloak: KeycloakSession,
): Promise<void> {
  const { config, changes, secrets } = context;
  const { admin } = config;
  const object = { kind: 'user', name: admin.username };
  if (!admin.enabled) {
    changes.skipped({
      ...object,
      note: 'admin.enabled is false in the values',
    });
    return;
  }
  let user = await findUser(keycloak, admin.username);
  if (user) {
    changes.unchanged(object);
  } else {
    const password = secrets.read(
      admin.password,
      `first password of the user ${admin.username}`,
    );
    await changes.create(object, async () => {
      const outcome = await unlessThere(() =>
        createUser(keycloak, admin, password),
      );
      user = await findUser(keycloak, admin.username);
      if (!user) {
        throw emailTaken(keycloak, admin);
      }
      return outcome;
    });
  }
  await ensureRolesOf(context, keycloak, user);
}

/** Gives the user the roles that it does not have. */
async function ensureRolesOf(
  { config, changes }: Context,
  keycloak: KeycloakSession,
  user: UserRepresentation | undefined,
): Promise<void> {
  const { roles, username } = config.admin;
  const id = user?.id;
  const given = id
    ? await keycloak.ask(`list the roles of the user ${username}`, client =>
        client.users.listRealmRoleMappings({ id }),
      )
    : [];
  for (const name of roles) {
    const object = { kind: 'role of user', name: `${username}: ${name}` };
    if (given.some(role => role.name === name)) {
      changes.unchanged(object);
      continue;
    }
    const role = await roleToGive(keycloak, name, config, changes.plan);
    await changes.create(object, () =>
      unlessThere(() =>
        keycloak.ask(`give the role ${name} to the user ${username}`, client =>
          client.users.addRealmRoleMappings({
            id: id!,
            roles: [{ id: role.id!, name: role.name! }],
          }),
        ),
      ),
    );
  }
}

async function findUser(
  keycloak: KeycloakSession,
  username: string,
): Promise<UserRepresentation | undefined> {
  const [found] = await keycloak.ask(`read the user ${username}`, client =>
    client.users.find({ username, exact: true }),
  );
  return found;
}

async function createUser(
  keycloak: KeycloakSession,
  admin: AdminConfig,
  password: string,
): Promise<void> {
  const { username, email, firstName, lastName, temporaryPassword } = admin;
  await keycloak.ask(`create the user ${username}`, client =>
    client.users.create({
      username,
      email,
      firstName,
      lastName,
      enabled: true,
      // oauth2-proxy lets nobody in whose email is not verified.
      emailVerified: true,
      credentials: [
        { type: 'password', value: password, temporary: temporaryPassword },
      ],
    }),
  );
}

function emailTaken(
  keycloak: KeycloakSession,
  { username, email }: AdminConfig,
): JobError {
  return new JobError({
    code: 'conflict',
    service: KEYCLOAK,
    message: `${KEYCLOAK} at ${keycloak.address} does not take the user ${username}: another user of the realm ${keycloak.realm} has the email ${email} already.`,
    nextStep:
      "Give admin.email another address in the values, set admin.username to that user's name, or change the email of the other user in Keycloak; then run the job again.",
  });
}
