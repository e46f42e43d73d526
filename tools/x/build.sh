# shellcheck shell=bash
# Building with the presets, and the commands that build and then run something. KITH_ASSETS=none leaves
# the front end out, for work on C++ alone.
jobs=$(nproc)

# configure_and_build PRESET ASSETS TARGET...
configure_and_build() {
  local preset=$1 assets=$2
  shift 2
  cmake --preset "$preset" -DKITH_ASSETS="$assets" && cmake --build "build/$preset" -j "$jobs" --target "$@"
}

x_build() {
  need_build
  step build configure_and_build release "${KITH_ASSETS:-npm}" kith kith-verify || exit 1
}

x_run() {
  x_build >&2
  exec build/release/kith "$@"
}

x_demo() {
  x_build
  exec build/release/kith demo "$@"
}

x_fmt() {
  need_check
  cpp_files | xargs -0 clang-format-19 -i
}

x_bench() {
  local others=()
  case ${1:-matching} in
  matching) others=(liblemon-dev python3-scipy) ;;
  throughput) others=(wrk) ;;
  esac
  need "${packages_build[@]}" "${others[@]}"
  step bench-build configure_and_build release "${KITH_ASSETS:-npm}" kith || exit 1
  KITH_BINARY=$PWD/build/release/kith exec bench/run "$@"
}

# The unit tests under a sanitizer; FILTER is doctest's -tc.
sanitized() {
  local preset=$1
  need_test
  step "$preset-build" configure_and_build "$preset" none kith_unit kith || return 1
  with_postgres run_sanitized "$preset" "${2:-*}"
}
run_sanitized() {
  ASAN_OPTIONS=detect_stack_use_after_return=1 UBSAN_OPTIONS=print_stacktrace=1 TSAN_OPTIONS=halt_on_error=1 \
    step "$1-unit" "build/$1/kith_unit" -tc="$2" && tail -n 3 "$logs/$1-unit.log"
}
x_asan() { sanitized asan "$@"; }
x_tsan() { sanitized tsan "$@"; }

x_fuzz() {
  local only=${1:-} time=${2:-60} program name status=0 found=
  need_check
  step fuzz-build configure_and_build fuzz none kith_fuzz || exit 1
  for program in build/fuzz/fuzz_*; do
    if [ ! -x "$program" ] || [ ! -f "$program" ]; then continue; fi
    name=${program##*/fuzz_}
    [ -z "$only" ] || [ "$only" = "$name" ] || continue
    found=yes
    mkdir -p "build/fuzz/corpus/$name"
    local corpora=("build/fuzz/corpus/$name")
    [ ! -d "tests/golden/fuzz/$name" ] || corpora+=("tests/golden/fuzz/$name")
    step "fuzz-$name" "$program" -max_total_time="$time" -timeout=10 -rss_limit_mb=2048 \
      -artifact_prefix="$logs/" "${corpora[@]}" || status=1
  done
  [ -n "$found" ] || fail "no fuzz target${only:+ called $only}"
  return $status
}
