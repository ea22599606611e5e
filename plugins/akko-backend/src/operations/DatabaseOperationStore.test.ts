import { applyMigrations } from '../database/applyMigrations';
import { testDatabases } from '../database/testing/testDatabases';
import { aJob } from '../testing/kubernetesObjects';
import { DatabaseOperationStore } from './DatabaseOperationStore';
import { LeaseLostError, type OperationRecord } from './OperationStore';
import { anOperation, aStep } from './__testUtils__/anOperation';

const NOW = new Date('2026-11-01T12:00:00Z');

function seconds(value: number): Date {
  return new Date(NOW.getTime() + value * 1000);
}

describe.each(testDatabases())('operations on $name', ({ create }) => {
  let store: DatabaseOperationStore;
  let manifests: () => Promise<(string | null)[]>;

  beforeEach(async () => {
    const database = await create();
    store = await DatabaseOperationStore.create({ database });
    const client = await applyMigrations(database);
    manifests = () => client('operation_steps').pluck('manifest');
  });

  const claimed = async (operation: OperationRecord, owner = 'one') => {
    await store.insert(operation);
    await store.claim(owner, NOW, seconds(15));
    return operation;
  };
  const ended = async (changes: Partial<OperationRecord>, at = NOW) => {
    const operation = await claimed(anOperation(changes));
    await store.finish(operation.id, 'one', { state: 'succeeded', at });
    return operation;
  };

  it('gives back the operation that was stored, its steps in order', async () => {
    const operation = anOperation({
      idempotencyKey: 'key',
      reason: 'rotated the password',
      steps: [
        aStep({ job: 'postgres-init' }),
        aStep({ job: 'minio-init', wave: 1, after: ['postgres-init'] }),
      ],
    });
    await expect(store.insert(operation)).resolves.toEqual({
      type: 'inserted',
    });
    await expect(store.get(operation.id)).resolves.toEqual(operation);
    await expect(store.active('prod/akko/akko')).resolves.toEqual([operation]);
    await expect(store.get('none')).resolves.toBeUndefined();
  });

  it('has one active operation per instance', async () => {
    const first = anOperation();
    await store.insert(first);
    await expect(store.insert(anOperation())).resolves.toMatchObject({
      type: 'active',
      operation: { id: first.id },
    });
    await expect(
      store.insert(anOperation({ instance: 'test/akko/akko' })),
    ).resolves.toEqual({ type: 'inserted' });
  });

  it('lets one of many parallel operations in', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => store.insert(anOperation())),
    );
    expect(outcomes.filter(({ type }) => type === 'inserted')).toHaveLength(1);
    expect(outcomes.filter(({ type }) => type === 'active')).toHaveLength(19);
  });

  it('takes another operation when the one before has ended', async () => {
    await ended({});
    await expect(store.insert(anOperation())).resolves.toEqual({
      type: 'inserted',
    });
  });

  it("answers a person's repeated key with the first operation, also after its end", async () => {
    const first = await ended({ idempotencyKey: 'key' });
    await expect(
      store.insert(anOperation({ idempotencyKey: 'key' })),
    ).resolves.toMatchObject({ type: 'repeated', operation: { id: first.id } });
    await expect(
      store.insert(
        anOperation({ idempotencyKey: 'key', requestedBy: 'user:default/ben' }),
      ),
    ).resolves.toEqual({ type: 'inserted' });
  });

  it('gives an operation to one owner until the lease is over', async () => {
    const { id } = anOperation();
    await store.insert(anOperation({ id }));
    const both = await Promise.all([
      store.claim('one', NOW, seconds(15)),
      store.claim('two', NOW, seconds(15)),
    ]);
    expect(both.flat()).toEqual([id]);
    await expect(
      store.claim('three', seconds(14), seconds(30)),
    ).resolves.toEqual([]);
    await expect(
      store.claim('three', seconds(16), seconds(30)),
    ).resolves.toEqual([id]);
  });

  it('keeps a lease that is renewed', async () => {
    const { id } = await claimed(anOperation());
    await store.renew(id, 'one', seconds(30));
    await expect(store.claim('two', seconds(16), seconds(40))).resolves.toEqual(
      [],
    );
  });

  it('gives a released operation to the next who looks', async () => {
    const { id } = await claimed(anOperation());
    await store.release('one');
    await expect(store.claim('two', NOW, seconds(15))).resolves.toEqual([id]);
  });

  it('refuses everything of an owner whose lease another has', async () => {
    const { id } = await claimed(anOperation());
    await store.claim('two', seconds(16), seconds(30));
    const late = [
      () => store.renew(id, 'one', seconds(40)),
      () => store.start(id, 'one'),
      () => store.saveStep(id, 'one', aStep({ phase: 'failed' })),
      () => store.finish(id, 'one', { state: 'failed', at: NOW }),
    ];
    for (const write of late) {
      await expect(write()).rejects.toThrow(LeaseLostError);
    }
    await expect(store.get(id)).resolves.toMatchObject({
      state: 'queued',
      steps: [{ phase: 'waiting' }],
    });
  });

  it('stores the progress of a step and leaves the others', async () => {
    const other = aStep({ job: 'postgres-init' });
    const { id } = await claimed(anOperation({ steps: [aStep(), other] }));
    const step = aStep({
      phase: 'observing',
      oldUid: 'old',
      uid: 'new',
      run: 'run-1',
      manifest: JSON.parse(JSON.stringify(aJob())),
      observedSince: NOW.toISOString(),
      error: 'none',
    });
    await store.start(id, 'one');
    await store.saveStep(id, 'one', step);
    await expect(store.get(id)).resolves.toMatchObject({
      state: 'running',
      steps: [step, other],
    });
  });

  it('forgets manifests when the operation has ended: they may hold secrets', async () => {
    const { id } = await claimed(anOperation());
    await store.saveStep(id, 'one', aStep({ manifest: aJob() }));
    await expect(manifests()).resolves.toEqual([expect.any(String)]);

    const error = { code: 'job-failed', message: 'x' } as const;
    await store.finish(id, 'one', { state: 'failed', error, at: NOW });
    await expect(manifests()).resolves.toEqual([null]);
    await expect(store.get(id)).resolves.toMatchObject({
      state: 'failed',
      error,
      finishedAt: NOW.toISOString(),
    });
    await expect(store.active('prod/akko/akko')).resolves.toEqual([]);
    await expect(store.claim('two', seconds(60), seconds(75))).resolves.toEqual(
      [],
    );
  });

  it('lists in pages, newest first, also those of the same instant', async () => {
    const expected: string[] = [];
    for (const requestedAt of [
      '2026-11-01T10:00:00.000Z',
      '2026-11-01T11:00:00.000Z',
      '2026-11-01T11:00:00.000Z',
      '2026-11-01T12:00:00.000Z',
    ]) {
      expected.push((await ended({ requestedAt })).id);
    }
    await ended({ instance: 'test/akko/akko' });

    const seen: OperationRecord[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.list('prod/akko/akko', { limit: 1, cursor });
      seen.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen.map(({ id }) => id).sort()).toEqual(expected.sort());
    const times = seen.map(({ requestedAt }) => requestedAt);
    expect(times).toEqual([...times].sort().reverse());
  });

  it.each(['', 'x', 'bnVsbA', 'WyJhIiwiYiJd', '\u0000'].filter(Boolean))(
    'refuses the cursor %j',
    async cursor => {
      await expect(
        store.list('prod/akko/akko', { limit: 1, cursor }),
      ).rejects.toMatchObject({ code: 'invalid-request' });
    },
  );

  it('prunes what ended before, and nothing that is active', async () => {
    const old = await ended({}, new Date('2026-05-01T00:00:00Z'));
    const young = await ended({}, NOW);
    const active = anOperation({ requestedAt: '2026-01-01T00:00:00.000Z' });
    await store.insert(active);

    await expect(store.prune(new Date('2026-06-01'))).resolves.toBe(1);
    await expect(store.get(old.id)).resolves.toBeUndefined();
    await expect(store.get(young.id)).resolves.toBeDefined();
    await expect(store.get(active.id)).resolves.toBeDefined();
    await expect(manifests()).resolves.toHaveLength(2);
  });
});
