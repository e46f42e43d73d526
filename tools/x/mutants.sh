# shellcheck shell=bash
# ./x mutants: each line of tests/mutants.txt breaks one rule that matters; a named test must then fail. The
# mutants live in a copy of the tree (build/mutants/tree) with its own build folder, so nothing here changes.
mutants_tree=build/mutants/tree
mutant_seconds=300

# The copy follows the tree: changed files are copied, files that are gone are removed.
mutants_copy() {
  local file list=build/mutants/files
  mkdir -p "$mutants_tree"
  sources . | sort -z >$list
  while IFS= read -r -d '' file; do
    cmp -s "$file" "$mutants_tree/$file" || install -D "$file" "$mutants_tree/$file"
  done <$list
  (cd "$mutants_tree" && find . \( -name build -o -name node_modules \) -prune -o -type f \
    -printf '%P\0' | sort -z) |
    comm -z -13 $list - | (cd "$mutants_tree" && xargs -0 -r rm -f)
}

mutants_build() {
  (cd "$mutants_tree" && configure_and_build debug none kith_unit kith_tidy kith_access)
}

# mutant_test TEST: `unit NAME` is one doctest case, `tidy` the planted breaches, `access` the table of who
# may do what, anything else a step of ./x test.
mutant_test() {
  case $1 in
  unit\ *)
    (cd "$mutants_tree" && cmake --build build/debug -j "$jobs" --target kith_unit) || return 99
    (cd "$mutants_tree" && timeout $mutant_seconds build/debug/kith_unit -tc="${1#unit }")
    ;;
  tidy)
    (cd "$mutants_tree" && cmake --build build/debug -j "$jobs" --target kith_tidy_test) || return 99
    (cd "$mutants_tree" && timeout $mutant_seconds build/debug/kith_tidy_test)
    ;;
  access)
    (cd "$mutants_tree" && cmake --build build/debug -j "$jobs" --target kith_access) || return 99
    (cd "$mutants_tree" && timeout $mutant_seconds build/debug/kith_access --first)
    ;;
  *)
    (cd "$mutants_tree" && cmake --build build/debug -j "$jobs" --target kith) || return 99
    (cd "$mutants_tree" && timeout $((mutant_seconds * 3)) ./x test "$1")
    ;;
  esac
}

# Unbroken, each test must pass and must exist.
mutants_baseline() {
  local test status=0 log=build/mutants/baseline.log
  for test in "$@"; do
    if ! mutant_test "$test" >$log 2>&1; then
      echo "the test \"$test\" fails without any mutant"
      status=1
    elif grep -qE '^\[doctest\] test cases: *0 ' $log; then
      echo "no test is called \"${test#unit }\""
      status=1
    fi
    cat $log
  done
  return $status
}

# mutant ID FILE BEFORE AFTER TEST: 0 killed, 1 survived, 2 the line cannot be applied.
mutant() {
  local id=$1 file=$mutants_tree/$2 before=$3 after=$4 test=$5 log="$logs/mutant-$1.log" text status=0
  text=$(cat "$file" && printf x) || return 2
  if [ "$(grep -cF -- "$before" "$file")" -ne 1 ]; then
    echo "$id: $2 must have the text exactly once: $before" | tee "$log"
    return 2
  fi
  text=${text/"$before"/"$after"}
  printf '%s' "${text%x}" >"$file"
  mutant_test "$test" >"$log" 2>&1 || status=$?
  cp "$2" "$file" # newer than what was built from the mutant, so it is built again
  if [ $status -eq 99 ]; then
    echo "$id: does not compile; see $log"
    return 2
  fi
  [ $status -ne 0 ]
}

read_mutants() { # id, file, before, after, test of every chosen line, a tab between them
  awk -F' [|] ' -v only=" $* " '
    /^#/ || /^$/ { next }
    NF != 5 || seen[$1]++ { print "bad\t" FNR; next }
    only == "  " || index(only, " " $1 " ") { print $1 "\t" $2 "\t" $3 "\t" $4 "\t" $5 }' tests/mutants.txt
}

# Every line of the list can be applied: its text is in its file exactly once.
check_mutants() {
  local id file before after test status=0
  while IFS=$'\t' read -r id file before after test; do
    if [ "$id" = bad ]; then
      echo "tests/mutants.txt: bad line $file" && status=1
    elif [ ! -f "$file" ] || [ "$(grep -cF -- "$before" "$file")" -ne 1 ]; then
      echo "tests/mutants.txt: $id: $file must have the text exactly once: $before" && status=1
    fi
  done < <(read_mutants)
  return $status
}

mutants_run() {
  local killed=0 survived=0 broken=0 line id file before after test status
  while IFS= read -r line; do
    IFS=$'\t' read -r id file before after test <<<"$line"
    status=0
    mutant "$id" "$file" "$before" "$after" "$test" || status=$?
    case $status in
    0) killed=$((killed + 1)) && echo "$id: killed" ;;
    1) survived=$((survived + 1)) && echo "$id: SURVIVED ($file: $after); no failure in: $test" ;;
    *) broken=$((broken + 1)) ;;
    esac
  done <<<"$1"
  echo "$killed killed, $survived survived, $broken not applicable"
  [ $((survived + broken)) -eq 0 ]
}

x_mutants() {
  local lines tests
  lines=$(read_mutants "$@")
  [ -n "$lines" ] || fail "no mutant is called: $*" 2
  if grep -q ^bad <<<"$lines"; then
    fail "tests/mutants.txt: bad line $(sed -n "s/^bad\t//p" <<<"$lines" | paste -sd" ")" 2
  fi
  mapfile -t tests < <(cut -f5 <<<"$lines" | sort -u)
  need_test
  mkdir -p build/mutants "$logs"
  export CCACHE_BASEDIR=$PWD/$mutants_tree
  step mutants-copy mutants_copy || exit 1
  step mutants-build mutants_build || exit 1
  with_postgres mutants_all "$lines" "${tests[@]}"
}

mutants_all() {
  local lines=$1
  shift
  step mutants-baseline mutants_baseline "$@" && mutants_run "$lines"
}
