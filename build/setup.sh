# Functions that ./run, ./test, ./paydown and bench/run share. This file is sourced and installs nothing by itself.
# shellcheck shell=bash

# .NET and NuGet require a home directory, even if the machine has none.
if [ -z "${HOME:-}" ]; then HOME=$(getent passwd "$(id -u)" | cut -d : -f 6); fi
if [ ! -d "$HOME" ] || [ ! -w "$HOME" ]; then
  HOME="$root/artifacts/home"
  mkdir -p "$HOME"
fi
export HOME
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
export DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=true DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# Build servers outlive a build and keep its output open, so a script that reads the output would never end.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

PAYDOWN_PROGRAM="$root/artifacts/paydown/paydown.dll"
PAYDOWN_STAMP="$root/artifacts/paydown.built"
SETUP_LOG="$root/artifacts/setup.log"

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

now_ms() {
  local nanoseconds
  nanoseconds=$(date +%s%N)
  echo $((nanoseconds / 1000000))
}

# step NAME COMMAND…: shows a step and its duration, and the output of the command if it fails.
step() {
  local name=$1 begun taken
  shift
  mkdir -p "$root/artifacts"
  begun=$(now_ms)
  if [ -t 1 ]; then printf '  … %s' "$name"; fi
  if "$@" >"$SETUP_LOG" 2>&1; then
    taken=$(($(now_ms) - begun))
    if [ -t 1 ]; then printf '\r\033[K'; fi
    printf '  ✓ %s (%d.%02d s)\n' "$name" $((taken / 1000)) $((taken % 1000 / 10))
  else
    if [ -t 1 ]; then printf '\r\033[K'; fi
    printf '  ✗ %s\n' "$name"
    cat "$SETUP_LOG" >&2
    return 1
  fi
}

# Microsoft's install script installs here, which may not be in PATH.
if ! command -v dotnet >/dev/null && [ -x "$HOME/.dotnet/dotnet" ]; then export PATH="$HOME/.dotnet:$PATH"; fi

need_dotnet() {
  command -v dotnet >/dev/null || fail "The .NET 10 SDK is missing. Install it: https://dot.net/download"
  (cd "$root" && dotnet --version >/dev/null 2>&1) ||
    fail "The .NET 10 SDK is missing (found: $(dotnet --list-sdks | tr '\n' ' ')). Install it: https://dot.net/download"
}

have_postgres() {
  local initdb
  for initdb in /usr/lib/postgresql/*/bin/initdb; do
    if [ -x "$initdb" ]; then
      initdb=${initdb#/usr/lib/postgresql/}
      if [ "${initdb%%/*}" -ge 15 ] 2>/dev/null; then return 0; fi
    fi
  done
  # In other places, the server checks the version.
  command -v initdb >/dev/null && command -v postgres >/dev/null
}

# as_root COMMAND…: runs the command as root; fails if that requires a password.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo -n "$@"
  fi
}

can_install() {
  command -v apt-get >/dev/null && as_root true 2>/dev/null
}

# Services of the packages are not started.
apt_install() {
  as_root apt-get update -qq || return 1
  as_root env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

install_postgres() {
  local version
  # Paydown runs a private cluster, so Debian's default cluster, which occupies a port, is not needed.
  as_root mkdir -p /etc/postgresql-common
  if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
  fi
  as_root apt-get update -qq || return 1
  for version in 15 16 17 18; do
    if apt-cache show "postgresql-$version" >/dev/null 2>&1; then
      as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "postgresql-$version"
      return
    fi
  done
  echo "Debian's archive has no PostgreSQL 15 or later." >&2
  return 1
}

need_postgres() {
  if have_postgres; then return 0; fi
  can_install || fail "PostgreSQL 15 or later is missing. Install it: sudo apt-get install postgresql-15"
  step "Installing PostgreSQL" install_postgres || fail "Could not install PostgreSQL."
}

# A checksum over the names and times of all sources. An edited, new or deleted file changes it.
sources() {
  find "$root/src" "$root/Directory.Build.props" "$root/Directory.Packages.props" "$root/global.json" \
    \( -name bin -o -name obj \) -prune -o -type f -printf '%p %T@\n' | sort | cksum
}

is_stale() {
  [ ! -e "$PAYDOWN_PROGRAM" ] || [ ! -e "$PAYDOWN_STAMP" ] || [ "$(sources)" != "$(cat "$PAYDOWN_STAMP")" ]
}

publish() {
  local rid before
  case $(uname -m) in
    aarch64) rid=linux-arm64 ;;
    *) rid=linux-x64 ;;
  esac
  # Taken before the build, so a file that is edited during the build is built next time.
  before=$(sources)
  dotnet publish "$root/src/Paydown.Server" -c Release -r "$rid" -o "$root/artifacts/paydown" -v quiet --nologo &&
    printf '%s\n' "$before" >"$PAYDOWN_STAMP"
}

need_program() {
  if ! is_stale; then return 0; fi
  need_dotnet
  mkdir -p "$root/artifacts"
  (
    # Two scripts that start at the same time build once.
    flock 9
    if is_stale; then step "Building" publish; fi
  ) 9>"$root/artifacts/build.lock" || fail "The build failed."
}

# exec_program ARGUMENT…: runs the program in place of this script. The default data directory is in the clone.
exec_program() {
  export PAYDOWN__DATA="${PAYDOWN__DATA:-$root/.paydown}"
  # A shell makes background processes ignore INT. This restores it, so that kill -INT stops the server.
  exec env --default-signal=INT dotnet "$PAYDOWN_PROGRAM" "$@"
}
