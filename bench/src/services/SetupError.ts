/** Something that the benchmark needs is not there: one sentence, and what to do about it. */
export class SetupError extends Error {
  constructor(message: string, readonly nextStep: string) {
    super(message);
    this.name = 'SetupError';
  }
}
