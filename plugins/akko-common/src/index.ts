/**
 * The shared language of AKKO for Backstage.
 *
 * @packageDocumentation
 */
export * from './client';
export * from './constants';
export * from './instanceRef';
export * from './jobs';
export * from './permissions';
export * from './types';
