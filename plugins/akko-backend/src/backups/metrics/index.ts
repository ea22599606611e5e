export { BackupMetrics } from './BackupMetrics';
