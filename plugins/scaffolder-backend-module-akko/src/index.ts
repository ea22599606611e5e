/**
 * The scaffolder actions `akko:bootstrap` and `akko:backup`.
 *
 * @packageDocumentation
 */
export { scaffolderModuleAkko as default } from './module';
