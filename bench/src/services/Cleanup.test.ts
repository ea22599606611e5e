import { Cleanup } from './Cleanup';

describe('Cleanup', () => {
  it('removes the newest first', async () => {
    const removed: string[] = [];
    const cleanup = new Cleanup();
    for (const what of ['role', 'database']) {
      cleanup.add(what, async () => removed.push(what));
    }
    await cleanup.run();
    expect(removed).toEqual(['database', 'role']);
  });

  it('goes on after a failure, and names what is left', async () => {
    const removed: string[] = [];
    const cleanup = new Cleanup();
    cleanup.add('bucket', async () => removed.push('bucket'));
    cleanup.add('realm', async () => {
      throw new Error('answered 503');
    });
    await expect(cleanup.run()).rejects.toThrow('realm: answered 503');
    expect(removed).toEqual(['bucket']);
  });

  it('removes each thing once', async () => {
    const remove = jest.fn(async () => {});
    const cleanup = new Cleanup();
    cleanup.add('bucket', remove);
    await cleanup.run();
    await cleanup.run();
    expect(remove).toHaveBeenCalledTimes(1);
  });
});
