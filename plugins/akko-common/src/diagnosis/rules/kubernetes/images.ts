import { kubectl } from '../../commands';
import type { JobFacts } from '../../model/types';
import type { Trouble } from '../../model/troubles';
import { again, describePod } from '../steps';
import type { TroubleRule } from './types';

function imageOf(trouble: Trouble): string {
  return (
    trouble.image ??
    /image "([^"\s]{1,300})"/.exec(trouble.message)?.[1] ??
    'the image'
  );
}

function parts(trouble: Trouble, job: JobFacts) {
  return {
    image: imageOf(trouble),
    common: {
      target: imageOf(trouble),
      confidence: 'certain' as const,
      object: trouble.pod?.ref,
      action: again(job, 'the image can be pulled'),
    },
  };
}

/** The registry wants a login, or refuses the one it gets. */
export const imageUnauthorised: TroubleRule = {
  id: 'image-unauthorised',
  kinds: ['image'],
  pattern:
    /\b401\b|unauthori[sz]ed|authentication required|authorization failed|pull access denied|\b403\b|\bforbidden\b|no basic auth credentials|insufficient_scope|\bdenied:/i,
  explain: (trouble, job) => {
    const { image, common } = parts(trouble, job);
    return {
      ...common,
      title: 'The registry refuses the login for the image',
      cause: `The registry of ${image} wants a login and got none, or one that may not pull it.`,
      steps: [
        describePod(job, trouble.pod),
        {
          text: 'Name a Secret with a login of the registry in imagePullSecrets of the values; see which there are.',
          command: kubectl(
            'get',
            job.namespace,
            'secrets',
            '--field-selector',
            'type=kubernetes.io/dockerconfigjson',
          ),
        },
      ],
    };
  },
  examples: {
    yes: [
      'failed to pull and unpack image "registry.example.com/akko/akko-init:1": failed to resolve reference: unexpected status from HEAD request: 401 Unauthorized',
      'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    ],
    no: ['failed to resolve reference "x:1": x:1: not found'],
  },
};

/** The registry lets through only so many pulls. */
export const imageRateLimited: TroubleRule = {
  id: 'image-rate-limited',
  kinds: ['image'],
  pattern: /\b429\b|too ?many ?requests|pull rate limit|QPS exceeded/i,
  explain: (trouble, job) => {
    const { image, common } = parts(trouble, job);
    return {
      ...common,
      title: 'The registry has had too many pulls',
      cause: `The registry of ${image} answers that its limit of pulls is reached.`,
      steps: [
        {
          text: 'Pull with a login (imagePullSecrets), from a mirror of your own (image.registry), or wait until the limit is over.',
        },
        describePod(job, trouble.pod),
      ],
    };
  },
  examples: {
    yes: [
      'unexpected status from HEAD request: 429 Too Many Requests',
      'toomanyrequests: You have reached your pull rate limit.',
    ],
    no: ['not found'],
  },
};

/** The registry itself cannot be reached. */
export const imageRegistryUnreachable: TroubleRule = {
  id: 'image-registry-unreachable',
  kinds: ['image'],
  pattern:
    /connection refused|no such host|i\/o timeout|connection timed out|TLS handshake|x509|server gave HTTP response|no route to host|network is unreachable|context deadline exceeded|\b50[0234]\b|server misbehaving|EOF$|connection reset/i,
  explain: (trouble, job) => {
    const { image, common } = parts(trouble, job);
    return {
      ...common,
      title: 'The registry of the image cannot be reached',
      cause: `The node cannot reach the registry of ${image}: it is down, its name is not known, or the way to it is closed.`,
      steps: [
        {
          text: 'Compare image.registry in the values with the registry that this cluster may use; an air-gapped cluster needs its own.',
        },
        describePod(job, trouble.pod),
      ],
    };
  },
  examples: {
    yes: [
      'failed to do request: Head "https://registry.example.com/v2/akko-init/manifests/1": dial tcp: lookup registry.example.com: no such host',
      'dial tcp 127.0.0.1:443: connect: connection refused',
    ],
    no: ['manifest unknown'],
  },
};

/** The pod may use only what its node has, which is not this image. */
export const imageNeverPulled: TroubleRule = {
  id: 'image-never-pulled',
  kinds: ['image'],
  pattern: /ErrImageNeverPull|pull policy of Never/i,
  explain: (trouble, job) => {
    const { image, common } = parts(trouble, job);
    return {
      ...common,
      title: 'The node does not have the image, and may not pull it',
      cause: `imagePullPolicy is Never, and ${image} is not on the node.`,
      steps: [
        {
          text: 'Load the image onto the nodes, or set image.pullPolicy to IfNotPresent in the values.',
        },
        describePod(job, trouble.pod),
      ],
    };
  },
  examples: {
    yes: [
      'Container image "localhost/akko:1" is not present with pull policy of Never',
    ],
    no: ['Back-off pulling image "x"'],
  },
};

/** The reference of the image cannot be read. */
export const imageNameInvalid: TroubleRule = {
  id: 'image-name-invalid',
  kinds: ['image'],
  pattern: /InvalidImageName|couldn't parse image|invalid reference format/i,
  explain: (trouble, job) => {
    const { image, common } = parts(trouble, job);
    return {
      ...common,
      title: 'The name of the image is not valid',
      cause: `${image} is no reference of an image.`,
      steps: [
        {
          text: 'Correct image.registry, image.repository, image.tag or image.digest in the values; repositories are written in lower case.',
        },
        describePod(job, trouble.pod),
      ],
    };
  },
  examples: {
    yes: [
      'Failed to apply default image tag "Akko/Init:1": couldn\'t parse image name: invalid reference format: repository name must be lowercase',
    ],
    no: ['not found'],
  },
};

/** The registry answers, and has no such image or tag. */
export const imageNotFound: TroubleRule = {
  id: 'image-not-found',
  kinds: ['image'],
  pattern:
    /not found|manifest unknown|name unknown|does not exist|no match for platform|\b404\b/i,
  explain: (trouble, job) => {
    const { image, common } = parts(trouble, job);
    return {
      ...common,
      title: 'The image is not in its registry',
      cause: `The registry has no ${image}: the tag or the repository in the values is wrong, or it was not pushed.`,
      steps: [
        {
          text: 'Correct image.repository and image.tag (or digest) in the values, or push the image.',
        },
        describePod(job, trouble.pod),
      ],
    };
  },
  examples: {
    yes: [
      'failed to resolve reference "registry.example.com/akko-init:9": registry.example.com/akko-init:9: not found',
    ],
    no: ['401 Unauthorized'],
  },
};

/** It cannot be pulled, for a reason that is told in no known words. */
export const imagePullFailed: TroubleRule = {
  id: 'image-pull-failed',
  kinds: ['image'],
  pattern: /^/,
  explain: (trouble, job) => {
    const { image, common } = parts(trouble, job);
    return {
      ...common,
      confidence: 'likely',
      title: 'The image cannot be pulled',
      cause: `The node cannot get ${image}.`,
      steps: [describePod(job, trouble.pod)],
    };
  },
  examples: { yes: ['Back-off pulling image "x"'] },
};
