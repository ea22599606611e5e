// @ts-check

const JOB = ['cluster', 'namespace', 'release', 'name'];
/** What calendars and charts tell of a run. They read thousands at once: from the index alone, not from a page of the table for each. */
const TOLD = ['kind', 'origin', 'bytes', 'duration_seconds', 'level'];

/**
 * The ledger: what a run of a backup or a drill means, in columns that lists, calendars and charts are read from. Its rows are made from those of
 * `runs`, and go with them. Beside it, when each cluster was last watched, and the times in which it was not.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('backup_entries', table => {
    table.comment('One row per run of a backup or a restore drill');
    table
      .string('run_id', 36)
      .primary()
      .references('id')
      .inTable('runs')
      .onDelete('CASCADE');
    table.string('cluster', 253).notNullable();
    table.string('namespace', 63).notNullable();
    table.string('release', 253).notNullable();
    table.string('name', 253).notNullable().comment('Backup or drill');
    table.string('kind', 16).notNullable().comment('backup or drill');
    table.string('state', 16).notNullable();
    table.string('origin', 16).notNullable();
    table.string('created_at', 32).notNullable();
    table.string('started_at', 32);
    table.string('finished_at', 32);
    table.double('duration_seconds');
    table.bigInteger('bytes');
    table.string('bytes_source', 8).comment('report or log');
    table
      .bigInteger('previous_bytes')
      .comment('Size of the good backup before');
    table.text('location');
    table.string('location_source', 8).comment('report or log');
    table.string('backup_id', 255).comment('Of a drill: what it restored');
    table.string('sha256', 128);
    table.string('tool_version', 255);
    table.string('server_version', 255);
    table.integer('items');
    table.integer('kept').comment('Good backups after this run, as it said');
    table.string('pruned_at', 32);
    table.integer('reported_level').notNullable().comment('By its own report');
    table
      .integer('level')
      .notNullable()
      .comment('0 none, 1 checksum, 2 readable, 3 restored');
    table.string('verified_at', 32);
    table.string('verified_by', 36).comment('Run id');
    table.double('restore_seconds');
    table.string('drill_failed_at', 32);
    table.string('drill_failed_by', 36).comment('Run id');
    table.index(
      [...JOB, 'created_at', 'run_id', 'state', ...TOLD],
      'backup_entries_page_index',
    );
    table.index(
      [...JOB, 'state', 'created_at', 'run_id', ...TOLD],
      'backup_entries_state_index',
    );
    table.index(
      [...JOB, 'origin', 'state', 'created_at', 'run_id'],
      'backup_entries_origin_index',
    );
    table.index(
      [...JOB, 'level', 'created_at', 'run_id'],
      'backup_entries_level_index',
    );
    table.index(
      ['cluster', 'namespace', 'release', 'backup_id'],
      'backup_entries_backup_id_index',
    );
  });
  // Few of many: what is still there.
  await knex.raw(
    `create index backup_entries_kept_index on backup_entries (cluster, namespace, release, name, created_at, run_id)
      where state = 'succeeded' and backup_id is not null and pruned_at is null`,
  );

  await knex.schema.createTable('watched_clusters', table => {
    table.comment('When some replica last knew everything of a cluster');
    table.string('cluster', 253).primary();
    table.string('watched_at', 32).notNullable();
  });
  await knex.schema.createTable('watch_gaps', table => {
    table.comment('Times in which no replica watched a cluster');
    table.string('cluster', 253).notNullable();
    table.string('from_at', 32).notNullable();
    table.string('to_at', 32).notNullable();
    table.primary(['cluster', 'from_at']);
  });

  await knex.schema.createTable('backup_schedules', table => {
    table.comment('What schedule a backup had from when on');
    table.string('cluster', 253).notNullable();
    table.string('namespace', 63).notNullable();
    table.string('release', 253).notNullable();
    table.string('name', 253).notNullable();
    table.string('since_at', 32).notNullable();
    table.text('schedule').comment('NULL: it had no CronJob');
    table.string('time_zone', 64);
    table.boolean('suspended').notNullable();
    table.primary([...JOB, 'since_at']);
  });

  await knex.schema.alterTable('operations', table => {
    table
      .string('backup', 253)
      .comment('Of backup, drill, suspend and resume: which one');
    table.index(['instance', 'state'], 'operations_state_index');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('operations', table => {
    table.dropIndex([], 'operations_state_index');
  });
  // knex would copy the whole table on SQLite, which steps refer to.
  await knex.raw('alter table ?? drop column ??', ['operations', 'backup']);
  await knex.schema.dropTable('backup_schedules');
  await knex.schema.dropTable('watch_gaps');
  await knex.schema.dropTable('watched_clusters');
  await knex.schema.dropTable('backup_entries');
};
