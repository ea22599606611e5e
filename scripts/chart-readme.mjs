#!/usr/bin/env node
// Writes the READMEs of the charts from the comments of their values.yaml; with --check it only says whether they are up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import { isMap, parse, parseDocument } from 'yaml';
import { root } from './lib/paths.mjs';

const LONGEST_DEFAULT = 60;
const charts = [
  {
    folder: 'helm/akko/charts/akko-init',
    guide: 'How to install, upgrade and operate it is told in docs/chart.md.',
    note: ' In the umbrella chart `akko`, all keys but those of `global` are below `akko-init`.',
  },
  {
    folder: 'helm/akko-portal',
    guide:
      'How to install and upgrade it, and what it needs, is told in docs/deployment.md.',
    note: '',
  },
];

for (const chart of charts) {
  const readme = join(root, chart.folder, 'README.md');
  const text = await render(chart, readme);
  if (!process.argv.includes('--check')) {
    writeFileSync(readme, text);
  } else if (readIfThere(readme) !== text) {
    console.error(
      `${readme} is not what the comments of values.yaml say. Write it again: node scripts/chart-readme.mjs`,
    );
    process.exitCode = 1;
  }
}

async function render({ folder, guide, note }, readme) {
  const read = name => readFileSync(join(root, folder, name), 'utf8');
  const chart = parse(read('Chart.yaml'));
  const values = parseDocument(read('values.yaml'));
  const lines = [
    `# ${chart.name}`,
    '',
    `${chart.description}. Version ${
      chart.version
    }, for Kubernetes ${chart.kubeVersion.replace('-0', '')}. ${guide}`,
    '',
    `Written by scripts/chart-readme.mjs from the comments of values.yaml.${note}`,
    '',
  ];
  for (const { key, value, comment } of entriesOf(values.contents)) {
    lines.push(`## ${key}`, '', comment, '');
    const rows = isMap(value) ? leavesOf(value, key) : [];
    if (rows.length > 0) {
      lines.push('| Key | Default | Meaning |', '| --- | --- | --- |');
      rows.forEach(row =>
        lines.push(
          `| \`${row.path}\` | ${defaultOf(row.value)} | ${cell(
            row.comment,
          )} |`,
        ),
      );
      lines.push('');
    } else {
      lines.push(`Default: ${defaultOf(value)}`, '');
    }
  }
  const options = await prettier.resolveConfig(readme);
  return prettier.format(lines.join('\n'), { ...options, filepath: readme });
}

/** Keys of a map with their comments. The parser keeps the comment of a map's first key with the map. */
function entriesOf(map) {
  return map.items.map((pair, index) => ({
    key: pair.key.value,
    value: pair.value,
    comment: sentences(
      pair.key.commentBefore ?? (index === 0 ? map.commentBefore : undefined),
    ),
  }));
}

/** What is explained one by one: maps whose keys have comments are gone into. */
function leavesOf(map, path) {
  return entriesOf(map).flatMap(({ key, value, comment }) => {
    const here = `${path}.${key}`;
    const explainsKeys =
      isMap(value) && entriesOf(value).some(entry => entry.comment !== '');
    if (!explainsKeys) {
      return [{ path: here, value, comment }];
    }
    return [
      ...(comment ? [{ path: here, comment }] : []),
      ...leavesOf(value, here),
    ];
  });
}

function sentences(comment) {
  return (comment ?? '')
    .split('\n')
    .map(line => line.trim())
    .join(' ')
    .trim();
}

function defaultOf(node) {
  if (node === undefined) {
    return '';
  }
  const json = JSON.stringify(node.toJSON?.() ?? null);
  return json.length > LONGEST_DEFAULT ? 'see values.yaml' : `\`${json}\``;
}

function cell(comment) {
  return comment.replaceAll('|', '\\|').replaceAll('<', '\\<');
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
