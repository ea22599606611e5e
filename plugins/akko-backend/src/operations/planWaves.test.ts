import { KNOWN_JOBS } from '@akko/backstage-plugin-akko-common';
import { planWaves } from './planWaves';

const INIT_JOBS = KNOWN_JOBS.filter(({ kind }) => kind === 'init');

function waves(selected: string[], catalogue = INIT_JOBS as any[]) {
  return planWaves(catalogue, new Set(selected)).map(
    ({ name, wave }) => `${wave} ${name}`,
  );
}

describe('planWaves', () => {
  it('runs the whole bootstrap in order of dependency', () => {
    const placed = planWaves(
      INIT_JOBS,
      new Set(INIT_JOBS.map(({ name }) => name)),
    );
    const waveOf = new Map(placed.map(({ name, wave }) => [name, wave]));
    for (const { name, dependsOn } of INIT_JOBS) {
      for (const dependency of dependsOn) {
        expect(waveOf.get(name)).toBeGreaterThan(waveOf.get(dependency)!);
      }
    }
    expect(placed).toHaveLength(9);
  });

  it('puts jobs that have nothing to do with each other side by side', () => {
    expect(waves(['minio-init', 'postgres-init'])).toEqual([
      '0 postgres-init',
      '0 minio-init',
    ]);
  });

  it('keeps the order of two jobs whose link is not selected', () => {
    expect(waves(['keycloak-sync', 'postgres-init'])).toEqual([
      '0 postgres-init',
      '1 keycloak-sync',
    ]);
  });

  it('loses no job of a dependency cycle', () => {
    const cycle = [
      { name: 'a', dependsOn: ['b'] },
      { name: 'b', dependsOn: ['a'] },
    ];
    expect(waves(['a', 'b'], cycle)).toHaveLength(2);
  });

  it('ignores a dependency on a job that the catalogue does not have', () => {
    expect(waves(['a'], [{ name: 'a', dependsOn: ['gone'] }])).toEqual(['0 a']);
  });
});
