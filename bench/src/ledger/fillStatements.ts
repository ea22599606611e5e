/**
 * What each entry is: 3 % of the runs fail, 2 % are begun by hand, 5 % prove nothing, 10 % a checksum, the rest that they can be read; each
 * month's drill restores one. Hashes decide, so that every run of the bench measures the same history.
 */
export const PLAN = `
create unlogged table bench_plan as
with backups as (
  select :cluster as cluster, 'data-' || lpad((i % 100)::text, 3, '0') as namespace,
         'akko-' || lpad(i::text, 4, '0') as release, name,
         :runs::int as runs, :every::int as every, :period::float8 as period,
         (i * 37 % 3600)::float8 as late
    from generate_series(1, :instances::int) i, unnest(string_to_array(:backups, ',')) name
  union all
  select :cluster, :heavyNamespace, :heavyRelease, :heavyBackup, :heavyRuns, :heavyEvery, :heavyPeriod, 0
), hashed as (
  select b.*, k, abs(hashtextextended(b.release || b.name || k, 0)) as h
    from backups b, generate_series(0, runs - 1) k
), decided as (
  select cluster, namespace, release, name, k, every, h,
         :now::timestamptz - make_interval(secs => (k + 1) * period - late) as at,
         case when k % every > 0 and h % 100 < 3 then 'failed' else 'succeeded' end as state,
         case when h / 100 % 100 < 2 then 'manual' else 'scheduled' end as origin,
         60 + h / 1000000 % 600 as seconds,
         (1000000000 + (runs - k) * 10000 + h % 5000000)::bigint as bytes,
         case when h / 10000 % 100 < 5 then 0 when h / 10000 % 100 < 15 then 1 else 2 end as level,
         row_number() over (partition by release, name, k % every > 0 and h % 100 < 3 order by k) as rank,
         period
    from hashed
), named as (
  select d.*, to_char(at at time zone 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') as backup_id from decided d
), both_kinds as (
  select cluster, namespace, release, name, 'backup' as kind, state, origin, at, seconds, bytes,
         case when state = 'failed' then 0 else level end as reported_level,
         case when state = 'failed' then 0 when k % every = 0 then 3 else level end as level,
         case when state = 'succeeded' then backup_id end as backup_id,
         case when state = 'succeeded' and rank > :retention
              then at + make_interval(secs => :retention * period) end as pruned, h
    from named
  union all
  select cluster, namespace, release, replace(name, 'backup-', 'drill-'), 'drill', 'succeeded', 'scheduled',
         at + interval '11 minutes', 90 + h % 300, null, 3, 0, backup_id, null, h + 1
    from named where k % every = 0
)
select gen_random_uuid()::text as id, gen_random_uuid()::text as uid, cluster, namespace, release, name, kind, state,
       case when origin = 'manual' then 'portal' else 'schedule' end as trigger_type, origin, seconds, bytes,
       reported_level, level, backup_id, h, encode(sha256(h::text::bytea), 'hex') as sha256,
       to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at,
       to_char((at + make_interval(secs => seconds)) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as finished_at,
       to_char(pruned at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as pruned_at
  from both_kinds`;

/** Runs with a trigger, one attempt and a report of some 1.5 kB, as `akko-init` leaves it. */
export const RUNS = `
insert into runs (id, cluster, uid, namespace, release, name, kind, job_name, state, trigger, trigger_type, created_at, started_at,
                  finished_at, reason, message, error_line, exit_code, image, attempts, report, events, live, updated_at)
select id, cluster, uid, namespace, release, name, kind, release || '-' || name || '-' || left(uid, 8), state,
       case when trigger_type = 'portal'
            then '{"type":"portal","by":"user:default/ana","operation":"' || uid || '"}'
            else '{"type":"schedule","cronJob":"' || release || '-' || name || '","scheduledFor":"' || created_at || '"}' end,
       trigger_type, created_at, created_at, finished_at,
       case when state = 'failed' then 'BackoffLimitExceeded' end,
       case when state = 'failed' then 'Job has reached the specified backoff limit' end,
       case when state = 'failed' then 'pg_dump: error: connection to server failed: Connection refused' end,
       case when state = 'failed' then 1 else 0 end,
       'registry.example.com/akko/akko-init:1.4.2',
       '[{"number":1,"pod":"' || release || '-' || name || '-' || left(uid, 5) || '","node":"node-' || h % 40 || '","startedAt":"' ||
         created_at || '","finishedAt":"' || finished_at || '","exitCode":0,"reason":"Completed","hasLog":false}]',
       '{"schema":"akko.io/report/v1","job":"' || name || '","outcome":"' || state || '","startedAt":"' || created_at ||
         '","finishedAt":"' || finished_at || '"' ||
         case when state = 'failed'
              then ',"error":{"code":"service-unreachable","service":"PostgreSQL","message":"The server refused the connection","nextStep":"Look whether it runs"}'
              else ',"backup":{"id":"' || backup_id || '","location":"s3://backups/' || release || '/' || name || '/' || backup_id ||
                   '","sha256":"' || sha256 || '","itemCount":9,"kept":7,"pruned":1,"verified":true,"level":"' ||
                   (array['none','checksum','readable','restored'])[reported_level + 1] || '","toolVersion":"pg_dump 17.6","serverVersion":"17.6"' ||
                   case when kind = 'backup' then ',"bytes":' || bytes else ',"restoreSeconds":' || seconds end ||
                   ',"items":[' || (select string_agg('{"name":"database_' || n || '","bytes":' || (h + n) % 900000000 ||
                      ',"sha256":"' || encode(sha256((h + n)::text::bytea), 'hex') || '"}', ',') from generate_series(1, 9) n) || ']}' end || '}',
       '[]', false, finished_at
  from bench_plan where PART order by created_at, id`;

/** What the plugin would have entered for those runs. */
export const ENTRIES = `
insert into backup_entries (run_id, cluster, namespace, release, name, kind, state, origin, created_at, started_at, finished_at,
                            duration_seconds, bytes, bytes_source, previous_bytes, location, location_source, backup_id, sha256,
                            tool_version, server_version, items, kept, pruned_at, reported_level, level, verified_at, verified_by,
                            restore_seconds)
select id, cluster, namespace, release, name, kind, state, origin, created_at, created_at, finished_at, seconds,
       case when state = 'succeeded' then bytes end,
       case when state = 'succeeded' and bytes is not null then 'report' end,
       case when state = 'succeeded' then bytes - 10000 end,
       case when state = 'succeeded' then 's3://backups/' || release || '/' || name || '/' || backup_id end,
       case when state = 'succeeded' then 'report' end, backup_id,
       case when state = 'succeeded' then sha256 end,
       case when state = 'succeeded' then 'pg_dump 17.6' end,
       case when state = 'succeeded' then '17.6' end,
       case when state = 'succeeded' then 9 end,
       case when state = 'succeeded' and kind = 'backup' then 7 end,
       pruned_at, reported_level, level,
       case when level > 0 then finished_at end,
       case when level > 0 then id end,
       case when level = 3 or kind = 'drill' then 90 + h % 300 end
  from bench_plan where PART order by created_at, id`;
