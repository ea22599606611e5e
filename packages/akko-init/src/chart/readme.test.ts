import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

it('has a README of the chart that says what the comments of its values say', () => {
  const script = resolve(__dirname, '../../../../scripts/chart-readme.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
});
