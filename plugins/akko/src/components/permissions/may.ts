import type {
  AkkoPermission,
  InstanceSummary,
} from '@akko/backstage-plugin-akko-common';
import type { Translate } from '../../translation';

/** What of an instance tells what the viewer may do with it. */
export type Permitted = Pick<InstanceSummary, 'permissions'>;

/** Whether the viewer has a permission on an instance. The API says so with the instance, and decides again when it is asked. */
export function may(
  { permissions }: Permitted,
  { name }: AkkoPermission,
): boolean {
  return permissions.includes(name);
}

/** Says which permission is missing for something; undefined for those who have it. */
export function whyForbidden(
  instance: Permitted,
  permission: AkkoPermission,
  t: Translate,
): string | undefined {
  return may(instance, permission)
    ? undefined
    : t('operation.forbidden', { permission: permission.name });
}
