/** A Job of one container that runs a shell script; parts of the spec can be given. */
export function shellJob(
  name: string,
  script: string,
  {
    spec = {},
    podSpec = {},
    container = {},
    labels,
  }: {
    spec?: Record<string, unknown>;
    podSpec?: Record<string, unknown>;
    container?: Record<string, unknown>;
    labels?: Record<string, string>;
  } = {},
) {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, ...(labels ? { labels } : {}) },
    spec: {
      backoffLimit: 0,
      ...spec,
      template: {
        spec: {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: 1,
          ...podSpec,
          containers: [
            {
              name: 'main',
              image: 'debian:trixie-slim',
              imagePullPolicy: 'IfNotPresent',
              command: ['sh', '-c', script],
              ...container,
            },
          ],
        },
      },
    },
  };
}

export function configMap(
  name: string,
  data: Record<string, string> = {},
  labels?: Record<string, string>,
) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, ...(labels ? { labels } : {}) },
    data,
  };
}

/** The names of a list's items. */
export function namesOf(body: any): string[] {
  return body.items.map((item: any) => item.metadata.name);
}
