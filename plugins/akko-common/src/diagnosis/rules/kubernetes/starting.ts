import { again, describePod } from '../steps';
import type { TroubleRule } from './types';

/** The program that the container shall run is not in the image. */
export const commandNotFound: TroubleRule = {
  id: 'command-not-found',
  kinds: ['start', 'config'],
  pattern:
    /executable file not found|exec: "([^"]{1,200})"|no such file or directory|permission denied: unknown|exec format error|failed to create containerd task|no command specified/i,
  explain: (trouble, job, _, caught) => {
    const name =
      caught[1] ?? /exec: "([^"]{1,200})"/.exec(trouble.message)?.[1];
    const architecture = /exec format error/i.test(trouble.message);
    return {
      title: architecture
        ? 'The image is made for another kind of processor'
        : `The image has no program ${name ?? 'of that name'}`,
      cause: architecture
        ? 'The node cannot run the program in the image: it is made for another architecture.'
        : `The container shall run ${
            name ?? 'a command'
          }, which is not in the image, or cannot be executed.`,
      target: `command ${name ?? ''}`,
      confidence: 'certain',
      object: trouble.pod?.ref,
      steps: [
        {
          text: architecture
            ? 'Use an image for the architecture of the nodes, or choose nodes by nodeSelector.'
            : 'Correct image and command in the values; the command and the image must be of the same version.',
        },
        describePod(job, trouble.pod),
      ],
      action: again(job, 'image and command fit'),
    };
  },
  examples: {
    yes: [
      'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "akko-int": executable file not found in $PATH',
    ],
    no: ['secret "x" not found'],
  },
};

/** The container cannot be made, for a reason that is told in no known words. */
export const containerNotStarted: TroubleRule = {
  id: 'container-not-started',
  kinds: ['start', 'config'],
  pattern: /^/,
  explain: (trouble, job) => ({
    title: 'The container cannot be started',
    cause: trouble.message || 'The node cannot start the container.',
    object: trouble.pod?.ref,
    steps: [describePod(job, trouble.pod)],
    action: again(job),
  }),
  examples: { yes: ['Error: context canceled'] },
};
