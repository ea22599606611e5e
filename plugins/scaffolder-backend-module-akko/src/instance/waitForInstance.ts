import type { Instance } from '@akko/backstage-plugin-akko-common';
import type { Phase } from '../task/AkkoStep';
import { lookForInstance, type Sight } from './lookForInstance';

/** Between two looks, in milliseconds. */
const BETWEEN_LOOKS = 5000;
/** Jobs without a job catalogue for this long, in milliseconds, are those of a chart that has none. */
const CATALOGUE_GRACE = 30_000;

/** How far an instance is on its way from nothing to something that can be bootstrapped. */
export type Arrival =
  | { state: 'absent'; why: string }
  /** Helm has not started all of its init jobs yet. */
  | { state: 'installing'; why: string }
  | { state: 'there' };

/** What {@link waitForInstance} is told and tells. */
export interface WaitForInstanceOptions {
  ref: string;
  /** Called when it has turned out whether Helm is installing the instance now; what was written down in an earlier run of the step wins. */
  remember: (isFresh: boolean) => Promise<boolean>;
  /** Called whenever there is something new to tell. */
  onArrival: (arrival: Arrival) => void;
}

/**
 * Waits until the portal knows the instance and its job catalogue, and its cluster answers. Of an instance that Helm is just installing it also
 * waits until each init job was started: a Job that the portal makes while Helm is about to make the same one would let the installation fail.
 * @returns whether Helm is installing it, so that its init jobs run by themselves
 */
export async function waitForInstance(
  phase: Phase,
  { onArrival, ref, remember }: WaitForInstanceOptions,
): Promise<boolean> {
  const { clock, signal } = phase;
  let isFresh: boolean | undefined;
  let knownSince: number | undefined;
  let told: string | undefined;
  for (;;) {
    const sight = await lookForInstance(phase, ref);
    if (sight.state === 'there') {
      knownSince ??= clock.now();
    }
    if (isFresh === undefined && sight.state !== 'unclear') {
      isFresh = await remember(isNew(sight));
    }
    const arrival = arrivalOf(
      sight,
      isFresh ?? false,
      clock.now() - (knownSince ?? clock.now()),
    );
    const words = arrival.state === 'there' ? arrival.state : arrival.why;
    if (words !== told) {
      told = words;
      onArrival(arrival);
    }
    if (arrival.state === 'there') {
      return isFresh ?? false;
    }
    await clock.sleep(BETWEEN_LOOKS, signal);
  }
}

/** It is not there, or nothing of it has ever run. */
function isNew(sight: Sight): boolean {
  return (
    sight.state === 'absent' ||
    (sight.state === 'there' &&
      enabledJobs(sight.instance).every(({ lastRun }) => !lastRun))
  );
}

/** @param knownFor - milliseconds */
function arrivalOf(sight: Sight, isFresh: boolean, knownFor: number): Arrival {
  if (sight.state !== 'there') {
    return { state: 'absent', why: sight.why };
  }
  const enabled = enabledJobs(sight.instance);
  const isCatalogued = sight.instance.chartVersion !== undefined;
  if (!isCatalogued && (enabled.length === 0 || knownFor < CATALOGUE_GRACE)) {
    return { state: 'absent', why: 'Its job catalogue was not seen yet.' };
  }
  const toCome = enabled.filter(({ lastRun }) => !lastRun);
  return isFresh && toCome.length > 0
    ? {
        state: 'installing',
        why: `Helm has not started ${toCome
          .map(({ name }) => name)
          .join(', ')} yet.`,
      }
    : { state: 'there' };
}

function enabledJobs({ jobs }: Instance) {
  return jobs.filter(({ enabled }) => enabled);
}
