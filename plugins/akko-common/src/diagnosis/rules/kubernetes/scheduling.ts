import { command, kubectl } from '../../commands';
import { again, describePod } from '../steps';
import type { TroubleRule } from './types';

const NODES = command(
  'kubectl',
  'get',
  'nodes',
  '--output=custom-columns=NAME:.metadata.name,CPU:.status.allocatable.cpu,MEMORY:.status.allocatable.memory,TAINTS:.spec.taints[*].key',
);

/** The volume claim of the pod is not bound. */
export const volumePending: TroubleRule = {
  id: 'volume-pending',
  kinds: ['schedule', 'mount'],
  pattern:
    /unbound immediate PersistentVolumeClaims|didn't find available persistent volumes|persistentvolumeclaim "[^"\s]{1,253}" is being deleted|did not find available persistent volumes|volume node affinity conflict|pvc .{0,253} not bound|waiting for a volume to be created/i,
  explain: (trouble, job) => ({
    title: 'The volume of the job is not there yet',
    cause:
      'The volume claim of the pod is not bound: its storage class is not there or makes no volume of that kind, or no volume fits the node.',
    target: 'volume',
    confidence: 'certain',
    object: trouble.pod?.ref,
    steps: [
      {
        text: 'See the claim with its events, and which storage classes there are.',
        command: `${kubectl(
          'describe',
          job.namespace,
          'pvc',
        )} && kubectl get storageclasses`,
      },
      {
        text: 'Set backup.volume.storageClass (or the default class of the cluster), size and access mode in the values.',
      },
    ],
    action: again(job, 'the claim is bound'),
  }),
  examples: {
    yes: [
      '0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
    ],
    no: ['0/1 nodes are available: 1 Insufficient cpu.'],
  },
};

/** The volume claim that the pod names does not exist. */
export const volumeClaimMissing: TroubleRule = {
  id: 'volume-claim-missing',
  kinds: ['schedule', 'mount'],
  pattern: /persistentvolumeclaim "([^"\s]{1,253})" not found/i,
  explain: (_, job, __, caught) => ({
    title: `The volume claim ${caught[1]} is missing`,
    cause: `The pod mounts the volume claim ${caught[1]}, which is not in the namespace ${job.namespace}.`,
    target: `PersistentVolumeClaim/${caught[1]}`,
    confidence: 'certain',
    object: {
      kind: 'PersistentVolumeClaim',
      namespace: job.namespace,
      name: caught[1] ?? '',
    },
    steps: [
      {
        text: 'See which claims there are; the chart makes its own unless backup.volume.existingClaim names another.',
        command: kubectl('get', job.namespace, 'pvc'),
      },
    ],
    action: again(job, 'the claim is there'),
  }),
  examples: {
    yes: [
      '0/1 nodes are available: persistentvolumeclaim "akko-backup" not found.',
    ],
    no: ['secret "x" not found'],
  },
};

/** No node has the CPU or memory, or the place for one more pod. */
export const unschedulableResources: TroubleRule = {
  id: 'unschedulable-resources',
  kinds: ['schedule'],
  pattern: /Insufficient ([\w./-]{1,100})|Too many pods/i,
  explain: (trouble, job, _, caught) => ({
    title: `No node has enough ${caught[1] ?? 'room'} for the job`,
    cause: `The pod asks for more ${
      caught[1] ?? 'room'
    } than any node that it may run on has left.`,
    target: `resources ${caught[1] ?? 'pods'}`,
    confidence: 'certain',
    object: trouble.pod?.ref,
    steps: [
      { text: 'See what the nodes have.', command: NODES },
      {
        text: 'Lower the requests of the job (resources in the values), or add a node.',
      },
      describePod(job, trouble.pod),
    ],
    action: again(job, 'there is room'),
  }),
  examples: {
    yes: [
      '0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory.',
    ],
    no: [
      "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.",
    ],
  },
};

/** Nodes keep pods away that do not say that they tolerate it. */
export const unschedulableTaints: TroubleRule = {
  id: 'unschedulable-taints',
  kinds: ['schedule'],
  pattern: /untolerated taint|had taint|were unschedulable/i,
  explain: (trouble, job) => {
    const taint = /taint(?:\(s\))? \{([^}]{1,200})\}/.exec(
      trouble.message,
    )?.[1];
    return {
      title: 'Every node keeps the pod away by a taint',
      cause: `The nodes have ${
        taint
          ? `the taint ${taint.replace(/: $/, '')}`
          : 'taints or are cordoned'
      }, and the pod does not tolerate it.`,
      target: `taint ${taint ?? ''}`,
      confidence: 'certain',
      object: trouble.pod?.ref,
      steps: [
        { text: 'See the taints of the nodes.', command: NODES },
        {
          text: 'Add a toleration to the values (tolerations), or take the taint away (kubectl uncordon, where the node is cordoned).',
        },
      ],
      action: again(job, 'a node takes it'),
    };
  },
  examples: {
    yes: [
      '0/1 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }.',
    ],
    no: ['0/1 nodes are available: 1 Insufficient cpu.'],
  },
};

