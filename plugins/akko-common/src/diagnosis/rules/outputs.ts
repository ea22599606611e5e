import { KNOWN_JOBS } from '../../jobs';
import { command } from '../commands';
import type {
  FindingAction,
  FindingObject,
  HelmReleaseEvidence,
} from '../types';
import type { Explanation } from './types';

/** A rule about what `helm` said. */
export interface OutputRule {
  id: string;
  pattern: RegExp;
  explain(
    caught: readonly (string | undefined)[],
    instance: { namespace?: string; release?: string },
  ): Explanation & {
    job?: string;
    object?: FindingObject;
    action?: FindingAction;
  };
  examples: { yes: readonly string[]; no?: readonly string[] };
}

const inNamespace = (namespace?: string) =>
  namespace ? [`--namespace=${namespace}`] : [];

/** A plain Job that is still there cannot be changed. */
export const jobTemplateImmutable: OutputRule = {
  id: 'job-template-immutable',
  pattern:
    /(?:cannot patch "([^"\s]{1,253})" with kind Job|Job(?:\.batch)? "([^"\s]{1,253})" is invalid).{0,8000}?field is immutable/i,
  explain: (caught, { namespace, release }) => {
    const name = caught[1] ?? caught[2] ?? '';
    return {
      title: `The Job ${name} cannot be changed while it is there`,
      cause: `The upgrade changes the pod template of the Job ${name}, which Kubernetes does not allow as long as the old Job is there.`,
      confidence: 'certain',
      severity: 'error',
      target: `Job/${name}`,
      object: { kind: 'Job', namespace, name },
      steps: [
        {
          text: 'Delete the old Job (what it made stays), then upgrade again.',
          command: command(
            'kubectl',
            'delete',
            ...inNamespace(namespace),
            `job/${name}`,
          ),
        },
        {
          text: 'To have Helm do so by itself, leave useHelmHooks on in the values.',
        },
      ],
      job:
        release && name.startsWith(`${release}-`)
          ? name.slice(release.length + 1)
          : undefined,
    };
  },
  examples: {
    yes: [
      'Error: UPGRADE FAILED: cannot patch "akko-minio-init" with kind Job: Job.batch "akko-minio-init" is invalid: spec.template: Invalid value: {}: field is immutable',
    ],
    no: ['updates to statefulset spec are forbidden'],
  },
};

/** An earlier upgrade was cut off, and Helm lets no other begin. */
export const helmPending: OutputRule = {
  id: 'helm-pending',
  pattern: /another operation \(install\/upgrade\/rollback\) is in progress/i,
  explain: (_, { namespace, release }) => ({
    title: 'An earlier upgrade by Helm is still in progress, or was cut off',
    cause:
      'The release is marked pending: an upgrade is going on, or one was cut off and left the mark, which keeps every other from beginning.',
    confidence: 'certain',
    severity: 'error',
    target: `Release/${release ?? ''}`,
    steps: [
      {
        text: 'See the revisions, and whether somebody is upgrading just now.',
        command: command(
          'helm',
          'history',
          ...inNamespace(namespace),
          '--',
          release ?? 'akko',
        ),
      },
      {
        text: 'If nobody is, roll back to the last revision that was deployed.',
        command: command(
          'helm',
          'rollback',
          ...inNamespace(namespace),
          '--',
          release ?? 'akko',
        ),
      },
    ],
  }),
  examples: {
    yes: [
      'Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress',
    ],
    no: ['Error: release: already exists'],
  },
};

/** Helm waits five minutes unless it is told otherwise; what is pending for so long is stuck, in milliseconds. */
const STUCK = 15 * 60_000;

/** Releases whose newest revision is pending for so long that nobody is working on it any more. */
export function stuckReleases(
  releases: readonly HelmReleaseEvidence[],
  now: number,
): HelmReleaseEvidence[] {
  const newest = new Map<string, HelmReleaseEvidence>();
  for (const release of releases) {
    const key = `${release.namespace}/${release.name}`;
    if (release.version > (newest.get(key)?.version ?? -1)) {
      newest.set(key, release);
    }
  }
  return [...newest.values()].filter(
    ({ modifiedAt, status }) =>
      status.startsWith('pending-') &&
      now - Date.parse(modifiedAt ?? '') > STUCK,
  );
}

