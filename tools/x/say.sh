# shellcheck shell=bash
# How ./x speaks: one line a step with its time, details in build/logs, the end of the log when a step fails.
logs=build/logs
step_pid=

stop_step() {
  [ -z "$step_pid" ] || kill -TERM -- "-$step_pid" 2>/dev/null || kill "$step_pid" 2>/dev/null || true
}

# step NAME COMMAND...: runs the command (or function) with its output in build/logs/NAME.log.
step() {
  local name=$1 log="$logs/$1.log" began=$SECONDS status=0
  shift
  mkdir -p "$logs"
  [ -t 1 ] || printf '%-24s ...\n' "$name"
  set -m # a process group of its own, so that stopping the step stops its children
  ("$@") >"$log" 2>&1 </dev/null &
  step_pid=$!
  set +m
  trap 'stop_step; exit 130' INT TERM
  [ ! -t 1 ] || watch_step "$name" "$began" "$log"
  wait "$step_pid" || status=$?
  step_pid=
  trap - INT TERM
  [ ! -t 1 ] || printf '\r\033[K'
  if [ $status -eq 0 ]; then
    printf '%-24s %s\n' "$name" "$(seconds $((SECONDS - began)))"
  else
    printf '%-24s failed after %s; the end of %s:\n' "$name" "$(seconds $((SECONDS - began)))" "$log"
    tail -n 40 "$log" | sed 's/^/    /'
  fi
  return $status
}

watch_step() {
  local last
  while kill -0 "$step_pid" 2>/dev/null; do
    last=$(tail -c 300 "$3" 2>/dev/null | tr '\r' '\n' | grep -v '^ *$' | tail -n 1)
    last=$(tr -cd '[:print:]' <<<"$last" | cut -c1-60)
    printf '\r\033[K%-24s %s  %s' "$1" "$(seconds $((SECONDS - $2)))" "$last"
    sleep 0.5
  done
}

seconds() {
  if [ "$1" -lt 60 ]; then printf '%d s' "$1"; else printf '%d min %d s' $(($1 / 60)) $(($1 % 60)); fi
}

fail() {
  echo "x: $1" >&2
  exit "${2:-1}"
}
