import { parseInstanceRef } from '@akko/backstage-plugin-akko-common';
import type { InstanceService, KnownInstance } from '../../instances/types';
import type { MeasuredBackup } from './types';

/** How long a pass over the fleet serves, in milliseconds: as long as the instruments of one scrape ask for it. */
const KEPT = 1000;

/** What {@link FleetBackups} is made of. */
export interface FleetBackupsOptions {
  instances: Pick<InstanceService, 'get' | 'list'>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** All backups of the fleet. OpenTelemetry asks once for every instrument; what it gets is from one pass, so that the numbers of a scrape fit together. */
export class FleetBackups {
  private kept?: { at: number; backups: Promise<readonly MeasuredBackup[]> };

  constructor(private readonly options: FleetBackupsOptions) {}

  /** Those that the chart has, also of clusters without contact. */
  async read(): Promise<readonly MeasuredBackup[]> {
    const now = this.options.now();
    if (!this.kept || Math.abs(now - this.kept.at) >= KEPT) {
      const kept = { at: now, backups: this.pass(now) };
      this.kept = kept;
      // The next who asks tries again.
      kept.backups.catch(() => {
        if (this.kept === kept) {
          this.kept = undefined;
        }
      });
    }
    return this.kept.backups;
  }

  private async pass(now: number): Promise<readonly MeasuredBackup[]> {
    const { instances } = this.options;
    const { items } = await instances.list({});
    const measured: MeasuredBackup[] = [];
    for (const { ref } of items) {
      const instance = await instances.get(parseInstanceRef(ref)!);
      if (instance) {
        measured.push(...backupsOf(instance, now));
      }
    }
    return measured;
  }
}

function backupsOf(instance: KnownInstance, now: number): MeasuredBackup[] {
  const { backups, cluster, namespace, release } = instance;
  return backups
    .filter(({ freshness }) => freshness !== 'disabled')
    .map(backup => ({
      attributes: { cluster, namespace, release, backup: backup.name },
      backup,
      now,
    }));
}
