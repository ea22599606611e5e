import {
  akkoInstanceReadPermission,
  akkoPermissions,
  stringifyInstanceRef,
  type AkkoPermission,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';
import {
  akkoInstanceResourceRef,
  type InstancePredicate,
  type InstanceResource,
} from '@akko/backstage-plugin-akko-node';
import type {
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type PermissionCriteria,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { createConditionTransformer } from '@backstage/plugin-permission-node';
import { AkkoError } from '../errors';
import type { InstanceService } from '../instances/types';
import type { CallerCredentials } from './Caller';
import type { InstanceEntities } from './InstanceEntities';

/** For which instances somebody has one permission. */
export interface Access {
  /** Whether it is for all instances, those too that are not known. */
  isWhole: boolean;
  includes(ref: InstanceRef): boolean;
}

/** Everything that somebody may. */
export interface AllAccess {
  /** Where they may read. */
  readable: Access;
  /** Names of the permissions that they have on an instance. */
  namesOn(ref: InstanceRef): string[];
}

/** What {@link InstanceAccess} works with. */
export interface InstanceAccessOptions {
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  instances: Pick<InstanceService, 'labels'>;
  entities: Pick<InstanceEntities, 'ownersOf'>;
}

const EVERYTHING: Access = { isWhole: true, includes: () => true };
const NOTHING: Access = { isWhole: false, includes: () => false };

/** Decides by the policy of the portal who may do what on which instance. */
export class InstanceAccess {
  constructor(private readonly options: InstanceAccessOptions) {}

  /** What rules are asked about. An instance that nobody knows has neither labels nor owners, so that a denial does not tell whether it is there. */
  resourceOf(ref: InstanceRef): InstanceResource {
    const { entities, instances } = this.options;
    return {
      ...ref,
      ref: stringifyInstanceRef(ref),
      labels: instances.labels(ref),
      owners: entities.ownersOf(ref),
    };
  }

  /** Where the caller has each of the permissions, in their order; one question to the policy. */
  async of(
    credentials: CallerCredentials,
    permissions: readonly AkkoPermission[],
  ): Promise<Access[]> {
    const decisions = await this.options.permissions.authorizeConditional(
      permissions.map(permission => ({ permission })),
      { credentials },
    );
    return decisions.map(decision => this.accessOf(decision));
  }

  /** Where the caller has which of all permissions; one question to the policy. */
  async all(credentials: CallerCredentials): Promise<AllAccess> {
    const accesses = await this.of(credentials, akkoPermissions);
    return {
      readable: accesses[akkoPermissions.indexOf(akkoInstanceReadPermission)],
      namesOn: ref =>
        akkoPermissions
          .filter((_, index) => accesses[index].includes(ref))
          .map(({ name }) => name),
    };
  }

  /**
   * Where the caller has the permission.
   * @throws AkkoError `not-allowed` where it is nowhere
   */
  async somewhere(
    credentials: CallerCredentials,
    permission: AkkoPermission,
  ): Promise<Access> {
    const [access] = await this.of(credentials, [permission]);
    assertSomewhere(access, permission);
    return access;
  }

  /** @throws AkkoError `not-allowed` */
  async require(
    credentials: CallerCredentials,
    permission: AkkoPermission,
    ref: InstanceRef,
  ): Promise<void> {
    const [access] = await this.of(credentials, [permission]);
    if (!access.includes(ref)) {
      throw notAllowed(permission);
    }
  }

  private accessOf(decision: PolicyDecision): Access {
    if (decision.result === AuthorizeResult.ALLOW) {
      return EVERYTHING;
    }
    if (decision.result !== AuthorizeResult.CONDITIONAL) {
      return NOTHING;
    }
    const criteria = createConditionTransformer(
      this.options.permissionsRegistry.getPermissionRuleset(
        akkoInstanceResourceRef,
      ),
    )(decision.conditions);
    return {
      isWhole: false,
      includes: ref => matches(criteria, this.resourceOf(ref)),
    };
  }
}

function matches(
  criteria: PermissionCriteria<InstancePredicate>,
  instance: InstanceResource,
): boolean {
  if (typeof criteria === 'function') {
    return criteria(instance);
  }
  if ('allOf' in criteria) {
    return criteria.allOf.every(part => matches(part, instance));
  }
  if ('anyOf' in criteria) {
    return criteria.anyOf.some(part => matches(part, instance));
  }
  return !matches(criteria.not, instance);
}

/** @throws AkkoError `not-allowed` for a permission that is nowhere */
export function assertSomewhere(
  access: Access,
  permission: AkkoPermission,
): void {
  if (access === NOTHING) {
    throw notAllowed(permission);
  }
}

/** The error of who asks without the permission. It names no instance: whether there is one is not told. */
export function notAllowed({ name }: AkkoPermission): AkkoError {
  return new AkkoError(
    'not-allowed',
    `This needs the permission ${name}, which you do not have here. Ask those who run this portal for it.`,
    { permission: name },
  );
}
