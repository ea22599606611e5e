import { samePolicy } from './samePolicy';

const STATEMENT = {
  Sid: 'AnyoneReads',
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::akko-shared/*',
};

function policy(...statements: Record<string, unknown>[]) {
  return { Version: '2012-10-17', Statement: statements };
}

describe('samePolicy', () => {
  it.each([
    [
      'in another order of keys',
      policy(Object.fromEntries(Object.entries(STATEMENT).reverse())),
    ],
    [
      'with lists of one',
      policy({
        ...STATEMENT,
        Action: ['s3:GetObject'],
        Resource: ['arn:aws:s3:::akko-shared/*'],
      }),
    ],
    [
      'as MinIO keeps everybody',
      policy({ ...STATEMENT, Principal: { AWS: ['*'] } }),
    ],
    [
      'with one statement instead of a list',
      { Version: '2012-10-17', Statement: STATEMENT },
    ],
  ])('takes a policy %s for the same', (_, other) => {
    expect(samePolicy(policy(STATEMENT), other)).toBe(true);
  });

  it('takes lists and statements in another order for the same', () => {
    const second = {
      Effect: 'Deny',
      Principal: { AWS: '123456789012' },
      Action: ['s3:a', 's3:b'],
      Resource: 'x',
    };
    const third = {
      ...second,
      Action: ['s3:b', 's3:a'],
      Principal: { AWS: ['arn:aws:iam::123456789012:root'] },
    };

    expect(
      samePolicy(policy(STATEMENT, second), policy(third, STATEMENT)),
    ).toBe(true);
  });

  it('compares conditions by their values', () => {
    const when = (prefix: unknown) =>
      policy({
        ...STATEMENT,
        Condition: { StringLike: { 's3:prefix': prefix } },
      });

    expect(samePolicy(when('a/*'), when(['a/*']))).toBe(true);
    expect(samePolicy(when('a/*'), when('b/*'))).toBe(false);
    expect(samePolicy(when('a/*'), policy(STATEMENT))).toBe(false);
  });

  it.each([
    ['effect', { Effect: 'Deny' }],
    [
      'principal',
      { Principal: { AWS: 'arn:aws:iam::123456789012:user/alice' } },
    ],
    ['action', { Action: ['s3:GetObject', 's3:PutObject'] }],
    ['resource', { Resource: 'arn:aws:s3:::akko-shared' }],
    ['statement id', { Sid: 'Other' }],
  ])('tells another %s apart', (_, change) => {
    expect(
      samePolicy(policy(STATEMENT), policy({ ...STATEMENT, ...change })),
    ).toBe(false);
  });

  it('tells one statement more apart', () => {
    expect(
      samePolicy(
        policy(STATEMENT),
        policy(STATEMENT, { ...STATEMENT, Sid: 'More' }),
      ),
    ).toBe(false);
  });
});
