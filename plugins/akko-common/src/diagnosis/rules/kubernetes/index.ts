import * as creation from './creation';
import * as images from './images';
import * as references from './references';
import * as scheduling from './scheduling';
import * as starting from './starting';
import type { TroubleRule } from './types';

/** The first whose pattern fits decides; what knows no words is last. */
export const TROUBLE_RULES: readonly TroubleRule[] = [
  creation.serviceAccountMissing,
  creation.podSecurityRefused,
  creation.quotaExceeded,
  creation.limitRange,
  creation.admissionRefused,
  creation.podNotCreated,
  scheduling.volumeClaimMissing,
  references.keyMissing,
  references.secretMissing,
  references.configMapMissing,
  references.runsAsRoot,
  scheduling.volumePending,
  scheduling.unschedulableResources,
  scheduling.unschedulableTaints,
  scheduling.unschedulableAffinity,
  scheduling.unschedulableSelector,
  scheduling.unschedulable,
  scheduling.podNetworkFailed,
  scheduling.volumeMountFailed,
  images.imageNeverPulled,
  images.imageNameInvalid,
  images.imageRateLimited,
  images.imageUnauthorised,
  images.imageRegistryUnreachable,
  images.imageNotFound,
  images.imagePullFailed,
  starting.commandNotFound,
  starting.containerNotStarted,
];
