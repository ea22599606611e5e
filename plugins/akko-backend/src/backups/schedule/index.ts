export { parseSchedule } from './parseSchedule';
export type { Schedule } from './types';
