import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** How `akko:backup` is written in templates. */
export const examples: TemplateExample[] = [
  {
    description: 'Take every backup that is on in the chart',
    example: stringify({
      steps: [
        {
          id: 'backup',
          name: 'Back up AKKO',
          action: 'akko:backup',
          input: { entityRef: 'component:default/akko-prod-eu' },
        },
      ],
    }),
  },
  {
    description:
      'Take one backup before a change; if the nightly one is running, wait for its end first',
    example: stringify({
      steps: [
        {
          id: 'backup',
          name: 'Back up PostgreSQL',
          action: 'akko:backup',
          input: {
            instance: 'prod-eu/akko/akko',
            backup: 'backup-postgres',
            ifRunning: 'wait',
            reason: 'Before the upgrade',
            timeout: '1h',
          },
        },
      ],
    }),
  },
];
