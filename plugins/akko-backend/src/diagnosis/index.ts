export { AddedRules } from './AddedRules';
export { DatabaseFindingStore } from './DatabaseFindingStore';
export { createDiagnosis } from './createDiagnosis';
export { OpenFindings } from './OpenFindings';
export type { FindingChange, FindingStore } from './types';
