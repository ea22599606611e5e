import {
  LABEL_JOB_CATALOGUE,
  LABEL_OPERATION,
} from '@akko/backstage-plugin-akko-common';
import type { V1ConfigMap } from '@kubernetes/client-node';

/** Labels that say what the object is, and nothing about this instance. */
function isOfEveryChart(key: string): boolean {
  return (
    /^(?:app\.kubernetes\.io|helm\.sh)\//.test(key) ||
    key === LABEL_JOB_CATALOGUE ||
    key === LABEL_OPERATION
  );
}

/**
 * What the labels of its job catalogue say of an instance, as `akko.io/owner` and `environment`. Of a catalogue in several ConfigMaps those of
 * the one with `catalogue.json` count.
 *
 * @returns sorted by key, so that equal labels are written equally; undefined where there are none
 */
export function instanceLabels(
  configMaps: readonly V1ConfigMap[],
): Record<string, string> | undefined {
  const labels = configMaps
    .filter(({ data }) => data?.['catalogue.json'] !== undefined)
    .at(-1)?.metadata?.labels;
  const own = Object.entries(labels ?? {})
    .filter(([key]) => !isOfEveryChart(key))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return own.length > 0 ? Object.fromEntries(own) : undefined;
}
