import fc from 'fast-check';
import { ApiDocument } from './__testUtils__/ApiDocument';
import { Client, describe as told } from './__testUtils__/Client';
import { Coverage } from './__testUtils__/Coverage';
import { drawnRequests } from './__testUtils__/drawnRequests';
import { FuzzedPortal } from './__testUtils__/FuzzedPortal';
import { Judge } from './__testUtils__/Judge';
import { Knowledge } from './__testUtils__/Knowledge';

/** Set them to what a failure says, to see it again. */
const SEED = Number(
  process.env.AKKO_FUZZ_SEED ?? Math.trunc(Math.random() * 2 ** 31),
);
const REQUESTS = Number(process.env.AKKO_FUZZ_REQUESTS ?? 10_000);
/** So many requests are under way at once. */
const LANES = 8;
/** Less would prove nothing of an operation. */
const SUCCESSES = REQUESTS / 200;

jest.setTimeout(300_000);

describe('the API', () => {
  const document = new ApiDocument();
  let portal: FuzzedPortal;
  let client: Client;
  let knowledge: Knowledge;

  beforeAll(async () => {
    portal = await FuzzedPortal.start();
    knowledge = new Knowledge();
    client = new Client(portal.port, portal.tokens, knowledge);
  });
  afterAll(async () => {
    client?.stop();
    await portal?.stop();
  });

  it(`answers ${REQUESTS} requests made from its document as the document says, and tells no secret`, async () => {
    const judge = new Judge({
      ...portal,
      document,
      outOfReach: portal.outOfReach,
    });
    const coverage = new Coverage(document);
    const operations = new Map(
      document.operations.map(each => [each.id, each]),
    );

    const property = fc.asyncProperty(
      drawnRequests(document, portal.names),
      async drawn => {
        const sent = client.write(drawn, operations.get(drawn.operation)!);
        const answer = await client.send(sent);
        const meant = judge.operationOf(sent);
        coverage.add(meant?.id, answer.status);
        if (meant && answer.status < 300 && sent.method !== 'HEAD') {
          knowledge.learn(meant, sent, answer);
        }
        const problems = judge.problemsOf(sent, answer, meant);
        if (problems.length > 0) {
          throw new Error(
            `${told(sent)}\nwas answered ${answer.status}: ${answer.text.slice(
              0,
              1000,
            )}\n${problems.join('\n')}`,
          );
        }
      },
    );
    const lanes = Array.from({ length: LANES }, (_, lane) =>
      fc.check(property, {
        seed: SEED + lane,
        numRuns: Math.ceil(REQUESTS / LANES),
      }),
    );
    const failures = (await Promise.all(lanes)).filter(({ failed }) => failed);
    process.stdout.write(
      `${coverage}\nnot seen: ${coverage.missing().join(', ')}\n`,
    );
    const reports = failures.map(
      ({ errorInstance }) => (errorInstance as Error).message,
    );
    expect(reports).toEqual([]);
  });
});
