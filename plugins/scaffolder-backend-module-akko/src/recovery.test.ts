import { TestDatabases } from '@backstage/backend-test-utils';
import { anInstance } from './__testUtils__/instances';
import { ScaffolderBench } from './__testUtils__/ScaffolderBench';

const REF = 'prod-eu/akko/akko';
const template = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'bootstrap' },
  spec: {
    type: 'operation',
    steps: [
      { id: 'bootstrap', action: 'akko:bootstrap', input: { instance: REF } },
    ],
    output: { operation: '${{ steps.bootstrap.output.operation }}' },
  },
};

describe('a scaffolder that is started again', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

  it('follows the operation that its task had asked for', async () => {
    const knex = await databases.init('SQLITE_3');
    const bench = new ScaffolderBench();
    bench.portal.instances.set(REF, anInstance());
    bench.portal.looks = [];
    const isFollowed = new Promise<void>(done => {
      bench.portal.onLook = () => done();
    });
    await bench.start([template], knex);
    const id = await bench.begin('bootstrap');
    await isFollowed;
    await bench.stop();

    // As the next scaffolder does with tasks that have not been heard of for 30 seconds.
    await knex('tasks').where({ id }).update({ status: 'open' });
    bench.portal.operations.get('op-1')!.steps.forEach(step => {
      step.state = 'succeeded';
    });
    await bench.start([template], knex);
    const task = await bench.ended(id);
    expect(task.error).toBeUndefined();
    expect(task.output).toEqual({ operation: 'op-1' });
    expect(bench.portal.asked()).toHaveLength(1);
    await bench.stop();
  });
});
