import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entity } from '@backstage/catalog-model';
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import { parse } from 'yaml';
import { examples as backupExamples } from './actions/createBackupAction.examples';
import { examples as bootstrapExamples } from './actions/createBootstrapAction.examples';
import { aBackup, aFinding, aJob, anInstance } from './__testUtils__/instances';
import { ScaffolderBench } from './__testUtils__/ScaffolderBench';

const REF = 'prod-eu/akko/akko';
const ENTITY = 'component:default/akko-prod-eu';
const BACKUP =
  'backup-postgres: 1.2 GiB in 12 s, checksums verified, at s3://akko-backups/backup-postgres/2026-01-01';
const PAGE = `https://portal.test/akko/${REF}`;

const component: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'akko-prod-eu',
    annotations: { 'akko.io/instance': REF },
  },
};

/** A template that the sample catalog has. */
function shipped(name: string): Entity {
  const file = join(
    __dirname,
    '../../../examples/templates',
    name,
    'template.yaml',
  );
  return parse(readFileSync(file, 'utf8'));
}

function templateOf(name: string, spec: JsonObject): Entity {
  return {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name },
    spec: { type: 'operation', ...spec },
  };
}

const examples: [string, TemplateExample][] = [
  ...bootstrapExamples,
  ...backupExamples,
].map((example, index) => [`example-${index}`, example]);

it('shows the examples in the documentation as they are tested', () => {
  const page = readFileSync(
    join(__dirname, '../../../docs/scaffolder.md'),
    'utf8',
  );
  const shown = [...page.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text]) =>
    parse(text),
  );
  examples.forEach(([_, { example }]) =>
    expect(shown).toContainEqual(parse(example)),
  );
});

