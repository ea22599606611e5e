import { runs } from './healthy/runs';
import { releases } from './helm/releases';
import { configuration } from './kubernetes/configuration';
import { ends } from './kubernetes/ends';
import { images } from './kubernetes/images';
import { policies } from './kubernetes/policies';
import { scheduling } from './kubernetes/scheduling';
import { volumes } from './kubernetes/volumes';
import { cronJobs } from './schedule/cronJobs';
import { dashboards } from './service/dashboards';
import { databases } from './service/databases';
import { reaching } from './service/reaching';
import { tools } from './service/tools';
import { webServices } from './service/webServices';
import type { CaptureCase } from './types';

/** Cases that those who write rules may look at. */
export const openCases: CaptureCase[] = [
  ...images,
  ...configuration,
  ...volumes,
  ...scheduling,
  ...policies,
  ...ends,
  ...reaching,
  ...databases,
  ...webServices,
  ...dashboards,
  ...tools,
  ...cronJobs,
  ...releases,
  ...runs,
];
