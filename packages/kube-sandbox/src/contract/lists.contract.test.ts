import { describeContract } from './support/describeContract';
import { configMap, namesOf } from './support/objects';

const list = (selector: string, kind = 'labelSelector') =>
  `configmaps?${kind}=${encodeURIComponent(selector)}`;

const columns: Record<string, string> = {
  configmaps: 'Name string 0, Data string 0, Age string 0',
  secrets: 'Name string 0, Type string 0, Data string 0, Age string 0',
  serviceaccounts: 'Name string 0, Age string 0',
  pods: 'Name string 0, Ready string 0, Status string 0, Restarts string 0, Age string 0, IP string 1, Node string 1, Nominated Node string 1, Readiness Gates string 1',
  events:
    'Last Seen string 0, Type string 0, Reason string 0, Object string 0, Subobject string 1, Source string 1, Message string 0, First Seen string 1, Count string 1, Name string 1',
  persistentvolumeclaims:
    'Name string 0, Status string 0, Volume string 0, Capacity string 0, Access Modes string 0, StorageClass string 0, VolumeAttributesClass string 0, Age string 0, VolumeMode string 1',
  jobs: 'Name string 0, Status string 0, Completions string 0, Duration string 0, Age string 0, Containers string 1, Images string 1, Selector string 1',
  cronjobs:
    'Name string 0, Schedule string 0, Timezone string 0, Suspend boolean 0, Active integer 0, Last Schedule string 0, Age string 0, Containers string 1, Images string 1, Selector string 1',
};

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

  it('come in pages of one state, whatever happens meanwhile', async () => {
    const first = await target.api.get(
      target.core(`${list('group=list')}&limit=2`),
    );
    expect(namesOf(first.body)).toEqual(['list-a', 'list-b']);
    const late = await target.api.post(
      target.core('configmaps'),
      configMap('list-d', {}, { group: 'list' }),
    );
    expect(late.status).toBe(201);
    const second = await target.api.get(
      target.core(
        `${list('group=list')}&limit=2&continue=${
          first.body.metadata.continue
        }`,
      ),
    );
    expect(namesOf(second.body)).toEqual(['list-c']);
    expect(second.body.metadata).toEqual({
      resourceVersion: first.body.metadata.resourceVersion,
    });
    await target.api.delete(target.core('configmaps/list-d'));
  });

  it('say how many are left, without a selector', async () => {
    const all = await target.api.get(target.core('configmaps'));
    const page = await target.api.get(target.core('configmaps?limit=1'));
    expect(page.body.metadata.remainingItemCount).toBe(
      all.body.items.length - 1,
    );
  });

  it('answer 410 with a way to go on when the page is too old', async () => {
    const first = await target.api.get(
      target.core(`${list('group=list')}&limit=1`),
    );
    const token = JSON.parse(
      Buffer.from(first.body.metadata.continue, 'base64url').toString(),
    );
    // Nothing is as old as 1: every server has moved on since.
    const old = Buffer.from(JSON.stringify({ ...token, rv: 1 })).toString(
      'base64url',
    );
    const expired = await target.api.get(
      target.core(`${list('group=list')}&limit=1&continue=${old}`),
    );
    expect(expired.status).toBe(410);
    expect(expired.body).toMatchObject({
      reason: 'Expired',
      message: expect.stringMatching(
        /^The provided continue parameter is too old/,
      ),
    });
    const rest = await target.api.get(
      target.core(
        `${list('group=list')}&continue=${expired.body.metadata.continue}`,
      ),
    );
    expect(namesOf(rest.body)).toEqual(['list-b', 'list-c']);
  });

  it.each([
    ['limit=abc', 400, 'strconv.ParseInt: parsing "abc": invalid syntax'],
    [
      'resourceVersion=abc',
      400,
      'invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
    ],
    [
      'resourceVersion=1&resourceVersionMatch=Exact',
      410,
      'The resourceVersion for the provided list is too old.',
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

  it('are given as tables to those who print', async () => {
    const { body } = await target.api.get(target.core(list('group=list')), {
      accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json',
    });
    expect(body).toMatchObject({ kind: 'Table', apiVersion: 'meta.k8s.io/v1' });
    expect(body.columnDefinitions.map(({ name }: any) => name)).toEqual([
      'Name',
      'Data',
      'Age',
    ]);
    expect(body.rows[0].cells.slice(0, 2)).toEqual(['list-a', 0]);
    expect(body.rows[0].object).toMatchObject({
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { name: 'list-a' },
    });
  });

  it.each([
    'pods',
    'events',
    'secrets',
    'serviceaccounts',
    'persistentvolumeclaims',
    'configmaps',
  ])('print %s with the same columns', async resource => {
    const { body } = await target.api.get(target.core(resource), {
      accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
    });
    expect(
      body.columnDefinitions
        .map(({ name, type, priority }: any) => `${name} ${type} ${priority}`)
        .join(', '),
    ).toBe(columns[resource]);
  });

  it.each(['jobs', 'cronjobs'])(
    'print %s with the same columns',
    async resource => {
      const { body } = await target.api.get(target.batch(resource), {
        accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
      });
      expect(
        body.columnDefinitions
          .map(({ name, type, priority }: any) => `${name} ${type} ${priority}`)
          .join(', '),
      ).toBe(columns[resource]);
    },
  );
});
