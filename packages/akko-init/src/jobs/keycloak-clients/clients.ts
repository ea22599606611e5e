import type ClientRepresentation from '@keycloak/keycloak-admin-client/lib/defs/clientRepresentation.js';
import { JobError } from '../../core/JobError';
import { isConflict, KEYCLOAK } from '../../keycloak/keycloakErrors';
import type { KeycloakSession } from '../../keycloak/KeycloakSession';
import type { ClientConfig } from './config';
import { expand } from './uriPatterns';

/** The lists that are merged. */
const LISTS = ['redirectUris', 'webOrigins'] as const;
const MOST_ATTEMPTS = 20;

/** A client as it should be made; its lists are those that an existing one must have as well. */
export interface WantedClient extends ClientRepresentation {
  clientId: string;
  redirectUris: string[];
  webOrigins: string[];
}

/** The client that the values describe, without its secret: confidential unless it is public, with the standard flow. */
export function clientOf(config: ClientConfig, domain: string): WantedClient {
  const expanded = (patterns: string[]) => [
    ...new Set(patterns.map(pattern => expand(pattern, domain))),
  ];
  return {
    clientId: config.clientId,
    name: config.name,
    protocol: 'openid-connect',
    enabled: true,
    publicClient: config.publicClient,
    standardFlowEnabled: true,
    directAccessGrantsEnabled: false,
    serviceAccountsEnabled: config.serviceAccounts,
    redirectUris: expanded(config.redirectUris),
    webOrigins: expanded(config.webOrigins),
  };
}

/** A client of the realm, or undefined when there is none of that id. */
export async function findClient(
  keycloak: KeycloakSession,
  clientId: string,
): Promise<ClientRepresentation | undefined> {
  const [found] = await keycloak.ask(`read the client ${clientId}`, client =>
    client.clients.find({ clientId }),
  );
  return found;
}

/** @returns false, when somebody else was quicker */
export async function createClient(
  keycloak: KeycloakSession,
  wanted: WantedClient,
  secret: string | undefined,
): Promise<boolean> {
  try {
    await keycloak.ask(`create the client ${wanted.clientId}`, client =>
      client.clients.create({ ...wanted, secret }),
    );
    return true;
  } catch (error) {
    if (isConflict(error)) {
      return false;
    }
    throw error;
  }
}

/** What an existing client lacks; undefined when it lacks nothing. */
export function missingOf(
  found: ClientRepresentation,
  wanted: WantedClient,
): string[] | undefined {
  const missing = LISTS.flatMap(list =>
    wanted[list].filter(each => !found[list]?.includes(each)),
  );
  return missing.length ? missing : undefined;
}

/**
 * Adds what a client lacks, and looks again until it has it. Keycloak has no condition for an update, so another run may overwrite this one
 * with what it read before; then this one adds again.
 * @returns whether anything was written
 */
export async function mergeClient(
  keycloak: KeycloakSession,
  wanted: WantedClient,
): Promise<boolean> {
  const { clientId } = wanted;
  const doing = `add redirect URIs and web origins to the client ${clientId}`;
  let isWritten = false;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const found = await findClient(keycloak, clientId);
    if (!found) {
      throw new JobError({
        code: 'conflict',
        service: KEYCLOAK,
        message: `${KEYCLOAK} at ${keycloak.address} lost the client ${clientId} while it was worked on: somebody deleted it.`,
        nextStep: 'Run the job again, and it is made anew.',
      });
    }
    if (!missingOf(found, wanted)) {
      return isWritten;
    }
    try {
      await keycloak.ask(doing, client =>
        // Fields that are not sent stay as they are.
        client.clients.update({ id: found.id! }, unionOf(found, wanted)),
      );
      isWritten = true;
    } catch (error) {
      // Two updates at the same moment: Keycloak refuses one of them.
      if (!isConflict(error)) {
        throw error;
      }
    }
  }
  throw new JobError({
    code: 'conflict',
    service: KEYCLOAK,
    message: `${KEYCLOAK} at ${keycloak.address} does not keep the redirect URIs of the client ${clientId}: something else overwrote them ${MOST_ATTEMPTS} times.`,
    nextStep: `See in Keycloak's admin events what else writes the client ${clientId}, stop it, then run the job again.`,
  });
}

/** The fields of an existing client that differ from the values and are left as they are. */
export function differences(
  found: ClientRepresentation,
  wanted: WantedClient,
  secret: string | undefined,
): string[] {
  const fields = (
    [
      'enabled',
      'publicClient',
      'standardFlowEnabled',
      'serviceAccountsEnabled',
    ] as const
  ).filter(field => Boolean(found[field]) !== Boolean(wanted[field]));
  return secret && found.secret !== secret ? [...fields, 'secret'] : fields;
}

/** The lists to which something is added, whole: an update replaces a list. */
function unionOf(
  found: ClientRepresentation,
  wanted: WantedClient,
): ClientRepresentation {
  const body: ClientRepresentation = {};
  for (const list of LISTS) {
    const union = [...new Set([...(found[list] ?? []), ...wanted[list]])];
    if (union.length > (found[list]?.length ?? 0)) {
      body[list] = union;
    }
  }
  return body;
}
