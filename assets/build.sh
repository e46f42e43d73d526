#!/usr/bin/env bash
# Builds the front end into OUTDIR: style sheets, scripts, their .br and .gz copies and manifest.txt.
# usage: build.sh OUTDIR. Installs node_modules when they are absent or the lock file changed; otherwise needs
# no network. The same sources give the same bytes.
set -euo pipefail
[ $# -eq 1 ] || {
  echo "usage: build.sh OUTDIR" >&2
  exit 2
}
out=$1
case $out in /*) ;; *) out=$PWD/$out ;; esac
cd "$(dirname "$0")"
for program in node npm; do
  command -v "$program" >/dev/null || {
    echo "The front end needs $program (Debian: apt install nodejs npm)." >&2
    echo "Configure with -DKITH_ASSETS=none to build without it; such a build serves pages without style." >&2
    exit 1
  }
done
stamp=node_modules/.kith-lock
if ! cmp -s package-lock.json "$stamp"; then
  npm ci --ignore-scripts --no-audit --no-fund --prefer-offline || {
    echo "npm ci failed. It needs the npm registry once, or npm's cache from an earlier build." >&2
    exit 1
  }
  cp package-lock.json "$stamp"
fi
exec node build.mjs "$out"
