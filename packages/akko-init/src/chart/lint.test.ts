import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  chart,
  everything,
  example,
  kubeVersion,
  render,
  umbrella,
} from '../__testUtils__/chart';
import { describeWithHelm, helm, helms } from '../__testUtils__/helm';

describeWithHelm('the chart and Helm', () => {
  // Without any, all of it is skipped; a table may not be empty even then.
  describe.each(helms.length > 0 ? helms : ['helm'])('with %s', binary => {
    it.each([
      ['as it is', []],
      ['for development', [example('dev')]],
      ['for production', [example('production')]],
    ])('has nothing to complain about the umbrella %s', (_title, files) => {
      const { stdout, stderr } = helm(
        [
          'lint',
          '--strict',
          umbrella,
          kubeVersion,
          ...files.map(file => `--values=${file}`),
        ],
        { binary },
      );
      expect(stdout + stderr).toContain('1 chart(s) linted, 0 chart(s) failed');
    });

    it('has nothing to complain about the sub-chart alone', () => {
      const { code, stdout, stderr } = helm(
        ['lint', '--strict', chart, kubeVersion],
        { binary, values: everything },
      );
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).not.toMatch(/WARNING|ERROR/);
    });

    it('finds the sub-chart without a download', () => {
      const { stdout } = helm(['dependency', 'list', umbrella], { binary });
      expect(stdout).toMatch(/akko-init\s+1\.0\.0\s+unpacked/);
    });
  });

  it('tells people what ran and what to look at', () => {
    const { code, stdout, stderr } = helm(
      ['install', 'akko', umbrella, '--namespace=akko', '--dry-run=client'],
      {
        values: { 'akko-init': { backup: { postgres: { enabled: true } } } },
      },
    );
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('rror')]);
    const notes = stdout.slice(stdout.indexOf('NOTES:'));
    expect(notes).toContain('postgres-init        PostgreSQL');
    expect(notes).toContain(
      'kubectl create job -n akko --from=cronjob/akko-drill-postgres',
    );
    expect(notes).not.toContain('backup-minio');
    expect(notes).not.toContain('keycloak-sync');
  });

  it('renders the same objects with every Helm', () => {
    const [first, ...others] = helms.map(
      binary => render({ values: everything, binary }).objects,
    );
    const byName = (objects: typeof first) =>
      Object.fromEntries(
        objects.map(object => [
          `${object.kind}/${object.metadata.name}`,
          object,
        ]),
      );
    others.forEach(other => expect(byName(other)).toEqual(byName(first)));
  });

  it('renders the same from the same values', () => {
    const first = render({ values: everything });
    expect(render({ values: everything })).toEqual(first);
  });

  it('refuses a release whose name leaves no room for the names of its jobs', () => {
    expect(() => render({ release: `a${'b'.repeat(36)}` })).toThrow(
      /has 37 characters; .* room for 36/,
    );
    expect(() => render({ release: 'b'.repeat(36) })).not.toThrow();
  });
});

describe('the rules of the house', () => {
  const texts = readdirSync(umbrella, { recursive: true, encoding: 'utf8' })
    .filter(name => statSync(join(umbrella, name)).isFile())
    .map(name => ({ name, text: readFileSync(join(umbrella, name), 'utf8') }));
  const namesOf = (pattern: RegExp, where: RegExp) =>
    texts
      .filter(({ name, text }) => where.test(name) && pattern.test(text))
      .map(({ name }) => name);

  it('asks no cluster and draws no lots, so that what is rendered is what was reviewed', () => {
    expect(
      namesOf(
        /(\(|\{\{-? |\| )(lookup|rand\w+|gen\w+|now|uuidv4)\b/,
        /templates\/.*\.(tpl|yaml)$/,
      ),
    ).toEqual([]);
  });

  it('has the domain of nobody outside the values', () => {
    expect(namesOf(/akko\.local/, /(templates|files)\//)).toEqual([]);
  });

  it('has no password', () => {
    expect(namesOf(/changeme|kind: Secret/i, /./)).toEqual([]);
  });
});
