import { ConfigReader, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds, type JsonValue } from '@backstage/types';
import { z } from 'zod/v3';
import { parseSchedule } from './backups/schedule';

const KEYS_OF_ACCESS = [
  'kubeconfig',
  'inCluster',
  'url',
  'fromKubernetesPlugin',
] as const;
const KEYS_OF_URL = ['caData', 'caFile', 'token', 'tokenFile'] as const;

const text = (next: string) =>
  z
    .string({
      required_error: `is missing. ${next}`,
      invalid_type_error: `must be text. ${next}`,
    })
    .trim()
    .min(1, `is empty. ${next}`);

const dnsName = (next: string) =>
  text(next).regex(
    /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/,
    `must be lower case letters, digits, '-' and '.', such as prod-eu. ${next}`,
  );

/** Booleans may come from an environment variable and are then text. */
const flag = (next: string) =>
  z.preprocess(
    value => ({ true: true, false: false }[String(value)] ?? value),
    z.boolean({ invalid_type_error: `must be true or false. ${next}` }),
  );

const whole = (what: string, minimum: number, maximum: number) =>
  z.coerce
    .number({
      invalid_type_error: `must be a number of ${what}. Write digits only.`,
    })
    .int(`must be a whole number of ${what}. Leave out the fraction.`)
    .min(minimum, `must be at least ${minimum} ${what}. Write a larger number.`)
    .max(
      maximum,
      `must be at most ${maximum} ${what}. Write a smaller number.`,
    );

const list = (next: string) => ({
  invalid_type_error: `must be a list. ${next}`,
});

const section = (next: string) => ({
  errorMap: ((issue, context) => {
    if (issue.code === 'unrecognized_keys') {
      return {
        message: `has unknown keys: ${issue.keys.join(
          ', ',
        )}. Correct or remove them.`,
      };
    }
    if (issue.code === 'invalid_type') {
      return { message: `must be a section with keys. ${next}` };
    }
    return { message: context.defaultError };
  }) as z.ZodErrorMap,
});

const url = text('Give the address of the API server.').superRefine(
  (value, context) => {
    const message = urlProblem(value);
    if (message) {
      context.addIssue({ code: 'custom', message });
    }
  },
);

/** @returns why this cannot be the address of an API server; undefined if it can */
export function urlProblem(value: string): string | undefined {
  const example =
    'Give the address of the API server, such as https://10.0.0.10:6443.';
  if (!URL.canParse(value)) {
    return `is not a URL. ${example}`;
  }
  const { protocol, hostname, username, search } = new URL(value);
  if (username || search) {
    return `must not hold credentials or a query. Use token or tokenFile.`;
  }
  if (protocol === 'https:') {
    return undefined;
  }
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'http:' && loopback
    ? undefined
    : `must start with https:// (plain http:// would show the token to the network and is for loopback only). ${example}`;
}

const clusterSchema = z
  .object(
    {
      name: dnsName(
        'Instances are addressed by it: cluster/namespace/release.',
      ),
      title: text('Leave it out to show the name.').optional(),
      kubeconfig: z
        .object(
          {
            file: text('Give the path of the kubeconfig file.'),
            context: text(
              'Leave it out to use the current context.',
            ).optional(),
          },
          section('Write file and, where needed, context below it.'),
        )
        .strict()
        .optional(),
      inCluster: flag('true uses the service account of the pod.').optional(),
      url: url.optional(),
      caData: text('Give PEM text or its base64.').optional(),
      caFile: text('Give the path of a PEM file.').optional(),
      token: text('Is the environment variable set?').optional(),
      tokenFile: text('Give the path of the file.').optional(),
      fromKubernetesPlugin: flag(
        "true takes it from the Kubernetes plugin's configuration.",
      ).optional(),
      namespaces: z
        .array(
          dnsName('Give names of namespaces.'),
          list('Give names of namespaces.'),
        )
        .min(
          1,
          'is empty. Name a namespace, or leave the key out to watch all.',
        )
        .refine(
          names => new Set(names).size === names.length,
          'names a namespace twice. Remove one.',
        )
        .optional(),
      labelSelector: text(
        'Give a selector such as app.kubernetes.io/part-of=akko.',
      ).optional(),
      sandbox: flag('true marks a simulated cluster.').optional(),
      helmReleases: flag(
        "true reads the labels of Helm's release Secrets.",
      ).optional(),
    },
    section('Write name and how to reach the cluster.'),
  )
  .strict()
  .superRefine((entry, context) => {
    const problem = (message: string, ...path: string[]) =>
      context.addIssue({ code: 'custom', message, path });
    const given = KEYS_OF_ACCESS.filter(key => entry[key]);
    if (given.length !== 1) {
      problem(
        `has ${
          given.length === 0 ? 'no way to reach it' : given.join(' and ')
        }. Give exactly one of ${KEYS_OF_ACCESS.join(', ')}.`,
      );
    }
    for (const key of KEYS_OF_URL.filter(name => entry[name] && !entry.url)) {
      problem('goes with url only. Remove it, or give url.', key);
    }
    if (entry.caData && entry.caFile) {
      problem('is given beside caData. Keep one of them.', 'caFile');
    }
    if (entry.token && entry.tokenFile) {
      problem('is given beside token. Keep one of them.', 'tokenFile');
    }
  });

const instanceSchema = z
  .object(
    {
      cluster: dnsName('Name one of akko.clusters.'),
      namespace: dnsName('Give the namespace of the release.'),
      release: dnsName('Give the name of the Helm release.'),
      title: text('Leave it out to show the release.').optional(),
    },
    section('Write cluster, namespace and release.'),
  )
  .strict();

