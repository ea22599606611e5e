import type ComponentRepresentation from '@keycloak/keycloak-admin-client/lib/defs/componentRepresentation.js';
import { unlessThere } from '../../keycloak/keycloakErrors';
import type { KeycloakSession } from '../../keycloak/KeycloakSession';
import { stableId } from '../../keycloak/stableId';
import type { DirectoryConfig } from './config';

const STORAGE = 'org.keycloak.storage.UserStorageProvider';
const MAPPER = 'org.keycloak.storage.ldap.mappers.LDAPStorageMapper';
const ROLE_MAPPER = 'role-ldap-mapper';
const CONNECT_MILLISECONDS = '5000';
const READ_MILLISECONDS = '60000';

/** A component of Keycloak that has an id: a user federation, or a mapper of one. */
export interface Component extends ComponentRepresentation {
  id: string;
  config: Record<string, string[]>;
}

/** The user federation that the values describe, without the password: users are read and imported, never written to the directory. */
export function federationOf(
  directory: DirectoryConfig,
  realmId: string,
): Component {
  return {
    id: stableId(realmId, directory.name),
    name: directory.name,
    providerId: 'ldap',
    providerType: STORAGE,
    parentId: realmId,
    config: {
      enabled: ['true'],
      importEnabled: ['true'],
      syncRegistrations: ['false'],
      editMode: ['READ_ONLY'],
      vendor: [directory.vendor],
      connectionUrl: [directory.url],
      authType: ['simple'],
      bindDn: [directory.bindDn],
      usersDn: [directory.usersDn],
      usernameLDAPAttribute: [directory.usernameAttribute],
      rdnLDAPAttribute: [directory.rdnAttribute],
      uuidLDAPAttribute: [directory.uuidAttribute],
      userObjectClasses: [directory.userObjectClasses.join(', ')],
      // One level, not the subtree.
      searchScope: ['1'],
      pagination: ['true'],
      connectionTimeout: [CONNECT_MILLISECONDS],
      readTimeout: [READ_MILLISECONDS],
    },
  };
}

/**
 * The mapper that gives people the realm roles that their groups are named after. Only groups of the platform count, so that no group of the
 * directory becomes a role of Keycloak itself by its name.
 */
export function roleMapperOf(
  federation: Component,
  groupsDn: string,
): Component {
  return {
    id: stableId(federation.id, groupsDn),
    name: 'platform roles',
    providerId: ROLE_MAPPER,
    providerType: MAPPER,
    parentId: federation.id,
    config: {
      mode: ['READ_ONLY'],
      'roles.dn': [groupsDn],
      'roles.ldap.filter': ['(cn=akko-*)'],
      'role.name.ldap.attribute': ['cn'],
      'role.object.classes': ['groupOfNames'],
      'membership.ldap.attribute': ['member'],
      'membership.attribute.type': ['DN'],
      'membership.user.ldap.attribute': [
        textOf(federation, 'usernameLDAPAttribute'),
      ],
      'user.roles.retrieve.strategy': ['LOAD_ROLES_BY_MEMBER_ATTRIBUTE'],
      'use.realm.roles.mapping': ['true'],
    },
  };
}

/** The federation with a directory of a name, or undefined when there is none. */
export async function findFederation(
  keycloak: KeycloakSession,
  name: string,
): Promise<Component | undefined> {
  const components = await keycloak.ask('list the user federations', client =>
    client.components.find({ type: STORAGE }),
  );
  return components.find(
    each => each.providerId === 'ldap' && each.name === name,
  ) as Component | undefined;
}

/** Whether a federation takes roles from the groups of a place in the directory, by whatever name. */
export async function hasRoleMapper(
  keycloak: KeycloakSession,
  { config, name }: Component,
  federation: Component,
): Promise<boolean> {
  const mappers = await keycloak.ask(
    `list the mappers of the user federation ${federation.name}`,
    client => client.components.find({ parent: federation.id, type: MAPPER }),
  );
  return mappers.some(
    each =>
      each.name === name ||
      (each.providerId === ROLE_MAPPER &&
        each.config?.['roles.dn']?.[0] === config['roles.dn'][0]),
  );
}

/** @returns `unchanged`, when somebody else was quicker */
export async function createComponent(
  keycloak: KeycloakSession,
  component: Component,
): Promise<'unchanged' | void> {
  return unlessThere(() =>
    keycloak.ask(
      `create the ${component.providerId} component ${component.name}`,
      client => client.components.create(component),
    ),
  );
}

/** The settings of an existing federation that differ from the values and are left as they are. */
export function differences(found: Component, wanted: Component): string[] {
  return Object.keys(wanted.config).filter(
    key => textOf(found, key) !== textOf(wanted, key),
  );
}

/** A setting of a component; empty when it is not set. */
export function textOf(component: Component, key: string): string {
  return (component.config[key] ?? []).join(', ');
}
