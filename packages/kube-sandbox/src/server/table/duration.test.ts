import { humanDuration } from './duration';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

// The examples of k8s.io/apimachinery/pkg/util/duration.
it.each([
  [0, '0s'],
  [second - 1, '0s'],
  [70 * second, '70s'],
  [190 * second, '3m10s'],
  [10 * minute, '10m'],
  [179 * minute, '179m'],
  [3 * hour, '3h'],
  [3 * hour + 7 * minute, '3h7m'],
  [8 * hour, '8h'],
  [47 * hour, '47h'],
  [48 * hour, '2d'],
  [49 * hour, '2d1h'],
  [8 * day, '8d'],
  [364 * day, '364d'],
  [2 * 365 * day, '2y'],
  [2 * 365 * day + 10 * day, '2y10d'],
  [8 * 365 * day, '8y'],
  [-5 * second, '<invalid>'],
])('%d ms reads %s', (milliseconds, text) => {
  expect(humanDuration(milliseconds)).toBe(text);
});
