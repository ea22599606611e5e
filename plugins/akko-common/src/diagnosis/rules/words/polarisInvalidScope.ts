import { again } from '../steps';
import type { WordsRule } from '../types';

/** Polaris gives a token only for a scope that names a principal role. */
export const polarisInvalidScope: WordsRule = {
  kind: 'words',
  id: 'polaris-invalid-scope',
  patterns: [
    {
      pattern: /\binvalid_scope\b|the requested scope is invalid/i,
      strength: 3,
    },
  ],
  explain: ({ job }) => ({
    title: 'Polaris refuses the scope of the token',
    cause:
      'The request for a token names no scope that Polaris knows: it wants PRINCIPAL_ROLE:ALL, or a role that the principal has.',
    confidence: 'certain',
    steps: [
      {
        text: 'Set the scope of polaris-init to PRINCIPAL_ROLE:ALL in the values, then upgrade.',
      },
    ],
    action: again(job, 'the scope is set'),
  }),
  examples: {
    yes: [
      '{"error":"invalid_scope","error_description":"The scope is invalid"}',
    ],
    no: ['scope PRINCIPAL_ROLE:ALL'],
  },
};
