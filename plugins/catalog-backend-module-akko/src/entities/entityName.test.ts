import { makeValidator } from '@backstage/catalog-model';
import { entityName } from './entityName';

const ref = (cluster: string, namespace: string, release: string) => ({
  cluster,
  namespace,
  release,
});
const LONG = 'a-namespace-of-many-words-that-nobody-will-ever-want-to-type';

describe('name of an entity', () => {
  it.each([
    [ref('prod-eu', 'akko', 'akko'), 'akko_prod-eu_akko_akko'],
    [ref('eu1.example.com', 'akko', 'lab'), 'akko_eu1.example.com_akko_lab'],
    [
      ref('prod', 'akko', 'My_Release'),
      /^akko-prod-akko-my-release_[0-9a-f]{10}$/,
    ],
    [
      ref('prod', LONG, 'akko'),
      /^akko-prod-a-namespace-of-many-words-that-nobody-will_[0-9a-f]{10}$/,
    ],
  ])('of %j is %s', (instance, expected) => {
    const name = entityName(instance);
    expect(name).toMatch(
      typeof expected === 'string' ? new RegExp(`^${expected}$`) : expected,
    );
    expect(makeValidator().isValidEntityName(name)).toBe(true);
  });

  it('is the longest that the catalog takes before it is cut', () => {
    const fits = ref('c', 'n'.repeat(63 - 'akko_c__r'.length), 'r');
    expect(entityName(fits)).toHaveLength(63);
    expect(entityName(fits)).toMatch(/_r$/);
    const tooLong = entityName({ ...fits, release: 'rr' });
    expect(tooLong.length).toBeLessThanOrEqual(63);
    expect(makeValidator().isValidEntityName(tooLong)).toBe(true);
  });

  it.each([
    [
      'parts that come to the same with hyphens',
      ref('a-b', 'c', 'd'),
      ref('a', 'b-c', 'd'),
    ],
    [
      'what differs after the cut',
      ref('prod', LONG, 'one'),
      ref('prod', LONG, 'two'),
    ],
    [
      'capital letters',
      ref('prod', 'akko', 'Akko'),
      ref('prod', 'akko', 'akko'),
    ],
    [
      'what is replaced',
      ref('prod', 'akko', 'a_b'),
      ref('prod', 'akko', 'a__b'),
    ],
    [
      'a release that is called as another one is renamed',
      ref('prod', 'akko', 'A_B'),
      ref(
        'prod',
        'akko',
        entityName(ref('prod', 'akko', 'A_B')).replace('akko-prod-akko-', ''),
      ),
    ],
  ])('tells apart %s', (_, one, other) => {
    const names = [one, other].map(each =>
      entityName(each).toLocaleLowerCase(),
    );
    expect(names[0]).not.toBe(names[1]);
  });

  it('is the same in all versions, so that links to it go on to work', () => {
    expect(entityName(ref('prod', 'akko', 'My_Release'))).toBe(
      'akko-prod-akko-my-release_170b0e7bc6',
    );
  });
});
