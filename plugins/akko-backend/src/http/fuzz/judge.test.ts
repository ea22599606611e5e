import { ApiDocument } from './__testUtils__/ApiDocument';
import { Canaries } from './__testUtils__/Canaries';
import type { Answer, SentRequest } from './__testUtils__/Client';
import { Judge } from './__testUtils__/Judge';
import { verdictOn, type Judged } from './__testUtils__/verdict';

const document = new ApiDocument();
const canaries = new Canaries();
const secret = canaries.of('a log');
const judge = new Judge({ document, canaries, outOfReach: ['away'] });
const INSTANCE = '/instances/prod/akko/akko';

function sent(more: Partial<SentRequest> = {}): SentRequest {
  return {
    caller: 'operator',
    method: 'GET',
    path: '/clusters',
    query: [],
    headers: {},
    ...more,
  };
}

function answered(status: number, body: unknown, headers = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    text: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

function error(code: string, message = 'No.') {
  return { error: { name: 'AkkoError', message, code } };
}

describe('the judge of answers', () => {
  it('has nothing against what the document says', () => {
    for (const [request, answer] of [
      [sent(), answered(200, { items: [] })],
      [sent(), answered(304, '')],
      [sent({ method: 'HEAD' }), answered(200, '')],
      [sent({ caller: 'nobody' }), answered(401, error('not-authenticated'))],
      [sent({ path: '/nothing' }), answered(404, error('unknown-route'))],
      [
        sent({ path: '/instances/mars/a/b' }),
        answered(404, error('unknown-cluster')),
      ],
    ] as const) {
      expect(judge.problemsOf(request, answer)).toEqual([]);
    }
  });

  it.each([
    ['a status', sent(), answered(500, error('internal')), 'its status 500'],
    [
      'a status of another operation',
      sent(),
      answered(404, error('unknown-run')),
      'its status 404',
    ],
    ['a field', sent(), answered(200, { items: [{}] }), '/items/0'],
    [
      'a code',
      sent({ caller: 'nobody' }),
      answered(401, error('not-allowed')),
      '/error/code',
    ],
    ['JSON', sent(), answered(200, '<html>'), 'its body'],
    [
      'a content type',
      sent(),
      answered(200, { items: [] }, { 'content-type': 'text/html' }),
      "'text/html'",
    ],
    [
      'a header',
      sent(),
      answered(429, error('too-many-requests')),
      'Retry-After',
    ],
    ['a body', sent(), answered(304, '{}'), 'it has a body'],
    [
      'trouble',
      sent({ method: 'POST', path: `${INSTANCE}/operations` }),
      answered(503, error('cluster-unreachable')),
      'out of reach',
    ],
    [
      'a route',
      sent({ path: '/nothing' }),
      answered(200, { items: [] }),
      'no such route',
    ],
  ])('sees %s that is not in the document', (_, request, answer, problem) => {
    expect(judge.problemsOf(request, answer).join()).toContain(problem);
  });

  it.each([
    ['a secret', error('invalid-request', `not ${secret}`)],
    ['a stack', error('invalid-request', 'No.\n    at run (/a/b.js:1:2)')],
    ['a path', error('invalid-request', `${process.cwd()}/x.ts`)],
    ['an error of the language', error('invalid-request', 'TypeError: x')],
    ['SQL', error('invalid-request', 'select * from `akko_runs`')],
  ])('sees %s in an answer', (_, body) => {
    const request = sent({ path: '/findings', query: [['limit', '0']] });
    const problems = judge.problemsOf(request, answered(400, body));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join('\n')).toMatch(/^it (shows|holds)/);
  });

  it('lets an answer repeat what was asked', () => {
    const request = sent({ query: [['q', 'TypeError']] });
    expect(
      judge.problemsOf(
        request,
        answered(400, error('invalid-request', 'not TypeError')),
      ),
    ).not.toContainEqual(expect.stringContaining('insides'));
  });

  it.each([
    ['nobody', sent({ caller: 'nobody' })],
    ['a forger', sent({ caller: 'forger' })],
    ['a stranger', sent({ caller: 'stranger', path: '/openapi.json' })],
    ['a reader', sent({ caller: 'reader', path: '/runs/x/log' })],
    [
      'a reader',
      sent({
        caller: 'reader',
        method: 'POST',
        path: `${INSTANCE}/operations`,
      }),
    ],
  ])('sees that %s got what is not for them', (_, request) => {
    expect(judge.problemsOf(request, answered(200, {}))).toContain(
      `${request.caller} may not have this`,
    );
  });

  it('sees that the document and the server do not agree on a request', () => {
    expect(
      judge.problemsOf(
        sent({ path: '/findings', query: [['limit', '0']] }),
        answered(200, { items: [] }),
      ),
    ).toEqual([expect.stringContaining('does not allow')]);
    expect(
      judge.problemsOf(
        sent({ path: '/findings', query: [['limit', '200']] }),
        answered(400, error('invalid-request')),
      ),
    ).toEqual([expect.stringContaining('refused as invalid')]);
  });
});

