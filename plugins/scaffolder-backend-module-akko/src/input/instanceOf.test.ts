import { mockCredentials } from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { instanceOf, type InstanceInput } from './instanceOf';

function entity(name: string, annotation?: string) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: annotation ? { 'akko.io/instance': annotation } : undefined,
    },
  };
}

const credentials = mockCredentials.user();
const catalog = catalogServiceMock({
  entities: [
    entity('akko', 'prod-eu/akko/akko'),
    entity('report'),
    entity('wrong', 'akko'),
  ],
});
const find = (input: InstanceInput) =>
  instanceOf(input, { catalog, credentials });

describe('which instance a step is about', () => {
  it.each([
    [{ instance: 'prod-eu/akko/akko' }],
    [{ instance: ' prod-eu/akko/akko ', entityRef: '' }],
    [{ entityRef: 'component:default/akko' }],
    [{ entityRef: 'akko', instance: '' }],
  ])('is found from %j', async input => {
    await expect(find(input)).resolves.toBe('prod-eu/akko/akko');
  });

  it.each([
    [{}, 'Give one of the inputs instance (cluster/namespace/release) and'],
    [
      { instance: 'prod-eu/akko/akko', entityRef: 'component:default/akko' },
      'Give only one of the inputs instance',
    ],
    [
      { instance: 'prod-eu/akko' },
      "The input instance is no instance ref: 'prod-eu/akko'. Write cluster/namespace/release.",
    ],
    [
      { entityRef: 'component:default/nobody' },
      'There is no entity component:default/nobody in the catalog, or you may not see it.',
    ],
    [
      { entityRef: 'component:default/report' },
      'Entity component:default/report stands for no AKKO instance. Give it the annotation akko.io/instance',
    ],
    [
      { entityRef: 'component:default/wrong' },
      "The annotation akko.io/instance of component:default/wrong is no instance ref: 'akko'.",
    ],
  ])('is refused from %j', async (input, message) => {
    await expect(find(input)).rejects.toThrow(message);
  });

  it('is read from the catalog as whoever started the task may see it', async () => {
    const mock = catalogServiceMock.mock({
      getEntityByRef: async () => entity('akko', 'prod-eu/akko/akko'),
    });
    await instanceOf({ entityRef: 'akko' }, { catalog: mock, credentials });
    expect(mock.getEntityByRef).toHaveBeenCalledWith('component:default/akko', {
      credentials,
    });
  });

  it('says so when a restricted token of a program cannot be passed on', async () => {
    const mock = catalogServiceMock.mock({
      getEntityByRef: async () => {
        throw new NotAllowedError('Access is not included');
      },
    });
    await expect(
      instanceOf({ entityRef: 'akko' }, { catalog: mock, credentials }),
    ).rejects.toThrow(
      'The task cannot use the catalog for whoever started it: Access is not included. Backstage does not pass tokens with access restrictions on',
    );
  });
});
