import { cronJobs, everything, initJobs, render } from '../__testUtils__/chart';
import { describeWithHelm } from '../__testUtils__/helm';

const jobOfSection: Record<string, string> = {
  postgres: 'postgres-init',
  postgresData: 'postgres-data-init',
  minio: 'minio-init',
  polaris: 'polaris-init',
  keycloakClients: 'keycloak-clients',
  keycloakSync: 'keycloak-sync',
  bootstrapAdmin: 'bootstrap-admin',
  aiFunctions: 'ai-functions',
  superset: 'superset-bootstrap',
  ollama: 'ollama-models',
};

const off = { enabled: false };

describeWithHelm('what is switched on and off', () => {
  it('has by default the jobs that need nothing beyond AKKO itself, and no backup', () => {
    const rendered = render();
    expect(rendered.components('Job')).toEqual(
      initJobs.filter(
        name => !['keycloak-sync', 'ollama-models'].includes(name),
      ),
    );
    expect(rendered.components('CronJob')).toEqual([]);
    expect(rendered.ofKind('PersistentVolumeClaim')).toEqual([]);
    expect(rendered.ofKind('NetworkPolicy')).toEqual([]);
    expect(rendered.ofKind('ServiceAccount')).toHaveLength(1);
  });

  it('has everything when everything is switched on', () => {
    const rendered = render({ values: everything });
    expect(rendered.components('Job')).toEqual(initJobs);
    expect(rendered.components('CronJob')).toEqual(cronJobs);
    expect(rendered.ofKind('PersistentVolumeClaim')).toHaveLength(1);
    expect(rendered.ofKind('NetworkPolicy')).toHaveLength(1);
  });

  it.each(Object.entries(jobOfSection))(
    'leaves out the job of %s, and nothing else, when that is off',
    (section, job) => {
      const rendered = render({ values: { ...everything, [section]: off } });
      expect(rendered.components('Job')).toEqual(
        initJobs.filter(name => name !== job),
      );
      const { data } = rendered.get('ConfigMap', 'akko-init-config');
      expect(Object.keys(data).sort()).toEqual(
        [...initJobs, ...cronJobs]
          .filter(name => name !== job)
          .map(name => `${name}.yaml`)
          .sort(),
      );
      const { jobs } = rendered.catalogue();
      const entry = jobs.find(({ name }: { name: string }) => name === job);
      expect(entry?.enabled ?? false).toBe(false);
      expect(entry?.manifest).toBeUndefined();
    },
  );

  it('switches the three Keycloak jobs off with keycloak.enabled, whatever their own switches say', () => {
    const rendered = render({ values: { ...everything, keycloak: off } });
    expect(rendered.components('Job')).toEqual(
      initJobs.filter(
        name =>
          !['keycloak-clients', 'keycloak-sync', 'bootstrap-admin'].includes(
            name,
          ),
      ),
    );
  });

  it.each([
    ['postgres', ['backup-minio', 'drill-minio']],
    ['minio', ['backup-postgres', 'drill-postgres']],
  ])('drops the drill of %s with its backup', (backup, left) => {
    const rendered = render({
      values: {
        ...everything,
        backup: { ...everything.backup, [backup]: off },
      },
    });
    expect(rendered.components('CronJob')).toEqual(left);
  });

  it('takes a backup without a drill', () => {
    const rendered = render({
      values: { backup: { postgres: { enabled: true, drill: off } } },
    });
    expect(rendered.components('CronJob')).toEqual(['backup-postgres']);
  });

  it('renders nothing when the whole chart is off', () => {
    expect(render({ values: off }).objects).toEqual([]);
  });

  it('takes an account that is there', () => {
    const rendered = render({
      values: { serviceAccount: { create: false, name: 'mine' } },
    });
    expect(rendered.ofKind('ServiceAccount')).toEqual([]);
    expect(rendered.template('minio-init').spec.serviceAccountName).toBe(
      'mine',
    );
  });

  it('keeps demo data out of a production', () => {
    const rendered = render({
      values: {
        postgresData: { demoData: false },
        superset: { demoDashboard: false },
      },
    });
    expect(rendered.config('postgres-data-init').demoData).toBe(false);
    const superset = rendered.config('superset-bootstrap');
    expect(superset.database.uri).toBe(
      'trino://akko@akko-trino:8080/postgresql',
    );
    expect(superset).not.toHaveProperty('dashboard');
    expect(superset).not.toHaveProperty('datasets');
  });
});