/** A volume claim cannot grow, or shrink. */
export const volumeNotResizable: OutputRule = {
  id: 'volume-not-resizable',
  pattern:
    /only dynamically provisioned pvc can be resized|field can not be less than (?:status\.capacity|previous value)|persistentvolumeclaims "([^"\s]{1,253})" is forbidden/i,
  explain: (caught, { namespace }) => ({
    title: 'The size of a volume claim cannot be changed',
    cause:
      'The values give another size than the claim has, and its storage class does not allow that (local-path does not).',
    confidence: 'certain',
    severity: 'error',
    target: `PersistentVolumeClaim/${caught[1] ?? ''}`,
    steps: [
      {
        text: 'Set the size in the values back to that of the claim, then upgrade.',
        command: command('kubectl', 'get', ...inNamespace(namespace), 'pvc'),
      },
    ],
  }),
  examples: {
    yes: [
      'persistentvolumeclaims "akko-backup" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
    ],
    no: ['field is immutable'],
  },
};

/** A field of a StatefulSet that cannot be changed was. */
export const statefulSetImmutable: OutputRule = {
  id: 'statefulset-immutable',
  pattern:
    /cannot patch "([^"\s]{1,253})" with kind StatefulSet|updates to statefulset spec .{0,200}are forbidden/i,
  explain: (caught, { namespace }) => ({
    title: `The StatefulSet ${
      caught[1] ?? ''
    } cannot be changed in this way`.replace('  ', ' '),
    cause:
      'The upgrade changes a field of a StatefulSet that Kubernetes does not let be changed.',
    confidence: 'certain',
    severity: 'error',
    target: `StatefulSet/${caught[1] ?? ''}`,
    steps: [
      { text: 'Take a backup first.' },
      {
        text: 'Remove the StatefulSet without its pods and volumes, then upgrade: Helm makes it again around them.',
        command: command(
          'kubectl',
          'delete',
          ...inNamespace(namespace),
          `statefulset/${caught[1] ?? 'akko-postgresql'}`,
          '--cascade=orphan',
        ),
      },
    ],
  }),
  examples: {
    yes: [
      'StatefulSet.apps "akko-postgresql" is invalid: spec: Forbidden: updates to statefulset spec for fields other than \'replicas\' are forbidden',
    ],
    no: ['field is immutable'],
  },
};

/** What the API server says of a field of a CronJob that it does not take. */
function refusedCronJob(
  caught: readonly (string | undefined)[],
  { namespace, release }: { namespace?: string; release?: string },
  field: { words: string; key: string; example: string },
): ReturnType<OutputRule['explain']> {
  const [, name = '', value = ''] = caught;
  return {
    title: `The ${field.words} of ${name} is not valid`,
    cause: `Kubernetes does not take the ${field.words} ${value} of the values, so the CronJob ${name} is not there, or stays as it was.`,
    confidence: 'certain',
    severity: 'error',
    target: `CronJob/${name}`,
    object: { kind: 'CronJob', namespace, name },
    job:
      release && name.startsWith(`${release}-`)
        ? name.slice(release.length + 1)
        : KNOWN_JOBS.find(job => name.endsWith(`-${job.name}`))?.name,
    steps: [
      {
        text: `Correct ${field.key} in the values, as ${field.example}, then upgrade again.`,
      },
    ],
  };
}

/** The schedule of the values cannot be read. */
export const scheduleRefused: OutputRule = {
  id: 'schedule-invalid',
  pattern:
    /CronJob\.batch "([^"\s]{1,253})" is invalid: .{0,2000}?spec\.schedule: Invalid value: "([^"]{0,200})"/i,
  explain: (caught, instance) =>
    refusedCronJob(caught, instance, {
      words: 'schedule',
      key: 'backup.….schedule',
      example: '30 2 * * *',
    }),
  examples: {
    yes: [
      'CronJob.batch "akko-backup-postgres" is invalid: spec.schedule: Invalid value: "61 2 * * *": end of range (61) above maximum (59): 61',
    ],
    no: [
      'CronJob.batch "a" is invalid: spec.timeZone: Invalid value: "X": unknown time zone X',
    ],
  },
};

/** The time zone of the values is none. */
export const timeZoneRefused: OutputRule = {
  id: 'time-zone-unknown',
  pattern:
    /CronJob\.batch "([^"\s]{1,253})" is invalid: .{0,2000}?spec\.timeZone: Invalid value: "([^"]{0,200})"/i,
  explain: (caught, instance) =>
    refusedCronJob(caught, instance, {
      words: 'time zone',
      key: 'backup.….timeZone',
      example: 'Europe/Paris',
    }),
  examples: {
    yes: [
      'CronJob.batch "akko-backup-minio" is invalid: spec.timeZone: Invalid value: "Europe/Pariss": unknown time zone Europe/Pariss',
    ],
    no: ['CronJob.batch "a" is invalid: spec.schedule: Invalid value: "x"'],
  },
};

export const OUTPUT_RULES: readonly OutputRule[] = [
  scheduleRefused,
  timeZoneRefused,
  helmPending,
  jobTemplateImmutable,
  volumeNotResizable,
  statefulSetImmutable,
];
