import type { MirroredKind, MirroredKinds } from './types';
import type { ClusterConfig } from '../config';
import { LABEL_JOB_CATALOGUE } from '@akko/backstage-plugin-akko-common';

/** How a mirrored kind is addressed. */
export interface Resource {
  apiVersion: 'v1' | 'batch/v1';
  kind: string;
  plural: MirroredKind;
}

/** The mirrored kinds; Jobs first, because all else is read in their light. */
export const RESOURCES: { [K in MirroredKind]: Resource } = {
  jobs: { apiVersion: 'batch/v1', kind: 'Job', plural: 'jobs' },
  cronjobs: { apiVersion: 'batch/v1', kind: 'CronJob', plural: 'cronjobs' },
  pods: { apiVersion: 'v1', kind: 'Pod', plural: 'pods' },
  events: { apiVersion: 'v1', kind: 'Event', plural: 'events' },
  configmaps: { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps' },
};

export const MIRRORED_KINDS = Object.keys(RESOURCES) as MirroredKind[];

/** @returns path of a collection, or of one object or its subresource */
export function pathOf(
  plural: MirroredKind,
  namespace?: string,
  ...rest: string[]
): string {
  const { apiVersion } = RESOURCES[plural];
  return [
    apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`,
    ...(namespace === undefined
      ? []
      : ['namespaces', encodeURIComponent(namespace)]),
    plural,
    ...rest.map(encodeURIComponent),
  ].join('/');
}

/**
 * The part of a kind that is watched. Events have no selector for "Job, CronJob or Pod", they are chosen by {@link isWanted}.
 * @param version - of the cluster, such as v1.35.4
 */
export function labelSelectorOf(
  kind: MirroredKind,
  version: string,
  configured?: ClusterConfig['labelSelector'],
): string | undefined {
  const own: Partial<Record<MirroredKind, string>> = {
    pods: jobNameLabel(version),
    configmaps: LABEL_JOB_CATALOGUE,
  };
  const selectors = [own[kind], kind === 'events' ? undefined : configured];
  return selectors.filter(Boolean).join(',') || undefined;
}

/** @returns the label of a Job's pods whose value is the Job's name */
function jobNameLabel(version: string): string {
  return hasPrefixedLabels(version)
    ? 'batch.kubernetes.io/job-name'
    : 'job-name';
}

/** @returns the label of a Job's pods whose value is the Job's uid */
export function controllerUidLabel(version: string): string {
  return hasPrefixedLabels(version)
    ? 'batch.kubernetes.io/controller-uid'
    : 'controller-uid';
}

/** Kubernetes 1.27 gave the labels of a Job's pods a prefix; newer versions may drop the old names. */
function hasPrefixedLabels(version: string): boolean {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  return !(Number(major) === 1 && Number(minor) < 27);
}

/** @returns whether an object that the server sent is kept */
export function isWanted<K extends MirroredKind>(
  kind: K,
  object: MirroredKinds[K],
): boolean {
  if (kind !== 'events') {
    return true;
  }
  const involved = (object as MirroredKinds['events']).involvedObject?.kind;
  return involved === 'Job' || involved === 'Pod' || involved === 'CronJob';
}
