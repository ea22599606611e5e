import type { CaptureCase } from '../types';
import { configuration } from './configuration';
import { ends } from './ends';
import { healthyRuns } from './healthyRuns';
import { images } from './images';
import { policies } from './policies';
import { scheduling } from './scheduling';
import { schedules } from './schedules';
import { databases } from './databases';
import { identity } from './identity';
import { otherServices } from './otherServices';
import { reaching } from './reaching';
import { tools } from './tools';
import { volumes } from './volumes';

/** Cases that those who write rules do not look at: results on them are told apart. */
export const heldOutCases: CaptureCase[] = [
  ...images,
  ...configuration,
  ...volumes,
  ...scheduling,
  ...policies,
  ...ends,
  ...reaching,
  ...databases,
  ...identity,
  ...otherServices,
  ...tools,
  ...schedules,
  ...healthyRuns,
];
