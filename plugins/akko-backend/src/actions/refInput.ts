import {
  parseInstanceRef,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';
import { InputError } from '@backstage/errors';

/** The instance that an input names. @throws InputError */
export function refInput(text: string): InstanceRef {
  const ref = parseInstanceRef(text);
  if (!ref) {
    throw new InputError(
      `'${text}' is no instance ref. Write cluster/namespace/release, as list-instances tells it.`,
    );
  }
  return ref;
}
