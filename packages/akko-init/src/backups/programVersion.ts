declare const AKKO_INIT_VERSION: string | undefined;

/** This program, as manifests name it. */
export const PROGRAM =
  typeof AKKO_INIT_VERSION === 'string'
    ? `akko-init ${AKKO_INIT_VERSION}`
    : 'akko-init from source';
