export { startOrExit } from './startOrExit';
export { startupLock } from './startupLock';
