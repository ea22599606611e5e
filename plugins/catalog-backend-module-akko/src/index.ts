/**
 * Publishes AKKO instances as entities of the catalog.
 *
 * @packageDocumentation
 */
export { catalogModuleAkko as default } from './module';
