export { akkoOpenApiDocument } from '../generated/document';
export type { OpenApiDocument } from './OpenApiDocument';
