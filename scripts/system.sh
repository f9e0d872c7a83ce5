#!/bin/sh
# Installs the Debian packages that are missing, and only those; silent and offline when none is.
#   system.sh PYTHON [test]      "test" adds the tools that the tests call
set -eu
PY=${1:-python3.11}
WHAT=${2:-run}
need=""

have_library() { PATH="$PATH:/sbin:/usr/sbin" ldconfig -p | grep -qF "$1"; }
want_command() { command -v "$1" >/dev/null 2>&1 || need="$need $2"; }

want_command "$PY" python3.11
# A Debian python without ensurepip cannot make a virtual environment; other pythons carry it.
if command -v "$PY" >/dev/null 2>&1; then
    "$PY" -c 'import ensurepip, venv' 2>/dev/null || need="$need python3.11-venv"
else
    need="$need python3.11-venv"
fi
# What the binary wheels load from the system.
for pair in libstdc++.so.6:libstdc++6 libz.so.1:zlib1g \
    libEGL.so.1:libegl1 libGL.so.1:libgl1 libdbus-1.so.3:libdbus-1-3 \
    libfontconfig.so.1:libfontconfig1 libglib-2.0.so.0:libglib2.0-0 \
    libxkbcommon.so.0:libxkbcommon0 libxkbcommon-x11.so.0:libxkbcommon-x11-0 \
    libxcb-cursor.so.0:libxcb-cursor0 libxcb-icccm.so.4:libxcb-icccm4 \
    libxcb-image.so.0:libxcb-image0 libxcb-keysyms.so.1:libxcb-keysyms1 \
    libxcb-render-util.so.0:libxcb-render-util0 libxcb-shape.so.0:libxcb-shape0 \
    libxcb-xkb.so.1:libxcb-xkb1; do
    have_library "${pair%%:*}" || need="$need ${pair##*:}"
done
# Without a display the window runs on a virtual one.
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    want_command Xvfb xvfb
    want_command xauth xauth
fi
if [ "$WHAT" = test ]; then
    want_command strace strace       # kills the program at chosen writes
    want_command openssl openssl     # checks bundles without this program
    want_command unzip unzip
    want_command sha256sum coreutils
    want_command git git             # lists the tracked files
fi

[ -n "$need" ] || exit 0
echo "installing:$need"
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1; then
    as_root=sudo
else
    echo "system packages are missing and neither root nor sudo is here; install them with:" >&2
    echo "    apt-get install$need" >&2
    exit 1
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086  # a list of package names
if ! {
    $as_root apt-get update -qq &&
        $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 $need
} >"$log" 2>&1; then
    cat "$log" >&2
    echo "the system packages could not be installed:$need" >&2
    exit 1
fi
