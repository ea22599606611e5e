import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Where Node and Yarn go when the machine has none that fit. Ignored by git. */
export const toolsFolder = join(root, '.tools');

/** Kubeconfig, logs and generated config of the running sandbox. Ignored by git. */
export const sandboxFolder = join(root, '.sandbox');
