import { describeContract } from './support/describeContract';
import { configMap } from './support/objects';

describeContract('conflicts', target => {
  const at = (name: string) => target.core(`configmaps/${name}`);
  const create = async (name: string) =>
    (await target.api.post(target.core('configmaps'), configMap(name))).body;

  it('refuse an update of an older version', async () => {
    const created = await create('stale');
    await target.api.put(at('stale'), { ...created, data: { a: '1' } });
    const { status, body } = await target.api.put(at('stale'), {
      ...created,
      data: { a: '2' },
    });
    expect(status).toBe(409);
    expect(body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message:
        'Operation cannot be fulfilled on configmaps "stale": the object has been modified; please apply your changes to the latest version and try again',
      reason: 'Conflict',
      details: { name: 'stale', kind: 'configmaps' },
      code: 409,
    });
  });

  it('let an update without a version win', async () => {
    await create('forced');
    const { status } = await target.api.put(
      at('forced'),
      configMap('forced', { a: '1' }),
    );
    expect(status).toBe(200);
  });

  it('refuse a patch of an older version', async () => {
    await create('patched');
    const { status, body } = await target.api.patch(
      at('patched'),
      'merge-patch',
      { metadata: { resourceVersion: '5' }, data: { a: '1' } },
    );
    expect([status, body.reason]).toEqual([409, 'Conflict']);
  });

  it('refuse an update of another uid', async () => {
    const { metadata } = await create('identity');
    const put = await target.api.put(at('identity'), {
      metadata: { name: 'identity', uid: 'nope' },
    });
    expect(put.status).toBe(409);
    expect(put.body.message).toBe(
      `Operation cannot be fulfilled on configmaps "identity": StorageError: invalid object, Code: 4, Key: /registry/configmaps/${target.namespace}/identity, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: nope, UID in object meta: ${metadata.uid}`,
    );
    const patch = await target.api.patch(at('identity'), 'merge-patch', {
      metadata: { uid: 'nope' },
    });
    expect([patch.status, patch.body.message]).toEqual([
      422,
      'ConfigMap "identity" is invalid: metadata.uid: Invalid value: "nope": field is immutable',
    ]);
  });

  it('refuse an update under another name', async () => {
    await create('renamed');
    const { status, body } = await target.api.put(
      at('renamed'),
      configMap('other'),
    );
    expect([status, body.message]).toEqual([
      400,
      'the name of the object (other) does not match the name on the URL (renamed)',
    ]);
  });

  it('refuse a deletion whose uid does not fit', async () => {
    const { metadata } = await create('kept');
    const { status, body } = await target.api.delete(at('kept'), {
      preconditions: { uid: 'nope' },
    });
    expect(status).toBe(409);
    expect(body).toMatchObject({
      reason: 'Conflict',
      message: `Operation cannot be fulfilled on ConfigMap "kept": the UID in the precondition (nope) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
      details: { name: 'kept', kind: 'ConfigMap' },
    });
  });

  it('refuse a deletion whose version does not fit', async () => {
    const { metadata } = await create('kept-too');
    const { status, body } = await target.api.delete(at('kept-too'), {
      preconditions: { resourceVersion: '5' },
    });
    expect([status, body.message]).toEqual([
      409,
      `Operation cannot be fulfilled on ConfigMap "kept-too": the ResourceVersion in the precondition (5) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`,
    ]);
  });

  it('delete when the preconditions fit', async () => {
    const { metadata } = await create('gone');
    const { status } = await target.api.delete(at('gone'), {
      preconditions: {
        uid: metadata.uid,
        resourceVersion: metadata.resourceVersion,
      },
    });
    expect(status).toBe(200);
  });
});
