import { kubectl } from '../../commands';
import { addressNear, shortAddress } from '../address';
import { again } from '../steps';
import type { WordsRule } from '../types';

/** The image of the server lacks an extension or a language. */
export const extensionNotAvailable: WordsRule = {
  kind: 'words',
  id: 'extension-not-available',
  report: ({ service, message }) =>
    service === 'postgresql' &&
    /does not have the extension|extension \S{1,100} is not available/i.test(
      message,
    ),
  patterns: [
    {
      pattern:
        /extension "?([\w-]{1,63})"? is not available|could not open extension control file|extension "?([\w-]{1,63})"? (?:has no installation script|must be installed in schema)|language "?(plpython3u)"? does not exist|type "?(vector|geometry|geography)"? does not exist/i,
      strength: 3,
    },
    {
      pattern: /could not (?:access|load) (?:file|library) "[^"]{0,200}"/i,
      strength: 3,
    },
  ],
  explain: ({ job, line, nearby, caught }) => {
    const address = addressNear(line, nearby);
    const name =
      caught.slice(1).find(Boolean) ??
      /extension "?([\w-]{1,63})"?/.exec(line)?.[1] ??
      /extension\/([\w-]{1,63})\.control/.exec(line)?.[1];
    return {
      title: name
        ? `The extension ${name} is not available on the server`
        : 'An extension is not available on the server',
      cause: `The image that this PostgreSQL runs does not contain ${
        name ?? 'the extension'
      }; it is not the image of AKKO.`,
      target: address && shortAddress(address),
      confidence: 'certain',
      steps: [
        {
          text: 'See which image the server runs; AKKO has its own, with PostGIS, pgvector and plpython3u.',
          command: kubectl(
            'get',
            job.namespace,
            'pods',
            '--output=custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[*].image',
          ),
        },
        {
          text: 'Use the AKKO image for it (akko-postgres), or take the extension out of the values.',
        },
      ],
      action: again(job, 'the server has the extension'),
    };
  },
  examples: {
    yes: [
      'ERROR:  extension "vector" is not available',
      'ERROR:  could not open extension control file "/usr/share/postgresql/17/extension/postgis.control": No such file or directory',
    ],
    no: ['NOTICE:  extension "postgis" already exists, skipping'],
  },
};
