import type { JsonObject } from '@backstage/types';
import type { DoorsPortal } from './DoorsPortal';
import { RUN } from './verbCases';

/** What a caller got: an answer, or the refusal. */
export interface Outcome {
  /** What the answer says, as text. */
  text: string;
  /** Why it was refused. */
  refusal?: string;
}

/** A verb, as each door writes it. */
export interface VerbCase {
  verb: string;
  /** Id of its audit event. */
  eventId: string;
  /** What somebody needs for it. */
  permission: string;
  rest: { method: 'GET' | 'POST'; path: string; body?: JsonObject };
  /** Name of the registered action, and its input. */
  action: { name: string; input: JsonObject };
  /** The scaffolder's own action, where it has one; else the registered one is the step. */
  step?: { action: string; input: JsonObject };
  /** What is different on the cluster afterwards; nothing for what only reads. */
  effect?: {
    action: string;
    /** Component of the Job that is new. */
    job?: string;
    /** Whether the schedule is paused. */
    suspended?: boolean;
  };
}

/** A way in. */
export interface Door {
  name: string;
  /** What is written down of it. */
  via: 'portal' | 'api' | 'scaffolder' | 'action';
  /** Token of who may do everything. */
  allowed: string;
  /** Token of who may not do this: of what changes something, one who may read. */
  denied(verb: VerbCase): string;
  ask(verb: VerbCase, token: string): Promise<Outcome>;
}

/** All ways in to a portal. */
export function doorsOf(portal: DoorsPortal): Door[] {
  const deniedUser = ({ effect }: VerbCase) =>
    effect ? portal.tokens.reader : portal.tokens.visitor;
  const overHttp = async (
    { rest: { body, method, path } }: VerbCase,
    token: string,
  ): Promise<Outcome> => {
    const { status, text } = await portal.send(
      `/api/akko${path.replace(RUN, portal.runId)}`,
      token,
      method,
      body,
    );
    return status < 300 ? { text } : { text, refusal: text };
  };
  return [
    {
      name: 'the portal, as a user',
      via: 'portal',
      allowed: portal.tokens.operator,
      denied: deniedUser,
      ask: overHttp,
    },
    {
      name: 'REST, as a program',
      via: 'api',
      allowed: portal.tokens.program,
      denied: ({ effect }) =>
        effect ? portal.tokens.readingProgram : portal.tokens.restrictedProgram,
      ask: overHttp,
    },
    {
      name: 'a registered action',
      via: 'action',
      allowed: portal.tokens.operator,
      denied: deniedUser,
      ask: async ({ action: { input, name } }, token) => {
        const { status, text } = await portal.send(
          `/api/akko/.backstage/actions/v1/actions/akko:${name}/invoke`,
          token,
          'POST',
          JSON.parse(JSON.stringify(input).replace(RUN, portal.runId)),
        );
        return status < 300 ? { text } : { text, refusal: text };
      },
    },
    {
      name: 'the scaffolder',
      via: 'scaffolder',
      allowed: portal.tokens.operator,
      denied: deniedUser,
      ask: (verb, token) => portal.runTask(verb, token),
    },
  ];
}
