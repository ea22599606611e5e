import { isAbsolute, join } from 'node:path';
import { diagnose, lintChart } from '@akko/backstage-plugin-akko-common';
import { Command } from 'commander';
import { printFindings, printRemarks } from './printFindings';
import { FolderError, readFolder } from './readFolder';

interface Options {
  json: boolean;
  lint: boolean;
  now?: string;
}

const program = new Command('diagnose')
  .description(
    "Says what is wrong with AKKO's Jobs, from what kubectl wrote into a folder.",
  )
  .argument('<folder>', '*.json of kubectl get, logs/<pod>.txt of kubectl logs')
  .option('--json', 'print the findings as JSON', false)
  .option(
    '--lint',
    'also say what in the chart makes operating it harder than need be',
    false,
  )
  .option('--now <time>', 'the moment it was gathered (RFC 3339)')
  .action((folder: string, options: Options) => {
    // Yarn starts scripts in their workspace; the folder is meant from where the person is.
    const from = process.env.INIT_CWD ?? process.cwd();
    const { evidence, notes } = readFolder(
      isAbsolute(folder) ? folder : join(from, folder),
    );
    const findings = diagnose({ ...evidence, now: options.now });
    notes.forEach(note => process.stderr.write(`${note}\n`));
    const remarks = options.lint ? lintChart(evidence) : undefined;
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ findings, remarks }, null, 2)}\n`
        : `${printFindings(findings)}\n${
            remarks ? `\n${printRemarks(remarks)}\n` : ''
          }`,
    );
  });

try {
  program.parse();
} catch (error) {
  if (!(error instanceof FolderError)) {
    throw error;
  }
  process.stderr.write(`${error.message}\nNext step: ${error.nextStep}\n`);
  process.exitCode = 1;
}
