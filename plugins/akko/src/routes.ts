import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/** The fleet page, `/akko` by default. */
export const rootRouteRef = createRouteRef({ id: 'akko' });

/** One instance. Its query opens a run (`run`), a tab (`tab`), a backup (`backup`) or the table (`view`). */
export const instanceRouteRef = createSubRouteRef({
  id: 'akko/instance',
  parent: rootRouteRef,
  path: '/:cluster/:namespace/:release',
});

/** One run on a page of its own. */
export const runRouteRef = createSubRouteRef({
  id: 'akko/run',
  parent: rootRouteRef,
  path: '/:cluster/:namespace/:release/runs/:run',
});
