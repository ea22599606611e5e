import { join, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { helm } from './helm';

const repository = resolve(__dirname, '../../../..');
/** The umbrella chart. */
export const umbrella = join(repository, 'helm/akko');
/** The sub-chart. */
export const chart = join(umbrella, 'charts/akko-init');

/** The values file of helm/examples of this name. */
export function example(name: string): string {
  return join(repository, `helm/examples/values-${name}.yaml`);
}

/** Without it, Helm takes the version of the Kubernetes that it was built with. */
export const kubeVersion = '--kube-version=1.35.0';

/** An object as the chart renders it. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels: Record<string, string>;
    annotations?: Record<string, string>;
  };
  [field: string]: any;
}

/** How the chart is rendered. */
export interface Rendering {
  /** Values of akko-init. */
  values?: object;
  global?: object;
  /** Values files before them. */
  files?: readonly string[];
  release?: string;
  namespace?: string;
  binary?: string;
}

/** What the chart came to. */
export class RenderedChart {
  constructor(readonly objects: readonly Manifest[]) {}

  ofKind(kind: string): Manifest[] {
    return this.objects.filter(object => object.kind === kind);
  }

  find(kind: string, name: string): Manifest | undefined {
    return this.ofKind(kind).find(({ metadata }) => metadata.name === name);
  }

  /** @throws when there is none */
  get(kind: string, name: string): Manifest {
    const found = this.find(kind, name);
    if (!found) {
      throw new Error(`The chart renders no ${kind} ${name}`);
    }
    return found;
  }

  /** Names of the jobs that have a Job or CronJob, by their component label. */
  components(kind: 'Job' | 'CronJob'): string[] {
    return this.ofKind(kind)
      .map(({ metadata }) => metadata.labels['app.kubernetes.io/component'])
      .sort();
  }

  /** The Job or CronJob of a job. */
  workload(job: string): Manifest {
    return (
      this.find('Job', `akko-${job}`) ?? this.get('CronJob', `akko-${job}`)
    );
  }

  /** The pod template of a job. */
  template(job: string): any {
    const { spec } = this.workload(job);
    return (spec.jobTemplate?.spec ?? spec).template;
  }

  /** The configuration of a job, as its pod finds it. */
  config(job: string): any {
    return parse(this.get('ConfigMap', 'akko-init-config').data[`${job}.yaml`]);
  }

  /** The job catalogue. */
  catalogue(): any {
    return JSON.parse(
      this.get('ConfigMap', 'akko-init-jobs').data['catalogue.json'],
    );
  }

  /** The copy of a Job in the catalogue. */
  cataloguedJob(job: string): Manifest {
    return parse(this.get('ConfigMap', 'akko-init-jobs').data[`${job}.yaml`]);
  }
}

/** Renders the umbrella. */
export function render(rendering: Rendering = {}): RenderedChart {
  const { values = {}, global = {}, files = [], binary } = rendering;
  const { release = 'akko', namespace = 'akko' } = rendering;
  const { code, stdout, stderr } = helm(
    [
      'template',
      release,
      umbrella,
      `--namespace=${namespace}`,
      kubeVersion,
      ...files.map(file => `--values=${file}`),
    ],
    { values: { global, 'akko-init': values }, binary },
  );
  if (code !== 0) {
    throw new Error(stderr);
  }
  return new RenderedChart(
    parseAllDocuments(stdout)
      .map(document => document.toJS() as Manifest | null)
      .filter(object => object !== null),
  );
}

/** Values that switch on what is off. */
export const everything = {
  networkPolicy: { enabled: true },
  keycloakSync: { enabled: true },
  ollama: { enabled: true },
  backup: { postgres: { enabled: true }, minio: { enabled: true } },
};

/** Init jobs of the chart, sorted by name. */
export const initJobs = [
  'ai-functions',
  'bootstrap-admin',
  'keycloak-clients',
  'keycloak-sync',
  'minio-init',
  'ollama-models',
  'polaris-init',
  'postgres-data-init',
  'postgres-init',
  'superset-bootstrap',
];

/** Backups and drills of the chart, sorted by name. */
export const cronJobs = [
  'backup-minio',
  'backup-postgres',
  'drill-minio',
  'drill-postgres',
];
