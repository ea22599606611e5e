import { execFileSync } from 'node:child_process';
import { liveScenarios } from '../scenarios';
import { isSimulated } from './liveInstance';
import { liveObjects, readRendered } from './liveObjects';

const objects = liveObjects(readRendered(), {
  postgres: { host: '127.0.0.1', port: 4711, password: 'a-password' },
  objectStorage: { endpoint: 'http://127.0.0.1:4712' },
});
const manifestOf = (resource: string, name: string) =>
  objects.find(
    object =>
      object.resource === resource && object.manifest.metadata.name === name,
  )!.manifest as any;

function hasHelm(): boolean {
  try {
    execFileSync(process.env.AKKO_HELM ?? 'helm', ['version']);
    return true;
  } catch {
    return false;
  }
}

(hasHelm() ? describe : describe.skip)('with Helm', () => {
  it('is what the chart renders; if not: yarn workspace sandbox render', () => {
    const script = require.resolve('./render.mjs');
    const rendered = execFileSync(process.execPath, [script, '--print'], {
      encoding: 'utf8',
    });
    // Not toEqual: a difference of two whole charts is nothing to read.
    expect(rendered === readRendered()).toBe(true);
  });
});

describe('the live instance', () => {
  it('reaches the services where they are', () => {
    const { data } = manifestOf('configmaps', 'live-init-config');
    expect(data['postgres-init.yaml']).toContain('port: 4711');
    expect(data['postgres-data-init.yaml']).toContain('port: 4711');
    expect(data['minio-init.yaml']).toContain(
      'endpoint: http://127.0.0.1:4712',
    );
    expect(JSON.stringify(objects)).not.toMatch(/\b(15432|19000)\b/);
  });

  it('has the password in a Secret alone', () => {
    const { stringData } = manifestOf('secrets', 'akko-postgresql');
    expect(stringData).toEqual({ 'postgres-password': 'a-password' });
    expect(
      JSON.stringify(objects.filter(({ resource }) => resource !== 'secrets')),
    ).not.toContain('a-password');
  });

  it('says whose it is and what it is for on its job catalogue alone', () => {
    const { labels } = manifestOf('configmaps', 'live-init-jobs').metadata;
    expect(labels).toMatchObject({
      'akko.io/owner': 'platform',
      'akko.io/system': 'akko',
      environment: 'development',
      'akko.io/job-catalogue': 'v1',
    });
    expect(
      objects.filter(({ manifest }) => manifest.metadata.labels.environment),
    ).toHaveLength(1);
  });

  it('says of each job and backup that is on whether it is simulated, and simulates exactly those', () => {
    const { data } = manifestOf('configmaps', 'live-init-jobs');
    const { jobs, backups } = JSON.parse(data['catalogue.json']);
    const played = liveScenarios.map(
      ({ match }) => match!.labels!['app.kubernetes.io/component'],
    );
    expect(jobs.length).toBeGreaterThanOrEqual(9);
    for (const { enabled, name, simulated } of [...jobs, ...backups]) {
      const expected = enabled ? played.includes(name) : undefined;
      expect([name, simulated]).toEqual([name, expected]);
    }
  });

  it('runs nothing as a process that it does not say', () => {
    const components = objects
      .filter(({ resource }) => ['jobs', 'cronjobs'].includes(resource))
      .map(
        ({ manifest }) =>
          manifest.metadata.labels['app.kubernetes.io/component'],
      );
    expect(components.filter(name => !isSimulated(name)).sort()).toEqual([
      'backup-minio',
      'drill-minio',
      'minio-init',
      'postgres-data-init',
      'postgres-init',
    ]);
  });
});
