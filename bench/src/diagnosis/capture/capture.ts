import { createHash } from 'node:crypto';
import { CaseContext } from './CaseContext';
import { runProgram } from './runProgram';
import type { CaptureCase } from './types';
import { writeCase } from './writeCase';

/** Runs one case in a namespace of its own, writes its folder and removes the namespace. */
export async function capture(
  captured: CaptureCase,
  isHeldOut: boolean,
  stop: AbortSignal,
): Promise<void> {
  const namespace = namespaceOf(captured.name);
  const context = new CaseContext(namespace, stop);
  await mustRun('delete', 'namespace', namespace, '--ignore-not-found');
  await mustRun('create', 'namespace', namespace);
  const labels = Object.entries(captured.namespaceLabels ?? {});
  if (labels.length) {
    await mustRun(
      'label',
      'namespace',
      namespace,
      ...labels.map(([key, value]) => `${key}=${value}`),
    );
  }
  try {
    await context.until('the default service account', async () =>
      (
        await context.list('serviceaccounts')
      ).some(({ metadata }) => metadata.name === 'default'),
    );
    await captured.run(context);
    await writeCase(context, captured, isHeldOut);
  } finally {
    await mustRun('delete', 'namespace', namespace, '--wait=false');
    await context.end();
  }
}

/** Says nothing about the case, as the names of real namespaces do not. */
function namespaceOf(name: string): string {
  const digest = createHash('sha256').update(name).digest('hex');
  return `akko-${digest.slice(0, 5)}`;
}

async function mustRun(...args: string[]): Promise<void> {
  const { code, output } = await runProgram('kubectl', args);
  if (code !== 0) {
    throw new Error(`kubectl ${args.join(' ')}: ${output}`);
  }
}
