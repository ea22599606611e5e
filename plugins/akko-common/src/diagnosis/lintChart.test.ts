import { lintChart } from './lintChart';
import type { Evidence } from './types';

const CONTAINER = {
  name: 'akko-minio-init',
  image: 'registry.example.com/akko-init:1.2.0',
  resources: { limits: { memory: '256Mi' } },
  terminationMessagePolicy: 'FallbackToLogsOnError',
};

function job(
  spec: object = {},
  container: object = {},
  annotations: object = {},
): Evidence {
  return {
    jobs: [
      {
        kind: 'Job',
        metadata: { name: 'akko-minio-init', namespace: 'akko', annotations },
        spec: {
          activeDeadlineSeconds: 600,
          ttlSecondsAfterFinished: 3600,
          template: {
            spec: {
              restartPolicy: 'Never',
              containers: [{ ...CONTAINER, ...container }],
            },
          },
          ...spec,
        },
      },
    ],
  };
}

function cronJob(spec: object = {}): Evidence {
  return {
    cronJobs: [
      {
        kind: 'CronJob',
        metadata: { name: 'akko-backup-postgres', namespace: 'akko' },
        spec: {
          schedule: '0 2 * * *',
          timeZone: 'Etc/UTC',
          concurrencyPolicy: 'Forbid',
          startingDeadlineSeconds: 3600,
          jobTemplate: {
            spec: { template: { spec: { containers: [CONTAINER] } } },
          },
          ...spec,
        },
      },
    ],
  };
}

describe('remarks on a chart', () => {
  it('are none on one that is easy to operate', () => {
    expect(lintChart(job())).toEqual([]);
    expect(lintChart(cronJob())).toEqual([]);
  });

  it.each<[string, Evidence]>([
    ['image-floating', job({}, { image: 'akko-init' })],
    ['image-floating', job({}, { image: 'akko-init:latest' })],
    ['no-memory-limit', job({}, { resources: {} })],
    [
      'no-last-words',
      job(
        {},
        {
          terminationMessagePolicy: 'File',
          terminationMessagePath: '/dev/termination-log',
        },
      ),
    ],
    [
      'restarts-in-place',
      job({
        template: {
          spec: { restartPolicy: 'OnFailure', containers: [CONTAINER] },
        },
      }),
    ],
    ['no-deadline', job({ activeDeadlineSeconds: undefined })],
    ['short-time-to-live', job({ ttlSecondsAfterFinished: 0 })],
    [
      'ttl-race',
      job(
        { ttlSecondsAfterFinished: 5 },
        {},
        { 'helm.sh/hook': 'post-install' },
      ),
    ],
    ['backups-at-once', cronJob({ concurrencyPolicy: 'Allow' })],
    ['no-time-zone', cronJob({ timeZone: undefined })],
    ['no-starting-deadline', cronJob({ startingDeadlineSeconds: undefined })],
    ['suspended', cronJob({ suspend: true })],
  ])('tell of %s', (rule, evidence) => {
    expect(lintChart(evidence)).toMatchObject([{ rule }]);
  });
});
