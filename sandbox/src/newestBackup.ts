import type { KubernetesObject, ScenarioStart } from '@akko/kube-sandbox';
import type { TakenBackup } from './backupPerformances';

const component = 'app.kubernetes.io/component';
const release = 'app.kubernetes.io/instance';

/** A backup as its pod reported it. */
interface ReportedBackup extends TakenBackup {
  finishedAt: string;
  kept: number;
}

/**
 * The newest good backup of the instance of a pod, as the pods of the cluster tell; undefined where none of them does.
 * @param backup - such as `backup-postgres`
 */
export function newestBackup(
  store: ScenarioStart['store'],
  { metadata }: KubernetesObject,
  backup: string,
): ReportedBackup | undefined {
  return store
    .list('pods', metadata.namespace)
    .filter(
      ({ metadata: { labels } }) =>
        labels?.[component] === backup &&
        labels[release] === metadata.labels?.[release],
    )
    .flatMap(reported)
    .reduce<ReportedBackup | undefined>(
      (newest, each) =>
        newest && newest.finishedAt > each.finishedAt ? newest : each,
      undefined,
    );
}

function reported({ status }: KubernetesObject): ReportedBackup[] {
  const [container] = (status as any)?.containerStatuses ?? [];
  const { exitCode, finishedAt, message } = container?.state?.terminated ?? {};
  if (exitCode !== 0 || !message) {
    return [];
  }
  const { backup } = JSON.parse(message);
  return backup ? [{ ...backup, finishedAt }] : [];
}
