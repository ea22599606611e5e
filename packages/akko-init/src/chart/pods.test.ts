import { RETRYABLE_CODES, EXIT_CODES, ERROR_CODES } from '../core/JobError';
import {
  cronJobs,
  everything,
  initJobs,
  render,
  type RenderedChart,
} from '../__testUtils__/chart';
import { describeWithHelm } from '../__testUtils__/helm';

const all = [...initJobs, ...cronJobs];

describeWithHelm('the pods of the jobs', () => {
  let rendered: RenderedChart;
  beforeAll(() => {
    rendered = render({ values: everything });
  });

  const containerOf = (job: string) =>
    rendered.template(job).spec.containers[0];
  const jobSpecOf = (job: string) => {
    const { spec } = rendered.workload(job);
    return spec.jobTemplate?.spec ?? spec;
  };

  it.each(all)('lets %s do nothing that it need not', job => {
    const { spec } = rendered.template(job);
    expect(spec).toMatchObject({
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      },
    });
    // OpenShift gives each namespace users of its own.
    expect(JSON.stringify(spec)).not.toContain('runAsUser');
    expect(spec.containers).toHaveLength(1);
    expect(containerOf(job)).toMatchObject({
      name: `akko-${job}`,
      securityContext: {
        runAsNonRoot: true,
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
    });
    expect(Object.keys(containerOf(job).resources.limits).sort()).toEqual([
      'cpu',
      'memory',
    ]);
    expect(containerOf(job).volumeMounts).toContainEqual({
      name: 'tmp',
      mountPath: '/tmp',
    });
  });

  it.each(all)('has the report of %s in the termination message', job => {
    expect(containerOf(job)).toMatchObject({
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'FallbackToLogsOnError',
      env: expect.arrayContaining([
        { name: 'AKKO_INIT_REPORT_FILE', value: '/dev/termination-log' },
        { name: 'AKKO_INIT_LOG_FORMAT', value: 'text' },
        { name: 'AKKO_INIT_LOG_LEVEL', value: 'info' },
      ]),
    });
  });

  it.each(all)('labels %s and its pods, so that the portal finds them', job => {
    const labels = {
      'app.kubernetes.io/name': 'akko-init',
      'app.kubernetes.io/instance': 'akko',
      'app.kubernetes.io/component': job,
      'app.kubernetes.io/part-of': 'akko',
    };
    expect(rendered.workload(job).metadata.labels).toMatchObject(labels);
    expect(rendered.template(job).metadata.labels).toMatchObject(labels);
  });

  it('labels every other object as part of the release', () => {
    for (const { metadata } of rendered.objects) {
      expect(metadata.namespace).toBe('akko');
      expect(metadata.labels).toMatchObject({
        'app.kubernetes.io/name': 'akko-init',
        'app.kubernetes.io/instance': 'akko',
        'app.kubernetes.io/part-of': 'akko',
      });
    }
  });

  it.each(all)(
    'has nobody try %s again after what another attempt cannot mend, and after everything else',
    job => {
      const final = ERROR_CODES.filter(code => !RETRYABLE_CODES.has(code))
        .map(code => EXIT_CODES[code])
        .sort();
      expect(jobSpecOf(job).podFailurePolicy.rules).toEqual([
        {
          action: 'FailJob',
          onExitCodes: {
            containerName: `akko-${job}`,
            operator: 'In',
            values: final,
          },
        },
        {
          action: 'Ignore',
          onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }],
        },
      ]);
      expect(jobSpecOf(job).backoffLimit).toBeGreaterThan(0);
    },
  );

  it.each(all)('lets the program give %s up before Kubernetes does', job => {
    expect(rendered.config(job).deadlineSeconds).toBe(
      jobSpecOf(job).activeDeadlineSeconds - 60,
    );
    expect(rendered.config(job).waitSeconds).toBe(120);
  });

  it('takes each secret from its Secret, where it may be absent, and from nowhere else', () => {
    expect(containerOf('keycloak-sync').env).toEqual(
      expect.arrayContaining(
        [
          ['KEYCLOAK_ADMIN_USER', 'akko-keycloak', 'admin-user'],
          ['KEYCLOAK_ADMIN_PASSWORD', 'akko-keycloak', 'admin-password'],
          ['LDAP_BIND_PASSWORD', 'akko-directory', 'ldap-admin-password'],
        ].map(([variable, name, key]) => ({
          name: variable,
          valueFrom: { secretKeyRef: { name, key, optional: true } },
        })),
      ),
    );
    for (const job of all) {
      const { env } = containerOf(job);
      const names = env.map(({ name }: { name: string }) => name);
      expect(new Set(names).size).toBe(names.length);
      for (const { valueFrom } of env.filter((each: any) => each.valueFrom)) {
        expect(valueFrom.secretKeyRef.optional).toBe(true);
      }
    }
  });

  it('names in the configuration where each variable comes from', () => {
    expect(rendered.config('postgres-init').postgresql.password).toEqual({
      env: 'POSTGRES_PASSWORD',
      secret: 'akko-postgresql',
      key: 'postgres-password',
    });
  });

  it('mounts only the configuration of the job itself', () => {
    expect(rendered.template('postgres-init').spec.volumes).toContainEqual({
      name: 'config',
      projected: {
        sources: [
          {
            configMap: {
              name: 'akko-init-config',
              items: [
                { key: 'postgres-init.yaml', path: 'postgres-init.yaml' },
              ],
            },
          },
          {
            configMap: {
              name: 'akko-postgres-ensure',
              items: [{ key: 'ensure.sql', path: 'ensure.sql' }],
            },
          },
        ],
      },
    });
  });

  it('lets a job replace what is said of all jobs', () => {
    const values = {
      image: { digest: `sha256:${'a'.repeat(64)}`, tag: 'ignored' },
      jobDefaults: {
        backoffLimit: 5,
        nodeSelector: { disk: 'ssd' },
        podLabels: { team: 'data' },
        extraEnv: [{ name: 'NODE_EXTRA_CA_CERTS', value: '/ca/ca.crt' }],
        extraVolumes: [{ name: 'ca', configMap: { name: 'ca' } }],
        extraVolumeMounts: [{ name: 'ca', mountPath: '/ca' }],
        priorityClassName: 'high',
        tolerations: [{ key: 'batch', operator: 'Exists' }],
        affinity: { nodeAffinity: {} },
        podAnnotations: { 'sidecar.istio.io/inject': 'false' },
      },
      minio: {
        job: {
          backoffLimit: 0,
          activeDeadlineSeconds: 300,
          waitSeconds: 30,
          logLevel: 'debug',
          nodeSelector: { disk: 'hdd' },
          ttlSecondsAfterFinished: 60,
        },
      },
    };
    const custom = render({
      values,
      global: {
        imageRegistry: 'registry.example.com/mirror',
        imagePullSecrets: [{ name: 'login' }],
      },
    });
    expect(custom.workload('polaris-init').spec.backoffLimit).toBe(5);
    expect(custom.workload('minio-init').spec).toMatchObject({
      backoffLimit: 0,
      activeDeadlineSeconds: 300,
      ttlSecondsAfterFinished: 60,
    });
    expect(custom.config('minio-init')).toMatchObject({
      waitSeconds: 30,
      deadlineSeconds: 240,
    });
    const { metadata, spec } = custom.template('minio-init');
    expect(metadata).toMatchObject({
      labels: { team: 'data' },
      annotations: { 'sidecar.istio.io/inject': 'false' },
    });
    expect(spec).toMatchObject({
      nodeSelector: { disk: 'hdd' },
      priorityClassName: 'high',
      tolerations: [{ key: 'batch', operator: 'Exists' }],
      affinity: { nodeAffinity: {} },
      imagePullSecrets: [{ name: 'login' }],
      volumes: expect.arrayContaining([
        { name: 'ca', configMap: { name: 'ca' } },
      ]),
    });
    expect(spec.containers[0]).toMatchObject({
      image: `registry.example.com/mirror/akko/akko-init@sha256:${'a'.repeat(
        64,
      )}`,
      env: expect.arrayContaining([
        { name: 'AKKO_INIT_LOG_LEVEL', value: 'debug' },
        { name: 'NODE_EXTRA_CA_CERTS', value: '/ca/ca.crt' },
      ]),
      volumeMounts: expect.arrayContaining([{ name: 'ca', mountPath: '/ca' }]),
    });
  });

  it('takes the image of the version of this program', () => {
    const { version } = require('../../package.json');
    expect(containerOf('minio-init').image).toBe(`akko/akko-init:${version}`);
  });
});
