/** An OpenAPI 3.1 document, as far as users of it take it apart. @public */
export interface OpenApiDocument {
  /** Version of the specification. */
  openapi: string;
  info: {
    title: string;
    /** Version of the API. */
    version: string;
    [field: string]: unknown;
  };
  /** Where the API is; an address of a backend, or a path on it. */
  servers: { url: string; description?: string }[];
  /** What can be asked, by path. */
  paths: Record<string, Record<string, unknown>>;
  /** What the others refer to, by kind and name. */
  components: Record<string, Record<string, unknown>>;
  [field: string]: unknown;
}
