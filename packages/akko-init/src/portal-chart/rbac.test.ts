import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { describeWithHelm } from '../__testUtils__/helm';
import { documentedRole, renderPortal } from '../__testUtils__/portalChart';

const documentedRules = parseAllDocuments(readFileSync(documentedRole, 'utf8'))
  .map(document => document.toJS())
  .find(({ kind }) => kind === 'ClusterRole').rules;
const isForReading = ({ verbs }: { verbs: string[] }) =>
  verbs.every(verb => ['get', 'list', 'watch'].includes(verb));

const rbac = (values: object, more: object = {}) =>
  renderPortal({ values: { rbac: values, ...more } });

describeWithHelm('the rights of the portal', () => {
  it('are those of the documentation, in a Role of each namespace', () => {
    const rendered = rbac({ namespaces: ['akko', 'akko-lab'] });
    const roles = rendered.ofKind('Role');
    expect(
      roles.map(({ metadata, rules }) => [metadata.namespace, rules]),
    ).toEqual([
      ['akko', documentedRules],
      ['akko-lab', documentedRules],
    ]);
    expect(
      rendered
        .ofKind('RoleBinding')
        .map(({ metadata, roleRef, subjects }) => [
          metadata.namespace,
          roleRef.kind,
          roleRef.name === roles[0].metadata.name,
          subjects,
        ]),
    ).toEqual(
      ['akko', 'akko-lab'].map(namespace => [
        namespace,
        'Role',
        true,
        [
          {
            kind: 'ServiceAccount',
            name: 'akko-portal',
            namespace: 'akko-portal',
          },
        ],
      ]),
    );
    expect(rendered.kinds).not.toContain('ClusterRole');
  });

  it('are the same in a ClusterRole, where all namespaces are watched', () => {
    const rendered = rbac({ clusterWide: true });
    const [role] = rendered.ofKind('ClusterRole');
    const [binding] = rendered.ofKind('ClusterRoleBinding');
    expect(role.rules).toEqual(documentedRules);
    expect(binding.roleRef).toMatchObject({
      kind: 'ClusterRole',
      name: role.metadata.name,
    });
    expect(rendered.kinds).not.toContain('Role');
  });

  it.each([{ clusterWide: true }, { clusterWide: false }])(
    'only let a portal read that watches: %j',
    scope => {
      const rendered = rbac({ mode: 'watch', ...scope });
      const [role] = rendered.objects.filter(({ rules }) => rules);
      expect(role.rules).toEqual(documentedRules.filter(isForReading));
    },
  );

  it('have nothing with Secrets and no wildcard', () => {
    expect(JSON.stringify(documentedRules)).not.toMatch(/secret|\*/i);
  });

  it('have names that portals of two namespaces do not share', () => {
    const nameIn = (namespace: string) =>
      renderPortal({ namespace }).ofKind('Role')[0].metadata.name;
    expect(nameIn('one')).not.toBe(nameIn('two'));
  });

  it('are made by somebody else where that is wished', () => {
    expect(rbac({ create: false }).kinds).toEqual([
      'ConfigMap',
      'Deployment',
      'PodDisruptionBudget',
      'Service',
      'ServiceAccount',
    ]);
  });

  it('are given to an account that is there', () => {
    const serviceAccount = { create: false, name: 'watcher' };
    const rendered = renderPortal({ values: { serviceAccount } });
    expect(rendered.kinds).not.toContain('ServiceAccount');
    expect(rendered.ofKind('RoleBinding')[0].subjects[0].name).toBe('watcher');
    expect(rendered.pod.spec.serviceAccountName).toBe('watcher');
  });

  it('are all that is installed on a remote cluster', () => {
    const remote = { portal: { enabled: false } };
    expect(rbac({}, remote).kinds).toEqual([
      'Role',
      'RoleBinding',
      'ServiceAccount',
    ]);
    expect(rbac({ clusterWide: true }, remote).kinds).toEqual([
      'ClusterRole',
      'ClusterRoleBinding',
      'ServiceAccount',
    ]);
  });

  it('come with a token only in pods of a portal that watches its own cluster', () => {
    const mounted = (enabled: boolean) => {
      const rendered = renderPortal({ values: { inCluster: { enabled } } });
      const [account] = rendered.ofKind('ServiceAccount');
      expect(account.automountServiceAccountToken).toBe(false);
      return rendered.pod.spec.automountServiceAccountToken;
    };
    expect([mounted(true), mounted(false)]).toEqual([true, false]);
  });
});
