#!/usr/bin/env bash
# Writes embedded.S (.incbin of every file) and embedded.cpp (its table, declared in base/embedded.hpp).
# usage: embed.sh OUT PREFIX FOLDER [PREFIX FOLDER ...]; a folder may also be one file, and a missing one is
# empty. By name, so bytes repeat.
set -euo pipefail
out=$1
shift
mkdir -p "$out"
asm=$out/embedded.S.new
cpp=$out/embedded.cpp.new
printf '.section .rodata\n' >"$asm"
printf '#include "base/embedded.hpp"\nextern "C" {\n' >"$cpp"
table=""
n=0
while [ $# -ge 2 ]; do
  prefix=$1
  folder=$2
  shift 2
  [ -e "$folder" ] || continue
  while IFS= read -r file; do
    rel=${file#"$folder"/}
    [ "$file" != "$folder" ] || rel=${file##*/}
    printf '.global kith_file_%d\nkith_file_%d:\n.incbin "%s"\n.global kith_end_%d\nkith_end_%d:\n.byte 0\n' \
      $n $n "$file" $n $n >>"$asm"
    printf 'extern const char kith_file_%d[], kith_end_%d[];\n' $n $n >>"$cpp"
    table+="    {\"$prefix/$rel\", kith_file_$n, kith_end_$n},"$'\n'
    n=$((n + 1))
  done < <(find "$folder" -type f | LC_ALL=C sort)
done
printf '.section .note.GNU-stack,"",@progbits\n' >>"$asm"
{
  printf '}\nnamespace kith {\nstd::span<const EmbeddedFile> embedded_files() {\n'
  printf '  static const EmbeddedFile files[] = {\n%s    {"", nullptr, nullptr}};\n' "$table"
  printf '  return {files, %d};\n}\n} // namespace kith\n' "$n"
} >>"$cpp"
mv "$asm" "$out/embedded.S"
mv "$cpp" "$out/embedded.cpp"
