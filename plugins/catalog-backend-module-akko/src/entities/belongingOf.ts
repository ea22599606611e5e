import {
  LABEL_OWNER,
  LABEL_SYSTEM,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';
import type { AkkoProviderConfig } from '../config';
import { refOfLabel } from './labels';

/** Owner of what nobody is known to own; the catalog wants one. */
export const UNKNOWN_OWNER = 'group:default/unknown';

/** Where an instance belongs. */
export interface Belonging {
  /** Entity ref. */
  owner: string;
  /** Entity ref. */
  system?: string;
  /** Of the configuration. */
  title?: string;
}

/**
 * Where an instance belongs, by the configuration and its labels.
 *
 * Who owns the entity may get rights on the instance, and labels are written by whoever installs the chart. So what the configuration says wins,
 * of this instance or of all; a label counts where it says nothing, or where it says that labels are trusted.
 */
export function belongingOf(
  ref: InstanceRef,
  labels: Readonly<Record<string, string>> | undefined,
  config: AkkoProviderConfig,
): Belonging {
  const rule = config.instances.find(
    ({ cluster, namespace, release }) =>
      (cluster ?? ref.cluster) === ref.cluster &&
      (namespace ?? ref.namespace) === ref.namespace &&
      (release ?? ref.release) === ref.release,
  );
  const decide = (
    ofRule: string | undefined,
    ofAll: string | undefined,
    ofLabel: string | undefined,
  ) => ofRule ?? (config.trustLabels ? ofLabel ?? ofAll : ofAll ?? ofLabel);
  return {
    owner:
      decide(
        rule?.owner,
        config.owner,
        refOfLabel('group', labels?.[LABEL_OWNER]),
      ) ?? UNKNOWN_OWNER,
    system: decide(
      rule?.system,
      config.system,
      refOfLabel('system', labels?.[LABEL_SYSTEM]),
    ),
    title: rule?.title,
  };
}
