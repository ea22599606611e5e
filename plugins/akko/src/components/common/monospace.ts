/** Font of what a machine wrote or reads. */
export const MONOSPACE =
  'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace';
