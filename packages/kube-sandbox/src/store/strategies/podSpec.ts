import type { Fields } from './types';

/** A pod spec with what the API server fills in when it decodes one. */
export function withPodSpecDefaults(spec: Fields = {}): Fields {
  return {
    ...spec,
    ...(spec.volumes ? { volumes: spec.volumes.map(withVolumeDefaults) } : {}),
    ...(spec.initContainers
      ? { initContainers: spec.initContainers.map(withContainerDefaults) }
      : {}),
    ...(spec.containers
      ? { containers: spec.containers.map(withContainerDefaults) }
      : {}),
    restartPolicy: spec.restartPolicy ?? 'Always',
    terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 30,
    dnsPolicy: spec.dnsPolicy ?? 'ClusterFirst',
    ...(spec.serviceAccountName
      ? { serviceAccount: spec.serviceAccountName }
      : {}),
    securityContext: spec.securityContext ?? {},
    schedulerName: spec.schedulerName ?? 'default-scheduler',
  };
}

function withContainerDefaults(container: Fields): Fields {
  const image: string = container.image ?? '';
  const tag = /:([^:/]+)$/.exec(image)?.[1];
  return {
    ...container,
    ...(container.env ? { env: container.env.map(withEnvDefaults) } : {}),
    ...(container.ports
      ? {
          ports: container.ports.map((port: Fields) => ({
            protocol: 'TCP',
            ...port,
          })),
        }
      : {}),
    resources: withRequests(container.resources),
    terminationMessagePath:
      container.terminationMessagePath ?? '/dev/termination-log',
    terminationMessagePolicy: container.terminationMessagePolicy ?? 'File',
    imagePullPolicy:
      container.imagePullPolicy ??
      (image.includes('@') || (tag && tag !== 'latest')
        ? 'IfNotPresent'
        : 'Always'),
  };
}

function withRequests(resources: Fields = {}): Fields {
  return resources.limits
    ? { ...resources, requests: { ...resources.limits, ...resources.requests } }
    : resources;
}

function withEnvDefaults(variable: Fields): Fields {
  const fieldRef = variable.valueFrom?.fieldRef;
  return fieldRef
    ? {
        ...variable,
        valueFrom: { fieldRef: { apiVersion: 'v1', ...fieldRef } },
      }
    : variable;
}

function withVolumeDefaults(volume: Fields): Fields {
  const source = Object.keys(volume).find(key => key !== 'name');
  switch (source) {
    case undefined:
      return { ...volume, emptyDir: {} };
    case 'configMap':
    case 'secret':
    case 'projected':
    case 'downwardAPI':
      return { ...volume, [source]: { defaultMode: 420, ...volume[source] } };
    default:
      return volume;
  }
}
