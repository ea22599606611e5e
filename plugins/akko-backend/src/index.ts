/**
 * Watches, remembers and re-runs AKKO's bootstrap Jobs on a fleet of Kubernetes clusters.
 *
 * @packageDocumentation
 */
export { akkoPlugin as default } from './plugin';
