import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VirtualClock } from '../clock/VirtualClock';
import { InMemoryObjectStore } from '../store/InMemoryObjectStore';
import type { Fields } from '../store/strategies/types';
import { writeVolumes } from './volumes';

describe('volumes of a process', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'volumes-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Writes them, and reads files by their path in the container. */
  function write(volumes: Fields[], mountPaths: Record<string, string>) {
    const store = new InMemoryObjectStore({
      clock: new VirtualClock(0),
      random: Math.random,
    });
    store.load('configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace: 'work' },
      data: { 'job.yaml': 'script: /etc/job/extra.sql', 'extra.sql': '' },
    });
    store.load('secrets', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'login', namespace: 'work' },
      stringData: { password: '/etc/job is my password' },
    });
    const container = {
      volumeMounts: Object.entries(mountPaths).map(([name, mountPath]) => ({
        name,
        mountPath,
      })),
    };
    const pod = { metadata: { namespace: 'work' }, spec: { volumes } };
    const places = new Map(
      writeVolumes({ pod, container, restart: 0 } as any, store, folder),
    );
    return {
      places,
      read: (mountPath: string, file: string) =>
        readFileSync(join(places.get(mountPath)!, file), 'utf8'),
    };
  }

  it('hold the values of ConfigMaps and Secrets', () => {
    const { read } = write(
      [
        { name: 'config', configMap: { name: 'settings' } },
        { name: 'secret', secret: { secretName: 'login' } },
      ],
      { config: '/config', secret: '/secret' },
    );
    expect(read('/config', 'job.yaml')).toBe('script: /etc/job/extra.sql');
    expect(read('/secret', 'password')).toBe('/etc/job is my password');
  });

  it('are projected from several', () => {
    const { read } = write(
      [
        {
          name: 'all',
          projected: {
            sources: [
              {
                configMap: {
                  name: 'settings',
                  items: [{ key: 'extra.sql', path: 'sql/extra.sql' }],
                },
              },
              { secret: { name: 'login' } },
              { downwardAPI: { items: [] } },
            ],
          },
        },
      ],
      { all: '/all' },
    );
    expect(read('/all', 'sql/extra.sql')).toBe('');
    expect(read('/all', 'password')).toBe('/etc/job is my password');
    expect(() => read('/all', 'job.yaml')).toThrow('ENOENT');
  });

  it('name each other where they are here; a Secret stays as it is', () => {
    const { places, read } = write(
      [
        { name: 'config', configMap: { name: 'settings' } },
        { name: 'secret', secret: { secretName: 'login' } },
      ],
      { config: '/etc/job', secret: '/secret' },
    );
    expect(read('/etc/job', 'job.yaml')).toBe(
      `script: ${places.get('/etc/job')}/extra.sql`,
    );
    expect(read('/secret', 'password')).toBe('/etc/job is my password');
  });

  it('are empty folders where they are of another kind', () => {
    const { places } = write([{ name: 'scratch', emptyDir: {} }], {
      scratch: '/tmp',
    });
    expect([...places.keys()]).toEqual(['/tmp']);
  });
});
