import { mockServices } from '@backstage/backend-test-utils';
import { AkkoError } from '../errors';
import { DrillScheduler } from './DrillScheduler';

const HOUR = 3_600_000;
const DUE = Date.parse('2026-11-30T06:00:00Z');

function scheduler(options: {
  now: number;
  scheduledBy?: 'chart' | 'portal';
  request?: jest.Mock;
}) {
  const request =
    options.request ?? jest.fn().mockResolvedValue({ id: 'operation-1' });
  const ends: unknown[] = [];
  const logger = mockServices.logger.mock();
  const backup = {
    name: 'backup-postgres',
    drill: { name: 'drill-postgres', scheduledBy: options.scheduledBy },
  };
  return {
    request,
    logger,
    ends,
    scheduler: new DrillScheduler({
      config: { drill: { cron: '0 6 * * 1' }, overrides: [] },
      instances: {
        list: async () => ({ items: [{ ref: 'prod/akko/akko' }] } as any),
        get: async () => ({ backups: [backup] } as any),
      },
      operations: { request },
      auditor: mockServices.auditor.mock({
        createEvent: async ({ eventId, meta }) => ({
          success: async end =>
            void ends.push([eventId, meta?.backup, end?.meta?.operation]),
          fail: async ({ error }) => void ends.push([eventId, error.message]),
        }),
      }),
      logger,
      now: () => options.now,
    }),
  };
}

describe('drills on a schedule of the configuration', () => {
  it('are asked for under a key of their due time, so that it is once', async () => {
    const key = async (now: number) => {
      const { request, scheduler: drills } = scheduler({
        now,
        scheduledBy: 'portal',
      });
      await drills.askForDue();
      const [ref, body, caller] = request.mock.calls[0];
      expect(ref).toEqual({
        cluster: 'prod',
        namespace: 'akko',
        release: 'akko',
      });
      expect(body).toMatchObject({
        action: 'drill',
        backup: 'backup-postgres',
      });
      expect(caller).toMatchObject({
        principal: 'plugin:akko',
        via: 'schedule',
      });
      return caller.idempotencyKey;
    };
    expect(await key(DUE + 1000)).toBe(await key(DUE + 30 * 60_000));
    expect(await key(DUE)).not.toBe(await key(DUE + 7 * 24 * HOUR));
  });

  it('are audited, and asked for once however often the clock is looked at', async () => {
    const {
      ends,
      request,
      scheduler: drills,
    } = scheduler({
      now: DUE,
      scheduledBy: 'portal',
    });
    await drills.askForDue();
    await drills.askForDue();
    expect(request).toHaveBeenCalledTimes(1);
    expect(ends).toEqual([
      ['operation-request', 'backup-postgres', 'operation-1'],
    ]);
  });

  it.each([
    ['not due yet', DUE - 1000, 'portal'],
    [
      'due for so long that the next one is waited for',
      DUE + 2 * HOUR,
      'portal',
    ],
    ['run by the chart', DUE, 'chart'],
    ['without a CronJob', DUE, undefined],
  ] as const)('are not asked for when %s', async (_, now, scheduledBy) => {
    const { request, scheduler: drills } = scheduler({ now, scheduledBy });
    await drills.askForDue();
    expect(request).not.toHaveBeenCalled();
  });

  it('go on with the others when one cannot be started, and say why', async () => {
    const request = jest
      .fn()
      .mockRejectedValue(new AkkoError('cluster-unreachable', 'no contact'));
    const {
      ends,
      logger,
      scheduler: drills,
    } = scheduler({
      now: DUE,
      scheduledBy: 'portal',
      request,
    });
    await drills.askForDue();
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('no contact'),
    );
    expect(ends).toEqual([['operation-request', 'no contact']]);
  });

  it('cost nothing where none is configured', async () => {
    const run = jest.fn();
    await new DrillScheduler({
      config: { overrides: [{ drill: false }] },
      instances: {} as any,
      operations: {} as any,
      auditor: mockServices.auditor.mock(),
      logger: mockServices.logger.mock(),
      now: () => DUE,
    }).start({ run });
    expect(run).not.toHaveBeenCalled();
  });
});
