/**
 * What modules of others build on: extension points of the AKKO backend plugin, and the conditions of permission policies.
 *
 * @packageDocumentation
 */
export {
  akkoDiagnosisExtensionPoint,
  type AkkoDiagnosisExtensionPoint,
} from './diagnosisExtensionPoint';
export * from './permissions';
