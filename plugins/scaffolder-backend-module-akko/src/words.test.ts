import { bytes, counted, duration, sentence } from './words';

it.each([
  [0, '0 s'],
  [0.4, '0 s'],
  [12.4, '12 s'],
  [60, '1 min'],
  [185, '3 min 5 s'],
  [5400, '1 h 30 min'],
  [7205, '2 h'],
])('%d seconds are %s', (seconds, words) => {
  expect(duration(seconds)).toBe(words);
});

it.each([
  [512, '512 B'],
  [4096, '4.0 KiB'],
  [1_048_575, '1.0 MiB'],
  [1_288_490_189, '1.2 GiB'],
])('%d bytes are %s', (count, words) => {
  expect(bytes(count)).toBe(words);
});

it('counts one and many', () => {
  expect([counted(1, 'job'), counted(0, 'job'), counted(9, 'job')]).toEqual([
    '1 job',
    '0 jobs',
    '9 jobs',
  ]);
});

it('ends a sentence once', () => {
  expect([sentence('It is off'), sentence('It is off. ')]).toEqual([
    'It is off.',
    'It is off.',
  ]);
});
