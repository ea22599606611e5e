import type { Finding } from '@akko/backstage-plugin-akko-common';
import { aFinding, someJobs } from '../../__testUtils__/fixtures';
import {
  backupToAsk,
  failedWith,
  isExplained,
  jobsToRerun,
  saysTheSame,
  waitingFor,
} from './findingWords';

describe('what follows from a finding', () => {
  it('are the jobs that failed with it, each once and without its own', () => {
    const [consequence] = aFinding().consequences;
    const consequences = [
      consequence,
      { ...consequence, rule: 'backoff-limit-exceeded' },
      { ...consequence, job: 'postgres-init' },
    ];
    expect(failedWith(aFinding({ consequences }))).toEqual([
      'superset-bootstrap',
    ]);
  });

  it('are the jobs that wait for one that failed, and no others', () => {
    const jobs = someJobs({
      'keycloak-clients': 'pending',
      'polaris-init': 'pending',
      'minio-init': 'pending',
      'superset-bootstrap': 'failed',
    }).map(job => ({
      ...job,
      waitingFor: {
        'keycloak-clients': ['postgres-init'],
        'polaris-init': ['superset-bootstrap'],
        'minio-init': ['bootstrap-admin'],
        'superset-bootstrap': ['postgres-init'],
      }[job.name],
    }));
    expect(waitingFor(aFinding(), jobs).sort()).toEqual([
      'keycloak-clients',
      'polaris-init',
    ]);
  });
});

describe('whether a failed job is explained', () => {
  it.each([
    ['its own error', 'postgres-init', aFinding(), true],
    ['an error that it followed from', 'superset-bootstrap', aFinding(), true],
    ['an error of another job', 'minio-init', aFinding(), false],
    ['a warning', 'postgres-init', aFinding({ severity: 'warning' }), false],
  ])('by %s', (_, job, finding, isIt) => {
    expect(isExplained(job, [finding])).toBe(isIt);
  });
});

describe('whether a finding says a sentence', () => {
  it.each([
    ['postgresql refuses  connections.', true],
    ['it is down, still starting, or listens elsewhere', true],
    ['Connection refused', true],
    ['Keycloak refuses the admin password', false],
  ])('%s: %s', (sentence, isSaid) => {
    expect(saysTheSame(aFinding(), sentence)).toBe(isSaid);
  });
});

describe('the jobs to re-run', () => {
  it.each([
    [
      'those of the action',
      aFinding(),
      ['postgres-init', 'superset-bootstrap'],
    ],
    [
      'its own where the action names none',
      aFinding({ action: { type: 'rerun' } }),
      ['postgres-init'],
    ],
    [
      'none where the action is another',
      aFinding({ action: { type: 'backup', backup: 'backup-postgres' } }),
      [],
    ],
    ['none where there is no action', aFinding({ action: undefined }), []],
  ])('are %s', (_, finding, jobs) => {
    expect(jobsToRerun(finding)).toEqual(jobs);
  });
});

describe('what is to be done with a backup', () => {
  it.each([
    [{ type: 'backup', backup: 'backup-minio' }, 'backup backup-minio'],
    [{ type: 'resume' }, 'resume postgres-init'],
    [{ type: 'rerun', jobs: ['a'] }, undefined],
    [undefined, undefined],
  ] as [Finding['action'], string | undefined][])(
    'about %j is %s',
    (action, words) => {
      const ask = backupToAsk(aFinding({ action }));
      expect(ask && `${ask.action} ${ask.backup}`).toBe(words);
    },
  );
});
