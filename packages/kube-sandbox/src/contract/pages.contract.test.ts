import { describeContract } from './support/describeContract';
import { hasForgottenTheFirst } from './support/hasForgottenTheFirst';
import { configMap, namesOf } from './support/objects';

const selected = 'configmaps?labelSelector=group%3Dlist';

describeContract('pages', target => {
  beforeAll(async () => {
    for (const [name, labels] of Object.entries({
      'list-a': { group: 'list' },
      'list-b': { group: 'list' },
      'list-c': { group: 'list' },
    })) {
      await target.api.post(
        target.core('configmaps'),
        configMap(name, {}, labels as Record<string, string>),
      );
    }
  });

  it('come in pages of one state, whatever happens meanwhile', async () => {
    const first = await target.api.get(target.core(`${selected}&limit=2`));
    expect(namesOf(first.body)).toEqual(['list-a', 'list-b']);
    const late = await target.api.post(
      target.core('configmaps'),
      configMap('list-d', {}, { group: 'list' }),
    );
    expect(late.status).toBe(201);
    const second = await target.api.get(
      target.core(
        `${selected}&limit=2&continue=${first.body.metadata.continue}`,
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
    if (!(await hasForgottenTheFirst(target))) {
      return;
    }
    const first = await target.api.get(target.core(`${selected}&limit=1`));
    const token = JSON.parse(
      Buffer.from(first.body.metadata.continue, 'base64url').toString(),
    );
    // Nothing is as old as 1: every server has moved on since.
    const old = Buffer.from(JSON.stringify({ ...token, rv: 1 })).toString(
      'base64url',
    );
    const expired = await target.api.get(
      target.core(`${selected}&limit=1&continue=${old}`),
    );
    expect(expired.status).toBe(410);
    expect(expired.body).toMatchObject({
      reason: 'Expired',
      message: expect.stringMatching(
        /^The provided continue parameter is too old/,
      ),
    });
    const rest = await target.api.get(
      target.core(`${selected}&continue=${expired.body.metadata.continue}`),
    );
    expect(namesOf(rest.body)).toEqual(['list-b', 'list-c']);
  });
});
