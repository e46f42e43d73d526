# shellcheck shell=bash
# ./x ci: the named steps every change must pass. All run, so one push shows every failure; times add up at
# the end. On two cores the whole takes well under an hour, of which clang-tidy is the longest part.
ci_failures=()

ci_step() {
  step "$@" || ci_failures+=("$1")
}

ci_test() { ./x test; }

x_ci() {
  local began=$SECONDS
  need_check
  ci_step format check_format
  ci_step scripts check_scripts
  ci_step documents check_documents
  ci_step mutants check_mutants
  ci_step build configure_and_build release "${KITH_ASSETS:-npm}" kith benches
  ci_step test ci_test
  tail -n 1 "$logs/test.log"
  ci_step clang configure_and_build clang none kith kith_unit kith_tidy_test
  ci_step clang-tidy clang_tidy_all
  echo "all steps: $(seconds $((SECONDS - began)))"
  [ ${#ci_failures[@]} -eq 0 ] || fail "failed: ${ci_failures[*]}"
}
