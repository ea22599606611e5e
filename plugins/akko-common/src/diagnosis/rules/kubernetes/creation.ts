import { kubectl } from '../../commands';
import { again, runAgainByHand } from '../steps';
import type { TroubleRule } from './types';

/** The namespace has used up its quota. */
export const quotaExceeded: TroubleRule = {
  id: 'quota-exceeded',
  kinds: ['create'],
  pattern: /exceeded quota: ([\w.-]{1,253})|failed quota: ([\w.-]{1,253})/i,
  explain: (trouble, job, _, caught) => {
    const name = caught[1] ?? caught[2] ?? '';
    const unset = /failed quota/i.test(trouble.message);
    return {
      title: unset
        ? `The quota ${name} wants limits that the job does not name`
        : `The quota ${name} is used up`,
      cause: unset
        ? `The quota ${name} of the namespace counts requests or limits that the pod does not say.`
        : `The pod would take more than the quota ${name} of the namespace ${job.namespace} leaves.`,
      target: `ResourceQuota/${name}`,
      confidence: 'certain',
      object: { kind: 'ResourceQuota', namespace: job.namespace, name },
      steps: [
        {
          text: 'See what is used of it.',
          command: kubectl('describe', job.namespace, `resourcequota/${name}`),
        },
        {
          text: unset
            ? 'Say requests and limits (resources in the values).'
            : 'Raise the quota, lower the requests of the job (resources in the values), or remove what is no longer needed.',
        },
      ],
      action: again(job, 'the quota has room'),
    };
  },
  examples: {
    yes: [
      'Error creating: pods "akko-minio-init-x7k2p" is forbidden: exceeded quota: compute, requested: requests.cpu=100m, used: requests.cpu=1, limited: requests.cpu=1',
      'Error creating: pods "a" is forbidden: failed quota: compute: must specify limits.cpu for: minio-init',
    ],
    no: ['violates PodSecurity "restricted:latest"'],
  },
};

/** The pod asks for more, or less, than one pod may. */
export const limitRange: TroubleRule = {
  id: 'limit-range',
  kinds: ['create'],
  pattern:
    /(?:maximum|minimum) [\w.\/-]{1,60}(?: usage)? per (?:Container|Pod)|limit to request ratio|must be less than or equal to [\w-]{1,40} limit/i,
  explain: (trouble, job) => ({
    title: 'The job asks for what a LimitRange does not allow',
    cause: `A LimitRange of the namespace ${
      job.namespace
    } bounds what one pod may ask for: ${
      /((?:maximum|minimum) .{1,160}?)(?:, but|\.|$)/.exec(
        trouble.message,
      )?.[1] ?? 'see the event'
    }.`,
    target: 'LimitRange',
    confidence: 'certain',
    steps: [
      {
        text: 'See the bounds.',
        command: kubectl('describe', job.namespace, 'limitrange'),
      },
      {
        text: 'Set requests and limits of the job within them (resources in the values).',
      },
      runAgainByHand(job),
    ],
    action: again(job, 'the resources are within the bounds'),
  }),
  examples: {
    yes: [
      'Error creating: pods "a" is forbidden: maximum memory usage per Container is 64Mi, but limit is 256Mi',
    ],
    no: ['exceeded quota: compute'],
  },
};

/** The namespace enforces a Pod Security standard that the pod does not meet. */
export const podSecurityRefused: TroubleRule = {
  id: 'pod-security-refused',
  kinds: ['create'],
  pattern: /violates PodSecurity "([^"]{1,100})"/i,
  explain: (_, job, __, caught) => ({
    title: `Pod Security "${caught[1]}" refuses the pod`,
    cause: `The namespace ${job.namespace} enforces Pod Security ${caught[1]}, and the pod of the job does not meet it.`,
    target: `PodSecurity ${caught[1]}`,
    confidence: 'certain',
    steps: [
      {
        text: 'See what the namespace enforces.',
        command: kubectl(
          'get',
          undefined,
          `namespace/${job.namespace}`,
          '--show-labels',
        ),
      },
      {
        text: 'Leave the security contexts of the chart as they are (they meet "restricted"), or move the job to a namespace that allows what it needs.',
      },
    ],
    action: again(job, 'the pod is allowed'),
  }),
  examples: {
    yes: [
      'Error creating: pods "a" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false',
    ],
    no: ['exceeded quota: compute'],
  },
};

/** The account that the pod shall run as is not there. */
export const serviceAccountMissing: TroubleRule = {
  id: 'service-account-missing',
  kinds: ['create'],
  pattern: /serviceaccounts? "([^"\s]{1,253})" not found/i,
  explain: (_, job, __, caught) => ({
    title: `The service account ${caught[1]} is missing`,
    cause: `The pod shall run as the service account ${caught[1]}, which is not in the namespace ${job.namespace}.`,
    target: `ServiceAccount/${caught[1]}`,
    confidence: 'certain',
    object: {
      kind: 'ServiceAccount',
      namespace: job.namespace,
      name: caught[1] ?? '',
    },
    steps: [
      {
        text: 'See which there are.',
        command: kubectl('get', job.namespace, 'serviceaccounts'),
      },
      {
        text: 'Let the chart make it (serviceAccount.create), or name one that is there (serviceAccount.name).',
      },
    ],
    action: again(job, 'the account is there'),
  }),
  examples: {
    yes: [
      'Error creating: pods "a-" is forbidden: error looking up service account akko/akko-init: serviceaccount "akko-init" not found',
    ],
    no: ['secret "x" not found'],
  },
};

/** A policy or webhook of the cluster refuses the pod. */
export const admissionRefused: TroubleRule = {
  id: 'admission-refused',
  kinds: ['create'],
  pattern:
    /admission webhook "([^"]{1,253})"|ValidatingAdmissionPolicy '([^']{1,253})'|denied the request|is forbidden|denied request/i,
  explain: (trouble, job, _, caught) => {
    const by = caught[1] ?? caught[2];
    return {
      title: by
        ? `The policy ${by} refuses the pod`
        : 'The cluster refuses the pod',
      cause: /failed calling webhook|context deadline|connection refused/i.test(
        trouble.message,
      )
        ? 'An admission webhook of the cluster does not answer, so that no pod is let in.'
        : `A policy of the cluster does not allow the pod as it is: the message says what it wants.`,
      target: `admission ${by ?? ''}`,
      confidence: by ? 'certain' : 'likely',
      steps: [
        {
          text: 'Change in the values what the policy names, or ask those who keep the policy.',
        },
        {
          text: 'See the message in full.',
          command: kubectl('describe', job.namespace, `job/${job.ref.name}`),
        },
      ],
      action: again(job, 'the policy allows it'),
    };
  },
  examples: {
    yes: [
      'Error creating: admission webhook "validate.kyverno.svc-fail" denied the request: label team is required',
      "Error creating: pods \"a\" is forbidden: ValidatingAdmissionPolicy 'team' with binding 'team' denied request: label team is required",
    ],
    no: ['dial tcp: i/o timeout'],
  },
};

/** No pod is made, for a reason that is told in no known words. */
export const podNotCreated: TroubleRule = {
  id: 'pod-not-created',
  kinds: ['create'],
  pattern: /^/,
  explain: (trouble, job) => ({
    title: 'Kubernetes cannot make the pod of the job',
    cause: trouble.message || 'The pod was not made.',
    steps: [
      {
        text: 'See the events of the Job.',
        command: kubectl('describe', job.namespace, `job/${job.ref.name}`),
      },
    ],
    action: again(job),
  }),
  examples: { yes: ['Error creating: Internal error occurred'] },
};
