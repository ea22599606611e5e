import type { FieldProblem } from '../errors';
import type { KubernetesObject } from '../types';

/** What the API server does to one kind between the caller and the storage. */
export interface Strategy {
  /** Fills in defaults of a new object. With `keepStatus` (fixtures) the given status stays. */
  prepare(
    draft: KubernetesObject,
    options: { keepStatus: boolean },
  ): KubernetesObject;
  /** Fills in what decoding fills in on every write. */
  defaults(object: KubernetesObject): KubernetesObject;
  validate(object: KubernetesObject): FieldProblem[];
  validateUpdate?(
    next: KubernetesObject,
    current: KubernetesObject,
  ): FieldProblem[];
}

/** A JSON object whose fields are looked at one by one. */
export type Fields = Record<string, any>;
