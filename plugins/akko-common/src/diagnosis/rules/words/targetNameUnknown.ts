import { kubectl } from '../../commands';
import { addressNear, shortAddress } from '../address';
import { serviceOf } from '../services';
import { again } from '../steps';
import type { WordsRule } from '../types';

/** DNS does not know the name, or does not answer. */
export const targetNameUnknown: WordsRule = {
  kind: 'words',
  id: 'target-name-unknown',
  patterns: [
    {
      pattern:
        /could not translate host name|name or service not known|temporary failure in name resolution|could not resolve host|no such host|nodename nor servname|name does not resolve|name resolution|is not known to DNS|DNS did not answer|no address associated with hostname/i,
      strength: 3,
    },
    {
      pattern:
        /\blookup [a-z0-9_.-]{1,253}(?: on [\d.:]{1,50})?: (?:[^:]{0,80}: )?(?:i\/o timeout|server misbehaving)/i,
      strength: 3,
    },
    {
      pattern: /\b(?:ENOTFOUND|EAI_AGAIN|UnknownHostException)\b/,
      strength: 3,
    },
  ],
  explain: ({ job, line, nearby, error }) => {
    const address = addressNear(line, nearby);
    const name = address ? shortAddress(address).split(':')[0] : undefined;
    const service = serviceOf(job, address, error?.service);
    const temporary = /temporary failure|EAI_AGAIN|DNS did not answer/i.test(
      line,
    );
    const title = name ? `The name ${name}` : 'The name of the service';
    return {
      title: temporary
        ? `DNS does not answer for ${name ?? 'the service'}`
        : `${title} is not known`,
      cause: temporary
        ? `The cluster's DNS did not answer when ${
            name ?? 'the service'
          } was looked up.`
        : `${title} is not known to the cluster's DNS: ${
            service
              ? `${service.title} has no Service of that name`
              : 'there is no Service of that name'
          } in this namespace, or the host in the values is wrong.`,
      target: name,
      steps: [
        {
          text: 'See which Services there are; the host in the values must be one of them, with its namespace where it is another.',
          command: kubectl('get', job.namespace, 'services'),
        },
        {
          text: "Where it is there, see whether the cluster's DNS is well.",
          command:
            'kubectl get --namespace=kube-system pods --selector k8s-app=kube-dns',
        },
      ],
      action: again(job, 'the name is known'),
    };
  },
  examples: {
    yes: [
      'dial tcp: lookup akko-minio on 10.96.0.10:53: i/o timeout',
      'psql: error: could not translate host name "akko-postgresql" to address: Name or service not known',
      'curl: (6) Could not resolve host: akko-keycloak',
      'Error: getaddrinfo ENOTFOUND akko-minio',
    ],
    no: ['Polaris is not known to be ready yet'],
  },
};
