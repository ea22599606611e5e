export { DrillScheduler } from './DrillScheduler';
export { DatabaseLedgerStore } from './ledger/DatabaseLedgerStore';
export { LedgerFactsIndex } from './LedgerFactsIndex';
export { LedgerService } from './LedgerService';
export { ScheduleHistory } from './ScheduleHistory';
export { WatchLog } from './WatchLog';
