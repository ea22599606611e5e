import { stableId } from './stableId';

it('is a UUID of version 8, the same for the same parts', () => {
  expect(stableId('realm', 'akko-lldap')).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  expect(stableId('realm', 'akko-lldap')).toBe(stableId('realm', 'akko-lldap'));
});

it('differs where a part does, also where the parts together read the same', () => {
  expect(stableId('realm', 'akko-lldap')).not.toBe(
    stableId('another', 'akko-lldap'),
  );
  expect(stableId('ab', 'c')).not.toBe(stableId('a', 'bc'));
});
