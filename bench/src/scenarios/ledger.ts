import { loadavg } from 'node:os';
import { fill } from '../ledger/fill';
import {
  BACKUPS,
  HEAVY,
  MILLION,
  ordinary,
  PERIOD,
  type FleetSize,
} from '../ledger/fleet';
import { READINGS } from '../ledger/history';
import { measure, together, told, type Times } from '../ledger/measure';
import { Postgres } from '../ledger/Postgres';
import { FLEET_KINDS, kindsOf, type Kind, type Ref } from '../ledger/questions';
import { openServices, type Services } from '../ledger/services';
import { startUp } from '../ledger/startUp';
import { Statements } from '../ledger/Statements';
import { say } from '../print';
import { distribution, milliseconds } from '../statistics';
import type { Measurement } from './types';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
/** Reading the whole history takes seconds each time. */
const PEER_ROUNDS = 3;

interface Group {
  what: string;
  kinds: readonly Kind[];
  refOf(index: number): Ref;
}

/** The ledger of a million backups on a PostgreSQL of its own, and the same questions answered from the run history. */
export async function ledger(): Promise<Measurement[]> {
  const size: FleetSize = MILLION;
  const entries =
    size.instances * BACKUPS.length * size.entries + size.heavyEntries;
  const of = `of ${entries.toLocaleString('en')} entries`;
  const postgres = await Postgres.start();
  try {
    const services = await openServices(postgres.database);
    const filling = await timed(() => fill(postgres.client, size));
    say(
      `\n${await postgres.version()}: ${entries.toLocaleString(
        'en',
      )} entries filled in ${milliseconds(filling)}`,
    );
    const statements = new Statements(postgres.client);
    const groups: Group[] = [
      {
        what: `a backup with ${size.heavyEntries.toLocaleString('en')} ${of}`,
        kinds: kindsOf(daysOf(size.heavyEntries, PERIOD.heavy)),
        refOf: () => HEAVY,
      },
      {
        what: `backups with ${size.entries} ${of}`,
        kinds: kindsOf(daysOf(size.entries, PERIOD.ordinary)),
        refOf: index => ordinary(index, size),
      },
      { what: `all ${of}`, kinds: FLEET_KINDS, refOf: () => HEAVY },
    ];
    const starting = await startUp(postgres.database, services, of);
    const measured = await inRounds(groups, services, statements);
    say(
      `Load of the last minute when all was measured: ${loadavg()[0].toFixed(
        2,
      )}`,
    );
    return [
      ...starting,
      ...measured,
      ...(await fromHistory(
        services,
        `a backup with ${size.heavyEntries.toLocaleString(
          'en',
        )} ${of}, from the run history`,
      )),
    ];
  } finally {
    await postgres.stop();
  }
}

async function inRounds(
  groups: readonly Group[],
  services: Services,
  statements: Statements,
): Promise<Measurement[]> {
  const rounds = new Map<Kind, Times[]>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const { kinds, refOf } of groups) {
      for (const kind of kinds) {
        const times = await measure(services, statements, kind, refOf);
        rounds.set(kind, [...(rounds.get(kind) ?? []), times]);
      }
    }
  }
  return groups.flatMap(({ kinds, what }) =>
    kinds.map(kind => ({
      what: `${what} (${ROUNDS} rounds of 50 questions)`,
      subject: kind.name,
      value: told(together(rounds.get(kind)!)),
    })),
  );
}

/** The peer: what a portal can do that keeps runs, but no ledger of them. */
async function fromHistory(
  services: Services,
  what: string,
): Promise<Measurement[]> {
  const measured: Measurement[] = [];
  for (const { ask, name } of READINGS) {
    const times: number[] = [];
    for (let round = 0; round < PEER_ROUNDS; round++) {
      times.push(await timed(() => ask(services, HEAVY)));
    }
    const { maximum, p50 } = distribution(times);
    measured.push({
      what,
      subject: name,
      value: `whole call p50 ${milliseconds(p50)}, slowest ${milliseconds(
        maximum,
      )} of ${PEER_ROUNDS}`,
    });
  }
  return measured;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function daysOf(entries: number, period: number): number {
  return Math.ceil((entries * period) / PERIOD.ordinary);
}
