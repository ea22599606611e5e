/**
 * Extension points of the AKKO backend plugin, for modules of others.
 *
 * @packageDocumentation
 */
export {
  akkoDiagnosisExtensionPoint,
  type AkkoDiagnosisExtensionPoint,
} from './diagnosisExtensionPoint';
