import { maskText, secretValuesOf, type JobWithSecrets } from '../masking';
import { isoOf, objects, text } from './model/loose';
import { tidy } from './model/logLines';
import { readEvidence } from './model/readEvidence';
import type { JobFacts, Situation } from './model/types';
import { fold, rankOfJob } from './fold';
import { explainJob, type Explained } from './explainJob';
import { WORDS_RULES } from './rules';
import { CRON_JOB_RULES } from './rules/cronJobs';
import { helmPending, OUTPUT_RULES, stuckReleases } from './rules/outputs';
import type {
  CronJobRule,
  JobRule,
  Match,
  Rule,
  WordsRule,
} from './rules/types';
import type {
  DiagnosedFinding,
  Evidence,
  FindingObject,
  Severity,
} from './types';

/** @public */
export interface DiagnoseOptions {
  /** Asked before the built-in ones. */
  rules?: readonly Rule[];
}

/** Of one line; the log has the rest. */
const LONGEST_EVIDENCE = 1000;

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

interface Subject {
  /** Values that must not be shown, wherever they stand. */
  secrets?: readonly string[];
  namespace?: string;
  release?: string;
  job?: string;
  jobUid?: string;
  object: FindingObject;
}

/** Only known values: a command that looks like one with a secret must stay what it is. */
function withoutSecrets(command: string, secrets: readonly string[] = []) {
  return secrets.reduce(
    (line, secret) => line.split(secret).join('***'),
    command,
  );
}

function findingOf(
  rule: string,
  match: Match,
  severity: Severity,
  subject: Subject,
): DiagnosedFinding {
  const { namespace, release, job, object } = subject;
  const show = (words: string, longest: number) =>
    maskText(tidy(words, longest), subject.secrets);
  return {
    // Of the object, not of the rule: more evidence may tell more of the same problem.
    id: [
      namespace ?? '',
      release ?? '',
      object.kind,
      subject.object.kind === 'Job' && job ? job : object.name,
    ].join('/'),
    rule,
    severity: match.severity ?? severity,
    title: show(match.title, 200),
    cause: show(match.cause, 1000),
    confidence: match.confidence ?? 'likely',
    object: match.object ?? object,
    namespace,
    release,
    job,
    jobUid: subject.jobUid,
    // Without anything that they could share, the same rule in two instances is two causes.
    causeKey: `${rule} ${show(
      match.target ??
        [namespace, release, job ?? object.name].filter(Boolean).join('/'),
      300,
    )}`,
    evidence: match.evidence.map(item => ({
      ...item,
      text: show(item.text, LONGEST_EVIDENCE),
    })),
    steps: match.steps.map(({ text: words, command }) => ({
      text: show(words, 1000),
      command: command && withoutSecrets(command, subject.secrets),
    })),
    action: match.action,
    link: match.link,
    since: isoOf(match.since),
    consequences: [],
  };
}

/** Objects are not trusted to have the form that their type says. */
function secretsOf(job: JobFacts): string[] {
  try {
    return secretValuesOf(job.object as JobWithSecrets | undefined);
  } catch {
    return [];
  }
}

/** Several Jobs of one name are runs of the same job: the newest tells how it is. */
function newestJobs(situation: Situation): JobFacts[] {
  const newest = new Map<string, JobFacts>();
  for (const job of situation.jobs) {
    const key = [job.namespace, job.release, job.name].join('/');
    const known = newest.get(key);
    if (!known || (job.createdAt ?? 0) >= (known.createdAt ?? 0)) {
      newest.set(key, job);
    }
  }
  return [...newest.values()];
}

function hasSucceededSince(job: JobFacts, evidence: Evidence): boolean {
  const ended = job.endedAt ?? job.createdAt ?? 0;
  return (evidence.history ?? []).some(
    run =>
      run.job === job.name &&
      run.state === 'succeeded' &&
      (run.release === undefined || run.release === job.release) &&
      (run.namespace === undefined || run.namespace === job.namespace) &&
      Date.parse(run.finishedAt ?? '') > ended,
  );
}

/** A success that left something for later says what: tables that no pipeline has made yet. */
function deferred(job: JobFacts): Explained | undefined {
  const report = job.pods[job.pods.length - 1]?.report;
  if (job.state !== 'succeeded' || job.name !== 'superset-bootstrap') {
    return undefined;
  }
  const tables = objects(report, 'changes').filter(
    change =>
      text(change, 'action') === 'skipped' &&
      /\btable\b/i.test(text(change, 'note') ?? ''),
  );
  const names = tables.map(change => tidy(text(change, 'name') ?? '', 100));
  return tables.length === 0
    ? undefined
    : {
        rule: 'superset-table-missing',
        severity: 'info',
        match: {
          title:
            names.length === 1
              ? `The dashboard waits for the table of ${names[0]}`
              : `The dashboard waits for ${names.length} tables`,
          cause:
            'No pipeline has made them yet, so their datasets and charts were left for the next run.',
          confidence: 'certain',
          evidence: tables.slice(0, 5).map(change => ({
            kind: 'report' as const,
            source: job.ref.name,
            text: `${text(change, 'name') ?? ''}: ${
              text(change, 'note') ?? ''
            }`,
          })),
          steps: [
            {
              text: 'Run the pipelines (DAGs) that make the tables, then run superset-bootstrap again.',
            },
          ],
          action: {
            type: 'rerun',
            jobs: [job.name],
            after: 'the tables are there',
          },
        },
      };
}

