/** What a portal may that only watches, as docs/examples/cluster-role.yaml says it. */
export const WATCH = [
  'batch/cronjobs get',
  'batch/cronjobs list',
  'batch/cronjobs watch',
  'batch/jobs get',
  'batch/jobs list',
  'batch/jobs watch',
  'core/configmaps get',
  'core/configmaps list',
  'core/configmaps watch',
  'core/events get',
  'core/events list',
  'core/events watch',
  'core/pods get',
  'core/pods list',
  'core/pods watch',
  'core/pods/log get',
];
/** What a portal may that runs jobs again and pauses backups. */
export const OPERATE = [
  ...WATCH,
  'batch/cronjobs patch',
  'batch/cronjobs/status patch',
  'batch/jobs create',
  'batch/jobs delete',
].sort();
