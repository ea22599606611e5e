import { stringify } from 'yaml';
import {
  cronJobs,
  everything,
  example,
  initJobs,
  render,
  type Rendering,
} from '../__testUtils__/chart';
import { describeWithHelm } from '../__testUtils__/helm';
import {
  askApiServer,
  createRestrictedNamespace,
  type Answer,
} from '../__testUtils__/apiServer';
import { describeOnServices } from '../__testUtils__/services';

const namespace = 'akko-chart-test';

/** Asks the API server to take objects without keeping them; a field that it does not know is an error. */
function create(objects: readonly object[]): Answer {
  return askApiServer(
    [
      'create',
      '--dry-run=server',
      '--validate=strict',
      '-o',
      'name',
      '-f',
      '-',
    ],
    objects.map(object => stringify(object)).join('---\n'),
  );
}

describeOnServices('the chart and the real API server', () => {
  beforeAll(() => createRestrictedNamespace(namespace));

  afterAll(() => {
    askApiServer(['delete', 'namespace', namespace, '--wait=false']);
  });

  describeWithHelm(
    'in a namespace that enforces Pod Security "restricted"',
    () => {
      const rendered = (rendering: Rendering = {}) =>
        render({ values: everything, ...rendering, namespace });

      it('refuses a pod that is not restricted, so that the rest of this means something', () => {
        const { spec } = rendered().template('minio-init');
        delete spec.containers[0].securityContext;
        const { code, stderr } = create([podOf('minio-init', { spec })]);
        expect(code).toBe(1);
        expect(stderr).toContain('violates PodSecurity "restricted:latest"');
      });

      it.each<[string, Rendering]>([
        ['of hooks', {}],
        ['of plain Jobs', { values: { ...everything, useHelmHooks: false } }],
        ['of the example for development', { files: [example('dev')] }],
        ['of the example for production', { files: [example('production')] }],
      ])('takes every object %s without a warning', (_title, rendering) => {
        const { objects } = rendered(rendering);
        const { code, stdout, stderr } = create(objects);
        expect([code, stderr]).toEqual([0, '']);
        expect(stdout.trim().split('\n')).toHaveLength(objects.length);
      });

      it.each([...initJobs, ...cronJobs])('takes the pod of %s', job => {
        const pod = podOf(job, rendered().template(job));
        const { code, stderr } = create([pod]);
        expect([code, stderr]).toEqual([0, '']);
      });

      it('takes the copies of the Jobs in the catalogue', () => {
        const chart = rendered({
          values: { ...everything, useHelmHooks: false },
        });
        const { code, stderr } = create(
          initJobs.map(job => chart.cataloguedJob(job)),
        );
        expect([code, stderr]).toEqual([0, '']);
      });
    },
  );
});

/** A pod as the Job controller makes it. Its account is made with the release, which a dry run never makes. */
function podOf(name: string, { metadata, spec }: any): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, name, namespace },
    spec: { ...spec, serviceAccountName: 'default' },
  };
}
