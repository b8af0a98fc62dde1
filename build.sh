#!/usr/bin/env bash
# Makes sure that the tools are there, installs what is missing where the rights allow, and hands over to tools/build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
usage: ./build.sh VERB

  build     builds the extension: dist/chrome and dist/firefox, unpacked
  package   build, and the archives for the stores: dist/recourse-VERSION-…
  demo      build, and show the extension on a local order list
              --browser chromium|firefox   which browser (default: chromium)
              --headless                   without a window: walk, print what is seen, save screenshots
  test      every test: native, in the browsers, end to end
  check     format, languages, clippy, web-ext lint, size budget
  bench     how fast the extension is, against a hand-written baseline
              --browser chromium|firefox   only that one (default: both)
              --rounds N                   how often each is measured (default: 5)
              --part list|form|ledger|evidence  only the order list; the dispute form; reading, clocks and 10,000 orders kept; or
                                   what the user adds
  faults    what is kept survives kills, power cuts, full disks and damage: a table of what was lost (nothing)
              --browser chromium|firefox   only that one (default: both)
              --rounds N                   rounds of each kind (default: 20)
              --fault NAME                 only that one: 'browser killed', 'disk full', and the others of the table
TEXT
}

verb=${1:-}
case $verb in
  build | package | demo | test | check | bench | faults) ;;
  '' | -h | --help | help) usage; exit 0 ;;
  *) usage >&2; echo "unknown verb: $verb" >&2; exit 2 ;;
esac

# The one browser that is asked for: nothing else is installed for it. A wrong name is better said now than after minutes.
browser=
for ((at = 2; at <= $#; at++)); do
  if [ "${!at}" = --browser ]; then
    next=$((at + 1))
    browser=${!next:-}
    case $browser in
      chromium | firefox) ;;
      *) usage >&2; echo "--browser takes chromium or firefox, not '$browser'" >&2; exit 2 ;;
    esac
  fi
done
# So is an argument that the verb does not take.
for argument in "${@:2}"; do
  case $argument in
    -*) [[ $(usage) == *" $argument"[[:space:]]* ]] || { usage >&2; echo "unknown argument: $argument" >&2; exit 2; } ;;
  esac
done
# A demo shows one.
if [ "$verb" = demo ]; then browser=${browser:-chromium}; fi

if [ -z "${HOME:-}" ]; then
  echo "HOME is not set, so there is no place for the tools: HOME=/some/folder ./build.sh $verb" >&2
  exit 2
fi
export RECOURSE_TOOLS=${RECOURSE_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/recourse/tools}
export PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin

# ── saying what happens ──────────────────────────────────────────────────────────────────────────────────────────────

# fail WHAT WHY WHAT-TO-DO
fail() {
  printf '\n✗ %s\n  why:  %s\n  do:   %s\n' "$1" "$2" "$3" >&2
  exit 1
}

# step NAME COMMAND…: runs it with its output shown, and says how long it took.
step() {
  local name=$1 start=$SECONDS
  shift
  echo "… $name"
  "$@" || fail "$name" "\`$*\` ended with $?; its own words are above" "put that right, then run ./build.sh $verb again"
  echo "✓ $name ($((SECONDS - start)) s)"
}

have() { command -v "$1" >/dev/null; }

# ── packages of the system ───────────────────────────────────────────────────────────────────────────────────────────

# The way to become root: none needed, sudo without a password, or no way.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif have sudo && sudo -n true 2>/dev/null; then sudo -n "$@"
  else return 126
  fi
}

apt_lists_read=
# offered PACKAGE: whether this system has such a package to install.
offered() {
  have apt-get || return 1
  if [ -z "$apt_lists_read" ] && as_root true; then
    step "package lists" as_root apt-get -qq update
  fi
  apt_lists_read=yes
  # Not through a pipe: one that closes early makes apt-cache fail, and with it the answer.
  # Nor in the language of the machine: "Installationskandidat: …".
  [[ $(LC_ALL=C apt-cache policy "$1" 2>/dev/null) == *'Candidate: '[0-9]* ]]
}

# system WHAT PACKAGE…: installs packages of Debian or Ubuntu, or says how.
system() {
  local what=$1 package
  shift
  have apt-get || fail "$what" "it is missing, and this system has no apt-get" "install what Debian calls: $*"
  as_root true || fail "$what" "it is missing, and installing it needs root" "sudo apt-get update && sudo apt-get install $*"
  for package in "$@"; do
    offered "$package" || fail "$what" "this system has no package $package" "install $what by hand, so that it is in the PATH"
  done
  step "$what" as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y "$@"
}

# ── Rust ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

toolchain=$(sed -n 's/^channel = "\(.*\)"$/\1/p' rust-toolchain.toml)

rust() {
  have cc || system "C compiler and linker" build-essential
  if ! have rustup; then
    if offered rustup; then
      system "rustup" rustup
    else
      local curl=
      have curl || curl='install curl and ca-certificates, then '
      fail "Rust" "rustup is missing, and this system has no package of it" \
        "${curl}curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --default-toolchain none"
    fi
  fi
  local host sysroot
  # Asked for by name, so that a toolchain chosen for this folder by hand does not stand in for it.
  if ! sysroot=$(RUSTUP_AUTO_INSTALL=0 rustup run "$toolchain" rustc --print sysroot 2>/dev/null) ||
    [ ! -d "$sysroot/lib/rustlib/wasm32-unknown-unknown" ] || [ ! -d "$sysroot/lib/rustlib/src/rust/library" ] || [ ! -x "$sysroot/bin/cargo-clippy" ] || [ ! -x "$sysroot/bin/rustfmt" ]; then
    # Updating itself is not for a rustup that the system installed.
    step "Rust $toolchain" rustup toolchain install "$toolchain" --no-self-update --profile minimal \
      -c rustfmt -c clippy -c rust-src -t wasm32-unknown-unknown
  fi
  export RUSTUP_TOOLCHAIN=$toolchain
}

