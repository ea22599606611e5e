import {
  akkoInstanceReadPermission,
  akkoPermissions,
} from '@akko/backstage-plugin-akko-common';
import {
  akkoConditions,
  createAkkoConditionalDecision,
} from '@akko/backstage-plugin-akko-node';
import {
  AuthorizeResult,
  isPermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';

/**
 * An example to begin with. Of AKKO instances, the platform team may do everything on all of them, and whoever owns the catalog entity of one may do
 * everything on that one. Everybody else who is signed in may look, but reads no logs. What other plugins ask for is allowed to everybody who is
 * signed in.
 */
export class AkkoPolicy implements PermissionPolicy {
  /** @param platformTeam - entity refs of groups and users */
  constructor(private readonly platformTeam: readonly string[]) {}

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) {
      return { result: AuthorizeResult.DENY };
    }
    const akko = akkoPermissions.find(known => isPermission(permission, known));
    const claims = user.info.ownershipEntityRefs;
    if (
      !akko ||
      akko === akkoInstanceReadPermission ||
      claims.some(claim => this.platformTeam.includes(claim))
    ) {
      return { result: AuthorizeResult.ALLOW };
    }
    return createAkkoConditionalDecision(
      akko,
      akkoConditions.isOwner({ claims }),
    );
  }
}
