import { mockServices } from '@backstage/backend-test-utils';
import { scheduleRetention } from './retention';
import type { RunStore } from './types';

const NOW = new Date('2026-11-23T00:00:00Z');

async function runOnce(days?: number): Promise<Date> {
  const prune = jest.fn().mockResolvedValue(0);
  await scheduleRetention({
    runner: { run: async task => task.fn(new AbortController().signal) },
    store: { prune } as unknown as RunStore,
    logger: mockServices.logger.mock(),
    days,
    now: () => NOW,
  });
  return prune.mock.calls[0][0];
}

describe('retention', () => {
  it('keeps ended runs for 180 days when nothing is configured', async () => {
    const before = await runOnce();
    expect(before.toISOString()).toBe('2026-05-27T00:00:00.000Z');
  });

  it('keeps them for as many days as configured', async () => {
    const before = await runOnce(7);
    expect(before.toISOString()).toBe('2026-11-16T00:00:00.000Z');
  });

  it('lets the scheduler know when the database fails', async () => {
    await expect(
      scheduleRetention({
        runner: { run: async task => task.fn(new AbortController().signal) },
        store: {
          prune: async () => {
            throw new Error('database is away');
          },
        } as unknown as RunStore,
        logger: mockServices.logger.mock(),
      }),
    ).rejects.toThrow('database is away');
  });
});
