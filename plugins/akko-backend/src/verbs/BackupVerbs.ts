import type {
  BackupCalendar,
  BackupChart,
  BackupEntry,
  BackupEntryFilter,
  BackupEntryList,
  FleetBackupList,
  InstanceRef,
} from '@akko/backstage-plugin-akko-common';
import type { Caller } from '../access';
import type { LedgerService } from '../backups/LedgerService';
import { AkkoError } from '../errors';
import type { InstanceService, KnownInstance } from '../instances/types';
import type { Entrance } from './Entrance';
import { fleetBackupPage, type FleetBackupQuery } from './fleetBackupPage';
import type { InstanceVerbs } from './InstanceVerbs';
import type { PageQuery } from './types';

/** A backup of an instance that may be read. */
export interface AddressedBackup {
  ref: InstanceRef;
  /** Such as backup-postgres. */
  name: string;
}

/** What {@link BackupVerbs} works with. */
export interface BackupVerbsOptions {
  entrance: Entrance;
  instances: InstanceService;
  ledger: LedgerService;
  instanceVerbs: InstanceVerbs;
}

type KnownBackup = KnownInstance['backups'][number];

/** Reading of backups; what changes them is an operation. All throw AkkoError `unknown-backup`. */
export class BackupVerbs {
  constructor(private readonly options: BackupVerbsOptions) {}

  /** Backups of the fleet, least protected first. */
  async list(
    caller: Caller,
    query: FleetBackupQuery,
  ): Promise<FleetBackupList> {
    const { entrance, instances, instanceVerbs } = this.options;
    return entrance.audited(caller, { eventId: 'backup-list' }, async () => {
      const access = await instanceVerbs.readable(caller);
      instanceVerbs.assertCluster(query.cluster, access);
      return fleetBackupPage(instances, query, access.includes);
    });
  }

  async entries(
    caller: Caller,
    backup: AddressedBackup,
    filter: BackupEntryFilter,
    page: PageQuery,
  ): Promise<BackupEntryList> {
    return this.reading(caller, 'backup-entry-list', backup, ({ name }) =>
      this.options.ledger.entries(backup.ref, name, filter, page),
    );
  }

  /** The whole ledger, in pieces. */
  async export(
    caller: Caller,
    backup: AddressedBackup,
    filter: BackupEntryFilter,
    format: string,
  ): Promise<AsyncIterable<BackupEntry[]>> {
    return this.reading(
      caller,
      'backup-entry-list',
      backup,
      async ({ name }) => this.options.ledger.export(backup.ref, name, filter),
      { format },
    );
  }

  async calendar(
    caller: Caller,
    backup: AddressedBackup,
    query: { from?: string; to?: string; timeZone?: string },
  ): Promise<BackupCalendar> {
    return this.reading(caller, 'backup-calendar-fetch', backup, known =>
      this.options.ledger.calendar(backup.ref, known, query),
    );
  }

  async chart(
    caller: Caller,
    backup: AddressedBackup,
    query: { from?: string; to?: string },
  ): Promise<BackupChart> {
    return this.reading(caller, 'backup-chart-fetch', backup, ({ name }) =>
      this.options.ledger.chart(backup.ref, name, query),
    );
  }

  private async reading<Result>(
    caller: Caller,
    eventId: string,
    { name, ref }: AddressedBackup,
    act: (backup: KnownBackup) => Promise<Result>,
    meta: { [key: string]: string } = {},
  ): Promise<Result> {
    return this.options.instanceVerbs.reading(
      caller,
      eventId,
      ref,
      async ({ backups }) => {
        const backup = backups.find(other => other.name === name);
        if (!backup) {
          throw new AkkoError(
            'unknown-backup',
            `There is no backup '${name}' of this instance. It has: ${
              backups.map(other => other.name).join(', ') || 'none'
            }.`,
          );
        }
        return act(backup);
      },
      { backup: name, ...meta },
    );
  }
}
