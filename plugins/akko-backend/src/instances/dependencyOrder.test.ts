import fc from 'fast-check';
import { KNOWN_JOBS } from '@akko/backstage-plugin-akko-common';
import { inDependencyOrder } from './dependencyOrder';

function names(jobs: { name: string }[]): string[] {
  return jobs.map(({ name }) => name);
}

describe('inDependencyOrder', () => {
  it('puts every job after those it depends on, whatever the order given', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...KNOWN_JOBS], { minLength: KNOWN_JOBS.length }),
        jobs => {
          const ordered = names(inDependencyOrder(jobs));
          expect([...ordered].sort()).toEqual(names(jobs).sort());
          for (const { name, dependsOn } of jobs) {
            for (const dependency of dependsOn) {
              expect(ordered.indexOf(dependency)).toBeLessThan(
                ordered.indexOf(name),
              );
            }
          }
        },
      ),
    );
  });

  it('loses no job to a cycle or an unknown dependency', () => {
    const jobs = [
      { name: 'a', dependsOn: ['b'] },
      { name: 'b', dependsOn: ['a'] },
      { name: 'c', dependsOn: ['nowhere'] },
    ];
    expect(names(inDependencyOrder(jobs)).sort()).toEqual(['a', 'b', 'c']);
  });
});