# cargo_tool PROGRAM CRATE VERSION: a program from crates.io, of exactly this version, among our tools.
cargo_tool() {
  local program=$RECOURSE_TOOLS/bin/$1 crate=$2 version=$3 said
  if [ -x "$program" ] && said=$("$program" --version 2>/dev/null); then
    # "wasm-bindgen 0.2.130", "geckodriver 0.37.1 (…)"
    case "$said " in "$1 $version"[!0-9.]*) return ;; esac
  fi
  # Not --locked: a version that wasm-bindgen-cli's lock file names is no longer to be had.
  step "$crate $version (compiled once, takes minutes)" \
    env -u CARGO_TARGET_DIR cargo install "$crate@$version" --root "$RECOURSE_TOOLS" --force
}

# ── npm ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

npm_packages() {
  have node || system "Node.js" nodejs npm
  have npm || system "npm" npm
  local major oldest=18
  # The linter of Firefox' store asks for more than what builds, and more than Debian 12 has.
  [ "$verb" = check ] && oldest=20
  major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
  [ "$major" -ge "$oldest" ] || fail "Node.js" "this is $(node --version), and $oldest is the oldest that will do for ./build.sh $verb" "install a newer one: https://nodejs.org"
  # npm notes in node_modules what it installed; our copy of the lock file notes from what.
  cmp -s package-lock.json node_modules/.installed-from.json || {
    step "npm packages" npm ci --no-audit --no-fund --loglevel=error
    cp package-lock.json node_modules/.installed-from.json
  }
}

# ── browsers ─────────────────────────────────────────────────────────────────────────────────────────────────────────

# first NAME…: the first that is a program in the PATH.
first() {
  local name
  for name in "$@"; do
    if have "$name"; then command -v "$name"; return; fi
  done
  return 1
}

ubuntu() { grep -q '^ID=ubuntu' /etc/os-release 2>/dev/null; }

# Whether the verb needs that browser.
wants() { [ -z "$browser" ] || [ "$browser" = "$1" ]; }

browsers() {
  local missing=()
  if wants chromium; then
    # Google's own Chrome takes no extension from the command line any more, so it does not count as Chromium.
    if [ -z "${RECOURSE_CHROMIUM:-}" ] && ! first chromium chromium-browser >/dev/null; then
      missing+=(chromium)
      if first google-chrome google-chrome-stable >/dev/null; then
        echo "  (Google's own Chrome takes no extension from the command line: for that browser build it with ./build.sh build, then open
   chrome://extensions, switch on Developer mode, press Load unpacked and choose dist/chrome; or try ./build.sh $verb --browser firefox)"
      fi
    fi
    [ -n "${RECOURSE_CHROMEDRIVER:-}" ] || first chromedriver chromium.chromedriver >/dev/null || missing+=(chromium-driver)
  fi
  if wants firefox; then
    [ -n "${RECOURSE_FIREFOX:-}" ] || first firefox-esr firefox >/dev/null || missing+=(firefox-esr)
  fi
  if [ ${#missing[@]} -gt 0 ]; then
    if ubuntu; then
      # Ubuntu has both as snaps only; its packages are signposts to them. The driver comes with Chromium's.
      local snaps=${missing[*]}
      snaps=${snaps/chromium-driver/chromium} snaps=${snaps/firefox-esr/firefox}
      fail "browsers" "missing: ${missing[*]}; Ubuntu has them as snaps, which no script should install" \
        "$(for snap in $(printf '%s\n' $snaps | sort -u); do printf 'sudo snap install %s; ' "$snap"; done)then ./build.sh $verb again"
    fi
    system "browsers" "${missing[@]}"
  fi
  if wants firefox && [ -z "${RECOURSE_GECKODRIVER:-}" ] && ! have geckodriver; then
    cargo_tool geckodriver geckodriver 0.37.1
  fi
}

# Letters of the languages that the shop speaks, for the screenshots. Nothing fails without them.
fonts() {
  have fc-list || return 0
  [ -n "$(fc-list ':lang=ko')" ] && [ -n "$(fc-list ':lang=ar')" ] && return
  as_root true && have apt-get || { echo "  (no Korean or Arabic font: screenshots show boxes; install fonts-noto-core fonts-noto-cjk)"; return 0; }
  system "fonts" fonts-noto-core fonts-noto-cjk
}

# ── all of it ────────────────────────────────────────────────────────────────────────────────────────────────────────

rust
cargo_tool wasm-bindgen wasm-bindgen-cli "$(sed -n 's/^wasm-bindgen = .*version = "=\([0-9.]*\)".*/\1/p' Cargo.toml)"
npm_packages
case $verb in
  demo | test | bench) browsers; fonts ;;
  faults) browsers ;;
esac
echo "✓ tools ($SECONDS s)"

cargo build --quiet --package build-tool
exec cargo run --quiet --package build-tool -- "$@"
