import type { Demo } from '.';

/**
 * Payments of three months, a few of them fraudulent: at night, far from home, large. Types are those that Trino's PostgreSQL connector reads. What
 * looks like chance comes from hashes of the row's number.
 */
export const banking: Demo = {
  schema: 'banking',
  extensions: [],
  tables: {
    demo_customers: 'customers of a bank that does not exist',
    demo_accounts: 'accounts of demo_customers',
    demo_transactions:
      'payments from demo_accounts, some of them marked as fraud',
  },
  sql: `
CREATE TABLE demo_customers (
  customer_id integer PRIMARY KEY,
  name varchar(60) NOT NULL,
  segment varchar(20) NOT NULL,
  country varchar(2) NOT NULL,
  customer_since date NOT NULL
);
INSERT INTO demo_customers
SELECT n,
       'Demo Customer ' || lpad(n::text, 3, '0'),
       (ARRAY['private', 'premium', 'business'])[1 + n % 3],
       (ARRAY['FR', 'DE', 'ES', 'IT', 'BE'])[1 + n % 5],
       date '2018-01-01' + n * 37
  FROM generate_series(1, 40) AS n;

CREATE TABLE demo_accounts (
  account_id integer PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES demo_customers,
  kind varchar(20) NOT NULL,
  currency varchar(3) NOT NULL,
  balance numeric(12, 2) NOT NULL,
  opened_on date NOT NULL
);
INSERT INTO demo_accounts
SELECT n,
       1 + (n - 1) % 40,
       CASE WHEN n <= 40 THEN 'current' ELSE 'savings' END,
       'EUR',
       250 + (n * 7919 % 1000000) / 100.0,
       date '2018-01-15' + n * 29
  FROM generate_series(1, 60) AS n;

CREATE TABLE demo_transactions (
  transaction_id integer PRIMARY KEY,
  account_id integer NOT NULL REFERENCES demo_accounts,
  occurred_at timestamp NOT NULL,
  amount numeric(12, 2) NOT NULL,
  currency varchar(3) NOT NULL,
  category varchar(30) NOT NULL,
  merchant varchar(60) NOT NULL,
  country varchar(2) NOT NULL,
  channel varchar(20) NOT NULL,
  is_fraud boolean NOT NULL
);
INSERT INTO demo_transactions
SELECT n,
       1 + chance % 60,
       CASE WHEN is_fraud
            THEN date_trunc('day', at) + interval '1 minute' * (60 + chance % 180)
            ELSE date_trunc('day', at) + interval '1 minute' * (420 + chance % 900)
       END,
       CASE WHEN is_fraud THEN 380 + (chance % 290000) / 100.0
            ELSE 3 + (chance % 17000) / 100.0
       END,
       'EUR',
       category,
       'Demo ' || initcap(category) || ' ' || 1 + chance % 7,
       CASE WHEN is_fraud THEN (ARRAY['US', 'CA', 'JP', 'AU'])[1 + chance % 4]
            ELSE (ARRAY['FR', 'DE', 'ES', 'IT', 'BE'])[1 + chance % 5]
       END,
       CASE WHEN is_fraud AND chance % 4 > 0 THEN 'online'
            ELSE (ARRAY['card', 'online', 'transfer'])[1 + chance % 3]
       END,
       is_fraud
  FROM generate_series(1, 400) AS n,
       LATERAL (SELECT ('x' || left(md5('transaction ' || n), 7))::bit(28)::integer AS chance) AS hash,
       LATERAL (SELECT chance % 100 < 7 AS is_fraud,
                       timestamp '2026-01-01' + interval '5 hours 17 minutes' * n AS at,
                       (ARRAY['groceries', 'fuel', 'travel', 'electronics', 'restaurants', 'health', 'games'])
                         [1 + chance / 100 % 7] AS category) AS kind;
`,
};
