import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SERVICES_NAMESPACE, type CaseContext } from './CaseContext';
import { NODE_IMAGE, secret, service } from './objects';
import { runProgram } from './runProgram';
import type { KubernetesObject } from './types';

/** The image that a service of the release runs, so that a case can have a copy of its own to break. */
export async function imageOf(
  context: CaseContext,
  app: string,
): Promise<string> {
  const { items } = JSON.parse(
    await context.kubectlIn(
      SERVICES_NAMESPACE,
      'get',
      'pods',
      '-l',
      `app.kubernetes.io/name=${app}`,
      '-o',
      'json',
    ),
  );
  if (!items.length) {
    throw new Error(`${app} does not run in ${SERVICES_NAMESPACE}`);
  }
  return items[0].spec.containers[0].image;
}

/** Copies Secrets of the release, of test values all of them, as they are or with other values. */
export async function copySecrets(
  context: CaseContext,
  names: readonly string[],
  values: Record<string, Record<string, string>> = {},
): Promise<void> {
  for (const name of names) {
    const { data } = JSON.parse(
      await context.kubectlIn(
        SERVICES_NAMESPACE,
        'get',
        'secret',
        name,
        '-o',
        'json',
      ),
    );
    await context.create({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name },
      data,
      ...(values[name] && { stringData: values[name] }),
    });
  }
}

/** A Deployment of one small pod with a Service of the same name. */
export function server(options: {
  name: string;
  image: string;
  ports: number[];
  container: object;
  pod?: object;
}): KubernetesObject[] {
  const { name, image, ports, container, pod } = options;
  const labels = { 'app.kubernetes.io/name': name };
  return [
    service(name, ...ports),
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, labels },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            enableServiceLinks: false,
            terminationGracePeriodSeconds: 1,
            ...pod,
            containers: [
              { name, image, imagePullPolicy: 'IfNotPresent', ...container },
            ],
          },
        },
      },
    },
  ];
}

/** A PostgreSQL of the case's own, with the password of this Secret (key postgres-password) and a volume of this kind. */
export async function startPostgresql(
  context: CaseContext,
  name: string,
  { image, emptyDir = {} }: { image?: string; emptyDir?: object } = {},
): Promise<void> {
  await context.create(
    ...server({
      name,
      image: image ?? (await imageOf(context, 'akko-postgresql')),
      ports: [5432],
      container: {
        env: [
          { name: 'PGDATA', value: '/data/pgdata' },
          {
            name: 'POSTGRES_PASSWORD',
            valueFrom: { secretKeyRef: { name, key: 'postgres-password' } },
          },
        ],
        readinessProbe: {
          exec: { command: ['pg_isready', '-h', '127.0.0.1'] },
          periodSeconds: 1,
        },
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
      },
      pod: {
        securityContext: { fsGroup: 103 },
        volumes: [{ name: 'data', emptyDir }],
      },
    }),
  );
  await context.isReady(name);
}

/** Runs SQL as the superuser of a PostgreSQL of the case's own. */
export async function runSql(
  context: CaseContext,
  name: string,
  sql: string,
): Promise<void> {
  await context.kubectl(
    'exec',
    `deployment/${name}`,
    '--',
    'sh',
    '-c',
    'PGPASSWORD=$POSTGRES_PASSWORD psql -h 127.0.0.1 -U postgres -v ON_ERROR_STOP=1 -c "$0"',
    sql,
  );
}

/** A MinIO of the case's own, with the login of the Secret of its name (root-user, root-password). */
export async function startMinio(
  context: CaseContext,
  name: string,
): Promise<void> {
  await context.create(
    ...server({
      name,
      image: await imageOf(context, 'akko-minio'),
      ports: [9000],
      container: {
        env: ['USER', 'PASSWORD'].map(part => ({
          name: `MINIO_ROOT_${part}`,
          valueFrom: {
            secretKeyRef: { name, key: `root-${part.toLowerCase()}` },
          },
        })),
        readinessProbe: {
          httpGet: { path: '/minio/health/ready', port: 9000 },
          periodSeconds: 1,
        },
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
      },
      pod: {
        securityContext: { fsGroup: 1000 },
        volumes: [{ name: 'data', emptyDir: {} }],
      },
    }),
  );
  await context.isReady(name);
}

/** A server of a few lines of JavaScript, for answers that a healthy service does not give. */
export async function startAnswering(
  context: CaseContext,
  name: string,
  port: number,
  script: string,
  env: object[] = [],
  objects: KubernetesObject[] = [],
): Promise<void> {
  await context.create(
    ...objects,
    ...server({
      name,
      image: NODE_IMAGE,
      ports: [port],
      container: {
        command: ['node', '-e', script],
        env,
        readinessProbe: { tcpSocket: { port }, periodSeconds: 1 },
      },
    }),
  );
  await context.isReady(name);
}

/** JavaScript of a server that gives the same answer to everything. */
export function answering(
  port: number,
  status: number,
  body: string,
  type = 'application/json',
): string {
  return `require('http').createServer((request, response) => { request.resume(); response.writeHead(${status}, { 'content-type': '${type}' }); response.end(${JSON.stringify(
    body,
  )}); }).listen(${port})`;
}

/** A server that answers 200 by HTTPS, with a certificate that it signed itself. */
export async function startSelfSigned(
  context: CaseContext,
  name: string,
  port: number,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'akko-capture-'));
  try {
    const [key, certificate] = ['key.pem', 'certificate.pem'].map(file =>
      join(folder, file),
    );
    const { code, output } = await runProgram('openssl', [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '30',
      '-subj',
      `/CN=${name}`,
      '-addext',
      `subjectAltName=DNS:${name}`,
      '-keyout',
      key,
      '-out',
      certificate,
    ]);
    if (code !== 0) {
      throw new Error(output);
    }
    const options = JSON.stringify({
      key: await readFile(key, 'utf8'),
      cert: await readFile(certificate, 'utf8'),
    });
    await startAnswering(
      context,
      name,
      port,
      `require('https').createServer(JSON.parse(process.env.TLS), (request, response) => response.end('{}')).listen(${port})`,
      [
        {
          name: 'TLS',
          valueFrom: { secretKeyRef: { name: `${name}-tls`, key: 'options' } },
        },
      ],
      [secret(`${name}-tls`, { options })],
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
