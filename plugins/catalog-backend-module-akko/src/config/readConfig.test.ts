import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { readConfig } from './readConfig';

const read = (akko: JsonObject | undefined, others: JsonObject = {}) =>
  readConfig(
    mockServices.rootConfig({
      data: { ...others, catalog: akko && { providers: { akko } } },
    }),
  );

describe('catalog.providers.akko', () => {
  it.each([
    ['is absent', undefined],
    ['is empty', {}],
  ])('has good defaults when it %s', (_, akko) => {
    expect(read(akko)).toEqual({
      schedule: {
        frequency: { minutes: 1 },
        timeout: { minutes: 1 },
        initialDelay: { seconds: 15 },
      },
      namespace: 'default',
      owner: undefined,
      system: undefined,
      trustLabels: false,
      skipAnnotated: false,
      kubernetesAnnotations: false,
      instances: [],
      trustedLocations: ['akko:', 'file:'],
      portalUrl: undefined,
    });
  });

  it('is read whole', () => {
    expect(
      read(
        {
          schedule: { frequency: 'PT5M', timeout: { seconds: 30 } },
          namespace: 'data',
          owner: 'Platform',
          system: 'akko',
          trustLabels: true,
          skipAnnotated: true,
          kubernetesAnnotations: true,
          instances: [
            { cluster: 'prod', owner: 'user:ana', title: 'Production' },
          ],
        },
        {
          app: { baseUrl: 'https://portal.example.com/' },
          akko: { ownership: { trustedLocations: ['url:https://git/'] } },
        },
      ),
    ).toMatchObject({
      schedule: { frequency: { minutes: 5 }, timeout: { seconds: 30 } },
      namespace: 'data',
      owner: 'group:default/platform',
      system: 'system:default/akko',
      trustLabels: true,
      skipAnnotated: true,
      kubernetesAnnotations: true,
      instances: [
        { cluster: 'prod', owner: 'user:default/ana', title: 'Production' },
      ],
      trustedLocations: ['url:https://git/'],
      portalUrl: 'https://portal.example.com',
    });
  });

  it.each<[JsonObject, string]>([
    [
      { ownr: 'platform' },
      'catalog.providers.akko.ownr is no key of this section. Correct or remove it',
    ],
    [
      { instances: [{ owner: 'a', clusters: 'b' }] },
      'catalog.providers.akko.instances[0].clusters is no key',
    ],
    [
      { owner: 'component:default/akko' },
      "catalog.providers.akko.owner is 'component:default/akko', which is no ref of a group or user. Write it as group:default/platform",
    ],
    [{ owner: 'group:default/no name' }, "is 'group:default/no name'"],
    [{ owner: ':' }, "catalog.providers.akko.owner is ':'"],
    [
      { system: 'group:default/akko' },
      'no ref of a system. Write it as system:default/akko',
    ],
    [
      { instances: [{ owner: 'a' }, { owner: 'component:a' }] },
      'catalog.providers.akko.instances[1].owner',
    ],
    [
      { instances: [{ cluster: 'prod' }] },
      'catalog.providers.akko.instances[0] says nothing of the instances that it fits',
    ],
    [{ namespace: 'No Namespace' }, 'catalog.providers.akko.namespace'],
    [{ trustLabels: 'perhaps' }, 'trustLabels'],
    [{ schedule: { frequency: 'now and again' } }, 'frequency'],
  ])('%j is refused by name', (akko, message) => {
    expect(() => read(akko)).toThrow(message);
  });
});
