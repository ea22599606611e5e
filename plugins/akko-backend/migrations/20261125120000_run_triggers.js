// @ts-check

/** Rows read at once, and updated in one statement: SQLite limits the variables of a statement. */
const BATCH = 500;

/**
 * What made a run, beside its JSON: upgrades by Helm are found by it, newest first, however long the history is. Both are NULL in rows that a
 * replica of the version before writes while it still runs.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('runs', table => {
    table.string('trigger_type', 16).comment('type of the trigger');
    table.integer('revision').comment('Helm revision of the trigger');
  });
  await fill(knex);
  await knex.schema.alterTable('runs', table => {
    table.index(
      ['cluster', 'namespace', 'release', 'trigger_type', 'created_at', 'id'],
      'runs_trigger_index',
    );
  });
};

/**
 * Parsed here: PostgreSQL refuses JSON with an escape that its text cannot hold, which a reason may have.
 *
 * @param {import('knex').Knex} knex
 */
async function fill(knex) {
  let last = '';
  for (;;) {
    const rows = await knex('runs')
      .where('id', '>', last)
      .orderBy('id')
      .limit(BATCH)
      .select('id', 'trigger');
    if (rows.length === 0) {
      return;
    }
    last = rows[rows.length - 1].id;
    const idsByTrigger = new Map();
    for (const { id, trigger } of rows) {
      const { type, revision } = JSON.parse(trigger);
      const key = JSON.stringify([type, revision ?? null]);
      idsByTrigger.set(key, [...(idsByTrigger.get(key) ?? []), id]);
    }
    for (const [key, ids] of idsByTrigger) {
      const [type, revision] = JSON.parse(key);
      await knex('runs')
        .whereIn('id', ids)
        .update({ trigger_type: type, revision });
    }
  }
}

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('runs', table => {
    table.dropIndex([], 'runs_trigger_index');
  });
  // knex would copy the whole table on SQLite, which logs and manifests refer to.
  await knex.raw('alter table ?? drop column ??', ['runs', 'revision']);
  await knex.raw('alter table ?? drop column ??', ['runs', 'trigger_type']);
};
