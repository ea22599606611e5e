import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Measurement } from '../../scenarios/types';
import { distribution } from '../../statistics';
import { ALIAS, ObjectStorage } from '../clients/ObjectStorage';
import { medianAndRange, rate, sidesOf, type Side } from '../rounds';
import type { ServicesBench } from '../ServicesBench';

const OBJECTS = 2000;
const BYTES_PER_OBJECT = 64 * 1024;
const MEBIBYTES = (OBJECTS * BYTES_PER_OBJECT) / 1024 / 1024;
const RUNS = ['first', 'second'] as const;

/** A first backup of a bucket and one with nothing changed, beside `mc mirror` of the same. */
export async function backupMinio(
  bench: ServicesBench,
): Promise<Measurement[]> {
  const { cluster, tidying, processes, programs, akkoInit, folder } = bench;
  const storage = await ObjectStorage.connect(cluster, tidying, programs);
  const bucket = `${bench.prefix}-backup`;
  await fillBucket(bench, storage, bucket);

  const times = {
    ours: { first: [] as number[], second: [] as number[] },
    peer: { first: [] as number[], second: [] as number[] },
  };
  const target: Record<Side, string> = {
    ours: join(folder, 'backup-minio'),
    peer: join(folder, 'mirror'),
  };
  const run = {
    ours: () =>
      akkoInit.run(
        ['backup', 'minio'],
        {
          objectStorage: storage.config,
          buckets: { include: [bucket], exclude: [] },
          target: { type: 'directory', path: target.ours },
          retention: 7,
          concurrency: 8,
        },
        storage.env,
      ),
    peer: () =>
      processes.run(programs.mc, [
        'mirror',
        '--quiet',
        `${ALIAS}/${bucket}`,
        target.peer,
      ]),
  };
  for (let round = 0; round < bench.rounds; round++) {
    for (const side of sidesOf(round)) {
      for (const each of RUNS) {
        times[side][each].push((await run[side]()).milliseconds);
      }
      await rm(target[side], { recursive: true, force: true });
    }
  }
  return RUNS.flatMap(each =>
    [
      {
        subject:
          'akko-init backup minio (with checksums, a manifest and versions)',
        taken: times.ours[each],
      },
      { subject: 'mc mirror (one copy)', taken: times.peer[each] },
    ].map(({ subject, taken }) => ({
      what: `${each} backup of ${OBJECTS} objects of 64 KiB${
        each === 'second' ? ', none of them changed' : ''
      }`,
      subject,
      value: described(each, taken),
    })),
  );
}

function described(run: (typeof RUNS)[number], taken: number[]): string {
  const { p50 } = distribution(taken);
  const objects = rate(OBJECTS, p50, 'objects');
  // Where nothing is copied, no bytes pass.
  const bytes = run === 'first' ? `${rate(MEBIBYTES, p50, 'MiB')}, ` : '';
  return `${bytes}${objects}; ${medianAndRange(taken)}`;
}

async function fillBucket(
  { cleanup, folder }: ServicesBench,
  storage: ObjectStorage,
  bucket: string,
): Promise<void> {
  const source = join(folder, 'source');
  for (let index = 0; index < OBJECTS; index++) {
    const directory = join(source, `part-${index % 20}`);
    await mkdir(directory, { recursive: true });
    await writeFile(
      join(directory, `object-${index}`),
      randomBytes(BYTES_PER_OBJECT),
    );
  }
  cleanup.add(`bucket ${bucket}`, () => storage.removeBucket(bucket));
  await storage.mc('mb', `${ALIAS}/${bucket}`);
  await storage.mc('mirror', '--quiet', source, `${ALIAS}/${bucket}`);
  await rm(source, { recursive: true, force: true });
}
