import { execFileSync } from 'node:child_process';
import {
  at,
  aJob,
  aPod,
  anEvent,
  podName,
  saying,
} from '../__testUtils__/evidence';
import { diagnose } from '../diagnose';
import { TROUBLE_RULES } from './kubernetes';
import { OUTPUT_RULES } from './outputs';
import { WORDS_RULES } from './index';

/** A job that the rule is for. */
function jobFor(rule: { jobs?: readonly string[] }): string {
  return rule.jobs?.[0] ?? 'postgres-init';
}

const wordsExamples = WORDS_RULES.flatMap(rule =>
  rule.examples.yes.map(line => [rule.id, line, jobFor(rule)] as const),
);
const wordsCounterExamples = WORDS_RULES.flatMap(rule =>
  (rule.examples.no ?? []).map(line => [rule.id, line, jobFor(rule)] as const),
);

describe('rules about words', () => {
  it.each(wordsExamples)('%s knows: %s', (id, line, job) => {
    const [finding] = diagnose(saying(`starting\n${line}\n`, job));
    expect(finding.rule).toBe(id);
    expect(finding.evidence[0]).toMatchObject({ kind: 'log', line: 2 });
    expect(finding.steps.length).toBeGreaterThan(0);
  });

  it.each(wordsCounterExamples)(
    '%s does not take for its own: %s',
    (id, line, job) => {
      expect(diagnose(saying(line, job)).map(({ rule }) => rule)).not.toContain(
        id,
      );
    },
  );

  it('all have examples of their own words, or decide by the code of a report', () => {
    for (const rule of WORDS_RULES.filter(({ when }) => !when)) {
      expect(rule.examples.yes.length).toBeGreaterThan(0);
    }
  });
});

/** Why the container waits. */
function reasonOf(kind: string, message: string): string {
  if (kind !== 'image') {
    return kind === 'config'
      ? 'CreateContainerConfigError'
      : 'RunContainerError';
  }
  if (/Never/.test(message)) {
    return 'ErrImageNeverPull';
  }
  return /parse image/.test(message) ? 'InvalidImageName' : 'ErrImagePull';
}

/** Where Kubernetes says such a thing. */
function evidenceOf(kind: string, message: string) {
  const name = podName();
  switch (kind) {
    case 'create':
      return {
        jobs: [aJob({ state: 'running' as const })],
        events: [
          anEvent({
            kind: 'Job',
            name: 'akko-postgres-init',
            reason: 'FailedCreate',
            message,
          }),
        ],
      };
    case 'schedule':
      return {
        jobs: [aJob({ state: 'running' as const })],
        pods: [
          {
            ...aPod({
              phase: 'Pending',
              waiting: { reason: 'ContainerCreating' },
            }),
            spec: {},
            status: {
              phase: 'Pending',
              conditions: [
                {
                  type: 'PodScheduled',
                  status: 'False',
                  reason: 'Unschedulable',
                  message,
                  lastTransitionTime: at(2),
                },
              ],
            },
          },
        ],
      };
    case 'mount':
      return {
        jobs: [aJob({ state: 'running' as const })],
        pods: [
          aPod({ phase: 'Pending', waiting: { reason: 'ContainerCreating' } }),
        ],
        events: [anEvent({ name, reason: 'FailedMount', message })],
      };
    default: {
      const reason = reasonOf(kind, message);
      return {
        jobs: [aJob({ state: 'running' as const })],
        pods: [aPod({ phase: 'Pending', waiting: { reason, message } })],
      };
    }
  }
}

describe('rules about what Kubernetes cannot do', () => {
  it.each(
    TROUBLE_RULES.flatMap(rule =>
      rule.examples.yes.map(message => {
        const kind =
          rule.kinds.length > 1 && /MountVolume/.test(message)
            ? 'mount'
            : rule.kinds[0];
        return [rule.id, message, kind] as const;
      }),
    ),
  )('%s knows: %s', (id, message, kind) => {
    const [finding] = diagnose(evidenceOf(kind, message));
    expect(finding.rule).toBe(id);
    expect(finding.evidence[0].text).toContain(message.slice(0, 100));
  });

  it.each(
    TROUBLE_RULES.flatMap(rule =>
      (rule.examples.no ?? []).map(
        message => [rule.id, message, rule.kinds[0]] as const,
      ),
    ),
  )('%s does not take for its own: %s', (id, message, kind) => {
    expect(diagnose(evidenceOf(kind, message))[0].rule).not.toBe(id);
  });
});

describe('rules about what helm said', () => {
  it.each(
    OUTPUT_RULES.flatMap(rule =>
      rule.examples.yes.map(words => [rule.id, words] as const),
    ),
  )('%s knows: %s', (id, words) => {
    const [finding] = diagnose({ outputs: [{ program: 'helm', text: words }] });
    expect(finding.rule).toBe(id);
  });

  it.each(
    OUTPUT_RULES.flatMap(rule =>
      (rule.examples.no ?? []).map(words => [rule.id, words] as const),
    ),
  )('%s does not take for its own: %s', (id, words) => {
    expect(
      diagnose({ outputs: [{ program: 'helm', text: words }] }).map(
        ({ rule }) => rule,
      ),
    ).not.toContain(id);
  });
});

/** Puts these in the place of all names, wherever they stand. */
function withHostileNames<T>(evidence: T): T {
  const hostile = "x'; reboot; $(reboot) `reboot` #";
  return JSON.parse(
    JSON.stringify(evidence, (key, value) =>
      ['namespace', 'app.kubernetes.io/instance'].includes(key)
        ? hostile
        : value,
    ),
  );
}

/** What a shell does with a command, where its programs do nothing. */
function doneByShell(command: string): string {
  return execFileSync(
    'sh',
    [
      '-c',
      `reboot() { echo REBOOTED; }
       kubectl() { :; }; helm() { :; }; base64() { :; }
       ${command}`,
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  );
}

describe('commands of every rule', () => {
  it.each([
    ...wordsExamples.map(([id, line, job]) => [id, saying(line, job)] as const),
    ...TROUBLE_RULES.flatMap(rule =>
      rule.examples.yes.map(
        message => [rule.id, evidenceOf(rule.kinds[0], message)] as const,
      ),
    ),
  ])('of %s stay commands whatever the names are', (_, evidence) => {
    const findings = diagnose(withHostileNames(evidence));
    expect(findings.length).toBeGreaterThan(0);
    for (const { command = '' } of findings.flatMap(({ steps }) => steps)) {
      expect(doneByShell(command)).toBe('');
    }
  });
});
