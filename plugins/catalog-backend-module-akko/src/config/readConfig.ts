import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import {
  DEFAULT_NAMESPACE,
  makeValidator,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ConfigReader, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { AkkoProviderConfig, InstanceRule } from './types';

/**
 * Reading costs little, the akko plugin answers from memory; so a label that changed is in the catalog within a minute, and what appears or goes
 * sooner, by its event. Fifteen seconds after the start the plugins that are asked are up, and most clusters have answered.
 */
const DEFAULT_SCHEDULE: SchedulerServiceTaskScheduleDefinition = {
  frequency: { minutes: 1 },
  timeout: { minutes: 1 },
  initialDelay: { seconds: 15 },
};

const KEYS = [
  'schedule',
  'namespace',
  'owner',
  'system',
  'trustLabels',
  'skipAnnotated',
  'kubernetesAnnotations',
  'instances',
];
const KEYS_OF_RULE = [
  'cluster',
  'namespace',
  'release',
  'owner',
  'system',
  'title',
];

/** What may be meant by a ref, and the kind where the ref has none. */
const REFS = {
  owner: {
    kinds: ['group', 'user'],
    words: 'a group or user',
    example: 'group:default/platform',
  },
  system: {
    kinds: ['system'],
    words: 'a system',
    example: 'system:default/akko',
  },
};

function problem(key: string, text: string): InputError {
  return new InputError(`catalog.providers.akko.${key} ${text}`);
}

function checkKeys(config: Config, where: string, known: string[]): void {
  const unknown = config.keys().filter(key => !known.includes(key));
  if (unknown.length > 0) {
    throw problem(
      `${where}${unknown[0]}`,
      `is no key of this section. Correct or remove it; there are ${known.join(
        ', ',
      )}.`,
    );
  }
}

function readRef(
  config: Config,
  where: string,
  key: keyof typeof REFS,
): string | undefined {
  const text = config.getOptionalString(key);
  if (text === undefined) {
    return undefined;
  }
  const { kinds, words, example } = REFS[key];
  const wrong = problem(
    `${where}${key}`,
    `is '${text}', which is no ref of ${words}. Write it as ${example}.`,
  );
  try {
    const ref = parseEntityRef(text, {
      defaultKind: kinds[0],
      defaultNamespace: DEFAULT_NAMESPACE,
    });
    const { isValidEntityName, isValidNamespace } = makeValidator();
    if (
      kinds.includes(ref.kind.toLocaleLowerCase('en-US')) &&
      isValidNamespace(ref.namespace) &&
      isValidEntityName(ref.name)
    ) {
      return stringifyEntityRef(ref);
    }
  } catch {
    // Told below, in the words of this configuration.
  }
  throw wrong;
}

function readRule(config: Config, index: number): InstanceRule {
  const where = `instances[${index}].`;
  checkKeys(config, where, KEYS_OF_RULE);
  const rule: InstanceRule = {
    cluster: config.getOptionalString('cluster'),
    namespace: config.getOptionalString('namespace'),
    release: config.getOptionalString('release'),
    owner: readRef(config, where, 'owner'),
    system: readRef(config, where, 'system'),
    title: config.getOptionalString('title'),
  };
  if (!rule.owner && !rule.system && !rule.title) {
    throw problem(
      `instances[${index}]`,
      'says nothing of the instances that it fits. Give owner, system or title, or remove it.',
    );
  }
  return rule;
}

function readNamespace(config: Config): string {
  const namespace = config.getOptionalString('namespace') ?? DEFAULT_NAMESPACE;
  if (!makeValidator().isValidNamespace(namespace)) {
    throw problem(
      'namespace',
      `is '${namespace}', which is no namespace of the catalog. Write lower case letters, digits and '-'.`,
    );
  }
  return namespace;
}

/**
 * Reads `catalog.providers.akko`, which may be absent.
 *
 * @param root - the whole configuration
 * @throws InputError that names the key, the reason and what to write instead
 */
export function readConfig(root: Config): AkkoProviderConfig {
  const config =
    root.getOptionalConfig('catalog.providers.akko') ?? new ConfigReader({});
  checkKeys(config, '', KEYS);
  return {
    schedule: config.has('schedule')
      ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
          config.getConfig('schedule'),
        )
      : DEFAULT_SCHEDULE,
    namespace: readNamespace(config),
    owner: readRef(config, '', 'owner'),
    system: readRef(config, '', 'system'),
    trustLabels: config.getOptionalBoolean('trustLabels') ?? false,
    skipAnnotated: config.getOptionalBoolean('skipAnnotated') ?? false,
    kubernetesAnnotations:
      config.getOptionalBoolean('kubernetesAnnotations') ?? false,
    instances: (config.getOptionalConfigArray('instances') ?? []).map(readRule),
    trustedLocations: root.getOptionalStringArray(
      'akko.ownership.trustedLocations',
    ) ?? ['akko:', 'file:'],
    portalUrl: root.getOptionalString('app.baseUrl')?.replace(/\/+$/, ''),
  };
}
