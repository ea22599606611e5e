import { describeContract } from './support/describeContract';
import { configMap } from './support/objects';

describeContract('watches', target => {
  const at = (name: string) => target.core(`configmaps/${name}`);
  const watch = (query: string) =>
    target.api.stream(target.core(`configmaps?watch=true&${query}`));
  const create = async (name: string, labels?: Record<string, string>) =>
    (
      await target.api.post(
        target.core('configmaps'),
        configMap(name, {}, labels),
      )
    ).body;
  const named = (name: string) => (event: any) =>
    event.object.metadata?.name === name;
  const typesOf = (events: any[], name: string) =>
    events.filter(named(name)).map(({ type }) => type);
  const now = async () =>
    (await target.api.get(target.core('configmaps?limit=1'))).body.metadata
      .resourceVersion;

  it('tell of every change after a version, in order', async () => {
    const from = await now();
    await create('life');
    await target.api.patch(at('life'), 'merge-patch', { data: { a: '1' } });
    const stream = await watch(`resourceVersion=${from}`);
    await stream.event(({ type }) => type === 'MODIFIED');
    await target.api.delete(at('life'));
    const last = await stream.event(({ type }) => type === 'DELETED');
    stream.close();
    expect(typesOf(stream.events, 'life')).toEqual([
      'ADDED',
      'MODIFIED',
      'DELETED',
    ]);
    const versions = stream.events.map(({ object }) =>
      Number(object.metadata.resourceVersion),
    );
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(last.object.data).toEqual({ a: '1' });
  });

  it('begin with what there is, without a version', async () => {
    await create('existing');
    for (const query of ['', 'resourceVersion=0']) {
      const stream = await watch(query);
      const { type } = await stream.event(named('existing'));
      expect(type).toBe('ADDED');
      stream.close();
    }
  });

  it('see an object come and go as its labels change', async () => {
    await create('labelled', { colour: 'red' });
    const stream = await watch(
      `labelSelector=colour%3Dblue&resourceVersion=${await now()}`,
    );
    const paint = (colour: string) =>
      target.api.patch(at('labelled'), 'merge-patch', {
        metadata: { labels: { colour } },
      });
    await paint('blue');
    await paint('blue');
    await target.api.patch(at('labelled'), 'merge-patch', {
      data: { a: '1' },
    });
    await paint('red');
    const left = await stream.event(({ type }) => type === 'DELETED');
    stream.close();
    expect(typesOf(stream.events, 'labelled')).toEqual([
      'ADDED',
      'MODIFIED',
      'DELETED',
    ]);
    // Its last state here is the one that still had the label.
    expect(left.object.metadata.labels).toEqual({ colour: 'blue' });
  });

  it('follow one object by its name', async () => {
    const stream = await watch(
      `fieldSelector=metadata.name%3Donly&resourceVersion=${await now()}`,
    );
    await create('other');
    await create('only');
    await stream.event(named('only'));
    stream.close();
    expect(stream.events.every(named('only'))).toBe(true);
  });

  it('say by an ERROR event that a version is too old', async () => {
    const stream = await watch('resourceVersion=1');
    expect(stream.status).toBe(200);
    const { type } = await stream.event(() => true);
    if (target.isReal && type === 'ADDED') {
      // What it keeps for watches goes back to its start while there were few changes, whatever etcd has forgotten.
      stream.close();
      return;
    }
    await stream.ended;
    expect(stream.events).toEqual([
      {
        type: 'ERROR',
        object: {
          kind: 'Status',
          apiVersion: 'v1',
          metadata: {},
          status: 'Failure',
          message: expect.stringMatching(
            /^too old resource version: 1 \(\d+\)$/,
          ),
          reason: 'Expired',
          code: 410,
        },
      },
    ]);
  });

  it('refuse a version that is no number', async () => {
    const { status, body } = await target.api.get(
      target.core('configmaps?watch=true&resourceVersion=abc'),
    );
    expect([status, body.message]).toEqual([
      500,
      'resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
    ]);
  });

  it('end when their time is over', async () => {
    const stream = await watch(
      `timeoutSeconds=1&resourceVersion=${await now()}`,
    );
    await stream.ended;
    expect(stream.events.every(({ type }) => type !== 'ERROR')).toBe(true);
  });

  it('list first and mark the end of the list', async () => {
    await create('initial');
    const stream = await watch(
      'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true',
    );
    const mark = await stream.event(({ type }) => type === 'BOOKMARK');
    expect(mark.object).toEqual({
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: {
        resourceVersion: expect.stringMatching(/^\d+$/),
        annotations: { 'k8s.io/initial-events-end': 'true' },
      },
    });
    const before = stream.events.slice(0, stream.events.length - 1);
    expect(before.some(named('initial'))).toBe(true);
    expect(before.every(({ type }) => type === 'ADDED')).toBe(true);
    await create('after-initial');
    const { type } = await stream.event(named('after-initial'));
    expect(type).toBe('ADDED');
    stream.close();
  });

  it('refuse to list first without being told how fresh', async () => {
    const { status, body } = await target.api.get(
      target.core('configmaps?watch=true&sendInitialEvents=true'),
    );
    expect([status, body.message]).toEqual([
      422,
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    ]);
  });

  it('mark the end of the list for version 0, too', async () => {
    const stream = await watch('resourceVersion=0&allowWatchBookmarks=true');
    const { object } = await stream.event(({ type }) => type === 'BOOKMARK');
    expect(object.metadata.annotations).toEqual({
      'k8s.io/initial-events-end': 'true',
    });
    stream.close();
  });

  it('see all namespaces at once', async () => {
    const stream = await target.api.stream(
      `/api/v1/configmaps?watch=true&resourceVersion=${await now()}`,
    );
    await create('everywhere');
    const { object } = await stream.event(named('everywhere'));
    expect(object.metadata.namespace).toBe(target.namespace);
    stream.close();
  });
});
