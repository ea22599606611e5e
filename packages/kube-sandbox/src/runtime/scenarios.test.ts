import { TestCluster } from '../controllers/__testUtils__/TestCluster';

let cluster: TestCluster;
afterEach(() => cluster.stop());

describe('a scenario that is decided when its container starts', () => {
  it('plays what was decided, with its placeholders filled', async () => {
    cluster = new TestCluster({
      scenarios: [
        {
          duration: 5,
          log: ['not this'],
          plays: ({ pod, startedAt, store }) => ({
            duration: 20,
            log: [
              `${store.list('jobs').length} job at ${startedAt}`,
              pod.metadata.namespace!,
            ],
            terminationMessage: { till: '{{now}}' },
          }),
        },
      ],
    });
    cluster.createJob('decided');
    await cluster.pass(19);
    expect(cluster.conditions('decided')).toEqual([]);
    await cluster.pass(5);
    expect(cluster.conditions('decided')).toContain('Complete');
    const [{ metadata, status }] = cluster.pods();
    const { terminated } = status.containerStatuses[0].state;
    const lines = cluster.logs.lines(metadata.uid, 'main', false) ?? [];
    expect(lines.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^1 job at \d{13}$/),
      'default',
    ]);
    expect(JSON.parse(terminated.message)).toEqual({
      till: terminated.finishedAt,
    });
  });
});