function ofOutputs(evidence: Evidence, jobs: readonly JobFacts[]) {
  const namespace = jobs[0]?.namespace;
  const release = jobs[0]?.release;
  // What an upgrade that is not over waits for.
  const running = jobs.filter(({ state }) => state === 'running');
  return (evidence.outputs ?? []).flatMap(({ program, text: said }) => {
    const words = tidy(said.slice(-64 * 1024), 32 * 1024);
    for (const rule of OUTPUT_RULES) {
      const caught = rule.pattern.exec(words);
      if (caught) {
        const explained = rule.explain(caught, { namespace, release });
        const at = Math.max(0, caught.index - 40);
        return [
          findingOf(
            rule.id,
            {
              ...explained,
              evidence: [
                {
                  kind: 'output',
                  source: program,
                  text: words.slice(at, at + 600),
                },
              ],
            },
            'error',
            {
              namespace,
              release,
              job:
                explained.job ??
                (running.length === 1 ? running[0].name : undefined),
              object: explained.object ?? {
                kind: 'Release',
                namespace,
                name: release ?? '',
              },
            },
          ),
        ];
      }
    }
    return [];
  });
}

/** What Helm itself keeps of its releases. */
function ofReleases(evidence: Evidence, now: number): DiagnosedFinding[] {
  return stuckReleases(evidence.helmReleases ?? [], now).map(
    ({ modifiedAt, name, namespace, status, version }) =>
      findingOf(
        helmPending.id,
        {
          ...helmPending.explain([], { namespace, release: name }),
          since: Date.parse(modifiedAt ?? ''),
          evidence: [
            {
              kind: 'status',
              source: `Release/${name}`,
              text: `revision ${version}: ${status}`,
              at: modifiedAt,
            },
          ],
        },
        'error',
        {
          namespace,
          release: name,
          object: { kind: 'Release', namespace, name },
        },
      ),
  );
}

/**
 * Says what is wrong, why, and what to do: one root finding per cause, what follows from it underneath, worst first.
 *
 * A pure function of plain data: it asks nobody, keeps nothing, and takes bounded time whatever it is handed; parts that are missing make
 * findings less sure, never wrong on purpose.
 *
 * @param evidence - objects as the Kubernetes API returns them, logs as text, reports
 * @returns no finding for what succeeded in the end, or goes well
 * @public
 */
export function diagnose(
  evidence: Evidence,
  options: DiagnoseOptions = {},
): DiagnosedFinding[] {
  const situation = readEvidence(evidence);
  const added = options.rules ?? [];
  const words = [
    ...added.filter((rule): rule is WordsRule => rule.kind === 'words'),
    ...WORDS_RULES,
  ];
  const ofJobs = added.filter((rule): rule is JobRule => rule.kind === 'job');
  const ofCronJobs = [
    ...added.filter((rule): rule is CronJobRule => rule.kind === 'cronJob'),
    ...CRON_JOB_RULES,
  ];
  const jobs = newestJobs(situation);
  const findings: DiagnosedFinding[] = [];
  for (const job of jobs) {
    const explained =
      job.state === 'failed' && hasSucceededSince(job, evidence)
        ? undefined
        : explainJob(job, situation, words, ofJobs) ?? deferred(job);
    if (explained) {
      findings.push(
        findingOf(explained.rule, explained.match, explained.severity, {
          namespace: job.namespace || undefined,
          release: job.release || undefined,
          job: job.name,
          jobUid: job.uid,
          object: job.ref,
          secrets: secretsOf(job),
        }),
      );
    }
  }
  for (const cronJob of situation.cronJobs) {
    for (const rule of ofCronJobs) {
      const match = rule.find(cronJob, situation);
      if (match) {
        findings.push(
          findingOf(rule.id, match, 'warning', {
            namespace: cronJob.namespace,
            release: cronJob.release || undefined,
            job: cronJob.name,
            object: cronJob.ref,
          }),
        );
        break;
      }
    }
  }
  return [
    ...fold(findings, jobs),
    ...ofOutputs(evidence, jobs),
    ...ofReleases(evidence, situation.now),
  ].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      rankOfJob(a.job) - rankOfJob(b.job) ||
      (a.since ?? '').localeCompare(b.since ?? ''),
  );
}
