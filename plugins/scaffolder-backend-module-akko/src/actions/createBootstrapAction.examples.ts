import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** How `akko:bootstrap` is written in templates. */
export const examples: TemplateExample[] = [
  {
    description: 'Run the whole bootstrap of the instance behind an entity',
    example: stringify({
      steps: [
        {
          id: 'bootstrap',
          name: 'Bootstrap AKKO',
          action: 'akko:bootstrap',
          input: {
            entityRef: 'component:default/akko-prod-eu',
            reason: 'New buckets in the values',
          },
        },
      ],
    }),
  },
  {
    description: 'Run again what failed, and be content if nothing did',
    example: stringify({
      steps: [
        {
          id: 'repair',
          name: 'Run what failed',
          action: 'akko:bootstrap',
          input: { instance: 'prod-eu/akko/akko', jobs: 'failed' },
        },
      ],
    }),
  },
  {
    description: 'Run two jobs, without waiting for their end',
    example: stringify({
      steps: [
        {
          id: 'rerun',
          name: 'Run two jobs again',
          action: 'akko:bootstrap',
          input: {
            instance: 'prod-eu/akko/akko',
            jobs: ['keycloak-clients', 'bootstrap-admin'],
            wait: false,
          },
        },
      ],
    }),
  },
  {
    description:
      'After helm install: wait for the instance and for the init jobs that Helm runs, and run again what failed',
    example: stringify({
      steps: [
        {
          id: 'bootstrap',
          name: 'Wait until AKKO is bootstrapped',
          action: 'akko:bootstrap',
          input: {
            instance: 'prod-eu/akko-new/new',
            waitForInstance: { minutes: 20 },
            jobs: 'failed',
            timeout: { minutes: 45 },
          },
        },
      ],
    }),
  },
];
