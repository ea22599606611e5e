import type { CoreV1Event } from '@kubernetes/client-node';
import { isWanted, labelSelectorOf, pathOf } from './resources';

describe('the mirrored resources', () => {
  it('are addressed as Kubernetes does', () => {
    expect(pathOf('jobs')).toBe('/apis/batch/v1/jobs');
    expect(pathOf('configmaps', 'akko')).toBe(
      '/api/v1/namespaces/akko/configmaps',
    );
    expect(pathOf('pods', 'akko', 'a/b', 'log')).toBe(
      '/api/v1/namespaces/akko/pods/a%2Fb/log',
    );
  });

  it.each([
    ['jobs', 'v1.35.4', undefined, undefined],
    ['jobs', 'v1.35.4', 'a=b', 'a=b'],
    ['events', 'v1.35.4', 'a=b', undefined],
    ['configmaps', 'v1.35.4', 'a=b', 'akko.io/job-catalogue,a=b'],
    ['pods', 'v1.35.4', undefined, 'batch.kubernetes.io/job-name'],
    ['pods', 'v1.27.0', 'a=b', 'batch.kubernetes.io/job-name,a=b'],
    ['pods', 'v1.26.15-eks-1', undefined, 'job-name'],
    ['pods', '', undefined, 'batch.kubernetes.io/job-name'],
  ] as const)(
    'of kind %s on %s with selector %s are watched by %s',
    (kind, version, configured, selector) => {
      expect(labelSelectorOf(kind, version, configured)).toBe(selector);
    },
  );

  it('keep events about Jobs and pods only', () => {
    const about = (kind?: string) =>
      isWanted('events', { involvedObject: { kind } } as CoreV1Event);
    expect([about('Job'), about('Pod'), about('Node'), about()]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
