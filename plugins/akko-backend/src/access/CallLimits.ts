import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AkkoError } from '../errors';

/** How often one principal may ask within a minute; false: as often as it wants. */
export interface CallLimitsConfig {
  reads: number | false;
  changes: number | false;
}

/** Seconds that a limit is counted over. */
const WINDOW = 60;

/**
 * Limits how often one person or program asks, whichever door it comes through. Each replica counts for itself, so that counting costs no
 * query.
 */
export class CallLimits {
  private readonly limiters: Record<
    'reads' | 'changes',
    RateLimiterMemory | undefined
  >;

  constructor(config: CallLimitsConfig) {
    const limiter = (points: number | false) =>
      points === false
        ? undefined
        : new RateLimiterMemory({ points, duration: WINDOW });
    this.limiters = {
      reads: limiter(config.reads),
      changes: limiter(config.changes),
    };
  }

  /** @throws AkkoError `too-many-requests` */
  async count(principal: string, kind: 'reads' | 'changes'): Promise<void> {
    const limiter = this.limiters[kind];
    try {
      await limiter?.consume(principal);
    } catch (result) {
      if (!(result instanceof RateLimiterRes)) {
        throw result;
      }
      const seconds = Math.max(1, Math.ceil(result.msBeforeNext / 1000));
      throw new AkkoError(
        'too-many-requests',
        `${principal} has asked more than ${limiter?.points} times within a minute (akko.rateLimits.${kind}). Ask again in ${seconds} s.`,
        {},
        { retryAfter: seconds },
      );
    }
  }
}
