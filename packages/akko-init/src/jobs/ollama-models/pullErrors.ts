import { JobError, type ErrorCode } from '../../core/JobError';

interface Meaning {
  matches: RegExp;
  code: ErrorCode;
  nextStep: string;
}

/** By the words of Ollama: it has no codes. The first that matches counts. */
const MEANINGS: readonly Meaning[] = [
  {
    matches: /no space left on device|disk quota exceeded/i,
    code: 'service-unavailable',
    nextStep:
      'The disk of Ollama is full: enlarge its volume or remove a model (ollama rm), then run the job again.',
  },
  {
    matches: /invalid model name|model is required/i,
    code: 'misconfigured',
    nextStep:
      'Correct the name in the values (ollama.models), then run the job again.',
  },
  {
    matches: /newer version of ollama|not supported by your version/i,
    code: 'misconfigured',
    nextStep:
      'Update the image of Ollama, or name an older model in the values; then run the job again.',
  },
  {
    matches: /file does not exist|manifest unknown|model .*not found/i,
    code: 'not-found',
    nextStep:
      'There is no such model in the library: correct its name and tag in the values (ollama.models), then run the job again.',
  },
  {
    matches: /unauthorized|access denied|authentication required|forbidden/i,
    code: 'permission-denied',
    nextStep:
      "Give Ollama's key access to this model in its registry, or name another model; then run the job again.",
  },
  {
    matches:
      /dial tcp|no such host|server misbehaving|i\/o timeout|connection (refused|reset)|TLS handshake|proxyconnect|unreachable|max retries exceeded|deadline exceeded|\bEOF\b|x509|: 5\d\d\b/i,
    code: 'service-unavailable',
    nextStep:
      'Ollama cannot reach the registry of models: let its pod out (NetworkPolicy, HTTPS_PROXY, DNS). Without a way out, put the models on its volume beforehand and leave ollama.models empty.',
  },
];

/**
 * The failure of a pull, by what Ollama says of it.
 * @param otherwise - the code for words that are not known
 */
export function pullError(
  words: string,
  model: string,
  address: string,
  otherwise: ErrorCode = 'internal',
): JobError {
  const { code, nextStep } = MEANINGS.find(({ matches }) =>
    matches.test(words),
  ) ?? {
    code: otherwise,
    nextStep: 'Look at the log of Ollama, then run the job again.',
  };
  return new JobError({
    code,
    service: 'ollama',
    message: `ollama at ${address} cannot pull ${model}: ${withoutQueries(
      words,
    )}.`,
    nextStep,
  });
}

/** Addresses of parts of a model are signed: their query lets anybody in. */
function withoutQueries(words: string): string {
  return words.replace(/(https?:\/\/[^\s"?]+)\?[^\s"]*/g, '$1');
}
