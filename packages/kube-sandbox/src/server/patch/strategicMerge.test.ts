import { strategicMerge } from './strategicMerge';

const container = (name: string, image = 'a') => ({ name, image });

it.each([
  [
    'merges lists of known fields by key',
    { containers: [container('a'), container('b')] },
    { containers: [{ name: 'b', image: 'new' }] },
    { containers: [container('a'), container('b', 'new')] },
  ],
  [
    'adds what is not in the list',
    { env: [{ name: 'a', value: '1' }] },
    { env: [{ name: 'b', value: '2' }] },
    {
      env: [
        { name: 'a', value: '1' },
        { name: 'b', value: '2' },
      ],
    },
  ],
  [
    'removes by $patch: delete',
    { containers: [container('a'), container('b')] },
    { containers: [{ name: 'a', $patch: 'delete' }] },
    { containers: [container('b')] },
  ],
  [
    'replaces a list by $patch: replace',
    { containers: [container('a')] },
    { containers: [{ $patch: 'replace' }, container('c')] },
    { containers: [container('c')] },
  ],
  [
    'replaces lists of other fields',
    { command: ['a', 'b'] },
    { command: ['c'] },
    { command: ['c'] },
  ],
  [
    'merges finalizers as a set',
    { finalizers: ['a'] },
    { finalizers: ['b', 'a'] },
    { finalizers: ['a', 'b'] },
  ],
  [
    'takes single values out of a list',
    { finalizers: ['a', 'b'] },
    { '$deleteFromPrimitiveList/finalizers': ['a'] },
    { finalizers: ['b'] },
  ],
  [
    'keeps only $retainKeys',
    { strategy: { type: 'A', rolling: 1 } },
    { strategy: { $retainKeys: ['type'], type: 'B' } },
    { strategy: { type: 'B' } },
  ],
  [
    'replaces a map by $patch: replace',
    { labels: { a: '1' } },
    { labels: { $patch: 'replace', b: '2' } },
    { labels: { b: '2' } },
  ],
  ['removes by null', { a: 1, b: 2 }, { a: null }, { b: 2 }],
  [
    'pays no heed to orders',
    { env: [{ name: 'a' }] },
    { '$setElementOrder/env': [{ name: 'a' }] },
    { env: [{ name: 'a' }] },
  ],
])('%s', (_, target, patch, result) => {
  expect(strategicMerge(target, patch)).toEqual(result);
});
