import { describeContract } from './support/describeContract';
import { configMap } from './support/objects';

const columns: Record<string, string> = {
  configmaps: 'Name string 0, Data string 0, Age string 0',
  secrets: 'Name string 0, Type string 0, Data string 0, Age string 0',
  serviceaccounts: 'Name string 0, Age string 0',
  pods: 'Name string 0, Ready string 0, Status string 0, Restarts string 0, Age string 0, IP string 1, Node string 1, Nominated Node string 1, Readiness Gates string 1',
  events:
    'Last Seen string 0, Type string 0, Reason string 0, Object string 0, Subobject string 1, Source string 1, Message string 0, First Seen string 1, Count string 1, Name string 1',
  persistentvolumeclaims:
    'Name string 0, Status string 0, Volume string 0, Capacity string 0, Access Modes string 0, StorageClass string 0, VolumeAttributesClass string 0, Age string 0, VolumeMode string 1',
  jobs: 'Name string 0, Status string 0, Completions string 0, Duration string 0, Age string 0, Containers string 1, Images string 1, Selector string 1',
  cronjobs:
    'Name string 0, Schedule string 0, Timezone string 0, Suspend boolean 0, Active integer 0, Last Schedule string 0, Age string 0, Containers string 1, Images string 1, Selector string 1',
};

describeContract('tables', target => {
  it('are given as tables to those who print', async () => {
    await target.api.post(
      target.core('configmaps'),
      configMap('printed', {}, { group: 'table' }),
    );
    const { body } = await target.api.get(
      target.core('configmaps?labelSelector=group%3Dtable'),
      {
        accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json',
      },
    );
    expect(body).toMatchObject({ kind: 'Table', apiVersion: 'meta.k8s.io/v1' });
    expect(body.columnDefinitions.map(({ name }: any) => name)).toEqual([
      'Name',
      'Data',
      'Age',
    ]);
    expect(body.rows[0].cells.slice(0, 2)).toEqual(['printed', 0]);
    expect(body.rows[0].object).toMatchObject({
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { name: 'printed' },
    });
  });

  it.each([
    'pods',
    'events',
    'secrets',
    'serviceaccounts',
    'persistentvolumeclaims',
    'configmaps',
  ])('print %s with the same columns', async resource => {
    const { body } = await target.api.get(target.core(resource), {
      accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
    });
    expect(
      body.columnDefinitions
        .map(({ name, type, priority }: any) => `${name} ${type} ${priority}`)
        .join(', '),
    ).toBe(columns[resource]);
  });

  it.each(['jobs', 'cronjobs'])(
    'print %s with the same columns',
    async resource => {
      const { body } = await target.api.get(target.batch(resource), {
        accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
      });
      expect(
        body.columnDefinitions
          .map(({ name, type, priority }: any) => `${name} ${type} ${priority}`)
          .join(', '),
      ).toBe(columns[resource]);
    },
  );
});
