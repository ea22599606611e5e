import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { kubeVersion } from '../__testUtils__/chart';
import { describeWithHelm, helm, helms } from '../__testUtils__/helm';
import {
  everyPart,
  portalChart,
  portalExamples,
  renderPortal,
} from '../__testUtils__/portalChart';

describeWithHelm('the chart of the portal and Helm', () => {
  // Without any, all of it is skipped; a table may not be empty even then.
  describe.each(helms.length > 0 ? helms : ['helm'])('with %s', binary => {
    it.each<[string, string[], object]>([
      ['as it is', [], {}],
      ['with every part', [], everyPart],
      ...portalExamples.map(
        ({ name, file }) =>
          [`of the example ${name}`, [`--values=${file}`], {}] as [
            string,
            string[],
            object,
          ],
      ),
    ])('has nothing to complain about it %s', (_title, files, values) => {
      const { code, stdout, stderr } = helm(
        ['lint', '--strict', portalChart, kubeVersion, ...files],
        { binary, values },
      );
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).not.toMatch(/WARNING|ERROR/);
    });
  });

  it('renders the same objects with every Helm', () => {
    const byName = (binary: string) =>
      Object.fromEntries(
        renderPortal({ values: everyPart, binary }).objects.map(object => [
          `${object.kind}/${object.metadata.name}`,
          object,
        ]),
      );
    const [first, ...others] = helms.map(byName);
    others.forEach(other => expect(other).toEqual(first));
  });

  const notesOf = (values: object) => {
    const { code, stdout, stderr } = helm(
      [
        'install',
        'akko-portal',
        portalChart,
        '--namespace=tools',
        '--dry-run=client',
      ],
      { values },
    );
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('rror')]);
    return stdout.slice(stdout.indexOf('NOTES:'));
  };

  it('tells people what has to be there, what is watched, and how to get in', () => {
    const notes = notesOf({
      apiTokens: everyPart.apiTokens,
      remoteClusters: everyPart.remoteClusters,
    });
    expect(notes).toContain(
      'kubectl port-forward -n tools service/akko-portal 7007:80',
    );
    expect(notes).toContain('Secret akko-portal-postgresql, key password');
    expect(notes).toContain('Secret tokens, key ci');
    expect(notes).toContain('Secret akko-portal-prod-us, key token');
    expect(notes).toContain('  here: akko\n  prod-us: all namespaces\n');
    expect(notes).toContain('Nobody can sign in yet');
  });

  it('warns of a portal that lets everybody in', () => {
    const guest = { dangerouslyAllowOutsideDevelopment: true };
    expect(notesOf({ config: { auth: { providers: { guest } } } })).toContain(
      'Everybody who reaches it is signed in as the guest.',
    );
  });

  it('tells how to make a token where only the account is installed', () => {
    const notes = notesOf({
      portal: { enabled: false },
      rbac: { mode: 'watch', clusterWide: true },
    });
    expect(notes).toContain(
      'may now watch AKKO releases in all namespaces. No portal runs here.',
    );
    expect(notes).toContain('kubectl create token -n tools akko-portal');
    expect(notes).not.toContain('port-forward');
  });
});

describe('the rules of the house, for the chart of the portal', () => {
  const namesOf = (pattern: RegExp) =>
    readdirSync(portalChart, { recursive: true, encoding: 'utf8' }).filter(
      name => {
        const path = join(portalChart, name);
        return (
          statSync(path).isFile() && pattern.test(readFileSync(path, 'utf8'))
        );
      },
    );

  it('asks no cluster and draws no lots, so that what is rendered is what was reviewed', () => {
    expect(
      namesOf(/(\(|\{\{-? |\| )(lookup|rand\w+|gen\w+|now|uuidv4)\b/),
    ).toEqual([]);
  });

  it('makes no Secret', () => {
    expect(namesOf(/kind: Secret/)).toEqual([]);
  });
});
