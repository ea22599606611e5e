import {
  badRequest,
  forbiddenField,
  invalidObject,
  notSupported,
  type FieldProblem,
} from '../store/errors';
import { isTrue } from './requestInfo';

/** The query of a list or watch, checked. */
export interface ListOptions {
  limit: number;
  continueToken: string;
  resourceVersion: string;
  resourceVersionMatch: string;
  sendInitialEvents?: boolean;
  allowWatchBookmarks: boolean;
  timeoutSeconds?: number;
}

/** @throws StatusError BadRequest or Invalid, as the real server words it */
export function parseListOptions(
  query: URLSearchParams,
  isWatch: boolean,
): ListOptions {
  const sendInitialEvents = query.get('sendInitialEvents');
  const options: ListOptions = {
    limit: Math.max(0, integer(query, 'limit') ?? 0),
    continueToken: query.get('continue') ?? '',
    resourceVersion: query.get('resourceVersion') ?? '',
    resourceVersionMatch: query.get('resourceVersionMatch') ?? '',
    ...(sendInitialEvents === null
      ? {}
      : { sendInitialEvents: isTrue(sendInitialEvents) }),
    allowWatchBookmarks: isTrue(query.get('allowWatchBookmarks')),
    timeoutSeconds: integer(query, 'timeoutSeconds'),
  };
  refuseOptions('ListOptions', problems(options, isWatch));
  return options;
}

function problems(options: ListOptions, isWatch: boolean): FieldProblem[] {
  const { resourceVersion, resourceVersionMatch: match } = options;
  const found: FieldProblem[] = [];
  if (isWatch) {
    if (options.sendInitialEvents !== undefined && match !== 'NotOlderThan') {
      found.push(
        forbiddenField(
          'resourceVersionMatch',
          'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
        ),
      );
    }
    if (options.sendInitialEvents === undefined && match) {
      found.push(
        forbiddenField(
          'resourceVersionMatch',
          'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
        ),
      );
    }
    return found;
  }
  if (match && !resourceVersion) {
    found.push(
      forbiddenField(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden unless resourceVersion is provided',
      ),
    );
  } else if (match && match !== 'Exact' && match !== 'NotOlderThan') {
    found.push(
      notSupported('resourceVersionMatch', match, [
        'Exact',
        'NotOlderThan',
        '',
      ]),
    );
  } else if (match === 'Exact' && resourceVersion === '0') {
    found.push(
      forbiddenField(
        'resourceVersionMatch',
        'resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
      ),
    );
  }
  if (options.sendInitialEvents !== undefined) {
    found.push(
      forbiddenField(
        'sendInitialEvents',
        'sendInitialEvents is forbidden for list',
      ),
    );
  }
  return found;
}

/** @throws StatusError 422 on the options' own kind */
export function refuseOptions(kind: string, found: FieldProblem[]): void {
  if (found.length > 0) {
    throw invalidObject(
      {
        kind,
        group: 'meta.k8s.io',
        qualifiedKind: `${kind}.meta.k8s.io`,
      },
      '',
      found,
    );
  }
}

/** @throws StatusError Invalid for a `dryRun` other than `All` */
export function isDryRun(kind: string, given: string[]): boolean {
  if (given.length === 0) {
    return false;
  }
  if (given.some(value => value !== 'All')) {
    refuseOptions(kind, [notSupported('dryRun', given, ['All'])]);
  }
  return true;
}

/** @throws StatusError BadRequest, in Go's words */
export function integer(
  query: URLSearchParams,
  name: string,
): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') {
    return undefined;
  }
  if (!/^[+-]?\d+$/.test(text)) {
    throw badRequest(
      `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }
  return Number(text);
}
