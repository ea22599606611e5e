#!/usr/bin/env node
// Runs the suites of the Jobs' program and its chart on the real services of a cluster, and that of the portal's image and chart.
import { mkdirSync, rmSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap } from './bootstrap.mjs';
import { findChromium } from './lib/chromium.mjs';
import { root, toolsFolder } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';
import {
  buildImage,
  buildServiceImages,
  hasTestbed,
  startServices,
} from './lib/services.mjs';
import { TestTotals } from './lib/testTotals.mjs';

const help = `Runs the Jobs' program and the chart on real services.
  --testbed PATH   the testbed's program (default ../shared/testbed/testbed): its cluster and services are started, the image is built
  --no-testbed     use the cluster of KUBECONFIG as it is: services in namespace akko, images AKKO_INIT_IMAGE and AKKO_PORTAL_IMAGE on its
                   nodes
  --images         only build the images of the services
  --start          only start the services
  --small          back up 192 MiB and 1,500 objects instead of 1 GiB and 10,000
  --suite NAME     only one of program, chart, browser, portal; may be given again
`;

const { values: options } = parseArgs({
  options: {
    testbed: {
      type: 'string',
      default: join(root, '../shared/testbed/testbed'),
    },
    'no-testbed': { type: 'boolean', default: false },
    images: { type: 'boolean', default: false },
    start: { type: 'boolean', default: false },
    small: { type: 'boolean', default: false },
    suite: {
      type: 'string',
      multiple: true,
      default: ['program', 'chart', 'browser', 'portal'],
    },
    help: { type: 'boolean', default: false },
  },
});

const results = join(toolsFolder, 'results-services');
const IMAGE = 'localhost/akko/akko-init:test';
const PORTAL_IMAGE = 'localhost/akko/akko-portal:test';
const portal = options.suite.includes('portal');
const others = options.suite.some(name => name !== 'portal');

const suites = [
  {
    name: 'program',
    title: 'Every job on its real service (Polaris: a stand-in)',
    folder: 'packages/akko-init',
    pattern: 'services.test',
    // Each works under names of its own.
    parallel: ['--maxWorkers=2'],
  },
  {
    name: 'chart',
    title: 'Install, upgrade and re-run by the portal, on the real services',
    folder: 'plugins/akko-backend',
    pattern: 'services.test',
    parallel: ['--runInBand'],
  },
];

async function clusterOf(testbed, env) {
  await run(testbed, ['up'], { env });
  const { stdout } = await run(testbed, ['env'], { env, capture: true });
  const home = process.env.TESTBED_HOME ?? '/var/lib/akko-testbed';
  const kubeconfig = /KUBECONFIG=(\S+)/.exec(stdout)[1];
  return {
    KUBECONFIG: kubeconfig,
    PATH: [join(home, 'bin'), env.PATH].join(delimiter),
  };
}

async function main() {
  if (options.help) {
    console.log(help);
    return 0;
  }
  const testbed = resolve(options.testbed);
  if (options.images) {
    await clusterOf(testbed, process.env);
    await buildServiceImages(testbed);
    return 0;
  }
  if (options.start) {
    Object.assign(process.env, await clusterOf(testbed, process.env));
    await startServices(testbed);
    return 0;
  }
  const env = { ...(await bootstrap(line => console.log(line))), CI: '1' };
  if (options['no-testbed']) {
    const needed = [
      'KUBECONFIG',
      ...(others ? ['AKKO_INIT_IMAGE'] : []),
      ...(portal ? ['AKKO_PORTAL_IMAGE'] : []),
    ];
    if (needed.some(name => !env[name])) {
      throw new Error(
        `Without the testbed, ${needed.join(
          ' and ',
        )} say which cluster and which image.`,
      );
    }
  } else if (!hasTestbed(testbed)) {
    throw new Error(
      `There is no testbed at ${testbed}. Name it with --testbed, or use a cluster of yours with --no-testbed.`,
    );
  } else {
    console.log('\n== Starting the services');
    Object.assign(env, await clusterOf(testbed, env));
    Object.assign(process.env, { PATH: env.PATH, KUBECONFIG: env.KUBECONFIG });
    await startServices(testbed, others ? [] : ['postgresql']);
  }

  if (others) {
    console.log('\n== Building the program and its image');
    const init = join(root, 'packages/akko-init');
    const built = await run('yarn', ['build'], { cwd: init, env });
    if (built.code !== 0) throw new Error('The program could not be built.');
    if (!options['no-testbed']) {
      await buildImage(testbed, IMAGE, init);
      env.AKKO_INIT_IMAGE = IMAGE;
    }
  }

  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const totals = new TestTotals();
  // The portal's suite has namespaces and a database of its own; the others follow each other.
  await Promise.all([
    testJobs(env, totals),
    portal ? testPortal(testbed, env, totals) : undefined,
  ]);
  if (options.suite.includes('browser')) {
    const title = 'Backups in the browser, of the real services';
    console.log(`\n== ${title}`);
    const chromium = findChromium();
    if (chromium) {
      const file = join(results, 'browser.json');
      const { code } = await run('yarn', ['workspace', 'e2e', 'services'], {
        cwd: root,
        env: {
          ...env,
          AKKO_SERVICES_KUBECONFIG: env.KUBECONFIG,
          AKKO_CHROMIUM: chromium,
          PLAYWRIGHT_JSON_OUTPUT_NAME: file,
        },
      });
      totals.addPlaywright(title, file, code);
    } else {
      console.log('Skipped: no Chromium or Chrome here.');
    }
  }
  return totals.print();
}

/** The program inside the Jobs, and its chart. */
async function testJobs(env, totals) {
  for (const { name, title, folder, pattern, parallel } of suites) {
    if (!options.suite.includes(name)) continue;
    console.log(`\n== ${title}`);
    const file = join(results, `${name}.json`);
    const { code } = await run(
      'yarn',
      [
        'backstage-cli',
        'package',
        'test',
        '--watch=false',
        '--testTimeout=30000',
        ...parallel,
        '--json',
        `--outputFile=${file}`,
        pattern,
      ],
      {
        cwd: join(root, folder),
        env: {
          ...env,
          AKKO_SERVICES_KUBECONFIG: env.KUBECONFIG,
          ...(options.small && { AKKO_SERVICES_SIZE: 'small' }),
        },
      },
    );
    totals.addJest(title, file, code);
  }
}

async function testPortal(testbed, env, totals) {
  if (!options['no-testbed']) {
    console.log('\n== Building the portal and its image');
    const script = join(root, 'scripts/build-portal-image.mjs');
    const built = await run(process.execPath, [script], { cwd: root, env });
    if (built.code !== 0) {
      totals.addCheck('Image of the portal', built.code);
      return;
    }
    await buildImage(testbed, PORTAL_IMAGE, join(root, 'packages/backend'));
    env.AKKO_PORTAL_IMAGE = PORTAL_IMAGE;
  }
  const title = "The portal's chart and image, on the real cluster";
  console.log(`\n== ${title}`);
  const file = join(results, 'portal.json');
  const { code } = await run('yarn', ['workspace', 'e2e', 'portal'], {
    cwd: root,
    env: {
      ...env,
      AKKO_SERVICES_KUBECONFIG: env.KUBECONFIG,
      AKKO_CHROMIUM: findChromium() ?? '',
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    },
  });
  totals.addPlaywright(title, file, code);
}

main().then(
  code => {
    process.exitCode = code;
  },
  error => {
    console.error(`\n${error.message}\n\n0 passed, 1 failed`);
    process.exitCode = 1;
  },
);
