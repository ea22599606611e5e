import type SynchronizationResult from '@keycloak/keycloak-admin-client/lib/defs/synchronizationResultRepresentation.js';
import type { JobContext } from '../../core/Job';
import { JobError } from '../../core/JobError';
import { waitUntilReady } from '../../core/waitUntilReady';
import { KEYCLOAK } from '../../keycloak/keycloakErrors';
import type { KeycloakSession } from '../../keycloak/KeycloakSession';
import type { KeycloakSyncConfig } from './config';
import { textOf, type Component } from './federation';

/** Node's fetch itself waits no longer for an answer to begin. */
const TIMEOUT_SECONDS = 300;

type Context = JobContext<KeycloakSyncConfig>;
type Action = 'triggerChangedUsersSync' | 'triggerFullSync';

/**
 * Synchronizes a federation's users, and tells what came of it as Keycloak counts it. A federation that was never synchronized gets all users
 * from a synchronization of the changed ones. Users are not listed to see more: listing them makes Keycloak import and forget users.
 * @param isNew - whether this run found no federation
 */
export async function synchronize(
  context: Context,
  keycloak: KeycloakSession,
  federation: Component,
  isNew: boolean,
): Promise<void> {
  const { changes, config, log } = context;
  const users = { kind: 'users', name: federation.name! };
  if (textOf(federation, 'enabled') === 'false') {
    changes.skipped({
      ...users,
      note: 'the user federation is switched off in Keycloak',
    });
    return;
  }
  if (changes.plan) {
    changes.skipped({
      ...users,
      note: `would be synchronized (${config.sync}); only a run tells how many are new`,
    });
    return;
  }
  const changed = await runOnce(
    context,
    keycloak,
    federation,
    'triggerChangedUsersSync',
  );
  // A full synchronization counts everybody whom it reads as updated; who really was has been told by the first one.
  const full =
    config.sync === 'full'
      ? await runOnce(context, keycloak, federation, 'triggerFullSync')
      : undefined;

  const added = (changed.added ?? 0) + (full?.added ?? 0);
  const updated = changed.updated ?? 0;
  const failed = (full ?? changed).failed ?? 0;
  // Keycloak has made the changes already: there is nothing left to do for them.
  const done = async () => {};
  if (added) {
    await changes.create({ ...users, note: `${added} imported` }, done);
  }
  if (updated) {
    await changes.update({ ...users, note: `${updated} updated` }, done);
  }
  if (failed) {
    log.warn(
      `${failed} of the users of ${federation.name} could not be imported; Keycloak's log tells who and why (often another user has the same email).`,
    );
    changes.skipped({
      ...users,
      note: `${failed} could not be imported, see Keycloak's log`,
    });
  }
  if (full?.updated) {
    changes.unchanged({
      ...users,
      note: `${full.updated} read again; Keycloak does not tell whether that changed anything`,
    });
  } else if (!added && !updated && !failed) {
    changes.unchanged({
      ...users,
      note: isNew
        ? `nobody was imported: another run was quicker, or ${textOf(
            federation,
            'usersDn',
          )} shows nobody`
        : 'nobody is new or changed',
    });
  }
}

/** One synchronization; while another one runs Keycloak ignores the wish, so it is waited for. */
async function runOnce(
  { config, log, signal }: Context,
  keycloak: KeycloakSession,
  federation: Component,
  action: Action,
): Promise<SynchronizationResult> {
  return waitUntilReady({
    service: KEYCLOAK,
    address: keycloak.address,
    seconds: config.waitSeconds,
    probe: async () => {
      const result = await keycloak.ask(
        `synchronize the users of ${federation.name}`,
        client =>
          client.userStorageProvider.sync({ id: federation.id, action }),
        TIMEOUT_SECONDS,
      );
      if (result.ignored) {
        throw new JobError({
          code: 'service-unavailable',
          service: KEYCLOAK,
          message: `${KEYCLOAK} at ${keycloak.address} is still busy with another synchronization of ${federation.name}.`,
          nextStep:
            'When that synchronization is done (Keycloak logs its end), run the job again.',
        });
      }
      return result;
    },
    log,
    signal,
  });
}
