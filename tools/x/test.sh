# shellcheck shell=bash
# ./x test: every step runs one program and counts what it says: doctest's summary, or a line
# `N passed, N failed`. A program that says neither, or ends badly without a failure, counts as one failure.
test_steps=(unit commands tidy flows access faults browser)
passed=0
failed=0

# count NAME STATUS LOG
count() {
  local name=$1 status=$2 log=$3 p=0 f=0 line
  while read -r line; do
    p=$((p + ${line%% *}))
    f=$((f + ${line##* }))
  done < <(sed -nE 's/^\[doctest\] test cases: *[0-9]+ *\| *([0-9]+) passed *\| *([0-9]+) failed.*/\1 \2/p
                    s/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p' "$log")
  if [ $((p + f)) -eq 0 ] || { [ "$status" -ne 0 ] && [ $f -eq 0 ]; }; then
    echo "$name: no result, or a bad end without one (exit $status)"
    f=$((f + 1))
  fi
  printf '%-24s %d passed, %d failed\n' "  $name" $p $f
  passed=$((passed + p))
  failed=$((failed + f))
}

# counted NAME COMMAND...
counted() {
  local status=0
  step "$@" || status=$?
  count "$1" $status "$logs/$1.log"
}

# folder_program NAME: what tests/NAME runs: tests/NAME/run, or the program build/debug/kith_NAME.
folder_program() {
  if [ -x "tests/$1/run" ]; then
    echo "tests/$1/run"
  elif [ -x "build/debug/kith_$1" ]; then
    echo "build/debug/kith_$1"
  fi
}

# folder_step NAME: nothing to do while tests/NAME does not exist; a failure when it has no program.
folder_step() {
  local name=$1 label=${2:-$1} program
  [ -d "tests/$name" ] || return 0
  program=$(folder_program "$name")
  if [ -z "$program" ]; then
    echo "tests/$name has neither a run script nor a program kith_$name"
    failed=$((failed + 1))
    return 0
  fi
  counted "$label" "$program"
}

# unit_part NAME FILTER: some of the cases. A bad end that names no failed case counts as one, and so does
# any end without doctest's summary.
unit_part() {
  local log=$logs/unit-${1//\//-}.log status=0
  build/debug/kith_unit "$2" >"$log" 2>&1 || status=$?
  if ! grep -qE '^\[doctest\] test cases:.*\| *[1-9][0-9]* failed' "$log" &&
    { [ $status -ne 0 ] || ! grep -q '^\[doctest\] test cases:' "$log"; }; then
    echo "0 passed, 1 failed" >>"$log"
    return 1
  fi
  return $status
}

# Side by side: the modules whose tests wait for a database more than they compute, each for itself, the one
# that computes most, and all else. What runs a command of kith whole is no unit; it has the step `commands`.
unit_parts() {
  local module others='*src/cli/*' pid pids=() status=0
  for module in app connections matching/engine; do
    unit_part "$module" --source-file="*src/$module/*" &
    pids+=($!)
    others+=",*src/$module/*"
  done
  unit_part others --source-file-exclude="$others" || status=$?
  for pid in "${pids[@]}"; do wait "$pid" || status=$?; done
  cat "$logs"/unit-{app,connections,matching-engine,others}.log
  return $status
}

test_unit() { counted unit unit_parts; }
test_commands() { counted commands build/debug/kith_unit --source-file='*src/cli/*'; }
test_tidy() {
  counted tidy-rules build/debug/kith_tidy_test
  counted tidy build/debug/kith_tidy .
}
test_flows() {
  KITH_TEST_DATABASE=sqlite folder_step flows flows-sqlite
  KITH_TEST_DATABASE=postgres folder_step flows flows-postgres
}
test_access() { folder_step access; }
test_faults() { folder_step faults; }
test_browser() { folder_step browser; }

run_steps() {
  local name
  for name in "$@"; do "test_$name"; done
}

x_test() {
  local steps=() argument
  for argument in "$@"; do
    case $argument in
    --accept) export KITH_TEST_ACCEPT=1 ;;
    unit | commands | tidy | flows | access | faults | browser) steps+=("$argument") ;;
    *) fail "test: no step \"$argument\"; there are ${test_steps[*]}, and --accept" 2 ;;
    esac
  done
  [ ${#steps[@]} -gt 0 ] || steps=("${test_steps[@]}")
  need_test
  step test-build configure_and_build debug "${KITH_ASSETS:-npm}" kith_tests || {
    echo "0 passed, 1 failed"
    exit 1
  }
  export KITH_BINARY=$PWD/build/debug/kith
  with_postgres run_steps "${steps[@]}" || failed=$((failed + 1))
  echo "$passed passed, $failed failed"
  [ $failed -eq 0 ] && [ $passed -gt 0 ]
}
