// @ts-check

/**
 * What was found wrong, from when to when. Times are ISO 8601 text in UTC with milliseconds, as in the history.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('findings', table => {
    table.comment('One row per problem, from its opening to its end');
    table.string('id', 36).primary();
    table.string('instance', 512).notNullable().comment('Instance ref');
    table
      .string('open_key', 1024)
      .unique({ indexName: 'findings_one_open_unique' })
      .comment('Instance and key while it is open, then NULL');
    table.string('key', 512).notNullable().comment('Job and rule');
    table.string('job', 253);
    table.string('run', 36).comment('Run id');
    table.text('finding').notNullable().comment('JSON, secrets masked');
    table.string('opened_at', 32).notNullable();
    table.string('seen_at', 32).notNullable();
    table.string('resolved_at', 32);
    table.index(['run'], 'findings_run_index');
    table.index(['resolved_at'], 'findings_resolved_index');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('findings');
};
