import { kubectl } from '../../commands';
import { again, describePod, showKeys } from '../steps';
import type { TroubleRule } from './types';

/** The Secret is there, and lacks the key. */
export const keyMissing: TroubleRule = {
  id: 'key-missing',
  kinds: ['config', 'mount'],
  pattern:
    /couldn't find key ([\w.-]{1,253}) in (Secret|ConfigMap) (?:[\w.-]{1,253}\/)?([\w.-]{1,253})|references non-existent (secret|config) key: ([\w.-]{1,253})/i,
  explain: (trouble, job, _, caught) => {
    const key = caught[1] ?? caught[5] ?? '';
    const kind = /config/i.test(caught[2] ?? caught[4] ?? '')
      ? 'ConfigMap'
      : 'Secret';
    const name = caught[3];
    return {
      title: `The key ${key} is missing in the ${kind}${
        name ? ` ${name}` : ''
      }`,
      cause: `The pod wants the key ${key} of the ${kind}${
        name ? ` ${name}` : ''
      }, which is there and has no such key.`,
      target: `${kind}/${name ?? ''}/${key}`,
      confidence: 'certain',
      object: name
        ? { kind, namespace: job.namespace, name }
        : trouble.pod?.ref,
      steps: [
        name
          ? {
              text: 'See which keys it has.',
              command: showKeys(
                job.namespace,
                kind === 'Secret' ? 'secret' : 'configmap',
                name,
              ),
            }
          : describePod(job, trouble.pod),
        { text: 'Add the key, or name the right one in the values.' },
      ],
      action: again(job, 'the key is there'),
    };
  },
  examples: {
    yes: [
      "couldn't find key postgres-password in Secret akko/akko-postgresql",
      'MountVolume.SetUp failed for volume "files" : references non-existent secret key: ldap-admin-password',
    ],
    no: ['secret "akko-postgresql" not found'],
  },
};

/** A Secret that the pod needs is not there. */
export const secretMissing: TroubleRule = {
  id: 'secret-missing',
  kinds: ['config', 'mount'],
  pattern:
    /secret "([^"\s]{1,253})" not found|secrets? "([^"\s]{1,253})" (?:is forbidden|not found)|object "[^"\s]{1,120}"\/"([^"\s]{1,253})" not registered/i,
  explain: (_, job, __, caught) => {
    const name = caught[1] ?? caught[2] ?? caught[3] ?? '';
    return {
      title: `The Secret ${name} is missing`,
      cause: `The pod needs the Secret ${name}, which is not in the namespace ${job.namespace}.`,
      target: `Secret/${name}`,
      confidence: 'certain',
      object: { kind: 'Secret', namespace: job.namespace, name },
      steps: [
        {
          text: 'See which Secrets there are.',
          command: kubectl('get', job.namespace, 'secrets'),
        },
        {
          text: 'Create it (the chart makes no Secret), or name the right one in the values. A pod that waits for it then goes on by itself.',
        },
      ],
      action: again(job, 'the Secret is there'),
    };
  },
  examples: {
    yes: [
      'secret "akko-postgresql" not found',
      'MountVolume.SetUp failed for volume "tls" : secret "akko-tls" not found',
    ],
    no: ['configmap "akko-scripts" not found'],
  },
};

/** A ConfigMap that the pod needs is not there. */
export const configMapMissing: TroubleRule = {
  id: 'configmap-missing',
  kinds: ['config', 'mount'],
  pattern: /configmap "([^"\s]{1,253})" not found/i,
  explain: (_, job, __, caught) => {
    const name = caught[1] ?? '';
    return {
      title: `The ConfigMap ${name} is missing`,
      cause: `The pod needs the ConfigMap ${name}, which is not in the namespace ${job.namespace}.`,
      target: `ConfigMap/${name}`,
      confidence: 'certain',
      object: { kind: 'ConfigMap', namespace: job.namespace, name },
      steps: [
        {
          text: 'See which ConfigMaps there are.',
          command: kubectl('get', job.namespace, 'configmaps'),
        },
        {
          text: "Run the upgrade again if it is one of the chart's own (somebody removed it), or create it.",
        },
      ],
      action: again(job, 'the ConfigMap is there'),
    };
  },
  examples: {
    yes: ['configmap "akko-postgres-ensure" not found'],
    no: ['secret "x" not found'],
  },
};

/** The image runs as root where only others may. */
export const runsAsRoot: TroubleRule = {
  id: 'runs-as-root',
  kinds: ['config'],
  pattern: /runAsNonRoot/,
  explain: (trouble, job) => ({
    title: 'The image wants to run as root, and must not',
    cause:
      'The pod says runAsNonRoot, and its image runs as root or as a user that is no number.',
    target: trouble.image,
    confidence: 'certain',
    object: trouble.pod?.ref,
    steps: [
      {
        text: 'Set a numeric runAsUser in the pod security context of the values, or use an image that runs as another user.',
      },
      describePod(job, trouble.pod),
    ],
    action: again(job, 'the user is set'),
  }),
  examples: {
    yes: ['container has runAsNonRoot and image will run as root'],
    no: ['secret "x" not found'],
  },
};
