import { ActionBench, REF } from '../__testUtils__/ActionBench';
import { aFinding, anInstance } from '../__testUtils__/instances';
import { createBootstrapAction } from '../actions/createBootstrapAction';

const bench = new ActionBench(createBootstrapAction).use();

describe('the failure of a bootstrap', () => {
  const failing = [
    {
      'minio-init': { state: 'succeeded' as const },
      'keycloak-clients': {
        state: 'failed' as const,
        error: 'It did not succeed',
      },
    },
  ];

  it('is told with the root finding, what to do, and a link to the run', async () => {
    bench.portal.looks = failing;
    bench.portal.instances.set(
      REF,
      anInstance({
        findings: [
          aFinding({
            id: 'older',
            title: 'Something else',
            job: 'ai-functions',
          }),
          aFinding({ run: 'op-1-keycloak-clients' }),
        ],
      }),
    );
    await expect(bench.run({})).rejects.toThrow(
      `Bootstrap of ${REF} failed: 1 of 2 jobs did not succeed (keycloak-clients). ` +
        'keycloak-clients: Keycloak refuses the administrator. The Secret differs from the running server. ' +
        'What to do: 1. Compare the two. `kubectl get secret akko-keycloak` 2. Run the job again. ' +
        `See https://portal.test/akko/${REF}/runs/op-1-keycloak-clients`,
    );
  });

  it('waits a moment for the diagnosis, and takes no finding of before for it', async () => {
    bench.portal.looks = failing;
    const old = aFinding({
      title: 'What was wrong yesterday',
      openedAt: '2025-12-31T00:00:00Z',
    });
    bench.portal.instances.set(REF, anInstance({ findings: [old] }));
    bench.clock.onSleep = () =>
      bench.portal.instances.set(
        REF,
        anInstance({
          findings: [
            old,
            aFinding({
              title: 'What is wrong now',
              run: 'op-1-keycloak-clients',
            }),
          ],
        }),
      );
    await expect(bench.run({})).rejects.toThrow('What is wrong now');
  });

  it('is told by the finding of another job that it follows from', async () => {
    bench.portal.looks = failing;
    bench.portal.instances.set(
      REF,
      anInstance({
        findings: [
          aFinding({
            job: 'postgres-init',
            title: 'PostgreSQL has no room left',
            seenAt: '2027-01-01T00:00:00Z',
            consequences: [
              {
                job: 'keycloak-clients',
                rule: 'r',
                text: 't',
                object: { kind: 'Job', name: 'n' },
              },
            ],
          }),
        ],
      }),
    );
    await expect(bench.run({})).rejects.toThrow(
      'postgres-init: PostgreSQL has no room left.',
    );
  });

  it("is told in the job's own words where nothing was diagnosed", async () => {
    bench.portal.looks = failing;
    await expect(bench.run({})).rejects.toThrow(
      'keycloak-clients: It did not succeed.',
    );
  });

  it('counts the jobs that were not started because of it', async () => {
    bench.portal.looks = [
      {
        'minio-init': { state: 'failed', error: 'Refused' },
        'keycloak-clients': {
          state: 'skipped',
          error: 'Not started: minio-init did not succeed',
        },
      },
    ];
    await expect(bench.run({})).rejects.toThrow(
      '1 of 2 jobs did not succeed (minio-init), 1 not started.',
    );
    expect(bench.task.lines).toContain(
      'keycloak-clients: not started (Not started: minio-init did not succeed)',
    );
  });
});
