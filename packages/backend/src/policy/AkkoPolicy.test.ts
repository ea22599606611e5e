import {
  akkoBackupRunPermission,
  akkoInstanceReadPermission,
  akkoJobRunPermission,
  akkoLogReadPermission,
} from '@akko/backstage-plugin-akko-common';
import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import { AkkoPolicy } from './AkkoPolicy';

const PLATFORM = 'group:default/platform';
const ofOthers = createPermission({
  name: 'catalog.entity.create',
  attributes: { action: 'create' },
});

function member(...ownershipEntityRefs: string[]): PolicyQueryUser {
  return {
    info: { userEntityRef: 'user:default/ben', ownershipEntityRefs },
  } as PolicyQueryUser;
}

describe('AkkoPolicy', () => {
  const policy = new AkkoPolicy([PLATFORM]);
  const platform = member('user:default/ana', PLATFORM);
  const analyst = member('user:default/ben', 'group:default/analytics');

  it.each([
    ['nobody reads', undefined, akkoInstanceReadPermission, 'DENY'],
    ['nobody does anything else', undefined, ofOthers, 'DENY'],
    ['the platform team runs jobs', platform, akkoJobRunPermission, 'ALLOW'],
    ['the platform team reads logs', platform, akkoLogReadPermission, 'ALLOW'],
    ['everybody reads', analyst, akkoInstanceReadPermission, 'ALLOW'],
    ['everybody uses other plugins', analyst, ofOthers, 'ALLOW'],
  ])('%s: %#', async (_, user, permission, expected) => {
    const { result } = await policy.handle({ permission }, user);
    expect(result).toBe(AuthorizeResult[expected as 'ALLOW' | 'DENY']);
  });

  it.each([
    akkoJobRunPermission,
    akkoBackupRunPermission,
    akkoLogReadPermission,
  ])('gives $name for the instances that somebody owns', async permission => {
    expect(await policy.handle({ permission }, analyst)).toEqual({
      pluginId: 'akko',
      resourceType: 'akko-instance',
      result: AuthorizeResult.CONDITIONAL,
      conditions: {
        rule: 'IS_OWNER',
        resourceType: 'akko-instance',
        params: { claims: ['user:default/ben', 'group:default/analytics'] },
      },
    });
  });

  it('gives the platform team nothing special where none is configured', async () => {
    const { result } = await new AkkoPolicy([]).handle(
      { permission: akkoJobRunPermission },
      platform,
    );
    expect(result).toBe(AuthorizeResult.CONDITIONAL);
  });
});
