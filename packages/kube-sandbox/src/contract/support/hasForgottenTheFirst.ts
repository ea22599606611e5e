import type { ContractTarget } from './describeContract';

/**
 * Whether the server cannot go back to its first versions. The sandbox never can; a real one that was just set up still can, until etcd is compacted
 * for the first time (every 5 minutes), and nothing of the API brings that about.
 */
export async function hasForgottenTheFirst(
  target: ContractTarget,
): Promise<boolean> {
  const { status } = await target.api.get(
    target.core('secrets?resourceVersion=1&resourceVersionMatch=Exact'),
  );
  return status !== 200;
}
