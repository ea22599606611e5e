import { aCatalogue } from '../testing/kubernetesObjects';
import { readCatalogue, releaseOfCatalogue } from './catalogue';

const REF = { cluster: 'prod', namespace: 'akko', release: 'akko' };
const SEEN = {
  init: new Set(['minio-init', 'custom-init']),
  backup: new Set(['backup-minio']),
};

function manifest(changes: string = ''): string {
  return [
    'apiVersion: batch/v1',
    'kind: Job',
    'metadata:',
    '  name: akko-minio-init',
    changes,
    'spec:',
    '  template:',
    '    spec: {containers: [{name: a, image: b}]}',
  ].join('\n');
}

function withManifest(text: string) {
  return aCatalogue({
    jobs: [{ name: 'minio-init', manifest: 'minio-init.yaml' }],
    manifests: { 'minio-init.yaml': text },
  });
}

describe('readCatalogue', () => {
  it('reads jobs in dependency order, backups, chart and revision', () => {
    const configMap = aCatalogue({
      jobs: [
        { name: 'polaris-init', dependsOn: ['minio-init'] },
        { name: 'minio-init', checksum: 'sha256:abc' },
        { name: 'keycloak-sync', enabled: false },
      ],
      backups: [
        { name: 'backup-postgres', enabled: true, schedule: '30 2 * * *' },
      ],
    });
    const { catalogue, note } = readCatalogue(REF, [configMap], SEEN);
    expect(note).toBeUndefined();
    expect(catalogue).toMatchObject({
      fromChart: true,
      chart: 'akko-init-1.0.0',
      revision: 14,
      jobs: [
        { name: 'minio-init', enabled: true, checksum: 'sha256:abc' },
        { name: 'polaris-init', dependsOn: ['minio-init'] },
        { name: 'keycloak-sync', enabled: false },
      ],
      backups: [
        {
          name: 'backup-postgres',
          title: 'PostgreSQL backup',
          enabled: true,
          schedule: '30 2 * * *',
        },
      ],
    });
  });

  it('reads what the sandbox says of scenarios and of real runs', () => {
    const { catalogue } = readCatalogue(
      REF,
      [
        aCatalogue({
          jobs: [
            { name: 'postgres-init', simulated: false },
            { name: 'minio-init', simulated: true },
            { name: 'keycloak-sync' },
          ],
          backups: [{ name: 'backup-minio', enabled: true, simulated: true }],
        }),
      ],
      SEEN,
    );
    expect(catalogue.jobs.map(({ simulated }) => simulated)).toEqual([
      false,
      true,
      undefined,
    ]);
    expect(catalogue.backups[0].simulated).toBe(true);
  });

  it('gives a manifest the namespace of its instance', () => {
    const { catalogue } = readCatalogue(REF, [withManifest(manifest())], SEEN);
    expect(catalogue.jobs[0].manifest).toMatchObject({
      kind: 'Job',
      metadata: { name: 'akko-minio-init', namespace: 'akko' },
    });
  });

  it('finds manifests in the other parts of a split catalogue', () => {
    const first = aCatalogue({
      jobs: [{ name: 'minio-init', manifest: 'minio-init.yaml' }],
    });
    const second = { data: { 'minio-init.yaml': manifest() } };
    const { catalogue } = readCatalogue(REF, [second, first], SEEN);
    expect(catalogue.jobs[0].manifest?.kind).toBe('Job');
  });

  it.each([
    ['of another namespace', manifest('  namespace: kube-system')],
    ['that is no Job', manifest().replace('kind: Job', 'kind: Pod')],
    ['that is no YAML', '{{'],
    ['that is empty', ''],
  ])('takes no manifest %s', (_, text) => {
    const { catalogue } = readCatalogue(REF, [withManifest(text)], SEEN);
    expect(catalogue.jobs[0].name).toBe('minio-init');
    expect(catalogue.jobs[0].manifest).toBeUndefined();
  });

  it.each([
    ['not JSON', 'no'],
    ['of another version', '{"schema":"akko.io/job-catalogue/v9","jobs":[]}'],
    ['of the wrong shape', '{"schema":"akko.io/job-catalogue/v1","jobs":{}}'],
  ])('falls back to what was seen, with a note, when it is %s', (_, text) => {
    const read = readCatalogue(REF, [aCatalogue({ text })], SEEN);
    expect(read.note).toContain('job catalogue of akko cannot be read');
    expect(read.catalogue.fromChart).toBe(false);
  });

  it.each([
    ['that can be read', undefined],
    ['that cannot be read', 'no'],
  ])('takes the labels of the instance from a catalogue %s', (_, text) => {
    const configMap = aCatalogue({ text });
    configMap.metadata!.labels!['akko.io/owner'] = 'analytics';
    expect(readCatalogue(REF, [configMap], SEEN).catalogue.labels).toEqual({
      'akko.io/owner': 'analytics',
    });
  });

  it('switches on what was seen when the chart has no catalogue', () => {
    const { catalogue, note } = readCatalogue(REF, [], SEEN);
    expect(note).toBeUndefined();
    expect(catalogue.labels).toBeUndefined();
    expect(catalogue.fromChart).toBe(false);
    expect(catalogue.jobs).toHaveLength(10);
    const enabled = catalogue.jobs.filter(job => job.enabled);
    expect(enabled.map(({ name }) => name)).toEqual([
      'minio-init',
      'custom-init',
    ]);
    expect(catalogue.backups).toMatchObject([
      { name: 'backup-postgres', enabled: false },
      { name: 'backup-minio', enabled: true },
    ]);
  });
});

describe('releaseOfCatalogue', () => {
  it.each([
    ['akko-init-jobs', undefined, 'akko'],
    ['akko-init-jobs-2', undefined, 'akko'],
    ['short-init-jobs', 'akko', 'akko'],
    ['akko-settings', 'akko', undefined],
  ])('of %s with label %s is %s', (name, instance, expected) => {
    const labels = instance
      ? { 'app.kubernetes.io/instance': instance }
      : undefined;
    expect(releaseOfCatalogue({ metadata: { name, labels } })).toBe(expected);
  });
});
