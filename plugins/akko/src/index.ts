/**
 * AKKO bootstrap health, runs and logs in Backstage.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export { akkoApiRef, type AkkoApi } from './api/akkoApi';
export { isAkkoAvailable } from './isAkkoAvailable';
export { akkoTranslationRef } from './translation';
