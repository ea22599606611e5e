import { stringify } from 'yaml';
import {
  askApiServer,
  createRestrictedNamespace,
} from '../__testUtils__/apiServer';
import { everything, render, umbrella } from '../__testUtils__/chart';
import { describeWithHelm, helm, helms } from '../__testUtils__/helm';
import { describeOnServices } from '../__testUtils__/services';

const namespace = 'akko-release-test';

/** Plain Jobs whose pods no node takes: what is looked at here is Helm's and the API server's. */
const values = {
  ...everything,
  useHelmHooks: false,
  jobDefaults: { nodeSelector: { 'akko.io/nowhere': 'true' } },
};

function kubectl(args: readonly string[], input = ''): string {
  const { code, stdout, stderr } = askApiServer(
    [`--namespace=${namespace}`, ...args],
    input,
  );
  if (code !== 0) {
    throw new Error(stderr);
  }
  return stdout;
}

const uidOf = (kind: string, name: string) =>
  kubectl(['get', kind, name, '-o', 'jsonpath={.metadata.uid}']);

describeOnServices('a release of plain Jobs on a real cluster', () => {
  beforeAll(() => createRestrictedNamespace(namespace));

  afterAll(() => {
    askApiServer(['delete', 'namespace', namespace, '--wait=false']);
  });

  describeWithHelm('of the chart', () => {
    // Without any, all of it is skipped; a table may not be empty even then.
    describe.each(helms.length > 0 ? helms : ['helm'])('with %s', binary => {
      const run = (...args: string[]) => {
        const { code, stderr } = helm(
          [
            ...args,
            `--kubeconfig=${process.env.AKKO_SERVICES_KUBECONFIG}`,
            `--namespace=${namespace}`,
          ],
          {
            values:
              args[0] === 'uninstall' ? undefined : { 'akko-init': values },
            binary,
          },
        );
        return { code, stderr };
      };
      const upgrade = () => run('upgrade', 'akko', umbrella);
      const fine = { code: 0, stderr: '' };

      it('leaves Jobs that are there alone', () => {
        expect(run('install', 'akko', umbrella)).toEqual(fine);
        const before = uidOf('job', 'akko-minio-init');
        expect(upgrade()).toEqual(fine);
        expect(uidOf('job', 'akko-minio-init')).toBe(before);
      });

      it('takes a Job over that somebody made from the catalogue', () => {
        kubectl(['delete', 'job', 'akko-minio-init']);
        const manifest = render({ values, namespace, binary }).cataloguedJob(
          'minio-init',
        );
        kubectl(['create', '-f', '-'], stringify(manifest));
        const before = uidOf('job', 'akko-minio-init');
        expect(upgrade()).toEqual(fine);
        expect(uidOf('job', 'akko-minio-init')).toBe(before);
      });

      it('makes a Job again that is gone', () => {
        kubectl(['delete', 'job', 'akko-polaris-init']);
        expect(upgrade()).toEqual(fine);
        expect(uidOf('job', 'akko-polaris-init')).not.toBe('');
      });

      it('keeps the pause of a backup', () => {
        kubectl([
          'patch',
          'cronjob',
          'akko-backup-minio',
          '-p',
          '{"spec":{"suspend":true}}',
        ]);
        expect(upgrade()).toEqual(fine);
        expect(
          kubectl([
            'get',
            'cronjob',
            'akko-backup-minio',
            '-o',
            'jsonpath={.spec.suspend}',
          ]),
        ).toBe('true');
      });

      it('leaves the volume of backups behind, and takes it up again', () => {
        const before = uidOf('pvc', 'akko-backups');
        expect(run('uninstall', 'akko').code).toBe(0);
        expect(uidOf('pvc', 'akko-backups')).toBe(before);
        expect(run('install', 'akko', umbrella)).toEqual(fine);
        expect(uidOf('pvc', 'akko-backups')).toBe(before);
        expect(run('uninstall', 'akko').code).toBe(0);
      });
    });
  });
});
