import type { Demo } from '.';

/**
 * A few texts to search in. `topics` is by hand, so that a search by nearness answers at once; `embedding` is left for a real model, because a made-up
 * one would answer nonsense: `UPDATE rag.demo_documents SET embedding = akko_ai.akko_ai_embed(content)`.
 */
export const rag: Demo = {
  schema: 'rag',
  extensions: ['vector'],
  tables: {
    demo_documents:
      'texts to search in; topics weighs money, health and place, embedding is for akko_ai_embed',
  },
  sql: `
CREATE TABLE demo_documents (
  document_id integer PRIMARY KEY,
  title varchar(80) NOT NULL,
  content text NOT NULL,
  topics vector(3) NOT NULL,
  embedding vector(768)
);
INSERT INTO demo_documents (document_id, title, content, topics) VALUES
  (1, 'How to report a lost card', 'A customer who has lost a card calls the bank at any hour. The card is blocked at once, and a new one comes by post within five days.', '[0.9, 0, 0.1]'),
  (2, 'When a payment looks like fraud', 'A payment at night, abroad, and far larger than usual is held back until the customer has confirmed it by telephone.', '[1, 0, 0.2]'),
  (3, 'Opening a savings account', 'Every customer with a current account can open a savings account. Interest is paid at the end of each year.', '[1, 0, 0]'),
  (4, 'Before a blood test', 'Patients eat nothing for eight hours before a blood test. Water is allowed, and medicines are taken as usual.', '[0, 1, 0]'),
  (5, 'Fever in children', 'A child with a temperature above 39 degrees for more than two days should be seen by a doctor.', '[0, 1, 0]'),
  (6, 'What an examination costs', 'The price list of the hospital names what each examination costs and which insurers pay for it.', '[0.6, 0.8, 0]'),
  (7, 'Branches with parking', 'The branches in the north of the town have parking places. Those in the centre are reached by tram.', '[0.4, 0, 0.9]'),
  (8, 'The way to the hospital', 'The hospital is ten minutes from the main station. Bus 4 stops at its entrance.', '[0, 0.5, 0.9]');
`,
};
