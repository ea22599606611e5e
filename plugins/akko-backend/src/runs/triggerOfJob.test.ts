import { aJob } from '../testing/kubernetesObjects';
import { triggerOfJob } from './triggerOfJob';

const HELM = { 'app.kubernetes.io/managed-by': 'Helm' };
const PORTAL = { ...HELM, 'akko.io/operation': 'op-1' };

describe('triggerOfJob', () => {
  const table: [string, Parameters<typeof aJob>[0], object][] = [
    [
      'a Job that Helm manages, with the revision of the catalogue',
      { labels: HELM },
      { type: 'helm', revision: 14 },
    ],
    [
      'the revision on the Job before that of the catalogue',
      { labels: HELM, annotations: { 'akko.io/revision': '12' } },
      { type: 'helm', revision: 12 },
    ],
    [
      'a Helm hook without the managed-by label',
      { labels: {}, annotations: { 'helm.sh/hook': 'post-install' } },
      { type: 'helm', revision: 14 },
    ],
    [
      'a re-run from the portal, although it keeps the labels of Helm',
      {
        labels: PORTAL,
        annotations: {
          'akko.io/triggered-by': 'user:default/ana',
          'akko.io/reason': 'rotated password',
        },
      },
      {
        type: 'portal',
        by: 'user:default/ana',
        operation: 'op-1',
        reason: 'rotated password',
      },
    ],
    [
      'a re-run by a service through the API',
      {
        labels: PORTAL,
        annotations: { 'akko.io/triggered-by': 'external:nightly' },
      },
      { type: 'api', by: 'external:nightly' },
    ],
    [
      'the door that the portal wrote down',
      {
        labels: PORTAL,
        annotations: {
          'akko.io/triggered-by': 'user:default/ben',
          'akko.io/via': 'scaffolder',
        },
      },
      { type: 'scaffolder', by: 'user:default/ben' },
    ],
    [
      'not a door that somebody made up',
      {
        labels: PORTAL,
        annotations: {
          'akko.io/triggered-by': 'user:default/ben',
          'akko.io/via': 'helm',
        },
      },
      { type: 'portal' },
    ],
    [
      'the schedule of a CronJob, and when it was due',
      {
        labels: HELM,
        owner: { kind: 'CronJob', name: 'akko-backup-minio' },
        annotations: {
          'batch.kubernetes.io/cronjob-scheduled-timestamp':
            '2026-11-01T04:00:00+01:00',
        },
      },
      { type: 'schedule', scheduledFor: '2026-11-01T03:00:00.000Z' },
    ],
    [
      'nothing of a Job of a CronJob that neither the schedule nor kubectl has marked',
      { labels: HELM, owner: { kind: 'CronJob', name: 'akko-backup-minio' } },
      { type: 'unknown' },
    ],
    [
      'kubectl create job --from=cronjob',
      {
        labels: HELM,
        owner: { kind: 'CronJob', name: 'akko-backup-minio' },
        annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' },
      },
      { type: 'kubectl' },
    ],
    ['nobody that left a mark', { labels: {} }, { type: 'unknown' }],
  ];

  it('knows a scheduled Job of an old Kubernetes by the minute in its name', () => {
    const job = aJob({
      owner: { kind: 'CronJob', name: 'akko-backup-minio' },
    });
    job.metadata!.name = 'akko-backup-minio-29700000';
    expect(triggerOfJob(job)).toEqual({
      type: 'schedule',
      scheduledFor: new Date(29_700_000 * 60_000).toISOString(),
    });
  });

  it.each(table)('tells %s', (_, options, expected) => {
    expect(triggerOfJob(aJob(options), 14)).toMatchObject(expected);
  });
});
