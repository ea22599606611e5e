import { setTimeout as sleep } from 'node:timers/promises';
import { defineJob, type JobContext } from '../../core/Job';
import { KeycloakSession } from '../../keycloak/KeycloakSession';
import {
  clientOf,
  createClient,
  differences,
  findClient,
  mergeClient,
  missingOf,
  type WantedClient,
} from './clients';
import {
  keycloakClientsConfig,
  type ClientConfig,
  type KeycloakClientsConfig,
} from './config';

/** Longer than another run takes from reading a client to writing it. */
const SETTLING_MILLISECONDS = 1000;

type Context = JobContext<KeycloakClientsConfig>;

/**
 * Gives the clients of the services the redirect URIs and web origins of a domain, and makes those that are missing. It adds to the lists of an
 * existing client and takes nothing out of them; its other settings stay.
 */
export const keycloakClients = defineJob({
  name: 'keycloak-clients',
  summary: 'Clients of the services in Keycloak, with their redirect URIs',
  config: keycloakClientsConfig,
  async run(context) {
    const keycloak = new KeycloakSession(context);
    await keycloak.whenReady();
    const written: WantedClient[] = [];
    for (const client of context.config.clients) {
      const wanted = clientOf(client, context.config.domain);
      if (await ensureClient(context, keycloak, client, wanted)) {
        written.push(wanted);
      }
    }
    await settle(context, keycloak, written);
  },
});

/** @returns whether this run wrote the client */
async function ensureClient(
  { changes, secrets }: Context,
  keycloak: KeycloakSession,
  config: ClientConfig,
  wanted: WantedClient,
): Promise<boolean> {
  const client = { kind: 'client', name: wanted.clientId };
  const found = await findClient(keycloak, wanted.clientId);
  let isWritten = false;
  if (!found) {
    const secret =
      config.secret &&
      secrets.read(config.secret, `secret of the client ${wanted.clientId}`);
    await changes.create(client, async () => {
      isWritten = await createClient(keycloak, wanted, secret);
      if (isWritten) {
        return undefined;
      }
      isWritten = await mergeClient(keycloak, wanted);
      return isWritten
        ? { action: 'updated', note: 'somebody else made it meanwhile' }
        : 'unchanged';
    });
    return isWritten;
  }
  const different = differences(found, wanted, secrets.find(config.secret));
  const kept =
    different.length &&
    `differs from the values, kept: ${different.join(', ')}`;
  const missing = missingOf(found, wanted);
  if (!missing) {
    changes.unchanged({ ...client, ...(kept && { note: kept }) });
    return false;
  }
  const note = [`adds ${missing.join(' ')}`, kept].filter(Boolean).join('; ');
  await changes.update({ ...client, note }, async () => {
    isWritten = await mergeClient(keycloak, wanted);
    return isWritten ? undefined : 'unchanged';
  });
  return isWritten;
}

/** Looks again at what was written, until nothing of it was overwritten by a run that had read the client before. */
async function settle(
  { signal, step }: Context,
  keycloak: KeycloakSession,
  written: readonly WantedClient[],
): Promise<void> {
  let unsettled = [...written];
  while (unsettled.length) {
    step('looking whether another run overwrote what was added');
    await sleep(SETTLING_MILLISECONDS, undefined, { signal });
    const again: WantedClient[] = [];
    for (const wanted of unsettled) {
      if (await mergeClient(keycloak, wanted)) {
        again.push(wanted);
      }
    }
    unsettled = again;
  }
}
