import { readFileSync } from 'node:fs';
import { describeWithHelm } from '../__testUtils__/helm';
import {
  backendPackage,
  everyPart,
  renderPortal,
} from '../__testUtils__/portalChart';

const render = (values: object = {}) => renderPortal({ values });

describeWithHelm('the pods of the portal', () => {
  it('keep to the restricted profile, with a place for temporary files', () => {
    const { pod, container } = render(everyPart);
    expect(pod.spec.securityContext).toEqual({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container.securityContext).toEqual({
      runAsNonRoot: true,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(container.volumeMounts).toContainEqual({
      name: 'tmp',
      mountPath: '/tmp',
    });
    // OpenShift gives each namespace users of its own.
    expect(JSON.stringify(pod)).not.toContain('runAsUser');
  });

  it('are replaced one after the other, never with fewer than there should be', () => {
    const [{ spec }] = render().ofKind('Deployment');
    expect(spec.replicas).toBe(2);
    expect(spec.strategy.rollingUpdate).toEqual({
      maxUnavailable: 0,
      maxSurge: 1,
    });
  });

  it('get requests when plugins have started, and until they have ended', () => {
    const { pod, container, appConfig } = render({
      shutdown: { delaySeconds: 5, gracePeriodSeconds: 20 },
      probes: { startupSeconds: 121 },
    });
    const path = '/.backstage/health/v1';
    expect([
      container.startupProbe.httpGet.path,
      container.readinessProbe.httpGet.path,
      container.livenessProbe.httpGet.path,
    ]).toEqual([`${path}/readiness`, `${path}/readiness`, `${path}/liveness`]);
    const { periodSeconds, failureThreshold } = container.startupProbe;
    expect(periodSeconds * failureThreshold).toBe(122);
    expect(appConfig.backend.lifecycle.serverShutdownDelay).toEqual({
      seconds: 5,
    });
    expect(pod.spec.terminationGracePeriodSeconds).toBe(20);
  });

  it('are made anew when the configuration changes, and only then', () => {
    const checksum = (values: object) =>
      render(values).pod.metadata.annotations['checksum/config'];
    const before = checksum({});
    expect(checksum({ replicas: 5 })).toBe(before);
    expect(checksum({ config: { app: { title: 'Ours' } } })).not.toBe(before);
    expect(checksum({ rbac: { namespaces: ['akko', 'lab'] } })).not.toBe(
      before,
    );
  });

  it('read the defaults of the image first, and the configuration of the chart over them', () => {
    const { container } = render();
    expect(container.args.filter((arg: string) => arg !== '--config')).toEqual([
      'app-config.yaml',
      'app-config.production.yaml',
      '/etc/akko-portal/config/app-config.yaml',
    ]);
  });

  it('take the password of the database from its Secret', () => {
    const passwordSecret = { name: 'db', key: 'secret' };
    expect(
      render({ postgresql: { passwordSecret } }).container.env,
    ).toContainEqual({
      name: 'POSTGRES_PASSWORD',
      valueFrom: { secretKeyRef: passwordSecret },
    });
  });

  it.each([
    [{ secret: 'portal-ca' }, { secret: { secretName: 'portal-ca' } }],
    [{ configMap: 'portal-ca' }, { configMap: { name: 'portal-ca' } }],
  ])('have the certificate authority of %j', (ca, source) => {
    const postgresql = { sslMode: 'verify-full', ca };
    expect(render({ postgresql }).pod.spec.volumes).toContainEqual({
      name: 'postgresql-ca',
      ...Object.fromEntries(
        Object.entries(source).map(([kind, value]) => [
          kind,
          { ...value, items: [{ key: 'ca.crt', path: 'ca.crt' }] },
        ]),
      ),
    });
  });

  it('are spread over nodes and zones, each version by itself, unless the values say how', () => {
    const spread = render().pod.spec.topologySpreadConstraints;
    expect(
      spread.map(({ topologyKey, matchLabelKeys }: any) => [
        topologyKey,
        matchLabelKeys,
      ]),
    ).toEqual([
      ['kubernetes.io/hostname', ['pod-template-hash']],
      ['topology.kubernetes.io/zone', ['pod-template-hash']],
    ]);
    const own = [{ topologyKey: 'rack', maxSkew: 2 }];
    expect(
      render({ topologySpreadConstraints: own }).pod.spec
        .topologySpreadConstraints,
    ).toEqual(own);
  });

  it('take the image of the version of the portal, or that of the values', () => {
    const { version } = JSON.parse(readFileSync(backendPackage, 'utf8'));
    expect(render().container.image).toBe(`akko/akko-portal:${version}`);
    const digest = `sha256:${'a'.repeat(64)}`;
    const custom = render({
      global: {
        imageRegistry: 'registry.example.com/mirror/',
        imagePullSecrets: [{ name: 'login' }],
      },
      image: { tag: 'ignored', digest },
    });
    expect(custom.container.image).toBe(
      `registry.example.com/mirror/akko/akko-portal@${digest}`,
    );
    expect(custom.pod.spec.imagePullSecrets).toEqual([{ name: 'login' }]);
  });

  it('take everything else that pods can have from the values', () => {
    const { pod, container } = render({
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ key: 'tools', operator: 'Exists' }],
      affinity: { nodeAffinity: {} },
      priorityClassName: 'high',
      podLabels: { team: 'platform' },
      podAnnotations: { 'sidecar.istio.io/inject': 'false' },
      resources: { limits: { memory: '2Gi' } },
      extraEnv: [{ name: 'NODE_EXTRA_CA_CERTS', value: '/ca/ca.crt' }],
      extraEnvFrom: [{ secretRef: { name: 'sign-in' } }],
      extraVolumes: [{ name: 'ca', configMap: { name: 'ca' } }],
      extraVolumeMounts: [{ name: 'ca', mountPath: '/ca' }],
    });
    expect(pod.metadata).toMatchObject({
      labels: { team: 'platform' },
      annotations: { 'sidecar.istio.io/inject': 'false' },
    });
    expect(pod.spec).toMatchObject({
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ key: 'tools', operator: 'Exists' }],
      affinity: { nodeAffinity: {} },
      priorityClassName: 'high',
    });
    expect(pod.spec.volumes).toContainEqual({
      name: 'ca',
      configMap: { name: 'ca' },
    });
    expect(container).toMatchObject({
      envFrom: [{ secretRef: { name: 'sign-in' } }],
      resources: { limits: { memory: '2Gi' } },
    });
    expect(container.env).toContainEqual({
      name: 'NODE_EXTRA_CA_CERTS',
      value: '/ca/ca.crt',
    });
    expect(container.volumeMounts).toContainEqual({
      name: 'ca',
      mountPath: '/ca',
    });
  });
});
