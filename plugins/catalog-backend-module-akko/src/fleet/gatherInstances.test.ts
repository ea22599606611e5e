import { aCluster, anInstance, OUT_OF_SIGHT } from '../__testUtils__/fixtures';
import { gatherInstances, type Gathering } from './gatherInstances';

const AKKO = { cluster: 'prod', namespace: 'akko', release: 'akko' };
const LABELS = { 'akko.io/owner': 'analytics' };

async function gather(gathering: Partial<Gathering>) {
  const ask = jest.fn(async () => undefined);
  const found = await gatherInstances({
    clusters: [aCluster('prod')],
    listed: [],
    published: [],
    ask,
    ...gathering,
  });
  return { found, ask };
}

describe('which instances there are', () => {
  it('are those that the API lists, with the titles of their clusters', async () => {
    const { found, ask } = await gather({
      clusters: [aCluster('prod', { title: 'Production' }), aCluster('test')],
      listed: [
        anInstance('prod/akko/akko', { labels: LABELS }),
        anInstance('test/akko/akko', { title: 'Declared' }),
      ],
    });
    expect(found).toEqual([
      {
        ref: AKKO,
        clusterTitle: 'Production',
        title: undefined,
        labels: LABELS,
      },
      {
        ref: { ...AKKO, cluster: 'test' },
        clusterTitle: 'test',
        title: 'Declared',
        labels: undefined,
      },
    ]);
    expect(ask).not.toHaveBeenCalled();
  });

  it('counts one once that moved from page to page', async () => {
    const twice = anInstance('prod/akko/akko');
    const { found } = await gather({ listed: [twice, twice] });
    expect(found).toHaveLength(1);
  });

  describe.each([
    ['that is followed', {}],
    ['that is not reachable', OUT_OF_SIGHT],
    ['that can be read in part', { stale: true }],
    ['that was never reached', { reachable: false }],
  ])('on a cluster %s', (_, state) => {
    const isInSight = Object.keys(state).length === 0;
    const clusters = [aCluster('prod', state)];

    it(`${
      isInSight ? 'are not' : 'are'
    } those that only the catalog has`, async () => {
      const { found, ask } = await gather({
        clusters,
        published: [{ ref: AKKO, labels: LABELS }],
      });
      expect(found).toEqual(
        isInSight ? [] : [{ ref: AKKO, clusterTitle: 'prod', labels: LABELS }],
      );
      expect(ask).toHaveBeenCalledTimes(isInSight ? 1 : 0);
    });

    it(`${
      isInSight ? 'lose' : 'keep'
    } labels that nobody tells any more`, async () => {
      const { found } = await gather({
        clusters,
        listed: [anInstance('prod/akko/akko')],
        published: [{ ref: AKKO, labels: LABELS }],
      });
      expect(found).toMatchObject([{ labels: isInSight ? undefined : LABELS }]);
    });

    it('take on labels that are told', async () => {
      const labels = { environment: 'lab' };
      const { found } = await gather({
        clusters,
        listed: [anInstance('prod/akko/akko', { labels })],
        published: [{ ref: AKKO, labels: LABELS }],
      });
      expect(found).toMatchObject([{ labels }]);
    });
  });

  it('keeps what a replica lists that does not follow the cluster itself', async () => {
    const { found } = await gather({
      listed: [anInstance('prod/other/other', { stale: true })],
      published: [{ ref: AKKO }],
    });
    expect(found.map(({ ref }) => ref.release)).toEqual(['other', 'akko']);
  });

  it('loses those of a cluster that is no more configured', async () => {
    const { found, ask } = await gather({
      clusters: [aCluster('test', OUT_OF_SIGHT)],
      published: [{ ref: AKKO }],
    });
    expect(found).toEqual([]);
    expect(ask).not.toHaveBeenCalled();
  });

  it('keeps one that the list lacks but that is there when it is asked for', async () => {
    const { found } = await gather({
      published: [{ ref: AKKO, labels: { old: 'label' } }],
      ask: async () => anInstance('prod/akko/akko', { labels: LABELS }),
    });
    expect(found).toEqual([
      { ref: AKKO, clusterTitle: 'prod', title: undefined, labels: LABELS },
    ]);
  });

  it('decides nothing when it cannot ask', async () => {
    const ask = async () => {
      throw new Error('no answer');
    };
    await expect(gather({ published: [{ ref: AKKO }], ask })).rejects.toThrow(
      'no answer',
    );
  });
});
