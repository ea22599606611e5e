import type { JobError } from '../../core/JobError';
import type { HttpAnswer } from '../../http/HttpClient';
import type { NotNow, SupersetSession } from './SupersetSession';

/** What Superset's REST API has. */
export type ObjectKind = 'database' | 'dataset' | 'chart' | 'dashboard';

/** An object as a list of Superset tells it. */
export interface SupersetObject {
  id: number;
  uuid: string;
  [column: string]: any;
}

const LARGEST_PAGE = 100;
/** Superset asks Trino before it makes a connection or a dataset. */
const CREATION_SECONDS = 120;
const CREATION_ATTEMPTS = 3;

/** The objects of a kind that have all these values. */
export async function findObjects(
  superset: SupersetSession,
  kind: ObjectKind,
  values: Record<string, string>,
  columns: readonly string[],
): Promise<SupersetObject[]> {
  const filters = Object.entries(values).map(
    ([column, value]) => `(col:${column},opr:eq,value:${risonText(value)})`,
  );
  const query = `(columns:!(id,uuid,${columns.join(
    ',',
  )}),filters:!(${filters.join(',')}),page_size:${LARGEST_PAGE})`;
  const doing = `look for the ${kind} ${Object.values(values).join('.')}`;
  const answer = await superset.ask(
    { path: `/api/v1/${kind}/?q=${encodeURIComponent(query)}` },
    doing,
  );
  if (answer.status !== 200 || !Array.isArray(answer.json?.result)) {
    throw superset.unexpected(answer, doing);
  }
  return answer.json.result;
}

/** The parts of one object, by its number; `part` as `connection`. */
export async function readObject(
  superset: SupersetSession,
  kind: ObjectKind,
  id: number,
  part = '',
): Promise<any> {
  const doing = `read the ${kind} ${id}`;
  const answer = await superset.ask(
    { path: `/api/v1/${kind}/${id}${part && `/${part}`}` },
    doing,
  );
  if (answer.status !== 200) {
    throw superset.unexpected(answer, doing);
  }
  return answer.json.result;
}

/** An object to be made under a UUID of ours. */
export interface NewObject {
  kind: ObjectKind;
  name: string;
  json: Record<string, unknown>;
  /** Finds it when somebody else has made it. */
  find(): Promise<SupersetObject | undefined>;
  notNow?: NotNow;
}

/** What came of making an object. */
export type Creation =
  | { id: number; outcome: void | 'unchanged' }
  /** Superset's answer, when it does not take what it was given. */
  | { refused: HttpAnswer };

/**
 * Makes an object. Superset's API does not look whether a UUID or the name of a chart is taken, but its database keeps every UUID once.
 * So of several runs at once, and of several tries of one request, exactly one makes the object; the others are refused with 422 after
 * it is made, and find it. No lock is needed, and nothing is ever left to be removed.
 */
export async function createObject(
  superset: SupersetSession,
  { kind, name, json, find, notNow }: NewObject,
): Promise<Creation> {
  const doing = `create the ${kind} ${name}`;
  for (let attempt = 1; ; attempt++) {
    const answer = await superset.ask(
      {
        method: 'POST',
        path: `/api/v1/${kind}/`,
        json,
        timeoutSeconds: CREATION_SECONDS,
      },
      doing,
      notNow,
    );
    if (answer.status === 201 && typeof answer.json?.id === 'number') {
      return { id: answer.json.id, outcome: undefined };
    }
    if (answer.status !== 422) {
      throw superset.unexpected(answer, doing);
    }
    const found = await find();
    if (found) {
      return { id: found.id, outcome: 'unchanged' };
    }
    // Words without a field mean that its database refused: also where two runs add a permission that both objects need.
    const isDatabaseRefusal = typeof answer.json?.message === 'string';
    if (!isDatabaseRefusal || attempt === CREATION_ATTEMPTS) {
      return { refused: answer };
    }
  }
}

/**
 * Changes some fields of an object.
 * @returns Superset's answer; 200 when it is done
 */
export async function updateObject(
  superset: SupersetSession,
  kind: ObjectKind,
  id: number,
  json: Record<string, unknown>,
): Promise<HttpAnswer> {
  return superset.ask(
    { method: 'PUT', path: `/api/v1/${kind}/${id}`, json },
    `complete the ${kind} ${id}`,
  );
}

/** The error for an object that Superset does not take. */
export function refusal(
  superset: SupersetSession,
  { kind, name }: Pick<NewObject, 'kind' | 'name'>,
  refused: HttpAnswer,
): JobError {
  return superset.unexpected(
    refused,
    `create the ${kind} ${name}`,
    `Check the ${kind} in the values, and that the account sees every object of Superset; then run the job again.`,
  );
}

/** Text in Rison, the notation of Superset's queries. */
function risonText(text: string): string {
  return `'${text.replace(/[!']/g, '!$&')}'`;
}
