import type { Demo } from '.';

/** Visits to a hospital and what was measured in them. */
export const healthcare: Demo = {
  schema: 'healthcare',
  extensions: [],
  tables: {
    demo_patients: 'patients of a hospital that does not exist',
    demo_encounters: 'visits of demo_patients',
    demo_measurements: 'what was measured in demo_encounters',
  },
  sql: `
CREATE TABLE demo_patients (
  patient_id integer PRIMARY KEY,
  name varchar(60) NOT NULL,
  birth_year smallint NOT NULL,
  sex varchar(10) NOT NULL
);
INSERT INTO demo_patients
SELECT n,
       'Demo Patient ' || lpad(n::text, 3, '0'),
       1936 + n * 11 % 84,
       (ARRAY['female', 'male'])[1 + n % 2]
  FROM generate_series(1, 30) AS n;

CREATE TABLE demo_encounters (
  encounter_id integer PRIMARY KEY,
  patient_id integer NOT NULL REFERENCES demo_patients,
  department varchar(30) NOT NULL,
  reason varchar(60) NOT NULL,
  started_at timestamp NOT NULL,
  ended_at timestamp NOT NULL
);
INSERT INTO demo_encounters
SELECT n,
       1 + n * 7 % 30,
       (ARRAY['cardiology', 'orthopaedics', 'general medicine', 'emergency'])[1 + n % 4],
       (ARRAY['check-up', 'knee pain', 'fever', 'chest pain', 'follow-up'])[1 + n % 5],
       timestamp '2026-01-05 08:00' + interval '17 hours' * n,
       timestamp '2026-01-05 08:00' + interval '17 hours' * n + interval '1 minute' * (20 + n * 13 % 100)
  FROM generate_series(1, 90) AS n;

CREATE TABLE demo_measurements (
  encounter_id integer NOT NULL REFERENCES demo_encounters,
  kind varchar(30) NOT NULL,
  value numeric(6, 1) NOT NULL,
  unit varchar(10) NOT NULL,
  PRIMARY KEY (encounter_id, kind)
);
INSERT INTO demo_measurements
SELECT n, 'heart rate', 58 + n * 17 % 48, '/min' FROM generate_series(1, 90) AS n
UNION ALL
SELECT n, 'body temperature', 36.2 + (n * 7 % 30) / 10.0, 'Cel' FROM generate_series(1, 90) AS n
UNION ALL
SELECT n, 'systolic pressure', 104 + n * 19 % 56, 'mm[Hg]' FROM generate_series(1, 90) AS n;
`,
};
