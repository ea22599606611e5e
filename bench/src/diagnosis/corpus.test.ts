import { readCases } from './corpus';
import { score } from './score';

describe('the diagnosis of captured runs', () => {
  const open = readCases('open');

  it.each(open.map(each => [each.name, each] as const))(
    'says of %s what is wrong',
    (_, each) => {
      const { expected, found, right } = score(each);
      // The label names one rule; others may be right too.
      expect(right ? expected : found).toBe(expected);
    },
  );

  it('raises no alarm about a run that is well, also of those held out', () => {
    const alarms = [...open, ...readCases('held-out')]
      .map(score)
      .filter(({ falseAlarm }) => falseAlarm)
      .map(({ name, found }) => `${name}: ${found}`);
    expect(alarms).toEqual([]);
  });
});
