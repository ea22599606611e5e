export { callerOf, type Caller, type CallerCredentials } from './Caller';
export { CallLimits, type CallLimitsConfig } from './CallLimits';
export {
  assertSomewhere,
  InstanceAccess,
  notAllowed,
  type Access,
} from './InstanceAccess';
export { InstanceEntities } from './InstanceEntities';
