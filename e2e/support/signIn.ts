import { expect, type APIRequestContext } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backendUrl, stateFolder } from './portal';

/** Of the platform team: may do everything. Who tries the portal is signed in as this one. */
export const GUEST = 'user:default/guest';

/** Of the analytics team: may do everything on the instances of that team, and only look at others, without their logs. */
export const BEN = 'user:default/ben';

/** A config file that the backend of the portal under test reads anew whenever it changes. */
const file = join(stateFolder, 'sign-in.yaml');

/** The file that says as whom people are signed in: as the guest until a test says otherwise. */
export function signInConfig(): string {
  // Workers come here too, one of them perhaps after a test that has failed as somebody else.
  if (process.env.TEST_WORKER_INDEX === undefined) {
    mkdirSync(stateFolder, { recursive: true });
    signIn(GUEST);
  }
  return file;
}

/**
 * From now on every page that is opened is signed in as somebody: one portal serves them all, one after the other.
 * @returns a token of theirs
 */
export async function signInAs(
  request: APIRequestContext,
  user: string,
): Promise<string> {
  signIn(user);
  let token = '';
  await expect
    .poll(
      async () => {
        const response = await request.post(
          `${backendUrl}/api/auth/guest/refresh`,
        );
        const { backstageIdentity } = await response.json();
        token = backstageIdentity?.token;
        return backstageIdentity?.identity.userEntityRef;
      },
      {
        message: `The portal signs in as ${user}. It must have been started with --backend-config ${file}.`,
      },
    )
    .toBe(user);
  return token;
}

function signIn(userEntityRef: string): void {
  // JSON is YAML.
  writeFileSync(
    file,
    JSON.stringify({ auth: { providers: { guest: { userEntityRef } } } }),
  );
}
