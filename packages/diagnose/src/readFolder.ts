import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from 'node:fs';
import { basename, extname, join, relative } from 'node:path';
import type {
  Evidence,
  KubernetesObject,
  LogEvidence,
  OutputEvidence,
} from '@akko/backstage-plugin-akko-common';

/** The folder cannot be read at all. */
export class FolderError extends Error {
  constructor(message: string, readonly nextStep: string) {
    super(message);
    this.name = 'FolderError';
  }
}

export interface FolderReading {
  evidence: Evidence;
  /** What was there and could not be used, and why. */
  notes: string[];
}

/** Larger files are no lists of one instance. */
const LARGEST_JSON = 256 * 1024 * 1024;
/** Of the end of a log. */
const LARGEST_LOG = 1024 * 1024;

const KINDS: Readonly<Record<string, keyof Evidence>> = {
  Job: 'jobs',
  CronJob: 'cronJobs',
  Pod: 'pods',
  Event: 'events',
  PersistentVolumeClaim: 'persistentVolumeClaims',
  ResourceQuota: 'resourceQuotas',
  LimitRange: 'limitRanges',
  NetworkPolicy: 'networkPolicies',
  Node: 'nodes',
  ConfigMap: 'configMaps',
};

/** `logs/<pod>.txt`, also with a container's name or a number after the pod's. */
function podOfLog(file: string): string {
  return basename(file, extname(file));
}

function readEnd(file: string, most: number): string {
  const { size } = statSync(file);
  const length = Math.min(size, most);
  const buffer = Buffer.alloc(length);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, buffer, 0, length, size - length);
  } finally {
    closeSync(handle);
  }
  return buffer.toString('utf8');
}

class Folder {
  readonly notes: string[] = [];
  readonly objects = new Map<keyof Evidence, KubernetesObject[]>();
  readonly logs: LogEvidence[] = [];
  readonly outputs: OutputEvidence[] = [];
  readonly reports: NonNullable<Evidence['reports']>[number][] = [];

  constructor(private readonly root: string) {}

  read(folder = this.root, depth = 0): void {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && depth < 3) {
        this.read(path, depth + 1);
      } else if (entry.isFile()) {
        this.readFile(path);
      }
    }
  }

  private readFile(path: string): void {
    const name = relative(this.root, path);
    const inLogs = /(?:^|[\\/])logs?[\\/]/.test(name);
    try {
      if (inLogs) {
        this.logs.push({
          pod: podOfLog(path),
          text: readEnd(path, LARGEST_LOG),
        });
      } else if (/\.json$/i.test(name)) {
        this.readJson(path, name);
      } else if (/^helm.*\.(?:txt|log)$/i.test(basename(name))) {
        this.outputs.push({
          program: 'helm',
          text: readEnd(path, LARGEST_LOG),
        });
      } else if (/\.(?:txt|log)$/i.test(name)) {
        this.logs.push({
          pod: podOfLog(path),
          text: readEnd(path, LARGEST_LOG),
        });
      }
    } catch (error) {
      this.notes.push(`${name} was left out: ${(error as Error).message}`);
    }
  }

  private readJson(path: string, name: string): void {
    if (statSync(path).size > LARGEST_JSON) {
      this.notes.push(`${name} was left out: it is larger than 256 MiB.`);
      return;
    }
    this.take(JSON.parse(readFileSync(path, 'utf8')), 0);
  }

  /** An object, a List of any kinds, or an array of either. */
  private take(value: unknown, depth: number): void {
    if (typeof value !== 'object' || value === null || depth > 3) {
      return;
    }
    if (Array.isArray(value)) {
      value.forEach(item => this.take(item, depth + 1));
      return;
    }
    const { kind, items, schema } = value as {
      kind?: unknown;
      items?: unknown;
      schema?: unknown;
    };
    if (Array.isArray(items)) {
      const itemKind =
        typeof kind === 'string' ? kind.replace(/List$/, '') : '';
      items.forEach(item =>
        this.take(
          // Items of a typed list do not say their kind.
          typeof item === 'object' && item !== null && !('kind' in item)
            ? { kind: itemKind, ...item }
            : item,
          depth + 1,
        ),
      );
    } else if (
      typeof kind === 'string' &&
      Object.prototype.hasOwnProperty.call(KINDS, kind)
    ) {
      const key = KINDS[kind];
      this.objects.set(key, [...(this.objects.get(key) ?? []), value]);
    } else if (schema === 'akko.io/report/v1') {
      const { job } = value as { job?: unknown };
      this.reports.push({ job: String(job), report: value as never });
    }
  }
}

/**
 * Reads what `kubectl get jobs,cronjobs,pods,events,pvc,resourcequotas,nodes -o json` and `kubectl logs` wrote: `*.json` (lists of any
 * kinds), `logs/<pod>.txt`, `helm*.txt`. Any of them may be missing; what cannot be read is noted and left out.
 *
 * @throws FolderError when there is no such folder, or nothing in it
 */
export function readFolder(folder: string): FolderReading {
  const found = new Folder(folder);
  try {
    found.read();
  } catch (error) {
    throw new FolderError(
      `The folder ${folder} cannot be read: ${(error as Error).message}.`,
      'Name the folder that kubectl wrote into.',
    );
  }
  const evidence: Evidence = {
    ...Object.fromEntries(found.objects),
    logs: found.logs,
    outputs: found.outputs,
    reports: found.reports,
  };
  if (
    found.objects.size === 0 &&
    found.logs.length === 0 &&
    found.outputs.length === 0
  ) {
    throw new FolderError(
      `There is nothing to read in ${folder}${
        found.notes.length > 0 ? ` (${found.notes.join(' ')})` : ''
      }.`,
      'Write into it: kubectl get jobs,cronjobs,pods,events,pvc,resourcequotas,nodes --namespace=akko --output=json > objects.json, and kubectl logs POD > logs/POD.txt.',
    );
  }
  return { evidence, notes: found.notes };
}
