export { akkoConditions, createAkkoConditionalDecision } from './conditions';
export {
  akkoInstanceResourceRef,
  type InstancePredicate,
  type InstanceResource,
} from './instanceResource';
export {
  akkoInstanceRules,
  hasLabel,
  isCluster,
  isInstance,
  isNamespace,
  isOwner,
} from './rules';
