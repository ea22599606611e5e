import { join, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { kubeVersion, RenderedChart, type Manifest } from './chart';
import { helm } from './helm';

const repository = resolve(__dirname, '../../../..');

/** The chart of the portal. */
export const portalChart = join(repository, 'helm/akko-portal');

/** What a portal may do, as the documentation says it. */
export const documentedRole = join(
  repository,
  'docs/examples/cluster-role.yaml',
);

/** What the image of the portal is made of, with its version. */
export const backendPackage = join(repository, 'packages/backend/package.json');

/** The values files of helm/examples for the chart of the portal. */
export const portalExamples = ['try', 'production', 'remote'].map(name => ({
  name,
  file: join(repository, `helm/examples/values-portal-${name}.yaml`),
}));

/** How the chart is rendered. */
export interface PortalRendering {
  values?: object;
  /** Values files before them. */
  files?: readonly string[];
  release?: string;
  namespace?: string;
  binary?: string;
}

/** The chart of the portal, as it came out. */
export class RenderedPortal extends RenderedChart {
  /** The pod template of the portal. */
  get pod(): any {
    return this.ofKind('Deployment')[0].spec.template;
  }

  /** Its one container. */
  get container(): any {
    return this.pod.spec.containers[0];
  }

  /** The app-config that the values came to. */
  get appConfig(): any {
    return parse(this.ofKind('ConfigMap')[0].data['app-config.yaml']);
  }

  /** Kinds of all objects, sorted. */
  get kinds(): string[] {
    return this.objects.map(({ kind }) => kind).sort();
  }
}

/** Renders the chart of the portal. @throws with what Helm said */
export function renderPortal(rendering: PortalRendering = {}): RenderedPortal {
  const { values = {}, files = [], binary } = rendering;
  const { release = 'akko-portal', namespace = 'akko-portal' } = rendering;
  const { code, stdout, stderr } = helm(
    [
      'template',
      release,
      portalChart,
      `--namespace=${namespace}`,
      kubeVersion,
      ...files.map(file => `--values=${file}`),
    ],
    { values, binary },
  );
  if (code !== 0) {
    throw new Error(stderr);
  }
  return new RenderedPortal(
    parseAllDocuments(stdout)
      .map(document => document.toJS() as Manifest | null)
      .filter(object => object !== null),
  );
}

/** Another cluster, with the least that it needs. */
export const remoteCluster = {
  name: 'prod-us',
  url: 'https://10.0.0.10:6443',
  tokenSecret: { name: 'akko-portal-prod-us', key: 'token' },
};

/** Values that switch on what is off. */
export const everyPart = {
  baseUrl: 'https://portal.example.com',
  postgresql: { sslMode: 'verify-full', ca: { configMap: 'portal-ca' } },
  apiTokens: [{ subject: 'ci', secret: { name: 'tokens', key: 'ci' } }],
  remoteClusters: [remoteCluster],
  ingress: { enabled: true },
  metrics: { enabled: true },
  networkPolicy: { enabled: true, metricsFrom: [{ podSelector: {} }] },
};
