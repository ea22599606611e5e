import type { Log } from '../../core/Log';
import { JobError } from '../../core/JobError';
import { codeOfStatus, type HttpClient } from '../../http/HttpClient';
import { PullProgress, type PullEvent } from './PullProgress';
import { pullError } from './pullErrors';

/** The name of the service in errors and reports. */
export const OLLAMA = 'ollama';

/** The names of the models that Ollama has, in full. */
export async function listModels(ollama: HttpClient): Promise<Set<string>> {
  const doing = 'list its models';
  const answer = await ollama.ask({ path: '/api/tags' });
  if (answer.status !== 200 || !answer.json) {
    throw ollama.unexpected(answer, doing);
  }
  const models: { name: string }[] = answer.json.models ?? [];
  return new Set(models.map(({ name }) => fullName(name)));
}

/** A name with its tag, and without the parts that Ollama leaves out for its own library. */
export function fullName(name: string): string {
  const short = name
    .toLowerCase()
    .replace(/^(https:\/\/)?registry\.ollama\.ai\//, '')
    .replace(/^library\//, '');
  return /:[^/]*$/.test(short) ? short : `${short}:latest`;
}

/**
 * Pulls a model and tells how far it is.
 * Source: Ollama's API reference, "Pull a Model"; a failure comes as a line with `error` in an answer of status 200.
 */
export async function pullModel(
  ollama: HttpClient,
  name: string,
  log: Log,
): Promise<void> {
  const progress = new PullProgress(name, log);
  let isDone = false;
  const lines = ollama.askForLines(
    { method: 'POST', path: '/api/pull', json: { model: name, stream: true } },
    answer =>
      typeof answer.json?.error === 'string'
        ? pullError(
            answer.json.error,
            name,
            ollama.address,
            codeOfStatus(answer.status),
          )
        : ollama.unexpected(answer, `pull ${name}`),
  );
  for await (const line of lines) {
    const event = eventOf(line);
    if (!event) {
      break;
    }
    if (typeof event.error === 'string') {
      throw pullError(event.error, name, ollama.address);
    }
    isDone = event.status === 'success';
    progress.add(event);
  }
  if (!isDone) {
    throw new JobError({
      code: 'service-unavailable',
      service: OLLAMA,
      message: `${OLLAMA} at ${ollama.address} stopped in the middle of pulling ${name}.`,
      nextStep:
        'Look at the log of Ollama (out of memory, restarted?), then run the job again: it goes on where it ended.',
    });
  }
}

/** A line, or undefined for one that was cut. */
function eventOf(line: string): (PullEvent & { error?: string }) | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
