import { banking } from './banking';
import { geospatial } from './geospatial';
import { healthcare } from './healthcare';
import { rag } from './rag';

/** A small set of invented data. */
export interface Demo {
  /** Schema of its tables. */
  schema: string;
  /** Extensions whose types it uses. */
  extensions: readonly string[];
  /** Its tables and what their comments say after "AKKO demo data: invented". */
  tables: Readonly<Record<string, string>>;
  /** Makes the tables and their rows; the same ones each time. The schema and those of the extensions are on the search path. */
  sql: string;
}

/** Names of {@link demos}. */
export const DEMO_NAMES = [
  'banking',
  'healthcare',
  'geospatial',
  'rag',
] as const;

/** Every set of demo data, by the name of the database that it is made for. */
export const demos: Readonly<Record<(typeof DEMO_NAMES)[number], Demo>> = {
  banking,
  healthcare,
  geospatial,
  rag,
};
