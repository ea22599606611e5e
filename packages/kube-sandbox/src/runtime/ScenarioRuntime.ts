import type { Clock, Timer } from '../clock/types';
import { timestamp } from '../store/objects';
import type { ObjectStore } from '../store/types';
import { containersOf, initContainersOf } from './podStatus';
import { scenarioSchema, type ReadScenario } from './scenario';
import type {
  ContainerOutput,
  ContainerStart,
  RunningContainer,
  Runtime,
  StartProblem,
} from './types';

/** Where in the life of its Job a container is. */
export interface Occasion {
  job?: string;
  /** Which Job of this name since the start, from 1. */
  run: number;
  /** Which pod or restart of the Job, from 1. */
  attempt: number;
}

const START_DELAY = 300;

/** Plays scenarios: log lines, duration and end as a file says, on the sandbox' clock. */
export class ScenarioRuntime implements Runtime {
  constructor(
    private readonly options: {
      scenarios: readonly ReadScenario[];
      clock: Clock;
      store: Pick<ObjectStore, 'get' | 'list'>;
      occasionOf: (start: ContainerStart) => Occasion;
    },
  ) {}

  /** The first scenario that matches. An init container of a pod with scenarios does nothing unless one names it. */
  find(start: ContainerStart): ReadScenario | undefined {
    const occasion = this.options.occasionOf(start);
    const { name } = start.container;
    if (initContainersOf(start.pod).some(each => each.name === name)) {
      const named = this.options.scenarios.find(
        scenario =>
          scenario.match.container && matches(scenario, start, occasion),
      );
      const isPlayed = containersOf(start.pod).some(container =>
        this.find({ ...start, container }),
      );
      return (
        named ?? (isPlayed ? scenarioSchema.parse({ duration: 0 }) : undefined)
      );
    }
    return this.options.scenarios.find(scenario =>
      matches(scenario, start, occasion),
    );
  }

  problemOf(start: ContainerStart): StartProblem | undefined {
    return this.find(start)?.image === 'missing'
      ? imageProblem(start.container.image)
      : undefined;
  }

  startDelayOf(start: ContainerStart): number {
    const seconds = this.find(start)?.startAfter;
    return seconds === undefined ? START_DELAY : seconds * 1000;
  }

  start(start: ContainerStart, output: ContainerOutput): RunningContainer {
    const { clock, store } = this.options;
    const startedAt = clock.now();
    const { plays, ...fixed } = this.find(start)!;
    const scenario = plays
      ? scenarioSchema.parse({
          ...fixed,
          ...plays({ pod: start.pod, startedAt, store }),
        })
      : fixed;
    const fill = (text: string) => this.fill(text, start, startedAt);
    const lines = linesOf(scenario).sort((one, two) => one.after - two.after);
    const duration = scenario.duration * 1000;
    let written = 0;
    let timer: Timer;
    const end = (result: Parameters<ContainerOutput['end']>[0]) => {
      timer.cancel();
      output.end(result);
    };
    const { terminationMessage: message } = scenario;
    // One timer after the other: those of a busy machine go off in any order, and a log has one.
    const play = () => {
      const due = Math.min(lines[written]?.after ?? duration, duration);
      timer = clock.after(Math.max(0, startedAt + due - clock.now()), () => {
        while (written < lines.length && lines[written].after <= due) {
          output.line(fill(lines[written++].text));
        }
        if (due < duration) {
          play();
          return;
        }
        end({
          exitCode: scenario.exitCode,
          reason: scenario.reason,
          message:
            message === undefined
              ? undefined
              : fill(
                  typeof message === 'string'
                    ? message
                    : JSON.stringify(message),
                ),
        });
      });
    };
    play();
    return { stop: () => end({ exitCode: 143, reason: 'Error' }) };
  }

  private fill(text: string, start: ContainerStart, startedAt: number): string {
    const { namespace = '', name } = start.pod.metadata;
    const values: Record<string, string> = {
      start: timestamp(startedAt),
      now: timestamp(this.options.clock.now()),
      pod: name,
      namespace,
      job: this.options.occasionOf(start).job ?? '',
    };
    return text.replace(/\{\{(\w+)\}\}/g, (whole, key) => values[key] ?? whole);
  }
}

/** What the kubelet says of an image that it cannot have. */
export function imageProblem(image: string): StartProblem {
  return {
    reason: 'ImagePullBackOff',
    message: `Back-off pulling image "${image}": ErrImagePull: failed to pull and unpack image "${image}": not found`,
  };
}

function matches(
  { match }: ReadScenario,
  { pod, container }: ContainerStart,
  occasion: Occasion,
): boolean {
  const { labels = {}, namespace } = pod.metadata;
  return (
    (!match.namespace || match.namespace === namespace) &&
    (!match.container || match.container === container.name) &&
    (!match.job || isLike(occasion.job ?? '', match.job)) &&
    (!match.attempt || match.attempt === occasion.attempt) &&
    (!match.run || match.run === occasion.run) &&
    Object.entries(match.labels ?? {}).every(
      ([key, value]) => labels[key] === value,
    )
  );
}

function isLike(text: string, pattern: string): boolean {
  const parts = pattern
    .split('*')
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}

/** Lines with the time of each after the start, in milliseconds. */
function linesOf({ log, duration }: ReadScenario) {
  const step = (duration * 1000) / (log.length + 1);
  return log.map((entry, index) =>
    typeof entry === 'string'
      ? { text: entry, after: Math.round(step * (index + 1)) }
      : { text: entry.text, after: entry.after * 1000 },
  );
}
