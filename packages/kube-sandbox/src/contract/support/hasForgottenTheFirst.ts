import type { ContractTarget } from './describeContract';

/**
 * Whether lists cannot go back to the server's first versions. Those of the sandbox never can; a real server that was just set up still can, until
 * etcd is compacted for the first time (every 5 minutes), and nothing of the API brings that about.
 */
export async function hasForgottenTheFirst(
  target: ContractTarget,
): Promise<boolean> {
  if (!target.isReal) {
    return true;
  }
  const { status } = await target.api.get(
    target.core('secrets?resourceVersion=1&resourceVersionMatch=Exact'),
  );
  return status !== 200;
}
