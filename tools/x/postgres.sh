# shellcheck shell=bash
# A private PostgreSQL 15 for one run: a temporary directory, a free port on 127.0.0.1, two login roles.
# kith_owner owns the test databases; kith_app is what the program signs in as and can bypass nothing.
# A system cluster, if there is one, is never touched.
postgres_programs=/usr/lib/postgresql/15/bin
postgres_dir=

# PostgreSQL refuses root, so as root its programs run as the account its package made.
as_postgres() {
  if [ "$(id -u)" -ne 0 ]; then "$@"; else (cd / && runuser -u postgres -- "$@"); fi
}

free_port() {
  local port
  for _ in {1..50}; do
    port=$((RANDOM % 20000 + 20000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo $port
      return
    fi
  done
  return 1
}

random_word() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }

postgres_make() {
  as_postgres "$postgres_programs/initdb" --pgdata="$postgres_dir/data" --username=admin --auth-local=trust \
    --auth-host=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8
}

postgres_start() {
  local port
  for _ in {1..5}; do
    port=$(free_port) || return 1
    if as_postgres "$postgres_programs/pg_ctl" start --wait --timeout=60 --silent \
      --pgdata="$postgres_dir/data" \
      --log="$postgres_dir/log" --options="-p $port -c listen_addresses=127.0.0.1 \
      -c unix_socket_directories=$postgres_dir -c max_connections=150 -c fsync=${KITH_TEST_FSYNC:-off} \
      -c shared_buffers=32MB -c autovacuum=off -c jit=off"; then
      echo "$port" >"$postgres_dir/port"
      return 0
    fi
  done
  cat "$postgres_dir/log"
  return 1
}

postgres_roles() {
  as_postgres "$postgres_programs/psql" --host="$postgres_dir" --port="$(cat "$postgres_dir/port")" \
    --username=admin --dbname=postgres --quiet --set=ON_ERROR_STOP=1 <<SQL
create role kith_owner login createdb nosuperuser nobypassrls password '$1';
create role kith_app login nosuperuser nobypassrls nocreatedb nocreaterole password '$1';
grant kith_app to kith_owner; -- whose sessions it ends when it drops a database
SQL
}

postgres_up() {
  postgres_make && postgres_start && postgres_roles "$1"
}

postgres_down() {
  [ -n "$postgres_dir" ] || return 0
  as_postgres "$postgres_programs/pg_ctl" stop --mode=immediate --silent --pgdata="$postgres_dir/data" \
    >/dev/null 2>&1 || true
  rm -rf "$postgres_dir"
  postgres_dir=
}

# In memory where there is room: a test's database is some six hundred small files, made and removed.
postgres_home() {
  local room
  room=$(df --output=avail --block-size=1M /dev/shm 2>/dev/null | tail -n 1) || room=0
  if [ "${room:-0}" -ge 2048 ]; then echo /dev/shm; else echo /tmp; fi
}

# with_postgres COMMAND...: runs it with KITH_TEST_POSTGRES (owner) and KITH_TEST_POSTGRES_APP set to libpq
# connection strings without a dbname. The server is gone afterwards, however the command ends.
with_postgres() {
  local word status=0 base
  word=$(random_word)
  postgres_dir=$(mktemp -d "$(postgres_home)/kith-pg.XXXXXX")
  trap 'stop_step; postgres_down' EXIT
  chmod 700 "$postgres_dir"
  [ "$(id -u)" -ne 0 ] || chown postgres: "$postgres_dir"
  step postgres postgres_up "$word" || {
    postgres_down
    return 1
  }
  base="host=127.0.0.1 port=$(cat "$postgres_dir/port") password=$word"
  export KITH_TEST_POSTGRES="$base user=kith_owner" KITH_TEST_POSTGRES_APP="$base user=kith_app"
  export KITH_TEST_POSTGRES_FOLDER=$postgres_dir
  "$@" || status=$?
  postgres_down
  trap - EXIT
  return $status
}
