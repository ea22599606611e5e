// @ts-check

/**
 * What people and programs asked for. Times are ISO 8601 text in UTC with milliseconds, as in the history.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('operations', table => {
    table.comment('One row per bootstrap or re-run');
    table.string('id', 36).primary();
    table.string('instance', 512).notNullable().comment('Instance ref');
    table
      .string('active_instance', 512)
      .unique({ indexName: 'operations_one_active_unique' })
      .comment('The instance while the operation has not ended, then NULL');
    table.string('action', 16).notNullable();
    table.string('state', 16).notNullable();
    table.string('requested_by', 255).notNullable();
    table.string('via', 16).notNullable();
    table.text('reason');
    table.string('requested_at', 32).notNullable();
    table.string('finished_at', 32);
    table.text('error').comment('JSON');
    table.string('idempotency_key', 200);
    table.string('request_hash', 64).notNullable();
    table.string('lease_owner', 36);
    table.string('lease_until', 32);
    table.unique(['requested_by', 'idempotency_key'], {
      indexName: 'operations_idempotency_unique',
    });
    table.index(['instance', 'requested_at', 'id'], 'operations_list_index');
    table.index(['state', 'lease_until'], 'operations_claim_index');
  });

  await knex.schema.createTable('operation_steps', table => {
    table.comment('One row per job of an operation');
    table
      .string('operation_id', 36)
      .notNullable()
      .references('id')
      .inTable('operations')
      .onDelete('CASCADE');
    table.string('job', 253).notNullable();
    table.integer('position').notNullable();
    table.integer('wave').notNullable();
    table.text('after').notNullable().comment('JSON: jobs of this operation');
    table.string('phase', 16).notNullable();
    table.string('job_name', 253).notNullable();
    table.string('old_uid', 128).comment('Of the Job that is replaced');
    table.string('uid', 128).comment('Of the Job that was created');
    table.string('run', 36).comment('Run id');
    table.text('manifest').comment('JSON: what is created, kept till the end');
    table.string('observed_since', 32);
    table.text('error');
    table.primary(['operation_id', 'job']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('operation_steps');
  await knex.schema.dropTable('operations');
};
