import { createConditionExports } from '@backstage/plugin-permission-node';
import { akkoInstanceResourceRef } from './instanceResource';
import { akkoInstanceRules } from './rules';

const exported = createConditionExports({
  resourceRef: akkoInstanceResourceRef,
  rules: akkoInstanceRules,
});

/** Conditions for permission policies, as `akkoConditions.isOwner({ claims })`. @public */
export const akkoConditions = exported.conditions;

/** Makes a policy's answer of conditions: the permission holds for the instances that they match. @public */
export const createAkkoConditionalDecision = exported.createConditionalDecision;
