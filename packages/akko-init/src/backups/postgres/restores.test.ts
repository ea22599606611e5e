import { Readable } from 'node:stream';
import { FakePostgresTools } from '../../__testUtils__/FakePostgresTools';
import { peerContext } from '../../__testUtils__/storageOf';
import { listDump, restorableEntries } from './restores';

const LIST = `;
; Archive created at 2026-11-25 15:38:22 UTC
;
215; 1259 16389 TABLE banking accounts postgres
3300; 0 16389 TABLE DATA banking accounts postgres
3160; 3256 16400 POLICY banking accounts own_rows postgres
3161; 0 16389 ROW SECURITY banking accounts postgres
3170; 1417 16401 USER MAPPING - USER MAPPING alice SERVER other postgres
3180; 6104 16402 PUBLICATION - everything postgres
3181; 6106 16403 PUBLICATION TABLE banking everything accounts postgres
3190; 6100 16404 SUBSCRIPTION - from_elsewhere postgres
`;

describe('restorableEntries', () => {
  it('leaves out what needs roles by name, and replication', () => {
    expect(restorableEntries(LIST)!.split('\n').slice(3)).toEqual([
      '215; 1259 16389 TABLE banking accounts postgres',
      '3300; 0 16389 TABLE DATA banking accounts postgres',
      '3161; 0 16389 ROW SECURITY banking accounts postgres',
      '',
    ]);
  });

  it('is nothing to choose where all can be restored', () => {
    expect(
      restorableEntries('1; 1259 1 TABLE public policy postgres\n'),
    ).toBeUndefined();
  });
});

describe('listDump', () => {
  let tools: FakePostgresTools;
  beforeAll(() => {
    tools = new FakePostgresTools();
    tools.install();
  });
  afterAll(() => tools.remove());

  const list = (text: string) =>
    listDump(
      Readable.from([Buffer.from(text)]),
      'x.dump',
      peerContext(),
      'conflict',
    );

  it('tells what is in a dump', async () => {
    expect(await list('PGDMPdata')).toContain('TABLE public t');
  });

  it.each(['', 'PG', 'something else'])(
    'fails for what is no dump: %j',
    async text => {
      await expect(list(text)).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('not appear to be a valid archive'),
      });
    },
  );

  it('fails with the reason when the dump cannot be read', async () => {
    const source = new Readable({
      read() {
        this.destroy(new Error('the disk failed'));
      },
    });
    await expect(listDump(source, 'x.dump', peerContext())).rejects.toThrow(
      'the disk failed',
    );
  });
});
