# shellcheck shell=bash
# The checks that run no product code: format, scripts, documents, clang-tidy.
sources() { # every file of the tree that git knows or would add, as NUL-ended names
  git -c safe.directory='*' ls-files -z --cached --others --exclude-standard -- "$@" |
    while IFS= read -r -d '' file; do [ ! -f "$file" ] || printf '%s\0' "$file"; done
}
cpp_files() {
  sources 'src/*.cpp' 'src/*.hpp' 'tests/*.cpp' 'tests/*.hpp' 'tools/*.cpp' 'bench/*.cpp' 'bench/*.hpp'
}

check_format() { cpp_files | xargs -0 clang-format-19 --dry-run -Werror; }

script_files() {
  local file
  while IFS= read -r -d '' file; do
    if head -n 1 "$file" | grep -qE '^#(!.*\b(ba)?sh\b| shellcheck shell=)'; then printf '%s\0' "$file"; fi
  done < <(sources x '*.sh' '*/run')
}
check_scripts() {
  script_files | xargs -0 -n 1 bash -n && script_files | xargs -0 shellcheck --external-sources
}

# Every relative link of the documents leads somewhere, and decision numbers are not used twice.
check_documents() {
  local file link target status=0 twice
  while IFS= read -r -d '' file; do
    while IFS= read -r link; do
      target=${link%%#*}
      case $target in '' | *://* | mailto:*) continue ;; esac
      if [ ! -e "$(dirname "$file")/$target" ]; then
        echo "$file: the link $link leads nowhere"
        status=1
      fi
    done < <(grep -oE '\]\([^) ]+\)' "$file" | sed 's/^](//; s/)$//')
  done < <(sources '*.md')
  twice=$(find docs/decisions -name '[0-9]*.md' 2>/dev/null | sed 's|.*/\([0-9]*\)-.*|\1|' | sort | uniq -d)
  [ -z "$twice" ] || { echo "docs/decisions: number $twice is used twice" && status=1; }
  return $status
}

# Commits that are not on main yet: `area: Imperative sentence`, at most 72 characters.
check_commits() {
  local bad
  git rev-parse --verify --quiet main >/dev/null || return 0
  bad=$(git log --no-merges --format=%s main..HEAD | grep -vE '^[a-z0-9_./-]+: [A-Z].{1,}$' || true)
  bad+=$(git log --no-merges --format=%s main..HEAD | grep -E '^.{73,}$' || true)
  [ -z "$bad" ] || { echo "not \`area: Imperative sentence\` in 72 characters: $bad" && return 1; }
}

# clang-tidy of one file, skipped when its preprocessed text and the settings passed before.
tidy_one() {
  local file=$1 key
  key=$( (cat .clang-tidy && clang++-19 -E -P -std=c++20 -Isrc -Itests "$file") 2>/dev/null |
    sha256sum | cut -c1-32)
  [ ! -e "build/clang-tidy/$key" ] || return 0
  clang-tidy-19 --quiet -p build/clang "$file" 2>/dev/null || return 1
  mkdir -p build/clang-tidy && touch "build/clang-tidy/$key"
}
export -f tidy_one

# clang_tidy: the files whose NUL-ended names come on standard input; build/clang must be configured.
# shellcheck disable=SC2016 # the inner shell expands $1
clang_tidy() { xargs -0 -r -n 1 -P "$jobs" bash -c 'tidy_one "$1"' tidy; }
# The product files only: doctest's macros would double the time and say nothing.
clang_tidy_all() { sources 'src/*.cpp' ':!src/*_test.cpp' | clang_tidy; }
clang_tidy_changed() {
  {
    git diff -z --name-only --diff-filter=d main -- 'src/*.cpp' ':!src/*_test.cpp'
    git ls-files -z --others --exclude-standard -- 'src/*.cpp' ':!src/*_test.cpp'
  } | clang_tidy
}

x_check() {
  local status=0
  need_check
  step format check_format || status=1
  step scripts check_scripts || status=1
  step documents check_documents || status=1
  step mutants check_mutants || status=1
  step commits check_commits || status=1
  step tidy-build configure_and_build debug "${KITH_ASSETS:-npm}" kith_tidy || exit 1
  step tidy build/debug/kith_tidy . || status=1
  step clang-configure cmake --preset clang -DKITH_ASSETS=none || exit 1
  step clang-tidy clang_tidy_changed || status=1
  return $status
}
