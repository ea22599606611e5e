import { settledInstance } from '../instance/settledInstance';
import { waitForInstance, type Arrival } from '../instance/waitForInstance';
import { beginBootstrap, type Begun } from '../operations/beginBootstrap';
import { failureOf } from '../operations/failure';
import { followOperation } from '../operations/followOperation';
import { outcomeOf, type JobOutcome } from '../operations/outcomes';
import type { AkkoStep, Phase } from '../task/AkkoStep';
import type { Attempts } from '../task/Attempts';
import { counted, duration } from '../words';
import {
  outputOf,
  wishOf,
  type BootstrapInput,
  type BootstrapOutput,
  type Wish,
} from './bootstrapWish';
import { planBootstrap } from './planBootstrap';

/** Does what `akko:bootstrap` is asked for. @throws StepFailed, TimedOut, InputError */
export async function runBootstrap(
  step: AkkoStep,
  input: BootstrapInput,
): Promise<BootstrapOutput> {
  const wish = wishOf(step, input);
  return step.explained(wish.doing, async () =>
    step.isDryRun
      ? planBootstrap(step, wish)
      : bootstrap(step, wish, await step.attempts()),
  );
}

async function bootstrap(
  step: AkkoStep,
  wish: Wish,
  attempts: Attempts,
): Promise<BootstrapOutput> {
  const inTime = step.budget(wish.timeout);
  const overdue = () =>
    `${wish.doing} did not end within ${duration(
      wish.timeout / 1000,
    )}. ${step.goesOn()}`;

  const begun = await attempts.once('begun', async () => {
    const isFresh = wish.arrival > 0 && (await arrive(step, wish, attempts));
    return inTime(
      () => overdueBegin(wish),
      phase =>
        beginBootstrap(phase, {
          ...wish,
          ref: step.ref,
          reason: step.reason,
          isFresh,
          idempotencyKey: attempts.idempotencyKey('bootstrap'),
        }),
    );
  });
  if ('operation' in begun) {
    step.follow(begun.operation);
    step.say(
      `${wish.doing}: operation ${begun.operation}, ${step.links.activity}`,
    );
    if (!wish.isWaiting) {
      return outputOf(step, begun, {
        state: 'accepted',
        message: `${wish.doing} was accepted as operation ${begun.operation}.`,
      });
    }
  }
  const ended = await inTime(overdue, phase =>
    outcomesOf(phase, step.ref, begun),
  );
  if (!ended.isGood) {
    await attempts.end();
  }
  return step.afterwards(wish.doing, phase =>
    outputsOf(phase, step, wish, begun, ended),
  );
}

function overdueBegin({ doing, timeout }: Wish): string {
  return `${doing} could not begin, because what was running already did not end within ${duration(
    timeout / 1000,
  )}. Nothing was asked for.`;
}

/** @returns whether Helm is installing the instance */
async function arrive(
  step: AkkoStep,
  { arrival }: Wish,
  attempts: Attempts,
): Promise<boolean> {
  let last: Arrival | undefined;
  return step.phase(
    arrival,
    () => overdueArrival(step.ref, arrival, last),
    phase =>
      waitForInstance(phase, {
        ref: step.ref,
        remember: isFresh => attempts.once('fresh', async () => isFresh),
        onArrival: now => {
          last = now;
          step.say(
            now.state === 'there'
              ? `${step.ref} is there.`
              : `Waiting for ${step.ref}. ${now.why}`,
          );
        },
      }),
  );
}

function overdueArrival(
  ref: string,
  arrival: number,
  last: Arrival | undefined,
): string {
  const time = duration(arrival / 1000);
  return last?.state === 'installing'
    ? `${ref} is there, but within ${time} Helm did not start all of its init jobs. ${last.why} Nothing was asked for. See how far helm install is; where it leaves them out (--no-hooks), run this step without waitForInstance.`
    : `${ref} was not there within ${time}. ${
        last?.state === 'absent' ? `${last.why} ` : ''
      }See that helm install ran with this release name in this namespace, and that the portal may watch it.`;
}

/** @throws StepFailed when not all succeeded */
async function outputsOf(
  phase: Phase,
  step: AkkoStep,
  { doing }: Wish,
  begun: Begun,
  ended: Awaited<ReturnType<typeof outcomesOf>>,
): Promise<BootstrapOutput> {
  const { links, ref } = step;
  if (!ended.isGood) {
    throw await failureOf(phase, { ...ended, doing, ref, links });
  }
  const { health, headline } = await settledInstance(phase, ref);
  const message =
    begun.type === 'nothing'
      ? begun.message
      : `${doing} succeeded: ${counted(ended.jobs.length, 'job')}.`;
  step.say(`${message} ${headline}; the instance is ${health}.`);
  return outputOf(step, begun, {
    state: begun.type === 'nothing' ? 'nothing-to-do' : 'succeeded',
    message,
    jobs: ended.jobs,
    health,
  });
}

async function outcomesOf(phase: Phase, ref: string, begun: Begun) {
  switch (begun.type) {
    case 'operation': {
      const { jobs, operation } = await followOperation(phase, begun.operation);
      return {
        jobs,
        isGood: operation.state === 'succeeded',
        error: operation.error,
        since: operation.requestedAt,
      };
    }
    case 'joined': {
      const { jobs, operation } = await followOperation(phase, begun.operation);
      // What else it runs is not what was asked for.
      const asked = jobs.filter(({ job }) => begun.jobs.includes(job));
      return {
        jobs: asked,
        isGood: asked.every(isGood),
        since: operation.requestedAt,
      };
    }
    case 'jobs': {
      const instance = await phase.api.instance(ref);
      const jobs = instance.jobs
        .filter(({ name }) => begun.jobs.includes(name))
        .map(({ lastRun, name }) =>
          outcomeOf({
            job: name,
            state: lastRun?.state ?? 'unknown',
            run: lastRun,
          }),
        );
      return {
        jobs,
        isGood: jobs.every(isGood),
      };
    }
    default:
      return { jobs: [], isGood: true };
  }
}

function isGood({ outcome }: JobOutcome): boolean {
  return outcome === 'succeeded';
}
