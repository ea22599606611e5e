import type {
  Operation,
  OperationList,
} from '@akko/backstage-plugin-akko-common';
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
/** Who asks through each door; a user, if it is not said. */
const PRINCIPALS: Record<string, string> = {
  'REST, as a program': 'operator',
};
const ANA = 'user:default/ana';

const verbs = verbCases();
const changes = verbs.filter(({ effect }) => effect);
const reads = verbs.filter(({ effect }) => !effect);
const named = (cases: VerbCase[]) =>
  cases.map(verb => [verb.verb, verb] as const);

describe('The same verb through every door', () => {
  let portal: DoorsPortal;
  let doors: Door[];

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

  const newestOperation = async (): Promise<Operation | undefined> => {
    const { body } = await portal.portal.get(`${PATH}/operations?limit=1`);
    return (body as OperationList).items.at(0);
  };
  /** Audit events about the verb; those of what this test itself reads are of others. */
  const audited = ({ eventId }: VerbCase) =>
    portal.audit.events.filter(event => event.eventId === eventId);

  /** What of the cluster a change is about: whom its new Job names, or whether the schedule is paused. */
  const seenOnCluster = ({ effect }: VerbCase, operation: Operation) => {
    const { store } = portal.portal.cluster;
    const schedule = store
      .list('cronjobs')
      .find(({ metadata }) => metadata.name === 'akko-backup-postgres');
    const job = store
      .list('jobs')
      .find(
        ({ metadata: { labels } }) =>
          labels?.['akko.io/operation'] === operation.id &&
          labels['app.kubernetes.io/component'] === effect?.job,
      );
    return {
      triggeredBy: job?.metadata.annotations?.['akko.io/triggered-by'],
      suspend: (schedule?.spec as { suspend?: boolean }).suspend ?? false,
    };
  };

  describe.each(DOORS)('through %s', name => {
    const door = () => doors.find(other => other.name === name)!;
    const principal = PRINCIPALS[name] ?? ANA;
    const succeeded = () => [
      expect.objectContaining({
        end: 'succeeded',
        meta: expect.objectContaining({ principal, via: door().via }),
      }),
    ];

    it.each(named(verbs))(
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
        expect((await newestOperation())?.id).toBe(before?.id);
      },
    );

    it.each(named(changes))(
      '%s has the same effect for who may, and is audited once',
      async (_, verb) => {
        const before = await newestOperation();
        const outcome = await door().ask(verb, door().allowed);
        expect(outcome.refusal).toBeUndefined();
        expect(audited(verb)).toEqual(succeeded());
        const operation = await eventually(
          'the operation has ended',
          newestOperation,
          newest =>
            newest?.finishedAt !== undefined && newest.id !== before?.id,
        );
        expect(operation).toMatchObject({
          action: verb.effect!.action,
          state: 'succeeded',
          requestedBy: principal,
          via: door().via,
        });
        expect(outcome.text).toContain(operation!.id);
        expect(seenOnCluster(verb, operation!)).toEqual({
          triggeredBy: verb.effect!.job && principal,
          suspend: verb.effect!.suspended ?? false,
        });
      },
    );

    it.each(named(reads))(
      '%s is answered to who may, has no effect and is audited once',
      async (_, verb) => {
        const before = await newestOperation();
        const outcome = await door().ask(verb, door().allowed);
        expect(outcome.refusal).toBeUndefined();
        expect(audited(verb)).toEqual(succeeded());
        expect((await newestOperation())?.id).toBe(before?.id);
      },
    );
  });
});
