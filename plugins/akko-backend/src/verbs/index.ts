export { createVerbs, type Verbs, type VerbsOptions } from './createVerbs';
export type { LogQuery } from './RunLogs';
