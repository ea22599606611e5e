import { isAbsolute, join } from 'node:path';
import { diagnose } from '@akko/backstage-plugin-akko-common';
import { Command } from 'commander';
import { printFindings } from './printFindings';
import { FolderError, readFolder } from './readFolder';

const program = new Command('diagnose')
  .description(
    "Says what is wrong with AKKO's Jobs, from what kubectl wrote into a folder.",
  )
  .argument('<folder>', '*.json of kubectl get, logs/<pod>.txt of kubectl logs')
  .option('--json', 'print the findings as JSON', false)
  .option('--now <time>', 'the moment it was gathered (RFC 3339)')
  .action((folder: string, options: { json: boolean; now?: string }) => {
    // Yarn starts scripts in their workspace; the folder is meant from where the person is.
    const from = process.env.INIT_CWD ?? process.cwd();
    const { evidence, notes } = readFolder(
      isAbsolute(folder) ? folder : join(from, folder),
    );
    const findings = diagnose({ ...evidence, now: options.now });
    notes.forEach(note => process.stderr.write(`${note}\n`));
    process.stdout.write(
      `${
        options.json
          ? JSON.stringify({ findings }, null, 2)
          : printFindings(findings)
      }\n`,
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
