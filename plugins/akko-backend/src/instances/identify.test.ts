import type { V1ObjectMeta } from '@kubernetes/client-node';
import { chartLabels } from '../testing/kubernetesObjects';
import { identify } from './identify';

const INSTANCE = { 'app.kubernetes.io/instance': 'akko' };
const DECLARED = [{ cluster: 'prod', namespace: 'akko', release: 'old' }];

function cronJobOwner(name: string): Pick<V1ObjectMeta, 'ownerReferences'> {
  return {
    ownerReferences: [
      {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        name,
        uid: 'u',
        controller: true,
      },
    ],
  };
}

describe('identify', () => {
  const table: [string, V1ObjectMeta, string | undefined][] = [
    [
      'a Job with the labels of the chart, whatever its name',
      { name: 'anything', labels: chartLabels('akko', 'minio-init') },
      'akko minio-init init',
    ],
    [
      'a job of the chart that the portal does not know by name',
      { name: 'x', labels: chartLabels('akko', 'ollama-pull') },
      'akko ollama-pull init',
    ],
    [
      'a backup by its labels',
      { name: 'x', labels: chartLabels('akko', 'backup-postgres') },
      'akko backup-postgres backup',
    ],
    [
      'a drill by its labels',
      { name: 'x', labels: chartLabels('akko', 'drill-postgres') },
      'akko drill-postgres drill',
    ],
    [
      'a Job by instance label and name',
      { name: 'akko-polaris-init', labels: INSTANCE },
      'akko polaris-init init',
    ],
    [
      'the longer of two job names that fit',
      { name: 'akko-postgres-data-init', labels: INSTANCE },
      'akko postgres-data-init init',
    ],
    [
      'a Job with a revision in its name',
      { name: 'akko-minio-init-14', labels: INSTANCE },
      'akko minio-init init',
    ],
    [
      'a Job of a CronJob by the name of the CronJob',
      {
        name: 'by-hand-42',
        labels: INSTANCE,
        ...cronJobOwner('akko-backup-minio'),
      },
      'akko backup-minio backup',
    ],
    [
      'a Job of a declared instance by name alone',
      { name: 'old-keycloak-sync' },
      'old keycloak-sync init',
    ],
    [
      'nothing for another workload of the same release',
      { name: 'akko-trino-migrate', labels: INSTANCE },
      undefined,
    ],
    [
      'nothing for a job of another chart of the platform',
      {
        name: 'akko-superset-upgrade',
        labels: {
          ...chartLabels('akko', 'superset-upgrade'),
          'app.kubernetes.io/name': 'superset',
        },
      },
      undefined,
    ],
    [
      'nothing for a name without the release',
      { name: 'minio-init', labels: INSTANCE },
      undefined,
    ],
    [
      'nothing for a name that only begins like a job',
      { name: 'akko-minio-init-extra', labels: INSTANCE },
      undefined,
    ],
    [
      'nothing for a Job without labels',
      { name: 'akko-minio-init' },
      undefined,
    ],
  ];

  it.each(table)('finds %s', (_, metadata, expected) => {
    const found = identify(
      'prod',
      { metadata: { namespace: 'akko', ...metadata } },
      DECLARED,
    );
    expect(
      found && `${found.instance.release} ${found.name} ${found.kind}`,
    ).toBe(expected);
    const { cluster, namespace } = found?.instance ?? {
      cluster: 'prod',
      namespace: 'akko',
    };
    expect(`${cluster}/${namespace}`).toBe('prod/akko');
  });

  it('does not look for declared instances in other clusters or namespaces', () => {
    const metadata = { name: 'old-minio-init', namespace: 'akko' };
    expect(identify('test', { metadata }, DECLARED)).toBeUndefined();
    expect(
      identify('prod', { metadata: { ...metadata, namespace: 'b' } }, DECLARED),
    ).toBeUndefined();
  });
});
