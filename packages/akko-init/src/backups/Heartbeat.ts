import { ABANDONED_MILLISECONDS, HEARTBEAT_MILLISECONDS } from './BackupStore';

/** Others may have taken this run for dead a little later. */
const SILENT_MILLISECONDS = ABANDONED_MILLISECONDS - 2 * HEARTBEAT_MILLISECONDS;

/** Shows again and again that this run is alive. */
export class Heartbeat {
  private readonly timer: NodeJS.Timeout;
  private last = Date.now();
  private lost = false;

  /** @param beat - may fail: what counts is how long none succeeded */
  constructor(beat: () => Promise<unknown>) {
    this.timer = setInterval(() => {
      // A run that slept must not pretend that it never did.
      this.lost ||= this.wasSilent;
      if (!this.lost) {
        beat().then(
          () => {
            this.last = Date.now();
          },
          () => {},
        );
      }
    }, HEARTBEAT_MILLISECONDS);
    this.timer.unref();
  }

  /** Whether there was no sign of life for so long that another run may have acted on it. */
  get wasSilent(): boolean {
    return this.lost || Date.now() - this.last > SILENT_MILLISECONDS;
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
