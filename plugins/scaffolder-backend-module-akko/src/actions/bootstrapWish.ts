import type { InstanceHealth } from '@akko/backstage-plugin-akko-common';
import { millisecondsOf, type DurationInput } from '../input/durations';
import type { Begun, JobSelection } from '../operations/beginBootstrap';
import type { PlannedJob } from '../operations/describePlan';
import type { JobOutcome } from '../operations/outcomes';
import type { AkkoStep } from '../task/AkkoStep';

/** Inputs of `akko:bootstrap`, beside which instance it is about. */
export interface BootstrapInput {
  jobs?: JobSelection;
  ifRunning?: 'fail' | 'join';
  waitForInstance?: DurationInput;
  wait?: boolean;
  timeout?: DurationInput;
}

/** Outputs of `akko:bootstrap`. */
export interface BootstrapOutput {
  instance: string;
  link: string;
  operation?: string;
  state: 'succeeded' | 'nothing-to-do' | 'accepted' | 'planned';
  joined: boolean;
  message: string;
  jobs: JobOutcome[];
  health?: InstanceHealth;
  plan?: PlannedJob[];
  warnings?: string[];
}

/** The inputs with what they mean when they are left out. */
export interface Wish {
  jobs: JobSelection;
  ifRunning: 'fail' | 'join';
  isWaiting: boolean;
  /** Milliseconds. */
  timeout: number;
  /** Milliseconds. */
  arrival: number;
  /** As `Bootstrap of prod-eu/akko/akko`. */
  doing: string;
}

/** @throws InputError */
export function wishOf({ ref }: AkkoStep, input: BootstrapInput): Wish {
  const { ifRunning, jobs = 'all', timeout = '30m', wait = true } = input;
  const arrival = millisecondsOf('waitForInstance', input.waitForInstance ?? 0);
  return {
    jobs,
    // Who waits for Helm to install it does not want to stop Helm's own run of the jobs, nor to fail because of it.
    ifRunning: ifRunning ?? (arrival > 0 ? 'join' : 'fail'),
    isWaiting: wait,
    timeout: millisecondsOf('timeout', timeout),
    arrival,
    doing: `${jobs === 'all' ? 'Bootstrap' : 'Re-run'} of ${ref}`,
  };
}

/** Outputs with what they are when nothing else is known. */
export function outputOf(
  { links, ref }: AkkoStep,
  begun: Begun | undefined,
  rest: Pick<BootstrapOutput, 'state' | 'message'> & Partial<BootstrapOutput>,
): BootstrapOutput {
  return {
    instance: ref,
    link: links.activity,
    operation: begun && 'operation' in begun ? begun.operation : undefined,
    joined: begun?.type === 'joined' || begun?.type === 'jobs',
    jobs: [],
    ...rest,
  };
}
