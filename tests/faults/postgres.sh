#!/usr/bin/env bash
# A private PostgreSQL that the fault tests may stop and break.
# usage: postgres.sh up|stop|start|down|base|backend|freeze|thaw FOLDER, or postgres.sh create FOLDER DATABASE
set -euo pipefail
cd "$(dirname "$0")/../.."
for part in say postgres; do
  # shellcheck source=/dev/null
  . "tools/x/$part.sh"
done
command=$1
postgres_dir=$2

base() { echo "host=127.0.0.1 port=$(cat "$postgres_dir/port") password=$(cat "$postgres_dir/word")"; }
ask() {
  as_postgres "$postgres_programs/psql" --host="$postgres_dir" --port="$(cat "$postgres_dir/port")" \
    --username=admin --dbname=postgres --quiet --tuples-only --no-align --command="$1"
}

case $command in
up)
  word=$(random_word)
  [ "$(id -u)" -ne 0 ] || chown postgres: "$postgres_dir"
  postgres_up "$word" >"$postgres_dir/up.log" 2>&1 || {
    cat "$postgres_dir/up.log" >&2
    exit 1
  }
  echo "$word" >"$postgres_dir/word"
  ;;
base) base ;;
create) ask "create database $3 owner kith_owner" ;;
backend) ask "select pid from pg_stat_activity where usename = 'kith_app' order by random() limit 1" ;;
stop)
  as_postgres "$postgres_programs/pg_ctl" stop --mode="${3:-fast}" --silent --pgdata="$postgres_dir/data"
  ;;
freeze | thaw) # every process of it
  postmaster=$(head -n 1 "$postgres_dir/data/postmaster.pid")
  [ "$command" = freeze ] && signal=STOP || signal=CONT
  # shellcheck disable=SC2046 # one word a process
  kill "-$signal" "$postmaster" $(ps -o pid= --ppid "$postmaster")
  ;;
start) # on the port it had, with the options it had
  as_postgres "$postgres_programs/pg_ctl" start --wait --timeout=60 --silent --pgdata="$postgres_dir/data" \
    --log="$postgres_dir/log" --options="-p $(cat "$postgres_dir/port") -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories=$postgres_dir -c max_connections=150" >/dev/null
  ;;
down) postgres_down ;;
*) exit 2 ;;
esac
