// @ts-check

/**
 * History of runs, their logs and manifests, and the last known sight of each instance.
 * Times are ISO 8601 text in UTC with milliseconds: they sort as text, and read the same on every database.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('runs', table => {
    table.comment('One row per execution of an init job or backup');
    table
      .string('id', 36)
      .primary()
      .comment('UUID v5 of cluster and uid, the same on every replica');
    table.string('cluster', 253).notNullable();
    table.string('uid', 128).notNullable().comment('Uid of the Kubernetes Job');
    table.string('namespace', 63).notNullable();
    table.string('release', 253).notNullable();
    table.string('name', 253).notNullable().comment('Init job or backup');
    table.string('kind', 16).notNullable().comment('init, backup or drill');
    table.string('job_name', 253).notNullable();
    table.string('state', 16).notNullable();
    table.text('trigger').notNullable().comment('JSON');
    table.string('created_at', 32).notNullable();
    table.string('started_at', 32);
    table.string('finished_at', 32);
    table.text('reason');
    table.text('message');
    table.text('error_line');
    table.integer('exit_code');
    table.string('config_checksum', 128);
    table.text('image');
    table.text('attempts').notNullable().comment('JSON');
    table.text('report').comment('JSON');
    table.text('events').notNullable().comment('JSON');
    table.boolean('live').notNullable().comment('The Job is on the cluster');
    table.string('updated_at', 32).notNullable();
    table.unique(['cluster', 'uid'], { indexName: 'runs_cluster_uid_unique' });
    table.index(
      ['cluster', 'namespace', 'release', 'name', 'created_at', 'id'],
      'runs_job_index',
    );
    table.index(['finished_at'], 'runs_finished_at_index');
  });

  await knex.schema.createTable('run_logs', table => {
    table.comment('Log of each attempt, secrets masked');
    table
      .string('run_id', 36)
      .notNullable()
      .references('id')
      .inTable('runs')
      .onDelete('CASCADE');
    table.integer('attempt').notNullable();
    table.binary('content').notNullable().comment('gzip of UTF-8 text');
    table.bigInteger('cut_bytes').comment('Bytes before the cap, if cut');
    table.primary(['run_id', 'attempt']);
  });

  await knex.schema.createTable('run_manifests', table => {
    table.comment('The Job as it was, so that it can be created again');
    table
      .string('run_id', 36)
      .primary()
      .references('id')
      .inTable('runs')
      .onDelete('CASCADE');
    table.binary('content').notNullable().comment('gzip of JSON');
  });

  await knex.schema.createTable('instance_snapshots', table => {
    table.comment(
      'Last known sight of each instance, for clusters without contact',
    );
    table.string('cluster', 253).notNullable();
    table.string('namespace', 63).notNullable();
    table.string('release', 253).notNullable();
    table.text('catalogue').notNullable().comment('JSON, without manifests');
    table.string('seen_at', 32).notNullable();
    table.primary(['cluster', 'namespace', 'release']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('instance_snapshots');
  await knex.schema.dropTable('run_manifests');
  await knex.schema.dropTable('run_logs');
  await knex.schema.dropTable('runs');
};
