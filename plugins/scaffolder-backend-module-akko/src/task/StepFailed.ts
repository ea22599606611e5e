/** The end of a step, in words for whoever reads the task: what happened, why, and what next. */
export class StepFailed extends Error {
  readonly name = 'StepFailed';
}
