import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { say } from '../../print';
import { capture } from './capture';
import { openCases } from './cases';
import { heldOutCases } from './heldOut/cases';
import type { CaptureCase } from './types';
import { folderOf, formatCorpus, writeLabels } from './writeCase';

/** More at once would make a small cluster slow, and then cases time out for another reason than theirs. */
const AT_ONCE = Number(process.env.CAPTURE_AT_ONCE ?? 4);

const HELP = `Captures failures of real runs for the diagnosis, on the cluster of KUBECONFIG.
  --case NAME    this case; may be repeated, and names may follow without it
  --family NAME  cases of this family: kubernetes, service, schedule, helm or healthy
  --missing      only those that have no folder yet
  --labels       writes only case.json, beside what was captured before
`;

interface Chosen {
  captured: CaptureCase;
  isHeldOut: boolean;
}

function readArguments() {
  return parseArgs({
    allowPositionals: true,
    options: {
      case: { type: 'string', multiple: true },
      family: { type: 'string', multiple: true },
      missing: { type: 'boolean' },
      labels: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
}

function choose({
  values,
  positionals,
}: ReturnType<typeof readArguments>): Chosen[] {
  const names = [...(values.case ?? []), ...positionals];
  const all = [
    ...openCases.map(captured => ({ captured, isHeldOut: false })),
    ...heldOutCases.map(captured => ({ captured, isHeldOut: true })),
  ];
  const unknown = names.filter(
    name => !all.some(({ captured }) => captured.name === name),
  );
  if (unknown.length) {
    throw new Error(`There is no case ${unknown.join(', ')}.`);
  }
  return all.filter(
    ({ captured: { name, family }, isHeldOut }) =>
      (!names.length || names.includes(name)) &&
      (!values.family || values.family.includes(family)) &&
      (!values.missing || !existsSync(folderOf(name, isHeldOut))),
  );
}

/** Captures the chosen cases, a few at once; one that fails leaves the others alone. */
async function main(stop: AbortSignal): Promise<void> {
  const given = readArguments();
  if (given.values.help) {
    say(HELP);
    return;
  }
  const waiting = choose(given);
  if (given.values.labels) {
    for (const { captured, isHeldOut } of waiting) {
      if (existsSync(folderOf(captured.name, isHeldOut))) {
        await writeLabels(captured, isHeldOut);
      }
    }
    await formatCorpus();
    return;
  }
  const failed: string[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      stop.throwIfAborted();
      const { captured, isHeldOut } = next;
      const start = Date.now();
      try {
        await capture(captured, isHeldOut, stop);
        say(
          `${captured.name}: captured in ${Math.round(
            (Date.now() - start) / 1000,
          )} s`,
        );
      } catch (error) {
        failed.push(captured.name);
        say(`${captured.name}: ${(error as Error).message.trim()}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await formatCorpus();
  if (failed.length) {
    throw new Error(`Not captured: ${failed.join(', ')}`);
  }
}

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => stopping.abort(new Error(`Stopped by ${signal}`)));
}

main(stopping.signal).catch(error => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
});
