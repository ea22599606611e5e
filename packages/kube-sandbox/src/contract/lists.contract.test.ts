import { describeContract } from './support/describeContract';
import { hasForgottenTheFirst } from './support/hasForgottenTheFirst';
import { configMap, namesOf } from './support/objects';

const list = (selector: string, kind = 'labelSelector') =>
  `configmaps?${kind}=${encodeURIComponent(selector)}`;

describeContract('lists', target => {
  beforeAll(async () => {
    for (const [name, labels] of Object.entries({
      'list-a': { group: 'list', tier: 'front', size: '1' },
      'list-b': { group: 'list', tier: 'back', size: '5' },
      'list-c': { group: 'list' },
    })) {
      await target.api.post(
        target.core('configmaps'),
        configMap(name, {}, labels as Record<string, string>),
      );
    }
  });

  it.each([
    ['group=list', ['list-a', 'list-b', 'list-c']],
    ['group==list,tier=front', ['list-a']],
    ['group=list,tier!=front', ['list-b', 'list-c']],
    ['group=list,tier', ['list-a', 'list-b']],
    ['group=list,!tier', ['list-c']],
    ['tier in (front, back)', ['list-a', 'list-b']],
    ['group=list,tier notin (front)', ['list-b', 'list-c']],
    ['group=list,size>2', ['list-b']],
    ['size<2', ['list-a']],
    ['group=nothing', []],
  ])('select by labels: %s', async (selector, names) => {
    const { status, body } = await target.api.get(target.core(list(selector)));
    expect([status, namesOf(body)]).toEqual([200, names]);
  });

  it.each([
    [
      'a in (',
      "unable to parse requirement: found '', expected: ',', ')' or identifier",
    ],
    ['a===', "unable to parse requirement: found '=', expected: identifier"],
    [
      'a foo b',
      "unable to parse requirement: found 'foo', expected: in, notin, =, ==, !=, gt, lt",
    ],
  ])('refuse the label selector "%s"', async (selector, message) => {
    const { status, body } = await target.api.get(target.core(list(selector)));
    expect([status, body.message]).toEqual([400, message]);
  });

  it('select by name', async () => {
    const { body } = await target.api.get(
      target.core(list('metadata.name=list-b', 'fieldSelector')),
    );
    expect(namesOf(body)).toEqual(['list-b']);
    const { body: others } = await target.api.get(
      target.core(
        `${list(
          'metadata.name!=list-b',
          'fieldSelector',
        )}&labelSelector=group%3Dlist`,
      ),
    );
    expect(namesOf(others)).toEqual(['list-a', 'list-c']);
  });

  it('select over all namespaces', async () => {
    const { body } = await target.api.get(
      `/api/v1/configmaps?fieldSelector=${encodeURIComponent(
        `metadata.namespace=${target.namespace},metadata.name=list-a`,
      )}`,
    );
    expect(namesOf(body)).toEqual(['list-a']);
  });

  it.each([
    [
      'configmaps',
      '"spec.foo" is not a known field selector: only "metadata.name", "metadata.namespace"',
    ],
    ['pods', 'field label not supported: spec.foo'],
    ['events', 'field label not supported: spec.foo'],
  ])('refuse an unknown field of %s', async (resource, message) => {
    const { status, body } = await target.api.get(
      target.core(`${resource}?fieldSelector=spec.foo%3Db`),
    );
    expect([status, body.message]).toEqual([400, message]);
  });

  it('refuse an unknown field of jobs, and what is no selector', async () => {
    const jobs = await target.api.get(
      target.batch('jobs?fieldSelector=spec.foo%3Db'),
    );
    expect([jobs.status, jobs.body.message]).toEqual([
      400,
      'field label "spec.foo" not supported for Job',
    ]);
    const nonsense = await target.api.get(
      target.core('configmaps?fieldSelector=foo'),
    );
    expect([nonsense.status, nonsense.body.message]).toEqual([
      400,
      "invalid selector: 'foo'; can't understand 'foo'",
    ]);
  });

  it('select events by what they are about', async () => {
    for (const name of ['x', 'y']) {
      const { status } = await target.api.post(target.core('events'), {
        metadata: { name: `about-${name}` },
        reason: 'Tested',
        type: 'Normal',
        involvedObject: {
          kind: 'Job',
          namespace: target.namespace,
          name,
          uid: `uid-${name}`,
        },
      });
      expect(status).toBe(201);
    }
    for (const selector of [
      'involvedObject.name=x,involvedObject.kind=Job',
      'involvedObject.uid=uid-x',
      'reason=Tested,type=Normal,involvedObject.name!=y',
    ]) {
      const { body } = await target.api.get(
        target.core(`events?fieldSelector=${encodeURIComponent(selector)}`),
      );
      expect(namesOf(body)).toEqual(['about-x']);
    }
  });

  it('name their kind, but their items do not', async () => {
    const { body } = await target.api.get(target.core(list('group=list')));
    expect(body).toMatchObject({
      kind: 'ConfigMapList',
      apiVersion: 'v1',
      metadata: { resourceVersion: expect.stringMatching(/^\d+$/) },
    });
    expect(body.items[0].kind).toBeUndefined();
    expect(body.items[0].apiVersion).toBeUndefined();
  });

  it.each([
    ['limit=abc', 400, 'strconv.ParseInt: parsing "abc": invalid syntax'],
    [
      'resourceVersion=abc',
      400,
      'invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
    ],
    [
      'resourceVersionMatch=Exact',
      422,
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
    ],
    [
      'sendInitialEvents=true',
      422,
      'ListOptions.meta.k8s.io "" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list',
    ],
  ])('refuse ?%s', async (query, code, message) => {
    const { status, body } = await target.api.get(
      target.core(`configmaps?${query}`),
    );
    expect([status, body.message]).toEqual([code, message]);
  });

  it('refuse a version that is too old', async () => {
    if (!(await hasForgottenTheFirst(target))) {
      return;
    }
    const { status, body } = await target.api.get(
      target.core('configmaps?resourceVersion=1&resourceVersionMatch=Exact'),
    );
    expect([status, body.message]).toEqual([
      410,
      'The resourceVersion for the provided list is too old.',
    ]);
  });

  it('do not wait for the future for ever', async () => {
    const { status, body } = await target.api.get(
      target.core('configmaps?resourceVersion=999999999'),
    );
    expect(status).toBe(504);
    expect(body).toMatchObject({
      reason: 'Timeout',
      message: expect.stringMatching(
        /^Timeout: Too large resource version: 999999999, current: \d+$/,
      ),
      details: { retryAfterSeconds: 1 },
    });
  });

  it('show a state of the past when asked for it exactly', async () => {
    const before = await target.api.get(target.core(list('group=past')));
    const version = before.body.metadata.resourceVersion;
    await target.api.post(
      target.core('configmaps'),
      configMap('past', {}, { group: 'past' }),
    );
    const { body } = await target.api.get(
      target.core(
        `${list(
          'group=past',
        )}&resourceVersion=${version}&resourceVersionMatch=Exact`,
      ),
    );
    expect(body.items).toEqual([]);
    expect(body.metadata.resourceVersion).toBe(version);
  });
});
