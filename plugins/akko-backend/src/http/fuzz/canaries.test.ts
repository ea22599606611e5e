import { Canaries } from './__testUtils__/Canaries';

describe('a planted secret', () => {
  const canaries = new Canaries();
  const secret = canaries.of('a log');
  canaries.add('a cluster', '6f1d1c9e-6d0c-4b0e-9f5a-0f6f6a0b7c11');
  const base64 = (text: string) => Buffer.from(text).toString('base64');

  it.each([
    ['as it is', `password=${secret};`],
    ['in capitals', secret.toUpperCase()],
    ['backwards', [...secret].reverse().join('')],
    ['in hex', Buffer.from(secret).toString('hex')],
    ['in base64', base64(secret)],
    ['in base64 after one byte', base64(`:${secret}`)],
    ['in base64 after two bytes and before others', base64(`a:${secret}@b`)],
  ])('is found %s', (_, text) => {
    expect(canaries.foundIn(text)).toEqual(['a log']);
  });

  it('is found among others, and not where there is none', () => {
    expect(
      canaries.foundIn(`token 6F1D1C9E-6d0c-4b0e-9f5a-0f6f6a0b7c11 ${secret}`),
    ).toEqual(['a log', 'a cluster']);
    expect(canaries.foundIn('password=***')).toEqual([]);
  });
});
