import { stringify } from 'yaml';
import {
  askApiServer,
  createRestrictedNamespace,
  type Answer,
} from '../__testUtils__/apiServer';
import { describeWithHelm, helms } from '../__testUtils__/helm';
import {
  everyPart,
  portalExamples,
  renderPortal,
  type PortalRendering,
} from '../__testUtils__/portalChart';
import { describeOnServices } from '../__testUtils__/services';

const namespace = 'akko-portal-chart-test';

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

/** Whatever the values are, roles go to a namespace that is there. */
const render = ({ values = {}, ...rendering }: PortalRendering) =>
  renderPortal({
    ...rendering,
    namespace,
    values: {
      ...values,
      rbac: { namespaces: [namespace], ...(values as any).rbac },
    },
  });

describeOnServices('the chart of the portal and the real API server', () => {
  beforeAll(() => createRestrictedNamespace(namespace));

  afterAll(() => {
    askApiServer(['delete', 'namespace', namespace, '--wait=false']);
  });

  describeWithHelm(
    'in a namespace that enforces Pod Security "restricted"',
    () => {
      /** The pod as the controller makes it. Its account is made with the release, which a dry run never makes. */
      const podOf = (values: object) => {
        const { metadata, spec } = render({ values }).pod;
        return {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { ...metadata, name: 'portal', namespace },
          spec: { ...spec, serviceAccountName: 'default' },
        };
      };

      it('refuses a pod that is not restricted, so that the rest of this means something', () => {
        const pod = podOf({});
        delete pod.spec.containers[0].securityContext;
        const { code, stderr } = create([pod]);
        expect(code).toBe(1);
        expect(stderr).toContain('violates PodSecurity "restricted:latest"');
      });

      it.each([
        ['as it is', {}],
        ['with every part', everyPart],
      ])('takes the pod %s', (_title, values) => {
        const { code, stderr } = create([podOf(values)]);
        expect([code, stderr]).toEqual([0, '']);
      });

      // Without any, all of it is skipped; a table may not be empty even then.
      const matrix = (helms.length > 0 ? helms : ['helm']).flatMap(binary =>
        (
          [
            ['as it is', {}],
            ['with every part', { values: everyPart }],
            ['that watches', { values: { rbac: { mode: 'watch' } } }],
            ['of all namespaces', { values: { rbac: { clusterWide: true } } }],
            [
              'that is one pod, with a database per plugin',
              { values: { replicas: 1, postgresql: { database: '' } } },
            ],
            [
              'that is the account alone',
              { values: { portal: { enabled: false } } },
            ],
            ...portalExamples.map(
              ({ name, file }) =>
                [`of the example ${name}`, { files: [file] }] as const,
            ),
          ] as [string, PortalRendering][]
        ).map(
          ([title, rendering]) =>
            [title, binary, { ...rendering, binary }] as const,
        ),
      );

      it.each(matrix)(
        'takes every object of a portal %s, rendered by %s, without a warning',
        (_title, _binary, rendering) => {
          const { objects } = render(rendering);
          const { code, stdout, stderr } = create(objects);
          expect([code, stderr]).toEqual([0, '']);
          expect(stdout.trim().split('\n')).toHaveLength(objects.length);
        },
      );
    },
  );
});