describe('the actions in the scaffolder', () => {
  const bench = new ScaffolderBench();
  beforeAll(() =>
    bench.start([
      component,
      shipped('bootstrap-akko'),
      shipped('back-up-akko'),
      templateOf('each', {
        steps: [
          {
            id: 'jobs',
            action: 'akko:bootstrap',
            each: ['minio-init', 'keycloak-clients'],
            input: { instance: REF, jobs: ['${{ each.value }}'] },
          },
        ],
        output: { operations: '${{ steps.jobs.output.operation }}' },
      }),
      ...examples.map(([name, { example }]) =>
        templateOf(name, parse(example)),
      ),
    ]),
  );
  beforeEach(() => {
    bench.reset();
    bench.portal.instances.set(
      REF,
      anInstance({ backups: [aBackup('backup-postgres')] }),
    );
  });
  afterAll(() => bench.stop());

  it('carry out the shipped template, with a backup first', async () => {
    const task = await bench.run('bootstrap-akko', {
      entity: ENTITY,
      which: 'chosen',
      jobs: ['minio-init'],
      backupFirst: true,
      wait: true,
      reason: 'new buckets',
    });
    expect(task.error).toBeUndefined();
    expect(bench.portal.asked().map(({ body }) => body)).toMatchObject([
      { action: 'backup', backup: 'backup-postgres', reason: 'new buckets' },
      { action: 'rerun', jobs: ['minio-init'], reason: 'new buckets' },
    ]);
    expect(task.lines).toEqual(
      expect.arrayContaining([
        'info: backup-postgres: succeeded in 12 s, created 1, unchanged 4',
        'info: minio-init: running',
        'info: minio-init: succeeded in 12 s, created 1, unchanged 4',
      ]),
    );
    expect(task.output).toMatchObject({
      links: [
        { title: 'Open the instance', url: `${PAGE}?tab=activity` },
        { title: 'Open its entity', entityRef: ENTITY },
      ],
      text: [
        {
          title: 'Result',
          content: expect.stringMatching(
            /^Re-run of prod-eu\/akko\/akko succeeded: 1 job\. The instance is \*\*healthy\*\*\.\n\n\| Job \| Outcome .*\n\| --- .*\n\| minio-init \| succeeded \| 12 \| 1 \| 0 \| 4 \|\n/,
          ),
        },
        { title: 'Backups', content: BACKUP },
      ],
    });
  });

  it('carry out the shipped template with what a form gives when nothing is filled in', async () => {
    const task = await bench.run('bootstrap-akko', {
      entity: ENTITY,
      which: 'all',
      backupFirst: false,
      wait: true,
    });
    expect(task.error).toBeUndefined();
    expect(bench.portal.asked().map(({ body }) => body)).toEqual([
      {
        action: 'bootstrap',
        dryRun: false,
        reason: `Software template template:default/bootstrap-akko, task ${task.id}`,
      },
    ]);
    expect(task.output?.text).toHaveLength(1);
  });

  it('carry out the shipped template for backups', async () => {
    const task = await bench.run('back-up-akko', {
      entity: ENTITY,
      backup: 'all',
    });
    expect(task.output).toMatchObject({
      links: [{ url: `${PAGE}?tab=backups` }, { entityRef: ENTITY }],
      text: [{ content: BACKUP }],
    });
  });

  it('act in the name of whoever started the task', async () => {
    await bench.run('back-up-akko', { entity: ENTITY, backup: 'all' });
    const tokens = bench.portal.seen.map(({ token }) => token);
    expect(tokens).toEqual(
      tokens.map(() => expect.stringContaining('user:default/mock')),
    );
  });

  it('fail the task with the root finding; Retry asks anew, and takes no second backup', async () => {
    bench.portal.looks = [{ 'backup-postgres': { state: 'succeeded' } }];
    bench.portal.instances.get(REF)!.findings = [aFinding()];
    bench.portal.onLook = ({ action }) => {
      if (action === 'backup') {
        bench.portal.looks = [
          {
            'minio-init': { state: 'succeeded' },
            'keycloak-clients': { state: 'failed' },
          },
        ];
        bench.portal.instances.get(REF)!.findings[0].run =
          'op-2-keycloak-clients';
      }
    };
    const failed = await bench.run('bootstrap-akko', {
      entity: ENTITY,
      which: 'all',
      backupFirst: true,
      wait: true,
    });
    expect(failed.status).toBe('failed');
    expect(failed.error).toContain(
      '1 of 2 jobs did not succeed (keycloak-clients). keycloak-clients: Keycloak refuses the administrator.',
    );

    bench.portal.onLook = () => {};
    bench.portal.looks = undefined;
    const again = await bench.retry(failed.id);
    expect(again.error).toBeUndefined();
    expect(
      [...bench.portal.operations.values()].map(({ action }) => action),
    ).toEqual(['backup', 'bootstrap', 'bootstrap']);
  });

  it('stop waiting when the task is cancelled, and follow the same operation when it is started again', async () => {
    bench.portal.looks = [];
    let isCancelled = false;
    let id = '';
    bench.portal.onLook = () => {
      if (!isCancelled) {
        isCancelled = true;
        void bench.cancel(id);
      }
    };
    id = await bench.begin('bootstrap-akko', {
      entity: ENTITY,
      which: 'all',
      backupFirst: false,
      wait: true,
    });
    const cancelled = await bench.ended(id);
    expect(cancelled.error).toContain('What was asked for goes on');

    bench.portal.operations.get('op-1')!.steps.forEach(step => {
      step.state = 'succeeded';
    });
    const again = await bench.retry(id);
    expect(again.error).toBeUndefined();
    expect(bench.portal.operations.size).toBe(1);
  });

  it('ask once for each round of a loop', async () => {
    const task = await bench.run('each');
    expect(task.output?.operations).toEqual(['op-1', 'op-2']);
  });

  it('do nothing in a dry run', async () => {
    const { output } = await bench.dryRun(shipped('bootstrap-akko'), {
      entity: ENTITY,
      which: 'all',
      backupFirst: true,
      wait: true,
    });
    expect(output).toMatchObject({
      text: [
        {
          content: expect.stringContaining(
            `Bootstrap of ${REF} would run 2 jobs.`,
          ),
        },
        { content: expect.stringContaining('1 backup of') },
      ],
    });
    expect(bench.portal.operations.size).toBe(0);
  });

  it.each(examples)('carry out %s of the documentation', async (name, _) => {
    bench.portal.instances.set(
      'prod-eu/akko-new/new',
      anInstance({
        ref: 'prod-eu/akko-new/new',
        jobs: [aJob('minio-init', { state: 'failed' })],
      }),
    );
    const task = await bench.run(name);
    expect(task.error).toBeUndefined();
    expect(task.status).toBe('completed');
  });
});
