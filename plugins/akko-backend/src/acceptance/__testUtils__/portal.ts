/** A portal with nothing but this plugin, as a process of its own that tests can kill. Its configuration is `--config`. */
import { createBackend } from '@backstage/backend-defaults';
import { akkoPlugin } from '../../plugin';

const backend = createBackend();
backend.add(akkoPlugin);
backend.start();
