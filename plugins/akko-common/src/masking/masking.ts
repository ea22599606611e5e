/** As much of a Job as is needed to find the secrets in it. @public */
export interface JobWithSecrets {
  metadata?: { annotations?: Record<string, string> };
  spec?: {
    template?: {
      metadata?: { annotations?: Record<string, string> };
      spec?: {
        initContainers?: readonly ContainerWithSecrets[];
        containers?: readonly ContainerWithSecrets[];
      };
    };
  };
}

interface ContainerWithSecrets {
  env?: readonly { name: string; value?: string }[];
}

const MASK = '***';
/** Shorter values would mask half of every log, and are no secrets. */
const SHORTEST_SECRET = 4;

const SECRET_WORD =
  /^(?:.*(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?)|PWD|KEYS?|APIKEY|AUTHORIZATION|COOKIE)$/;
/** Words that name a secret at the end of a name only: `DB_PASS`, `REDIS_AUTH`; not `AUTH_MODE`. */
const SECRET_LAST_WORD = /^(?:PASS|PW|AUTH|SALT)$/;
/** `TOKEN_URL` or `PASSWORD_FILE` say where a secret is or what it is for, not what it is. */
const HARMLESS_LAST_WORD =
  /^(?:FILE|PATH|DIR|NAME|URL|URI|ENDPOINT|HOST|PORT|TTL|LENGTH|REALM|TYPE)$/;

/** Whether a variable of this name holds a secret: `PGPASSWORD`, `S3_SECRET_KEY`, `adminToken`; not `KEYCLOAK_URL`. @public */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter(Boolean);
  const last = words[words.length - 1] ?? '';
  return (
    SECRET_LAST_WORD.test(last) ||
    (words.some(word => SECRET_WORD.test(word)) &&
      !HARMLESS_LAST_WORD.test(last))
  );
}

/** Settings that stand in variables with a secret's name, and in every log. */
const HARMLESS_VALUE = /^(?:true|false|none|null|enabled|disabled|\d+)$/i;

/** Values of the Job's plain environment variables that look like secrets by name, longest first. @public */
export function secretValuesOf(job: JobWithSecrets | undefined): string[] {
  const pod = job?.spec?.template?.spec;
  const containers = [
    ...(pod?.initContainers ?? []),
    ...(pod?.containers ?? []),
  ];
  const values = containers
    .flatMap(container => container.env ?? [])
    .filter(variable => isSecretName(variable.name))
    .map(variable => variable.value?.trim() ?? '')
    .filter(
      value => value.length >= SHORTEST_SECRET && !HARMLESS_VALUE.test(value),
    );
  return [...new Set(values)].sort((a, b) => b.length - a.length);
}

const SECRET_KEY =
  '[\\w.-]*(?:password|passwd|passphrase|secret|token|credential|api[_-]?key|access[_-]?key|private[_-]?key)[\\w.-]*|pwd';

const PATTERNS: readonly [RegExp, string][] = [
  // scheme://user:password@host
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s/:@"']*):[^\s@"']+@/gi, `$1:${MASK}@`],
  [
    /\b(authorization["']?\s*[:=]\s*["']?(?:basic|bearer|negotiate)\s+)[^\s"',]+/gi,
    `$1${MASK}`,
  ],
  [/\b(bearer\s+)[a-z0-9._~+/=-]{8,}/gi, `$1${MASK}`],
  // JSON web tokens
  [/\beyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?/g, MASK],
  // Access keys of S3
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, MASK],
  // key=value, key: value, "key":"value"
  [
    new RegExp(
      `\\b(${SECRET_KEY})(["']?\\s*[=:]\\s*)("(?:[^"\\\\]|\\\\.)*"|'[^']*'|(?!\\*{3}|basic\\b|bearer\\b)[^\\s,;&"'}\\])]+)`,
      'gi',
    ),
    `$1$2${MASK}`,
  ],
  // --password value
  [new RegExp(`(\\s--?(?:${SECRET_KEY})\\s+)(?!-)[^\\s]+`, 'gi'), `$1${MASK}`],
];

