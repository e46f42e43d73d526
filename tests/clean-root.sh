#!/usr/bin/env bash
# Proves ./x demo --once and ./x test on a Debian 12 that has nothing: a root made by debootstrap in a
# temporary folder, and a clean clone of HEAD in it. Needs root, debootstrap and git; mirror and registry come
# from this machine's own configuration. Arguments replace the commands, e.g. `tests/clean-root.sh "x build"`.
# KITH_CLEAN_ROOT=FOLDER keeps the root there for a second look. Last line `N passed, N failed`.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
root=${KITH_CLEAN_ROOT:-}
[ -n "$root" ] || root=$(mktemp -d /tmp/kith-root.XXXXXX)
mkdir -p "$root" && chmod 755 "$root" # the tests' unprivileged user walks through it

leave() {
  local mount
  for mount in dev/shm dev/pts dev sys proc; do
    ! mountpoint -q "$root/$mount" || umount -l "$root/$mount"
  done
  [ -n "${KITH_CLEAN_ROOT:-}" ] || rm -rf --one-file-system "$root"
}

debian_sources() { # the files of this machine's configuration that serve bookworm
  grep -lrE '^(Suites:.*|deb .* )bookworm( |$)' /etc/apt/sources.list \
    /etc/apt/sources.list.d 2>/dev/null || true
}

mirror() { # the first address in them
  debian_sources |
    xargs -r sed -nE 's/^URIs: *([^ ]+).*/\1/p; s/^deb +(\[[^]]*\] +)?([^ ]+) bookworm .*/\2/p' |
    head -n 1
}

make_root() {
  [ ! -x "$root/usr/bin/apt-get" ] || return 0
  debootstrap --variant=minbase --include=ca-certificates bookworm "$root" "$(mirror)"
}

copy_configuration() {
  local file registry
  rm -f "$root/etc/apt/sources.list"
  for file in $(debian_sources); do install -D -m 644 "$file" "$root$file"; done
  for file in /etc/apt/apt.conf.d/*proxy* /usr/local/share/ca-certificates/*.crt; do
    [ ! -f "$file" ] || install -D -m 644 "$file" "$root$file"
  done
  cp -L /etc/resolv.conf "$root/etc/resolv.conf"
  cp /etc/hosts "$root/etc/hosts"
  registry=$(npm config get registry 2>/dev/null || true)
  [ -z "$registry" ] || echo "registry=$registry" >"$root/root/.npmrc"
}

enter() {
  mount -t proc proc "$root/proc"
  mount -t sysfs -o ro sys "$root/sys"
  mount --bind /dev "$root/dev"
  mount --make-private "$root/dev"
  mkdir -p "$root/dev/shm"
  mount -t tmpfs shm "$root/dev/shm"
  [ ! -e "$root/usr/sbin/update-ca-certificates" ] || chroot "$root" update-ca-certificates >/dev/null
}

in_root() {
  chroot "$root" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM="${TERM:-dumb}" LANG=C.UTF-8 \
    NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
    ${KITH_ASSETS:+KITH_ASSETS="$KITH_ASSETS"} "$@"
}

[ "$(id -u)" -eq 0 ] || { echo "clean-root: needs root for debootstrap and chroot" >&2 && exit 3; }
[ -n "$(mirror)" ] || { echo "clean-root: no bookworm mirror in /etc/apt" >&2 && exit 3; }
trap leave EXIT
make_root
copy_configuration
enter
rm -rf "$root/srv/kith"
git -c safe.directory='*' clone --quiet --no-hardlinks "file://$here" "$root/srv/kith"
echo "root ready after $SECONDS s: $(in_root dpkg-query -W | wc -l) packages"

passed=0 failed=0
[ $# -gt 0 ] || set -- "x demo --once" "x demo --once" "x test"
for command in "$@"; do
  began=$SECONDS
  # shellcheck disable=SC2086 # a command is words
  if in_root "/srv/kith/"$command; then
    passed=$((passed + 1)) verdict=passed
  else
    failed=$((failed + 1)) verdict=failed
  fi
  echo "./$command: $verdict after $((SECONDS - began)) s"
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
