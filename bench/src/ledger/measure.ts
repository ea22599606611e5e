import { distribution, milliseconds } from '../statistics';
import { walk, type Kind, type Ref } from './questions';
import type { Services } from './services';
import type { Asked, Statements } from './Statements';

/** Different questions of each kind. */
const QUESTIONS = 50;

/** All times of a kind of question, in milliseconds. */
export interface Times {
  database: number[];
  client: number[];
  call: number[];
}

/**
 * Asks a kind of question, each about its own backup where there are many. What the database needs is asked of itself in a second pass, so
 * that the first, which the client sees, finds what it needs where the other questions left it.
 */
export async function measure(
  services: Services,
  statements: Statements,
  kind: Kind,
  refOf: (index: number) => Ref,
): Promise<Times> {
  const cursorsOf = new Map<string, Promise<(string | undefined)[]>>();
  const cursors = (ref: Ref) => {
    if (!kind.within) {
      return [undefined];
    }
    const key = JSON.stringify(ref);
    const known = cursorsOf.get(key) ?? walk(services, ref, kind.within);
    cursorsOf.set(key, known);
    return known;
  };
  const asked: Asked[] = [];
  for (let index = 0; index < QUESTIONS; index++) {
    const ref = refOf(index);
    const places = await cursors(ref);
    asked.push(
      await statements.during(() => kind.ask(services, ref, index, places)),
    );
  }
  const database: number[] = [];
  for (const question of asked) {
    database.push(await statements.inDatabase(question.statements));
  }
  return {
    database,
    client: asked.map(({ client }) => client),
    call: asked.map(({ call }) => call),
  };
}

/** Puts the times of several rounds together. */
export function together(rounds: readonly Times[]): Times {
  return {
    database: rounds.flatMap(({ database }) => database),
    client: rounds.flatMap(({ client }) => client),
    call: rounds.flatMap(({ call }) => call),
  };
}

/** What is printed of a kind of question. */
export function told({ call, client, database }: Times): string {
  const [inside, seen, whole] = [database, client, call].map(distribution);
  return `in the database p50 ${milliseconds(inside.p50)}, p99 ${milliseconds(
    inside.p99,
  )}, slowest ${milliseconds(
    inside.maximum,
  )}; statements as the client sees them p50 ${milliseconds(
    seen.p50,
  )}, p99 ${milliseconds(seen.p99)}; whole call p50 ${milliseconds(
    whole.p50,
  )}, p99 ${milliseconds(whole.p99)}`;
}
