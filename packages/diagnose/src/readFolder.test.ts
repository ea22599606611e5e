import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diagnose } from '@akko/backstage-plugin-akko-common';
import { printFindings, printRemarks } from './printFindings';
import { FolderError, readFolder } from './readFolder';

const LABELS = { 'app.kubernetes.io/instance': 'akko' };
const JOB = {
  kind: 'Job',
  metadata: {
    name: 'akko-postgres-init',
    namespace: 'akko',
    uid: 'u',
    labels: LABELS,
  },
  status: {
    conditions: [
      { type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' },
    ],
  },
};
const POD = {
  kind: 'Pod',
  metadata: {
    name: 'akko-postgres-init-x7k2p',
    namespace: 'akko',
    labels: { 'batch.kubernetes.io/job-name': 'akko-postgres-init' },
  },
  status: { phase: 'Failed' },
};
const LINE =
  'psql: error: connection to server at "akko-postgresql" (10.96.14.2), port 5432 failed: Connection refused';

describe('a folder that kubectl wrote into', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'diagnose-'));
    mkdirSync(join(folder, 'logs'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, content: unknown) =>
    writeFileSync(
      join(folder, name),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  const found = () => diagnose(readFolder(folder).evidence);

  it.each<[string, () => void]>([
    [
      'one list of all kinds',
      () => write('objects.json', { kind: 'List', items: [JOB, POD] }),
    ],
    [
      'a list per kind, whose items do not say theirs',
      () => {
        const { kind: _job, ...job } = JOB;
        const { kind: _pod, ...pod } = POD;
        write('jobs.json', { kind: 'JobList', items: [job] });
        write('pods.json', { kind: 'PodList', items: [pod] });
      },
    ],
    [
      'single objects',
      () => {
        write('job.json', JOB);
        write('pod.json', POD);
      },
    ],
  ])('is read with %s', (_, writeObjects) => {
    writeObjects();
    write('logs/akko-postgres-init-x7k2p.txt', LINE);
    expect(found()).toMatchObject([
      { rule: 'target-refused', evidence: [{ text: LINE }] },
    ]);
  });

  it('is read as far as it can be, and says what could not', () => {
    write('jobs.json', '{"items": [');
    write('logs/akko-postgres-init-x7k2p.txt', LINE);
    const { evidence, notes } = readFolder(folder);
    expect(notes).toEqual([
      expect.stringMatching(/^jobs\.json was left out: /),
    ]);
    expect(diagnose(evidence)).toMatchObject([{ rule: 'target-refused' }]);
  });

  it('is refused with the next step when there is nothing in it, or it is not there', () => {
    expect(() => readFolder(folder)).toThrow(FolderError);
    expect(() => readFolder(join(folder, 'nowhere'))).toThrow(/cannot be read/);
    expect(() => readFolder(folder)).toThrow(
      expect.objectContaining({
        nextStep: expect.stringContaining('kubectl get jobs'),
      }),
    );
  });

  it('gives findings that a person can read', () => {
    write('objects.json', { kind: 'List', items: [JOB, POD] });
    write('logs/akko-postgres-init-x7k2p.txt', LINE);
    const text = printFindings(found());
    expect(text).toContain('✕ postgres-init: PostgreSQL refuses connections\n');
    expect(text).toContain(`> Pod/akko-postgres-init-x7k2p:1  ${LINE}`);
    expect(text).toContain('Then run again: postgres-init');
    expect(printFindings([])).toMatch(/^Nothing is wrong/);
    expect(printRemarks([])).toBe('The chart is easy to operate.');
  });
});
