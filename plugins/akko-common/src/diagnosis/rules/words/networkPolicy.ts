import { kubectl } from '../../commands';
import { entries, number, objects, text, texts } from '../../model/loose';
import type { PodFacts, Situation } from '../../model/types';
import type { KubernetesObject } from '../../types';
import { addressNear, shortAddress } from '../address';
import { again } from '../steps';
import type { WordsRule } from '../types';
import { targetTimeout } from './targetTimeout';

function selects(policy: KubernetesObject, pod: PodFacts): boolean {
  const labels = new Map(entries(pod.spec, 'metadata', 'labels'));
  const wanted = entries(policy, 'spec', 'podSelector', 'matchLabels');
  const expressions = objects(
    policy,
    'spec',
    'podSelector',
    'matchExpressions',
  );
  return (
    text(policy, 'metadata', 'namespace') === pod.ref.namespace &&
    // What is not understood is not blamed.
    expressions.length === 0 &&
    wanted.every(([key, value]) => labels.get(key) === value)
  );
}

/** Whether one of its egress rules names the port, or any port. */
function letsOut(policy: KubernetesObject, port: number): boolean {
  return objects(policy, 'spec', 'egress').some(rule => {
    const ports = objects(rule, 'ports');
    return (
      ports.length === 0 ||
      ports.some(each => {
        const from = number(each, 'port');
        const to = number(each, 'endPort') ?? from;
        // A named port may be this one.
        return from === undefined || (from <= port && port <= to!);
      })
    );
  });
}

/** A policy that selects the pod, governs what goes out, and lets this port out no more than any other that selects it. */
function blockingPolicy(
  { networkPolicies }: Situation,
  pod: PodFacts | undefined,
  address: string | undefined,
): KubernetesObject | undefined {
  const port = Number(address?.split(':')[1]);
  if (!pod || !Number.isInteger(port)) {
    return undefined;
  }
  const ours = networkPolicies.filter(
    policy =>
      texts(policy, 'spec', 'policyTypes').includes('Egress') &&
      selects(policy, pod),
  );
  return ours.some(policy => letsOut(policy, port)) ? undefined : ours[0];
}

/** Nothing answers, and a NetworkPolicy of the job's own pods says why. */
export const networkPolicy: WordsRule = {
  kind: 'words',
  id: 'network-policy',
  patterns: targetTimeout.patterns,
  when: ({ line, nearby, pod, situation }) =>
    blockingPolicy(situation, pod, addressNear(line, nearby)) !== undefined,
  explain: ({ job, line, nearby, pod, situation }) => {
    const address = addressNear(line, nearby)!;
    const policy = blockingPolicy(situation, pod, address)!;
    const name = text(policy, 'metadata', 'name') ?? '';
    return {
      title: `The NetworkPolicy ${name} does not let the job out to ${shortAddress(
        address,
      )}`,
      cause: `The pods of the job may open connections only where a NetworkPolicy that selects them says so, and none names port ${
        address.split(':')[1]
      }.`,
      target: `NetworkPolicy/${name}`,
      confidence: 'likely',
      object: { kind: 'NetworkPolicy', namespace: job.namespace, name },
      steps: [
        {
          text: 'See what it lets out.',
          command: kubectl('describe', job.namespace, `networkpolicy/${name}`),
        },
        {
          text: "Add the port to its egress. The chart's own policy takes the ports of the configured services, and more from networkPolicy.extraPorts in the values.",
        },
      ],
      action: again(job, 'the port is let out'),
    };
  },
  // They are those of target-timeout; what makes the difference is the policy.
  examples: { yes: [] },
};
