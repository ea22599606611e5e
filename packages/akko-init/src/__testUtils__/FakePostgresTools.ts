import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** What the tools do; all of it well, unless said otherwise. */
export interface Behaviour {
  /** What `--version` says; missing where it is that of the server which tests start. */
  version?: string;
  /** What a dump of a database is: SQL that makes its contents. */
  dumps?: Record<string, string>;
  /** What dumps begin with, instead of what they should. */
  magic?: string;
  /** The tool that fails, after it has written something. */
  failing?: string;
  /** Only in its first run. */
  once?: boolean;
  stderr?: string;
  /** 3 unless given. */
  exitCode?: number;
  /** The signal that it ends itself with. */
  signal?: string;
  /** Whether it goes on for ever, and does not listen to SIGTERM. */
  hangs?: boolean;
}

/** A call of a tool. */
export interface Call {
  tool: string;
  args: string[];
  env: Record<string, string>;
}

const TOOLS = ['pg_dump', 'pg_dumpall', 'pg_restore'];
const require_ = createRequire(__filename);

/**
 * Stand-ins for PostgreSQL's client tools, which npm does not have. A dump of theirs is the word PGDMP and SQL; restoring it runs the SQL.
 */
export class FakePostgresTools {
  private readonly folder = mkdtempSync(join(tmpdir(), 'akko-fake-tools-'));
  private readonly path = process.env.PATH;

  constructor() {
    for (const tool of TOOLS) {
      const file = join(this.folder, tool);
      writeFileSync(file, scriptOf(tool));
      chmodSync(file, 0o755);
    }
    this.behave({});
  }

  /** Puts them in front of PATH. */
  install(): void {
    process.env.PATH = [this.folder, this.path].join(delimiter);
  }

  /** PATH without any tools. */
  hideAll(): void {
    process.env.PATH = '/nonexistent';
  }

  behave(behaviour: Behaviour): void {
    writeFileSync(
      join(this.folder, 'behaviour.json'),
      JSON.stringify(behaviour),
    );
    rmSync(join(this.folder, 'calls'), { force: true });
  }

  /** Calls since the last change of behaviour. */
  get calls(): Call[] {
    const file = join(this.folder, 'calls');
    return existsSync(file)
      ? readFileSync(file, 'utf8')
          // A line without an end is still being written.
          .split(/(?<=\n)/)
          .filter(line => line.endsWith('\n'))
          .map(line => JSON.parse(line))
      : [];
  }

  remove(): void {
    process.env.PATH = this.path;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function scriptOf(tool: string): string {
  return `#!${process.execPath}
const { appendFileSync, readFileSync, writeSync } = require('node:fs');
const { Client } = require(${JSON.stringify(require_.resolve('pg'))});
const { args, tool } = { args: process.argv.slice(2), tool: '${tool}' };
const behaviour = JSON.parse(readFileSync(__dirname + '/behaviour.json', 'utf8'));
let earlier = 0;
try {
  earlier = readFileSync(__dirname + '/calls', 'utf8').split('"' + tool + '"').length - 1;
} catch {}
if (args[0] === '--version') {
  console.log(tool + ' (PostgreSQL) ' + (behaviour.version ?? '18.4'));
  process.exit(0);
}
appendFileSync(__dirname + '/calls', JSON.stringify({ tool, args, env: process.env }) + '\\n');
const mayFail = behaviour.failing === tool && !(behaviour.once && earlier > 0);
function fail() {
  if (behaviour.hangs) {
    process.on('SIGTERM', () => {});
    setInterval(() => {}, 1000);
  } else if (behaviour.signal) {
    process.kill(process.pid, behaviour.signal);
  } else {
    writeSync(2, behaviour.stderr ?? '');
    process.exit(behaviour.exitCode ?? 3);
  }
}
async function restore() {
  const text = readFileSync(0, 'utf8');
  if (!text.startsWith('PGDMP')) {
    writeSync(2, 'pg_restore: error: input file does not appear to be a valid archive');
    process.exit(1);
  }
  if (args.includes('--list')) {
    console.log(';\\n; Archive created by a test\\n;\\n1; 1259 1 TABLE public t postgres');
    return;
  }
  const client = new Client({ database: process.env.PGDATABASE });
  await client.connect();
  await client.query(text.slice(5));
  await client.end();
}
if (tool === 'pg_restore') {
  if (mayFail && !args.includes('--list')) {
    fail();
  } else {
    restore();
  }
} else {
  writeSync(1, tool === 'pg_dump' ? (behaviour.magic ?? 'PGDMP') + (behaviour.dumps?.[process.env.PGDATABASE] ?? '') : 'CREATE ROLE someone;');
  if (mayFail) {
    fail();
  }
}
`;
}
