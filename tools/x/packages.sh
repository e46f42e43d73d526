# shellcheck shell=bash
# The Debian packages each command needs, and how the missing ones get installed.
packages_build=(g++ cmake ninja-build ccache mold pkgconf git ca-certificates tzdata libboost-dev libssl-dev
  libsqlite3-dev libpq-dev libsodium-dev liboath-dev libqrencode-dev libsimdjson-dev libicu-dev
  libcurl4-openssl-dev libcli11-dev libtomlplusplus-dev libspdlog-dev libfmt-dev libhowardhinnant-date-dev)
packages_test=(doctest-dev librapidcheck-dev nlohmann-json3-dev postgresql-15 chromium fonts-dejavu-core)
packages_check=(clang-format-19 clang-tidy-19 clang-19 libclang-rt-19-dev shellcheck)

node_major() {
  node --version 2>/dev/null | sed -n 's/^v\([0-9]*\)\..*/\1/p'
}

# A node of 18 or newer with npm is used as it is: Debian's npm conflicts with other sources of node.
node_packages() {
  local major
  major=$(node_major)
  if ! command -v npm >/dev/null || [ "${major:-0}" -lt 18 ]; then echo nodejs npm; fi
}

missing_packages() {
  local package states
  states=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)
  for package in "$@"; do
    grep -qx "$package installed" <<<"$states" || echo "$package"
  done
}

# need PACKAGE...: returns when all are installed.
need() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || fail "this needs Debian 12 or the counterparts of: ${missing[*]}" 3
  local prefix=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! sudo_works; then
      echo "x: these Debian packages are missing, and there is no root here to install them. Run:" >&2
      echo "  apt-get update && apt-get install -y --no-install-recommends ${missing[*]}" >&2
      exit 3
    fi
    prefix=(sudo)
  fi
  echo "apt-get will install: ${missing[*]}"
  echo "  and what these depend on, without recommended packages"
  before_postgresql "${missing[@]}"
  step apt-update "${prefix[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update ||
    fail "apt-get update failed; see $logs/apt-update.log"
  step apt-install apt_install "${prefix[*]}" "${missing[@]}" ||
    fail "apt-get install failed; see $logs/apt-install.log"
  after_postgresql
}

# A password may be asked for on a terminal, never in a script.
sudo_works() {
  command -v sudo >/dev/null || return 1
  if [ -t 0 ]; then sudo -v; else sudo -n true 2>/dev/null; fi
}

apt_install() {
  local root=$1
  shift
  # shellcheck disable=SC2086 # root is "" or "sudo"
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
    -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold -o Dpkg::Use-Pty=0 "$@"
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# Debian's package would make and start a cluster of its own. The tests have a private one, so the setting
# that makes it is off while it is installed, and afterwards is as Debian ships it.
cluster_setting=/etc/postgresql-common/createcluster.conf
cluster_setting_ours=

before_postgresql() {
  [[ " $* " == *" postgresql-15 "* ]] || return 0
  [ -n "$(missing_packages postgresql-common)" ] || return 0
  [ ! -e $cluster_setting ] || return 0
  as_root mkdir -p "${cluster_setting%/*}"
  echo 'create_main_cluster = false' | as_root tee $cluster_setting >/dev/null
  cluster_setting_ours=yes
}

after_postgresql() {
  [ -n "$cluster_setting_ours" ] || return 0
  cluster_setting_ours=
  local shipped
  for shipped in $cluster_setting.{ucf,dpkg}-dist; do
    [ ! -e "$shipped" ] || as_root mv "$shipped" $cluster_setting
  done
}

# shellcheck disable=SC2046 # node_packages prints words
need_build() { need "${packages_build[@]}" $(node_packages); }
# shellcheck disable=SC2046
need_test() { need "${packages_build[@]}" "${packages_test[@]}" $(node_packages); }
# shellcheck disable=SC2046
need_check() { need "${packages_build[@]}" "${packages_test[@]}" "${packages_check[@]}" $(node_packages); }
