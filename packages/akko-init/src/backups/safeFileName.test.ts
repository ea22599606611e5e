import { safeFileName } from './safeFileName';

describe('safeFileName', () => {
  it.each([
    ['keycloak', 'keycloak'],
    ['with space', 'with%20space'],
    ['../../etc/passwd', '%2E.%2F..%2Fetc%2Fpasswd'],
    ['.', '%2E'],
    ['..', '%2E.'],
    ['.hidden', '%2Ehidden'],
    ['a/b', 'a%2Fb'],
    ['a%2Fb', 'a%252Fb'],
    ["it's (a) *star*!~", 'it%27s%20%28a%29%20%2Astar%2A%21%7E'],
    ['zürich', 'z%C3%BCrich'],
    ['new\nline', 'new%0Aline'],
  ])('of %j is %j', (text, name) => {
    expect(safeFileName(text)).toBe(name);
  });

  it('is as long as a file name may be, for the longest name of a database', () => {
    expect(safeFileName('ü'.repeat(31)).length + '.dump'.length).toBeLessThan(
      256,
    );
  });
});
