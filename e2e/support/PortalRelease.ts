import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { kubectl, run } from './commands';

const chart = join(__dirname, '../../helm/akko-portal');

const helm = process.env.AKKO_HELM ?? 'helm';
const helm3 = process.env.AKKO_HELM3 ?? 'helm3';
const hasHelm3 =
  process.env.AKKO_HELM3 ||
  process.env
    .PATH!.split(delimiter)
    .some(folder => existsSync(join(folder, helm3)));

/** Helm (4, as a rule), and Helm 3 where it is here. A release stays with the one that made it. */
export const helms: readonly [string, string] = [helm, hasHelm3 ? helm3 : helm];

/** A release of the chart. */
export class PortalRelease {
  readonly name = 'akko-portal';

  constructor(
    readonly namespace: string,
    private readonly program = helms[0],
  ) {}

  /** The account, as Kubernetes knows it. */
  get account(): string {
    return `system:serviceaccount:${this.namespace}:${this.name}`;
  }

  /** Installs or upgrades. With `wait`, until all pods are ready. */
  async upgrade(values: object, { wait = false } = {}): Promise<void> {
    await this.run(
      [
        'upgrade',
        this.name,
        chart,
        '--install',
        ...(wait ? ['--wait', '--timeout', '170s'] : []),
        '--values',
        '-',
      ],
      JSON.stringify(values),
    );
  }

  async uninstall(): Promise<void> {
    await this.run(['uninstall', this.name, '--ignore-not-found']);
  }

  /** The pods that are not on their way out. */
  async pods(): Promise<{ name: string; ready: boolean; ended: string[] }[]> {
    const { items } = JSON.parse(
      await kubectl([
        'get',
        'pods',
        '--namespace',
        this.namespace,
        '--selector',
        'app.kubernetes.io/name=akko-portal',
        '-o',
        'json',
      ]),
    );
    return items
      .filter(({ metadata }: any) => !metadata.deletionTimestamp)
      .map(({ metadata, status }: any) => ({
        name: metadata.name,
        ready: status.conditions.some(
          ({ type, status: is }: any) => type === 'Ready' && is === 'True',
        ),
        // What containers said that had to be started again.
        ended: (status.containerStatuses ?? []).flatMap(
          ({ lastState }: any) => lastState.terminated?.message ?? [],
        ),
      }));
  }

  private async run(args: string[], input?: string): Promise<void> {
    await run(
      this.program,
      [
        ...args,
        '--namespace',
        this.namespace,
        '--kubeconfig',
        process.env.AKKO_SERVICES_KUBECONFIG!,
      ],
      input,
    );
  }
}

/** A database of its own for a portal, on the PostgreSQL of the services. */
export class PortalDatabase {
  readonly host = 'akko-postgresql.akko';
  readonly name = `portal_${randomBytes(4).toString('hex')}`;
  readonly password = randomBytes(16).toString('hex');

  /** A role that may do no more than the chart says it has to. */
  async create(): Promise<void> {
    await this.execute(
      `CREATE ROLE ${this.name} LOGIN PASSWORD '${this.password}'`,
      `CREATE DATABASE ${this.name}`,
      `GRANT CREATE ON DATABASE ${this.name} TO ${this.name}`,
    );
  }

  async drop(): Promise<void> {
    await this.execute(
      `DROP DATABASE IF EXISTS ${this.name} WITH (FORCE)`,
      `DROP ROLE IF EXISTS ${this.name}`,
    );
  }

  private async execute(...statements: string[]): Promise<void> {
    await kubectl(
      [
        'exec',
        '--namespace',
        'akko',
        '--stdin',
        'statefulset/akko-postgresql',
        '--',
        'sh',
        '-c',
        'PGPASSWORD=$POSTGRES_PASSWORD psql -v ON_ERROR_STOP=1 -h 127.0.0.1 -U postgres',
      ],
      statements.map(statement => `${statement};\n`).join(''),
    );
  }
}
