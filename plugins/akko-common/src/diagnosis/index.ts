export { identifyJob, type IdentifiedJob } from './model/identifyJob';
export { lintChart, type ChartRemark } from './lintChart';
export { diagnose, type DiagnoseOptions } from './diagnose';
export type {
  CronJobRule,
  Explanation,
  JobRule,
  Match,
  ReportError,
  Rule,
  Strength,
  Words,
  WordsRule,
} from './rules/types';
export type {
  CronJobFacts,
  ContainerFacts,
  EventFacts,
  JobFacts,
  PodFacts,
  Situation,
} from './model/types';
export * from './types';
