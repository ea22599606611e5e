import type { ErrorResponse } from '@akko/backstage-plugin-akko-common';
import type { Answer, SentRequest } from './Client';
import type { ApiDocument, Operation } from './ApiDocument';
import type { Canaries } from './Canaries';
import { verdictOn, type Verdict } from './verdict';

/** What {@link Judge} works with. */
export interface JudgeOptions {
  document: ApiDocument;
  canaries: Canaries;
  /** Clusters that cannot be reached or refuse the portal, so that 503 is the right answer. */
  outOfReach: readonly string[];
}

/** What only a server knows, and no caller should. */
const INSIDES = [
  /\bat .+\.[cm]?[jt]s:\d+:\d+/,
  /node_modules/,
  new RegExp(escaped(process.cwd())),
  /plugins\/akko-backend/,
  /SQLITE_|near "[^"]*": syntax error|select .+ from [`"]/i,
  /\b(?:TypeError|RangeError|ReferenceError|SyntaxError|ZodError)\b/,
  /Cannot read propert|is not a function|is not iterable|undefined is not/,
];

/** The callers' rights, as their tokens were given out. */
const MAY = {
  operator: () => true,
  reader: ({ id, method }: Operation) =>
    method === 'GET' && !['GetRunLog', 'GetRunManifest'].includes(id),
  stranger: () => false,
  nobody: () => false,
  forger: () => false,
};

/** Holds answers to the document and to what every answer must be. */
export class Judge {
  constructor(private readonly options: JudgeOptions) {}

  /** What is wrong with an answer; nothing where it is as it should be. */
  problemsOf(
    sent: SentRequest,
    answer: Answer,
    operation = this.operationOf(sent),
  ): string[] {
    return [
      ...this.leaks(sent, answer),
      ...(operation
        ? [
            ...this.againstDocument(sent, answer, operation),
            ...this.againstRights(sent, answer, operation),
            ...this.againstVerdict(sent, answer, operation),
          ]
        : this.againstNoRoute(answer)),
    ];
  }

  /** The operation that a request is for, as its path and method say. */
  operationOf({ method, path }: SentRequest): Operation | undefined {
    const [withoutQuery] = path.split('?');
    return this.options.document.find(method, withoutQuery);
  }

  private leaks({ body, path, query }: SentRequest, { headers, text }: Answer) {
    const said = `${JSON.stringify(headers)}\n${text}`;
    // Errors repeat what was asked.
    const asked = [path, body ?? '', ...query.flat()].join('\n');
    return [
      ...this.options.canaries
        .foundIn(said)
        .map(place => `it holds the secret of ${place}`),
      ...INSIDES.filter(
        pattern => pattern.test(said) && !pattern.test(asked),
      ).map(pattern => `it shows the server's insides: ${pattern}`),
    ];
  }

  private againstDocument(
    { method, path }: SentRequest,
    { headers, status, text }: Answer,
    { responses }: Operation,
  ): string[] {
    const documented = responses[status];
    if (!documented) {
      return [`its status ${status} is not in the document`];
    }
    if (
      status === 503 &&
      !this.options.outOfReach.some(name => path.includes(`/${name}/`))
    ) {
      return ['it says that a cluster is out of reach that is not'];
    }
    const problems = documented.headers
      .filter(({ name, required }) => required && !headers[name.toLowerCase()])
      .map(({ name }) => `it has no header ${name}`);
    const types = Object.keys(documented.content);
    if (types.length === 0 || method === 'HEAD') {
      return text === '' ? problems : [...problems, 'it has a body'];
    }
    const type = (headers['content-type'] ?? '').split(';')[0];
    const validate = documented.content[type];
    if (!validate) {
      return [
        ...problems,
        `its content type is '${type}', not ${types.join(' or ')}`,
      ];
    }
    if (type === 'application/json' && !validate(parsed(text))) {
      const [{ instancePath, message }] = validate.errors!;
      problems.push(`its body does not fit: ${instancePath} ${message}`);
    }
    return problems;
  }

  private againstRights(
    { caller }: SentRequest,
    { status }: Answer,
    operation: Operation,
  ): string[] {
    return status < 400 && !MAY[caller](operation)
      ? [`${caller} may not have this`]
      : [];
  }

  private againstVerdict(
    sent: SentRequest,
    { status }: Answer,
    operation: Operation,
  ): string[] {
    const verdict = this.verdictOn(sent, operation);
    if (verdict === 'invalid' && status < 400) {
      return [
        `the document does not allow the request, and it was answered ${status}`,
      ];
    }
    if (verdict === 'valid' && status === 400) {
      return ['the document allows the request, and it was refused as invalid'];
    }
    return [];
  }

  /** `unsure` also where a path cannot be decoded. */
  private verdictOn(sent: SentRequest, operation: Operation): Verdict {
    const isDecodable = sent.path.split('/').every(part => {
      try {
        decodeURIComponent(part);
        return true;
      } catch {
        return false;
      }
    });
    return isDecodable
      ? verdictOn(this.options.document, operation, sent)
      : 'unsure';
  }

  private againstNoRoute({ status, text }: Answer): string[] {
    const { errorCodes, isError } = this.options.document;
    if (status !== 404 && status !== 400) {
      return [`there is no such route, and it was answered ${status}`];
    }
    // Of HEAD.
    if (text === '') {
      return [];
    }
    const body = parsed(text) as ErrorResponse;
    const isKnown = isError(body) && errorCodes.includes(`${body.error.code}`);
    return isKnown ? [] : ['its body is not that of an error'];
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
