#!/usr/bin/env bash
# As people write it, in one psql: a DO block for the role, \gexec for the databases, IF NOT EXISTS for the extensions.
set -euo pipefail

until pg_isready --quiet; do sleep 1; done

{
  cat <<SQL
DO \$\$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '$OWNER') THEN
    CREATE ROLE "$OWNER" LOGIN PASSWORD '$OWNER_PASSWORD';
  END IF;
END \$\$;
SQL
  for database in $DATABASES; do
    cat <<SQL
SELECT 'CREATE DATABASE "$database" OWNER "$OWNER"'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '$database') \gexec
\connect "$database"
SQL
    for extension in $EXTENSIONS; do
      echo "CREATE EXTENSION IF NOT EXISTS \"$extension\";"
    done
  done
} | psql --no-psqlrc --quiet --set ON_ERROR_STOP=1
