import type { Instance } from '@akko/backstage-plugin-akko-common';
import type { Phase } from '../task/AkkoStep';

/** The view of an instance follows the end of an operation by a moment. */
const LOOKS = 5;
const BETWEEN_LOOKS = 1000;

/** The instance after its jobs have ended; as it is when something else runs on. */
export async function settledInstance(
  { api, clock, signal }: Phase,
  ref: string,
): Promise<Instance> {
  for (let look = 1; ; look++) {
    const instance = await api.instance(ref);
    if (instance.health !== 'progressing' || look === LOOKS) {
      return instance;
    }
    await clock.sleep(BETWEEN_LOOKS, signal);
  }
}
