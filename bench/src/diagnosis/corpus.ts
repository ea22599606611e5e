import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence } from '@akko/backstage-plugin-akko-common';
import { readFolder } from '@akko/diagnose';

/** What a person wrote down when the case was captured. */
export interface Label {
  title: string;
  family: string;
  expected: { rule: string | null; job?: string };
  /** Other rules that are right too. */
  acceptable?: string[];
  heldOut: boolean;
}

export interface Case {
  name: string;
  label: Label;
  evidence: Evidence;
}

// Benchmarks run from their sources alone.
// eslint-disable-next-line no-restricted-syntax
const CORPUS = join(__dirname, '../../diagnosis/corpus');

/** @param part - `held-out`: those that were not looked at while rules were written */
export function readCases(part: 'open' | 'held-out'): Case[] {
  const folder = join(CORPUS, part);
  return readdirSync(folder)
    .filter(name => existsSync(join(folder, name, 'case.json')))
    .sort()
    .map(name => ({
      name,
      label: JSON.parse(
        readFileSync(join(folder, name, 'case.json'), 'utf8'),
      ) as Label,
      evidence: readFolder(join(folder, name)).evidence,
    }));
}