const PEM_BEGIN = /-----BEGIN [A-Z0-9 ]+-----/;
const PEM_END = /-----END [A-Z0-9 ]+-----/;
const PEM_BODY =
  /^[\s"']*(?:[A-Za-z0-9+/=]{1,100}|(?:Proc-Type|DEK-Info|Version|Comment): .*)?[\s"',]*$/;

function maskPatterns(line: string, secrets: readonly string[]): string {
  const literal = secrets.reduce(
    (text, secret) => text.split(secret).join(MASK),
    line,
  );
  return PATTERNS.reduce(
    (text, [pattern, replacement]) => text.replace(pattern, replacement),
    literal,
  );
}

/**
 * Masks one line after the other, knowing when it is inside a PEM block. For streams; {@link maskText} for whole texts.
 *
 * @param secrets - values to mask wherever they stand, from {@link secretValuesOf}
 * @public
 */
export function createLineMasker(
  secrets: readonly string[] = [],
): (line: string) => string {
  let insidePem = false;
  return line => {
    if (insidePem) {
      const end = PEM_END.exec(line);
      if (end) {
        insidePem = false;
        const rest = line.slice(end.index + end[0].length);
        return `${end[0]}${maskPatterns(rest, secrets)}`;
      }
      if (PEM_BODY.test(line)) {
        return MASK;
      }
      insidePem = false;
    }
    const begin = PEM_BEGIN.exec(line);
    if (!begin) {
      return maskPatterns(line, secrets);
    }
    const before = maskPatterns(line.slice(0, begin.index), secrets);
    const after = line.slice(begin.index + begin[0].length);
    const end = PEM_END.exec(after);
    if (end) {
      const rest = after.slice(end.index + end[0].length);
      return `${before}${begin[0]}${MASK}${end[0]}${maskPatterns(
        rest,
        secrets,
      )}`;
    }
    insidePem = true;
    return `${before}${begin[0]}${after.trim() ? MASK : ''}`;
  };
}

/** Masks what looks like a secret in a text: known values, `password=…`, credentials in URLs, tokens, PEM blocks. @public */
export function maskText(
  text: string,
  secrets: readonly string[] = [],
): string {
  return text.split('\n').map(createLineMasker(secrets)).join('\n');
}

/** `--password`, whose value is the next item of the command. */
const SECRET_FLAG = new RegExp(`^--?(?:${SECRET_KEY})$`, 'i');

function maskItems(
  items: readonly unknown[],
  secrets: readonly string[],
): unknown[] {
  return items.map((item, index) => {
    const before = items[index - 1];
    const isValueOfFlag =
      typeof item === 'string' &&
      typeof before === 'string' &&
      SECRET_FLAG.test(before) &&
      !item.startsWith('-');
    return isValueOfFlag ? MASK : maskValue(item, secrets);
  });
}

/** Masks every string inside a JSON value, and the value of every `{name, value}` whose name is that of a secret. @public */
export function maskValue<T>(value: T, secrets: readonly string[] = []): T {
  if (typeof value === 'string') {
    return maskText(value, secrets) as T;
  }
  if (Array.isArray(value)) {
    return maskItems(value, secrets) as T;
  }
  if (value && typeof value === 'object' && !(value instanceof Date)) {
    const { name } = value as { name?: unknown };
    const isSecret = typeof name === 'string' && isSecretName(name);
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        isSecret && key === 'value' && item ? MASK : maskValue(item, secrets),
      ]),
    ) as T;
  }
  return value;
}

/** What `kubectl apply` keeps of the whole object, as a text in which secrets cannot be told apart. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The Job for people's eyes: values of secret-looking variables, headers and flags, and whatever else looks like a secret, are masked. @public */
export function maskManifest<J extends JobWithSecrets>(job: J): J {
  const masked = maskValue(job, secretValuesOf(job));
  for (const metadata of [masked.metadata, masked.spec?.template?.metadata]) {
    if (metadata?.annotations?.[LAST_APPLIED]) {
      metadata.annotations[LAST_APPLIED] = MASK;
    }
  }
  return masked;
}
