#!/usr/bin/env bash
# What the official image does before it starts the server, in as far as anything here relies on it:
# POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB, initialisation scripts (*.sql), and a first start that is not
# reachable from outside, so that "ready to accept connections" is logged twice.
set -euo pipefail

if [ "${1:-}" != postgres ]; then
  exec "$@"
fi

if [ "$(id -u)" = 0 ]; then
  install -d -o postgres -g postgres -m 700 "$PGDATA"
  chown -R postgres:postgres "$PGDATA"
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi

user=${POSTGRES_USER:-postgres}
database=${POSTGRES_DB:-$user}

sql() { postgres --single -j -D "$PGDATA" "$1" >/dev/null; }

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  if [ -z "${POSTGRES_PASSWORD:-}" ] && [ "${POSTGRES_HOST_AUTH_METHOD:-}" != trust ]; then
    echo "Error: Database is uninitialized and superuser password is not specified. Set POSTGRES_PASSWORD." >&2
    exit 1
  fi
  mkdir -p "$PGDATA"
  initdb -D "$PGDATA" -U "$user" --encoding=UTF8 --locale=C.UTF-8 --auth-local=trust \
    --auth-host="${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" \
    --pwfile=<(printf '%s\n' "${POSTGRES_PASSWORD:-}")
  printf '\nhost all all all %s\n' "${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >> "$PGDATA/pg_hba.conf"
  [ "$database" = postgres ] || printf 'CREATE DATABASE "%s";\n' "$database" | sql postgres
  for script in /docker-entrypoint-initdb.d/*.sql; do
    [ -e "$script" ] && echo "$0: running $script" && sql "$database" < "$script"
  done
  pg_ctl -D "$PGDATA" -o "-c listen_addresses='' -c unix_socket_directories=/var/run/postgresql" -w start
  pg_ctl -D "$PGDATA" -m fast -w stop
  echo
  echo 'PostgreSQL init process complete; ready for start up.'
  echo
fi

exec "$@" -c listen_addresses='*' -c unix_socket_directories=/var/run/postgresql
