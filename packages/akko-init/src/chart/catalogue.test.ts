import {
  JOB_CATALOGUE_SCHEMA,
  KNOWN_JOBS,
  LABEL_JOB_CATALOGUE,
} from '@akko/backstage-plugin-akko-common';
import {
  everything,
  initJobs,
  render,
  type RenderedChart,
} from '../__testUtils__/chart';
import { describeWithHelm } from '../__testUtils__/helm';

describeWithHelm('the job catalogue', () => {
  let rendered: RenderedChart;
  beforeAll(() => {
    rendered = render({ values: everything });
  });

  it('is where the portal looks for it', () => {
    const { metadata } = rendered.get('ConfigMap', 'akko-init-jobs');
    expect(metadata.labels).toMatchObject({
      [LABEL_JOB_CATALOGUE]: 'v1',
      'app.kubernetes.io/instance': 'akko',
    });
    expect(rendered.catalogue()).toMatchObject({
      schema: JOB_CATALOGUE_SCHEMA,
      release: 'akko',
      chart: 'akko-init-1.0.0',
      revision: 1,
    });
  });

  it('carries the labels of the instance, which no other object has', () => {
    const owned = render({
      values: { instanceLabels: { 'akko.io/owner': 'analytics' } },
    });
    expect(owned.get('ConfigMap', 'akko-init-jobs').metadata.labels).toEqual({
      ...rendered.get('ConfigMap', 'akko-init-jobs').metadata.labels,
      'akko.io/owner': 'analytics',
    });
    expect(
      owned.get('Job', 'akko-minio-init').metadata.labels,
    ).not.toHaveProperty(['akko.io/owner']);
  });

  it('tells of each job that the portal knows, in its words and its order', () => {
    const known = KNOWN_JOBS.filter(({ kind }) => kind === 'init');
    expect(
      render()
        .catalogue()
        .jobs.map(({ name, title, dependsOn }: any) => ({
          name,
          title,
          dependsOn,
        })),
    ).toEqual(
      known.map(({ name, title, dependsOn }) => ({ name, title, dependsOn })),
    );
    const backups = KNOWN_JOBS.filter(({ kind }) => kind === 'backup');
    expect(rendered.catalogue().backups).toEqual(
      backups.map(({ name, title }) => ({
        name,
        title,
        enabled: true,
        schedule: name === 'backup-postgres' ? '0 2 * * *' : '0 4 * * *',
        timeZone: 'Etc/UTC',
        retention: 7,
      })),
    );
  });

  it('lists the language models only where they are asked for', () => {
    const names = (chart: RenderedChart) =>
      chart.catalogue().jobs.map(({ name }: any) => name);
    expect(names(render())).not.toContain('ollama-models');
    expect(names(rendered)).toContain('ollama-models');
  });

  it.each([true, false])(
    'says whether Helm runs the Jobs as hooks (%s)',
    useHelmHooks => {
      expect(render({ values: { useHelmHooks } }).catalogue()).toMatchObject({
        useHelmHooks,
      });
    },
  );

  it('lists drills apart from backups', () => {
    expect(rendered.catalogue().drills).toEqual([
      expect.objectContaining({
        name: 'drill-postgres',
        enabled: true,
        suspended: true,
      }),
      expect.objectContaining({
        name: 'drill-minio',
        enabled: true,
        suspended: true,
      }),
    ]);
  });

  it('tells a job that is off from one that never ran', () => {
    const job = render()
      .catalogue()
      .jobs.find(({ name }: any) => name === 'keycloak-sync');
    expect(job).toEqual({
      name: 'keycloak-sync',
      title: 'Keycloak users',
      enabled: false,
      dependsOn: ['keycloak-clients'],
    });
  });

  describe.each([
    ['of hooks', true],
    ['of plain Jobs', false],
  ])('%s', (_title, useHelmHooks) => {
    const chart = () => render({ values: { ...everything, useHelmHooks } });

    it('has the very Job that Helm makes', () => {
      const of = chart();
      for (const job of initJobs) {
        const made = of.workload(job);
        const copy = of.cataloguedJob(job);
        const checksum = made.metadata.annotations!['akko.io/config-checksum'];
        expect(copy).toMatchObject({ apiVersion: 'batch/v1', kind: 'Job' });
        expect(copy.metadata).toMatchObject({
          name: made.metadata.name,
          namespace: 'akko',
          labels: made.metadata.labels,
          annotations: { 'akko.io/config-checksum': checksum },
        });
        expect(copy.spec).toEqual(made.spec);
        const entry = of.catalogue().jobs.find(({ name }: any) => name === job);
        expect(entry).toMatchObject({
          enabled: true,
          checksum,
          manifest: `${job}.yaml`,
        });
      }
    });
  });

  it('has copies of hooks that are hooks of nobody', () => {
    const { annotations } = rendered.cataloguedJob('minio-init').metadata;
    expect(Object.keys(annotations!)).toEqual(['akko.io/config-checksum']);
  });

  it('has copies of plain Jobs that the next upgrade takes for its own', () => {
    const { metadata } = render({
      values: { useHelmHooks: false },
      namespace: 'elsewhere',
    }).cataloguedJob('minio-init');
    expect(metadata).toMatchObject({
      namespace: 'elsewhere',
      labels: { 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: {
        'meta.helm.sh/release-name': 'akko',
        'meta.helm.sh/release-namespace': 'elsewhere',
      },
    });
  });

  it('says when it does not fit into a ConfigMap', () => {
    const podAnnotations = { large: 'x'.repeat(120_000) };
    expect(() =>
      render({ values: { jobDefaults: { podAnnotations } } }),
    ).toThrow(/The job catalogue is larger than 900 KiB/);
  });
});