describe('what the document says of a request', () => {
  const verdict = (method: string, path: string, more: Partial<Judged>) =>
    verdictOn(document, document.find(method, path)!, {
      query: [],
      headers: {},
      ...more,
    });

  it.each<[string, [string, string][], string]>([
    ['/instances', [], 'valid'],
    ['/instances', [['limit', '1']], 'valid'],
    ['/instances', [['limit', '201']], 'invalid'],
    ['/instances', [['limit', '01']], 'unsure'],
    [
      '/instances',
      [
        ['limit', '1'],
        ['limit', '1'],
      ],
      'invalid',
    ],
    ['/instances', [['limit[]', '1']], 'invalid'],
    ['/instances', [['x', '1']], 'valid'],
    ['/instances', [['health', 'Failed']], 'invalid'],
    ['/instances', [['cursor', 'x']], 'unsure'],
    ['/instances', [['cursor', 'x'.repeat(501)]], 'invalid'],
    ['/runs/1/log', [['follow', '']], 'valid'],
    ['/runs/1/log', [['follow', 'yes']], 'invalid'],
  ])('GET %s with %j is %s', (path, query, expected) => {
    expect(verdict('GET', path, { query })).toBe(expected);
  });

  it.each([
    ['{"action":"bootstrap"}', 'application/json', 'valid'],
    ['{"action":"bootstrap","jobs":"all"}', 'application/json', 'invalid'],
    ['{"action":"rerun"}', 'application/json', 'invalid'],
    ['{"action":"backup","backup":"b"}', 'application/json', 'valid'],
    ['{"action":"suspend","backup":"b"}', 'application/json', 'invalid'],
    [
      '{"action":"suspend","backup":"b","reason":" "}',
      'application/json',
      'invalid',
    ],
    [
      '{"action":"suspend","backup":"b","dryRun":true}',
      'application/json',
      'valid',
    ],
    ['{"action":"bootstrap"', 'application/json', 'invalid'],
    ['{"action":"bootstrap"}', 'text/plain', 'invalid'],
    ['{"action":"bootstrap"}', 'application/json; charset=latin1', 'unsure'],
  ])('the body %s as %s is %s', (body, type, expected) => {
    expect(
      verdict('POST', `${INSTANCE}/operations`, {
        body,
        headers: { 'Content-Type': type },
      }),
    ).toBe(expected);
  });

  it('counts the characters of a body, not their bytes', () => {
    const reason = (text: string) =>
      verdict('POST', `${INSTANCE}/operations`, {
        body: JSON.stringify({ action: 'bootstrap', reason: text }),
        headers: { 'Content-Type': 'application/json' },
      });
    expect(reason('💥'.repeat(500))).toBe('valid');
    expect(reason('x'.repeat(501))).toBe('invalid');
  });
});
