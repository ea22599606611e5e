import type { Job } from '../core/Job';
import { minioInit } from './minio-init/minioInit';
import { ollamaModels } from './ollama-models/ollamaModels';
import { polarisInit } from './polaris-init/polarisInit';

/** Every job of the program, in the order in which a bootstrap runs them. */
export const jobs: readonly Job[] = [
  minioInit,
  polarisInit,
  ollamaModels,
];
