import { createHash } from 'node:crypto';
import type { AiFunction } from './functions';

/** What makes a function what it is, name, result and rights aside. */
export interface FunctionTraits {
  arguments: string;
  language: string;
  volatility: string;
  isStrict: boolean;
  /** Whether it runs with the rights of its owner. */
  isDefiner: boolean;
  /** What a call costs, for the planner. */
  cost: number;
  /** Settings that hold while it runs. */
  settings: string[];
  body: string;
}

/** The functions as PostgreSQL stores them. */
export function traitsOf(wanted: AiFunction): FunctionTraits {
  return {
    arguments: wanted.arguments,
    language: 'plpython3u',
    volatility: wanted.volatility,
    isStrict: wanted.isStrict,
    // Its owner may read the settings.
    isDefiner: true,
    // So dear that every other condition of a query is looked at first.
    cost: 1_000_000,
    // Names in the body mean what they mean here, whoever calls.
    settings: ['search_path=pg_catalog, pg_temp'],
    body: wanted.body,
  };
}

/** Tells a function that was changed from one that was not. */
export function checksumOf(traits: FunctionTraits): string {
  const parts = [
    traits.arguments,
    traits.language,
    traits.volatility,
    traits.isStrict,
    traits.isDefiner,
    traits.cost,
    traits.settings,
    traits.body,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
