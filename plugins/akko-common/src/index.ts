/**
 * The shared language of AKKO for Backstage.
 *
 * @packageDocumentation
 */
export * from './client';
export * from './constants';
export * from './diagnosis';
export * from './instanceRef';
export * from './jobs';
export * from './masking';
export * from './openapi';
export * from './permissions';
export * from './types';
