import type { Demo } from '.';

/** A town of nine square districts with places in them, in longitude and latitude (EPSG:4326). */
export const geospatial: Demo = {
  schema: 'geospatial',
  extensions: ['postgis'],
  tables: {
    demo_districts: 'districts of a town that does not exist',
    demo_places: 'places in demo_districts',
  },
  sql: `
CREATE TABLE demo_districts (
  district_id integer PRIMARY KEY,
  name varchar(60) NOT NULL,
  inhabitants integer NOT NULL,
  area geometry(Polygon, 4326) NOT NULL
);
INSERT INTO demo_districts
SELECT 1 + x + 3 * y,
       'Demo District ' || (ARRAY['South', 'Middle', 'North'])[1 + y] || ' ' || (ARRAY['West', 'Centre', 'East'])[1 + x],
       8000 + (x * 5 + y * 3) % 7 * 1900,
       ST_MakeEnvelope(2.0 + x * 0.02, 46.0 + y * 0.02, 2.02 + x * 0.02, 46.02 + y * 0.02, 4326)
  FROM generate_series(0, 2) AS x, generate_series(0, 2) AS y;
CREATE INDEX ON demo_districts USING gist (area);

CREATE TABLE demo_places (
  place_id integer PRIMARY KEY,
  name varchar(60) NOT NULL,
  kind varchar(20) NOT NULL,
  location geometry(Point, 4326) NOT NULL
);
INSERT INTO demo_places
SELECT n,
       'Demo ' || initcap(kind) || ' ' || n,
       kind,
       ST_SetSRID(ST_MakePoint(2.0 + (n * 37 % 600) / 10000.0, 46.0 + (n * 53 % 600) / 10000.0), 4326)
  FROM generate_series(1, 80) AS n,
       LATERAL (SELECT (ARRAY['school', 'hospital', 'station', 'branch', 'park'])[1 + n % 5] AS kind) AS kinds;
CREATE INDEX ON demo_places USING gist (location);
`,
};
