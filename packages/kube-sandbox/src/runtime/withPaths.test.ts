import { withPaths } from './withPaths';

const PATHS = new Map([
  ['/config', '/tmp/sandbox/volumes/config'],
  ['/tmp', '/tmp/sandbox/volumes/scratch'],
  ['/data', '/tmp/sandbox/volumes/data'],
  ['/data/deep', '/tmp/sandbox/volumes/deep'],
]);

describe('withPaths', () => {
  it.each([
    ['/config/a.yaml', '/tmp/sandbox/volumes/config/a.yaml'],
    ['--dir=/data', '--dir=/tmp/sandbox/volumes/data'],
    [
      'cat "/data/x" > /tmp/y',
      'cat "/tmp/sandbox/volumes/data/x" > /tmp/sandbox/volumes/scratch/y',
    ],
    ['/data/deep/x', '/tmp/sandbox/volumes/deep/x'],
    ['/data:/config', '/tmp/sandbox/volumes/data:/tmp/sandbox/volumes/config'],
  ])('puts %j where it is here', (text, here) => {
    expect(withPaths(text, PATHS)).toBe(here);
  });

  it.each([
    '/database',
    'postgres://db/data',
    '/srv/data',
    'data',
    '/data-old',
  ])('leaves %j alone', text => {
    expect(withPaths(text, PATHS)).toBe(text);
  });

  it('has nothing to replace without paths', () => {
    expect(withPaths('/data', new Map())).toBe('/data');
  });
});
