import { aCatalogue } from '../testing/kubernetesObjects';
import { instanceLabels } from './instanceLabels';

function labelled(labels: Record<string, string>) {
  const configMap = aCatalogue();
  configMap.metadata!.labels = { ...configMap.metadata!.labels, ...labels };
  return configMap;
}

describe('labels of an instance', () => {
  it.each([
    ['none beyond those of every chart', {}, undefined],
    [
      'whose it is',
      { 'akko.io/owner': 'analytics', 'akko.io/system': 'akko' },
      { 'akko.io/owner': 'analytics', 'akko.io/system': 'akko' },
    ],
    ['what it is for', { environment: 'lab' }, { environment: 'lab' }],
    ['an empty value', { critical: '' }, { critical: '' }],
    [
      'those of Helm and of the portal',
      {
        'helm.sh/chart': 'akko-init-1.0.0',
        'app.kubernetes.io/managed-by': 'Helm',
        'akko.io/operation': '4711',
        'akko.io/job-catalogue': 'v1',
      },
      undefined,
    ],
    [
      'a prefix that only looks like one of theirs',
      { 'helm.sh.example.com/team': 'a' },
      { 'helm.sh.example.com/team': 'a' },
    ],
  ])('%s', (_, labels, expected) => {
    expect(instanceLabels([labelled(labels)])).toEqual(expected);
  });

  it('are written equally in whichever order the cluster sends them', () => {
    const written = (labels: Record<string, string>) =>
      JSON.stringify(instanceLabels([labelled(labels)]));
    expect(written({ b: '2', a: '1' })).toBe(written({ a: '1', b: '2' }));
  });

  it('are those of the first part of a split catalogue', () => {
    const part = {
      metadata: { labels: { environment: 'other' } },
      data: { 'minio-init.yaml': '' },
    };
    expect(instanceLabels([part, labelled({ environment: 'lab' })])).toEqual({
      environment: 'lab',
    });
  });

  it('are none where there is no catalogue', () => {
    expect(instanceLabels([])).toBeUndefined();
  });
});
