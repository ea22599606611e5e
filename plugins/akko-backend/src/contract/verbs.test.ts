import type { OperationList } from '@akko/backstage-plugin-akko-common';
import { eventually } from '../acceptance/__testUtils__/eventually';
import { doorsOf, type Door, type VerbCase } from './__testUtils__/doors';
import { DoorsPortal } from './__testUtils__/DoorsPortal';
import { verbCases } from './__testUtils__/verbCases';

jest.setTimeout(120_000);

const PATH = '/instances/prod/akko/akko';
const DOORS = [
  'the portal, as a user',
  'REST, as a program',
  'a registered action',
  'the scaffolder',
] as const;
/** Who asks through each door. */
const PRINCIPALS: Record<string, string> = {
  'REST, as a program': 'operator',
};
const ANA = 'user:default/ana';

describe('The same verb through every door', () => {
  let portal: DoorsPortal;
  let doors: Door[];
  const verbs = verbCases();

  beforeAll(async () => {
    // What fetch parses in a test is of another realm, and its arrays no arrays for the engine of the scaffolder's templates.
    jest
      .spyOn(Response.prototype, 'json')
      .mockImplementation(async function json(this: Response) {
        return JSON.parse(await this.text());
      });
    portal = await DoorsPortal.start(verbs);
    await portal.install({ namespace: 'akko', release: 'akko' });
    doors = doorsOf(portal);
  });
  afterAll(async () => {
    await portal?.stop();
    jest.restoreAllMocks();
  });
  beforeEach(() => portal.audit.clear());

  const read = async <Body>(path: string): Promise<Body> =>
    (await portal.portal.get(path)).body;
  const newestOperation = async () => {
    const { items } = await read<OperationList>(`${PATH}/operations?limit=1`);
    return items.at(0);
  };
  /** Audit events about the verb; those of what this test itself reads are of others. */
  const audited = ({ eventId }: VerbCase) =>
    portal.audit.events.filter(event => event.eventId === eventId);

  describe.each(DOORS)('through %s', name => {
    const door = () => doors.find(other => other.name === name)!;
    const principal = PRINCIPALS[name] ?? ANA;

    it.each(verbs.map(verb => [verb.verb, verb] as const))(
      '%s is refused to who may not, has no effect and is audited once',
      async (_, verb) => {
        const before = await newestOperation();
        const { refusal } = await door().ask(verb, door().denied(verb));
        // Of a registered action, the scaffolder tells the status only.
        expect(refusal).toContain(
          name === 'the scaffolder' && !verb.step ? '403' : verb.permission,
        );
        expect(audited(verb)).toEqual([
          expect.objectContaining({
            end: 'failed',
            error: expect.stringContaining(verb.permission),
            meta: expect.objectContaining({ via: door().via }),
          }),
        ]);
        portal.audit.clear();
        expect((await newestOperation())?.id).toBe(before?.id);
      },
    );

    it.each(verbs.map(verb => [verb.verb, verb] as const))(
      '%s has its effect for who may, and is audited once',
      async (_, verb) => {
        const before = await newestOperation();
        const outcome = await door().ask(verb, door().allowed);
        expect(outcome.refusal).toBeUndefined();
        expect(audited(verb)).toEqual([
          expect.objectContaining({
            end: 'succeeded',
            meta: expect.objectContaining({ principal, via: door().via }),
          }),
        ]);
        if (!verb.effect) {
          expect((await newestOperation())?.id).toBe(before?.id);
          return;
        }
        const operation = await eventually(
          'the operation has ended',
          newestOperation,
          newest =>
            newest?.finishedAt !== undefined && newest.id !== before?.id,
        );
        expect(operation).toMatchObject({
          action: verb.effect.action,
          state: 'succeeded',
          requestedBy: principal,
          via: door().via,
        });
        expect(outcome.text).toContain(operation!.id);
        const { store } = portal.portal.cluster;
        if (verb.effect.job) {
          const job = store
            .list('jobs')
            .find(
              ({ metadata: { labels } }) =>
                labels?.['akko.io/operation'] === operation!.id &&
                labels['app.kubernetes.io/component'] === verb.effect!.job,
            );
          expect(job?.metadata.annotations).toMatchObject({
            'akko.io/triggered-by': principal,
          });
        }
        if (verb.effect.suspended !== undefined) {
          const schedule = portal.portal.cluster.store
            .list('cronjobs')
            .find(({ metadata }) => metadata.name === 'akko-backup-postgres');
          expect(schedule?.spec).toMatchObject({
            suspend: verb.effect.suspended,
          });
        }
      },
    );
  });
});
