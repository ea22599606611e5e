import type { VerbCase } from './doors';

const INSTANCE = 'prod/akko/akko';
const PATH = `/instances/${INSTANCE}`;
const POSTGRES = 'backup-postgres';

const operation = (body: { action: string; [key: string]: string }) =>
  ({ method: 'POST', path: `${PATH}/operations`, body } as const);

/** Stands for a run of minio-init, which only the portal knows. */
export const RUN = '{run}';

/** Everything that can be asked for, as each door writes it. */
export function verbCases(): VerbCase[] {
  const change = { eventId: 'operation-request' };
  const read = { permission: 'akko.instance.read' };
  return [
    {
      verb: 'bootstrap',
      ...change,
      permission: 'akko.job.run',
      rest: operation({ action: 'bootstrap' }),
      action: { name: 'bootstrap-instance', input: { instance: INSTANCE } },
      step: {
        action: 'akko:bootstrap',
        input: { instance: INSTANCE, wait: false },
      },
      effect: { action: 'bootstrap', job: 'keycloak-clients' },
    },
    {
      verb: 'rerun',
      ...change,
      permission: 'akko.job.run',
      rest: {
        ...operation({ action: 'rerun' }),
        body: { action: 'rerun', jobs: ['minio-init'] },
      },
      action: {
        name: 'run-init-job',
        input: { instance: INSTANCE, jobs: ['minio-init'] },
      },
      step: {
        action: 'akko:bootstrap',
        input: { instance: INSTANCE, jobs: ['minio-init'], wait: false },
      },
      effect: { action: 'rerun', job: 'minio-init' },
    },
    {
      verb: 'backup',
      ...change,
      permission: 'akko.backup.run',
      rest: operation({ action: 'backup', backup: POSTGRES }),
      action: {
        name: 'run-backup',
        input: { instance: INSTANCE, backup: POSTGRES },
      },
      step: {
        action: 'akko:backup',
        input: { instance: INSTANCE, backup: POSTGRES, wait: false },
      },
      effect: { action: 'backup', job: POSTGRES },
    },
    {
      verb: 'drill',
      ...change,
      permission: 'akko.drill.run',
      rest: operation({ action: 'drill', backup: POSTGRES }),
      action: {
        name: 'run-drill',
        input: { instance: INSTANCE, backup: POSTGRES },
      },
      effect: { action: 'drill', job: 'drill-postgres' },
    },
    {
      verb: 'suspend',
      ...change,
      permission: 'akko.backup.change',
      rest: operation({
        action: 'suspend',
        backup: POSTGRES,
        reason: 'maintenance',
      }),
      action: {
        name: 'set-backup-suspended',
        input: {
          instance: INSTANCE,
          backup: POSTGRES,
          suspended: true,
          reason: 'maintenance',
        },
      },
      effect: { action: 'suspend', suspended: true },
    },
    {
      verb: 'resume',
      ...change,
      permission: 'akko.backup.change',
      rest: operation({ action: 'resume', backup: POSTGRES }),
      action: {
        name: 'set-backup-suspended',
        input: { instance: INSTANCE, backup: POSTGRES, suspended: false },
      },
      effect: { action: 'resume', suspended: false },
    },
    {
      verb: 'list-instances',
      eventId: 'instance-list',
      ...read,
      rest: { method: 'GET', path: '/instances' },
      action: { name: 'list-instances', input: {} },
    },
    {
      verb: 'get-instance',
      eventId: 'instance-fetch',
      ...read,
      rest: { method: 'GET', path: PATH },
      action: { name: 'get-instance', input: { instance: INSTANCE } },
    },
    {
      verb: 'list-runs',
      eventId: 'run-list',
      ...read,
      rest: { method: 'GET', path: `${PATH}/jobs/minio-init/runs` },
      action: {
        name: 'list-runs',
        input: { instance: INSTANCE, job: 'minio-init' },
      },
    },
    {
      verb: 'get-run-log',
      eventId: 'log-fetch',
      permission: 'akko.log.read',
      rest: { method: 'GET', path: `/runs/${RUN}/log` },
      action: { name: 'get-run-log', input: { run: RUN } },
    },
    {
      verb: 'get-findings',
      eventId: 'finding-list',
      ...read,
      rest: { method: 'GET', path: '/findings' },
      action: { name: 'get-findings', input: {} },
    },
    {
      verb: 'list-backups',
      eventId: 'backup-list',
      ...read,
      rest: { method: 'GET', path: '/backups' },
      action: { name: 'list-backups', input: {} },
    },
  ];
}
