import cronstrue from 'cronstrue';

/** `At 02:00, only on Sunday`; undefined where the expression is none that can be said. @param expression - of cron, as Kubernetes takes it */
export function scheduleWords(expression: string): string | undefined {
  try {
    return cronstrue.toString(expression, { use24HourTimeFormat: true });
  } catch {
    // It throws a text for what it cannot read; the expression itself is shown, and a concern says that it is wrong.
    return undefined;
  }
}