/** No node is near, or far enough from, the pods that the affinity names. */
export const unschedulableAffinity: TroubleRule = {
  id: 'unschedulable-affinity',
  kinds: ['schedule'],
  pattern:
    /didn't match pod (?:anti-)?affinity|didn't match pod topology spread|didn't satisfy existing pods anti-affinity|pod affinity rules|anti-affinity rules/i,
  explain: (trouble, job) => ({
    title: 'No node fits the affinity of the job',
    cause:
      'The affinity or topology spread in the values wants a node beside, or away from, other pods, and no node is so.',
    target: 'affinity',
    confidence: 'certain',
    object: trouble.pod?.ref,
    steps: [
      describePod(job, trouble.pod),
      { text: 'Correct affinity in the values.' },
    ],
    action: again(job, 'a node fits'),
  }),
  examples: {
    yes: [
      "0/1 nodes are available: 1 node(s) didn't match pod affinity rules.",
      "0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules.",
    ],
    no: [
      "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.",
    ],
  },
};

/** No node has the labels that the selector wants. */
export const unschedulableSelector: TroubleRule = {
  id: 'unschedulable-selector',
  kinds: ['schedule'],
  pattern:
    /node affinity\/selector|node selector|didn't match Pod's node affinity|node\(s\) didn't match the requested node name/i,
  explain: (trouble, job) => ({
    title: 'No node has the labels that the job wants',
    cause:
      'The nodeSelector or node affinity in the values names labels that no node has.',
    target: 'selector',
    confidence: 'certain',
    object: trouble.pod?.ref,
    steps: [
      {
        text: 'See which labels the nodes have.',
        command: 'kubectl get nodes --show-labels',
      },
      { text: 'Correct nodeSelector in the values, or label a node.' },
    ],
    action: again(job, 'a node fits'),
  }),
  examples: {
    yes: [
      "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.",
    ],
    no: ["1 node(s) didn't match pod affinity rules."],
  },
};

/** It cannot be placed, for a reason that is told in no known words. */
export const unschedulable: TroubleRule = {
  id: 'unschedulable',
  kinds: ['schedule'],
  pattern: /^/,
  explain: (trouble, job) => ({
    title: 'No node takes the pod of the job',
    cause: trouble.message || 'The scheduler finds no node for the pod.',
    object: trouble.pod?.ref,
    steps: [
      describePod(job, trouble.pod),
      { text: 'See the nodes.', command: NODES },
    ],
    action: again(job, 'a node takes it'),
  }),
  examples: { yes: ['no nodes available to schedule pods'] },
};

/** The node cannot give the pod its network. */
export const podNetworkFailed: TroubleRule = {
  id: 'pod-network-failed',
  kinds: ['mount'],
  pattern:
    /pod sandbox|\bcni\b|network is not ready|failed to set ?up network/i,
  explain: (trouble, job) => ({
    title: 'The node cannot give the pod a network',
    cause:
      'The node cannot make the sandbox of the pod: its network plugin fails, or has no address left.',
    target: trouble.pod?.node,
    object: trouble.pod?.ref,
    steps: [
      describePod(job, trouble.pod),
      {
        text: 'See whether the network plugin of the node is well.',
        command: 'kubectl get --namespace=kube-system pods --output=wide',
      },
    ],
    action: again(job, 'the node is well'),
  }),
  examples: {
    yes: [
      'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "4f": plugin type="bridge" failed (add): no IP addresses available in range set',
    ],
    no: ['MountVolume.SetUp failed for volume "a" : secret "b" not found'],
  },
};

/** A volume cannot be attached or mounted. */
export const volumeMountFailed: TroubleRule = {
  id: 'volume-mount-failed',
  kinds: ['mount'],
  pattern: /^/,
  explain: (trouble, job) => {
    const volume = /for volume "([^"\s]{1,253})"/.exec(trouble.message)?.[1];
    return {
      title: `The volume ${volume ?? 'of the job'} cannot be mounted`,
      cause: /Multi-Attach/i.test(trouble.message)
        ? 'The volume is attached to another node, and may be used by one only (ReadWriteOnce).'
        : 'The node cannot mount a volume of the pod.',
      target: `volume ${volume ?? ''}`,
      object: trouble.pod?.ref,
      steps: [
        describePod(job, trouble.pod),
        {
          text: 'See the volume claims of the namespace.',
          command: kubectl('describe', job.namespace, 'pvc'),
        },
      ],
      action: again(job, 'the volume can be mounted'),
    };
  },
  examples: {
    yes: [
      'MountVolume.SetUp failed for volume "host" : hostPath type check failed: /data is not a directory',
    ],
  },
};
