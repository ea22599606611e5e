import type { PodLogSource } from '../store/types';

/** A line of a log and when it was written, in milliseconds since the epoch. */
export interface LogLine {
  at: number;
  text: string;
}

interface ContainerLog {
  current: LogLine[];
  previous?: LogLine[];
  followers: Set<{ onLine: (line: LogLine) => void; onEnd: () => void }>;
}

/** What containers wrote, as long as their pods are there. */
export class ContainerLogs implements PodLogSource {
  private readonly pods = new Map<string, Map<string, ContainerLog>>();

  /** Puts in what a container wrote before the sandbox started. */
  load(podUid: string, container: string, lines: readonly LogLine[]): void {
    this.of(podUid, container).current = [...lines];
  }

  /** A container starts: what it wrote before becomes the previous log. */
  begin(podUid: string, container: string, restart: number): void {
    const log = this.of(podUid, container);
    if (restart > 0) {
      log.previous = log.current;
      log.current = [];
    }
  }

  write(podUid: string, container: string, line: LogLine): void {
    const log = this.of(podUid, container);
    log.current.push(line);
    log.followers.forEach(({ onLine }) => onLine(line));
  }

  end(podUid: string, container: string): void {
    const { followers } = this.of(podUid, container);
    const told = [...followers];
    followers.clear();
    told.forEach(({ onEnd }) => onEnd());
  }

  /** Forgets a pod that is gone. */
  forget(podUid: string): void {
    for (const container of this.pods.get(podUid)?.keys() ?? []) {
      this.end(podUid, container);
    }
    this.pods.delete(podUid);
  }

  lines(
    podUid: string,
    container: string,
    previous: boolean,
  ): LogLine[] | undefined {
    const log = this.pods.get(podUid)?.get(container);
    return previous ? log?.previous : log?.current;
  }

  follow(
    podUid: string,
    container: string,
    onLine: (line: LogLine) => void,
    onEnd: () => void,
  ): () => void {
    const { followers } = this.of(podUid, container);
    const follower = { onLine, onEnd };
    followers.add(follower);
    return () => followers.delete(follower);
  }

  private of(podUid: string, container: string): ContainerLog {
    const containers = this.pods.get(podUid) ?? new Map<string, ContainerLog>();
    this.pods.set(podUid, containers);
    const log = containers.get(container) ?? {
      current: [],
      followers: new Set(),
    };
    containers.set(container, log);
    return log;
  }
}
