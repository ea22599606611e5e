import { JobError } from './JobError';
import { waitUntilReady } from './waitUntilReady';

/** Time that passes only while somebody sleeps. */
function virtualClock() {
  let time = 0;
  return {
    now: () => time,
    sleep: async (milliseconds: number) => {
      time += milliseconds;
    },
  };
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };

function notReady() {
  return new JobError({
    code: 'service-unavailable',
    message: 'keycloak at kc:8080 is not reachable: refused.',
  });
}

function wait(probe: () => Promise<string>, seconds = 60, log = silent) {
  return waitUntilReady({
    service: 'keycloak',
    address: 'http://kc:8080',
    probe,
    seconds,
    log,
    clock: virtualClock(),
  });
}

describe('waitUntilReady', () => {
  it('returns what the first good probe returns', async () => {
    const probe = jest
      .fn()
      .mockRejectedValueOnce(notReady())
      .mockRejectedValueOnce(notReady())
      .mockResolvedValue('token');
    await expect(wait(probe)).resolves.toBe('token');
    expect(probe).toHaveBeenCalledTimes(3);
  });

  it('pauses longer and longer, up to ten seconds', async () => {
    const clock = virtualClock();
    const times: number[] = [];
    await waitUntilReady({
      service: 's',
      address: 'a',
      seconds: 60,
      log: silent,
      clock,
      probe: async () => {
        times.push(clock.now());
        throw notReady();
      },
    }).catch(() => {});
    const pauses = times.slice(1).map((time, index) => time - times[index]);
    expect(pauses.slice(0, 3)).toEqual([500, 800, 1280]);
    expect(Math.max(...pauses)).toBe(10_000);
    expect(times[times.length - 1]).toBeLessThanOrEqual(60_000);
  });

  it('gives up in time, with the reason and the next step', async () => {
    await expect(
      wait(async () => {
        throw notReady();
      }, 5),
    ).rejects.toMatchObject({
      code: 'service-unavailable',
      service: 'keycloak',
      message:
        'keycloak at kc:8080 is not reachable: refused. It was not ready within 5 s.',
      nextStep: expect.stringContaining('endpointslices | grep kc'),
    });
  });

  it('does not wait for what waiting cannot mend', async () => {
    const probe = jest
      .fn()
      .mockRejectedValue(
        new JobError({ code: 'authentication-failed', message: 'no' }),
      );
    await expect(wait(probe)).rejects.toMatchObject({
      code: 'authentication-failed',
    });
    expect(probe).toHaveBeenCalledTimes(1);
  });

  it('ends when it is told to', async () => {
    const stop = new AbortController();
    await expect(
      waitUntilReady({
        service: 's',
        address: 'a',
        seconds: 60,
        log: silent,
        signal: stop.signal,
        clock: virtualClock(),
        probe: async () => {
          stop.abort('SIGTERM');
          throw notReady();
        },
      }),
    ).rejects.toBe('SIGTERM');
  });
});