const retentionSchema = z
  .object(
    {
      days: whole('days', 1, 36_500).default(180),
      logBytes: whole('bytes', 4096, 64 * 1024 * 1024).default(1024 * 1024),
    },
    section('Write days and logBytes below it.'),
  )
  .strict();

const notificationsSchema = z
  .object(
    {
      receivers: z
        .array(
          text('Give entity refs such as group:default/platform.').regex(
            /^(?:user|group):[^/\s]+\/[^/\s]+$/i,
            'is no ref of a user or group. Write it as group:default/platform.',
          ),
          list('Start each with "- group:default/…".'),
        )
        .default([]),
    },
    section('Write receivers below it.'),
  )
  .strict();

/** A length of time in any of Backstage's notations, in milliseconds. */
const duration = (next: string) =>
  z
    .union([z.string(), z.record(z.unknown())], {
      errorMap: () => ({ message: `must be a length of time. ${next}` }),
    })
    .transform((value, context) => {
      try {
        const config = new ConfigReader({ value: value as JsonValue });
        const milliseconds = durationToMilliseconds(
          readDurationFromConfig(config, { key: 'value' }),
        );
        if (milliseconds >= 1000) {
          return milliseconds;
        }
      } catch {
        // Told below, in the words of this configuration.
      }
      context.addIssue({
        code: 'custom',
        message: `must be a length of time of a second or more. ${next}`,
      });
      return z.NEVER;
    });

const ratio = (next: string) =>
  z.coerce
    .number({ invalid_type_error: `must be a number. ${next}` })
    .positive(`must be more than 0. ${next}`);

const targetKeys = {
  grace: duration('Write it as { minutes: 30 }.').optional(),
  recoveryPoint: duration('Write it as { hours: 26 }.').optional(),
  pausedWithin: duration('Write it as { days: 2 }.').optional(),
  verifiedWithin: duration('Write it as { days: 7 }.').optional(),
  verifiedLevel: z
    .enum(['checksum', 'readable', 'restored'], {
      errorMap: () => ({
        message: 'must be checksum, readable or restored. Write one of them.',
      }),
    })
    .optional(),
  shrunkBelow: ratio('Write a ratio such as 0.5.')
    .max(1, 'must be at most 1. Write a ratio such as 0.5.')
    .optional(),
  grownAbove: ratio('Write a ratio such as 2.')
    .min(1, 'must be at least 1. Write a ratio such as 2.')
    .optional(),
};

/** Says why a schedule cannot be read. */
const schedule = z
  .object(
    {
      cron: text('Write five fields, such as "0 6 * * 1".'),
      timeZone: text('Leave it out for UTC.').optional(),
    },
    section('Write cron and, where needed, timeZone below it.'),
  )
  .strict()
  .superRefine(({ cron, timeZone }, context) => {
    const read = parseSchedule(cron, timeZone);
    if ('problem' in read) {
      context.addIssue({ code: 'custom', message: read.problem });
    }
  });

const overrideSchema = z
  .object(
    {
      cluster: dnsName('Name one of akko.clusters.').optional(),
      namespace: dnsName('Leave it out for all.').optional(),
      release: dnsName('Leave it out for all.').optional(),
      backup: text(
        'Leave it out for all, or name one as backup-postgres.',
      ).optional(),
      ...targetKeys,
      drill: z.union([schedule, z.literal(false)]).optional(),
    },
    section('Write which backups it is about, and what differs.'),
  )
  .strict();

const backupsSchema = z
  .object(
    {
      ...targetKeys,
      drill: schedule.optional(),
      overrides: z
        .array(overrideSchema, list('Start each with "- cluster: …".'))
        .default([]),
    },
    section('Write recoveryPoint, drill or overrides below it.'),
  )
  .strict();

const callLimit = (calls: number) =>
  z
    .union([whole('calls a minute', 1, 1_000_000), z.literal(false)])
    .default(calls);

const rateLimitsSchema = z
  .object(
    { reads: callLimit(3000), changes: callLimit(120) },
    section('Write reads or changes below it.'),
  )
  .strict();

const ownershipSchema = z
  .object(
    {
      trustedLocations: z
        .array(
          text(
            'Write the beginning of a location, as url:https://git.example.com/platform/.',
          ).regex(
            /^[a-z][a-z0-9+.-]*:/i,
            "must begin with the location's type, as url: or file:. Write it as the catalog shows it.",
          ),
          list('Write each as "- url:https://…".'),
        )
        .default(['akko:', 'file:']),
    },
    section('Write trustedLocations below it.'),
  )
  .strict();

/** `akko.*`, as written. Other keys of the section belong to other readers. */
export const akkoSchema = z.object(
  {
    clusters: z
      .array(clusterSchema, list('Start each cluster with "- name: …".'))
      .default([]),
    instances: z
      .array(instanceSchema, list('Start each with "- cluster: …".'))
      .default([]),
    retention: retentionSchema.default({}),
    notifications: notificationsSchema.default({}),
    backups: backupsSchema.default({}),
    rateLimits: rateLimitsSchema.default({}),
    ownership: ownershipSchema.default({}),
  },
  section('Write clusters below it.'),
);

/** One of `akko.clusters[]` as written. */
export type ClusterEntry = z.infer<typeof clusterSchema>;
/** One of `akko.instances[]` as written. */
export type InstanceEntry = z.infer<typeof instanceSchema>;
/** `akko.backups` as read: lengths of time in milliseconds. */
export type BackupsEntry = z.infer<typeof backupsSchema>;
