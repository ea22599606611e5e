import type { AkkoClient } from '@akko/backstage-plugin-akko-common';
import type {
  AuthService,
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import { createApi } from '../api/createApi';
import { instanceOf, type InstanceInput } from '../input/instanceOf';
import type { Clock } from '../time/clock';
import { within } from '../time/within';
import { Attempts } from './Attempts';
import { explain } from './explain';
import { Links } from './Links';
import { StepFailed } from './StepFailed';

/** What the actions of this module work with. */
export interface ActionOptions {
  auth: Pick<AuthService, 'getPluginRequestToken'>;
  catalog: Pick<CatalogService, 'getEntityByRef'>;
  discovery: Pick<DiscoveryService, 'getBaseUrl'>;
  /** `app.baseUrl`: where people open the portal. */
  portalUrl: string;
  clock: Clock;
}

/** A part of a step that ends in time. */
export interface Phase {
  api: AkkoClient;
  clock: Clock;
  logger: LoggerService;
  /** Aborts when the time is over or the task is cancelled. */
  signal: AbortSignal;
}

/** How long it may take to find out what came of an operation that has ended, in milliseconds; it is not part of the operation's time. */
const AFTERWARDS = 2 * 60_000;

/** One step of a task, about one instance. */
export class AkkoStep {
  /** Operations that go on whatever becomes of the step. */
  private readonly begun = new Set<string>();

  private constructor(
    private readonly context: ActionContext<any, any>,
    private readonly options: ActionOptions,
    /** `cluster/namespace/release` */
    readonly ref: string,
  ) {}

  /** @throws InputError, NotFoundError */
  static async create(
    context: ActionContext<any, any>,
    options: ActionOptions,
  ): Promise<AkkoStep> {
    const ref = await instanceOf(context.input as InstanceInput, {
      catalog: options.catalog,
      credentials: await context.getInitiatorCredentials(),
    });
    return new AkkoStep(context, options, ref);
  }

  /** To the pages of the instance. */
  get links(): Links {
    return new Links(this.options.portalUrl, this.ref);
  }

  get isDryRun(): boolean {
    return this.context.isDryRun ?? false;
  }

  /** What is written beside an operation: the reason that was given, else which task it was. */
  get reason(): string {
    const { input, task, templateInfo } = this.context;
    const given = (input as { reason?: string }).reason?.trim();
    const template = templateInfo?.entityRef;
    return (
      given ||
      `Software template${template ? ` ${template}` : ''}, task ${task.id}`
    );
  }

  /** One line in the log of the task. */
  say(line: string): void {
    this.context.logger.info(line);
  }

  attempts(): Promise<Attempts> {
    return Attempts.of(this.context);
  }

  /** Says that an operation goes on from here, and will when the step ends before it. */
  follow(operation: string): void {
    this.begun.add(operation);
  }

  /** What whoever stops waiting has to know. */
  goesOn(): string {
    const ids = [...this.begun];
    return ids.length === 0
      ? 'Nothing was asked for.'
      : `What was asked for goes on (${
          ids.length === 1 ? 'operation' : 'operations'
        } ${ids.join(', ')}): ${this.links.activity}`;
  }

  /**
   * Does the work of the step, and puts its errors into words for whoever reads the task.
   * @param doing - what is done, as `Bootstrap of prod-eu/akko/akko`
   */
  async explained<Result>(
    doing: string,
    work: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (this.context.signal?.aborted) {
        throw new StepFailed(
          `${doing} is not waited for any longer, because the task was cancelled. ${this.goesOn()}`,
        );
      }
      throw explain(doing, error);
    }
  }

  /** Phases that share one length of time, which begins with the first of them. */
  budget(milliseconds: number) {
    let end: number | undefined;
    return <Result>(
      overdue: () => string,
      work: (phase: Phase) => Promise<Result>,
    ): Promise<Result> => {
      const now = this.options.clock.now();
      end ??= now + milliseconds;
      return this.phase(end - now, overdue, work);
    };
  }

  /** The phase after the end: what came of it is looked up, however late it is. */
  afterwards<Result>(
    doing: string,
    work: (phase: Phase) => Promise<Result>,
  ): Promise<Result> {
    return this.phase(
      AFTERWARDS,
      () =>
        `${doing} has ended, but what came of it could not be read. See ${this.links.activity}`,
      work,
    );
  }

  /**
   * @param overdue - the message for when the time is over
   * @throws TimedOut
   */
  phase<Result>(
    milliseconds: number,
    overdue: () => string,
    work: (phase: Phase) => Promise<Result>,
  ): Promise<Result> {
    const { auth, clock, discovery } = this.options;
    const { logger } = this.context;
    return within(
      {
        clock,
        milliseconds,
        overdue,
        signal: this.context.signal ?? new AbortController().signal,
      },
      signal =>
        work({
          api: createApi({
            auth,
            discovery,
            clock,
            logger,
            signal,
            credentials: () => this.context.getInitiatorCredentials(),
          }),
          clock,
          logger,
          signal,
        }),
    );
  }
}
