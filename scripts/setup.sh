#!/bin/sh
# Prepares .venv from the hashed locks.
#   setup.sh PYTHON run|dev      "dev" adds the tools for tests and checks
# Stamps inside .venv say what it was made from (lock, interpreter, place). They are written last:
# after an interruption, a changed lock or a move, the environment is made again from nothing.
set -eu
PY=${1:-python3.11}
WANTED=${2:-run}
cd "$(dirname "$0")/.."
ROOT=$(pwd -P)
V=.venv

scripts/system.sh "$PY"

# Two makes at once: the second waits and finds the work done.
if command -v flock >/dev/null 2>&1; then
    exec 9>.venv.lock
    flock 9
fi

identity() {
    "$PY" -c 'import sys; print(sys.version, sys.base_prefix)'
    echo "$ROOT"
    cat "$@" scripts/setup.sh
}
RUN=$(identity requirements.lock | sha256sum | cut -d' ' -f1)
DEV=$(identity requirements.lock requirements-dev.lock | sha256sum | cut -d' ' -f1)

stamped() { [ "$(cat "$V/.$1-stamp" 2>/dev/null || true)" = "$2" ] && [ -x "$V/bin/python" ]; }
# Modules are compiled on first import, which is half of the installation's time.
install() {
    "$V/bin/python" -m pip install -q --disable-pip-version-check --no-input --no-compile \
        --require-hashes --only-binary :all: -r "$1"
}

if stamped dev "$DEV"; then exit 0; fi
if [ "$WANTED" = run ] && stamped run "$RUN"; then exit 0; fi

if [ "$WANTED" = dev ]; then
    lock=requirements-dev.lock # contains requirements.lock
else
    lock=requirements.lock
fi
echo "preparing $V from $lock"
if ! stamped run "$RUN" || [ -e "$V/.installing" ]; then
    rm -rf "$V"
    "$PY" -m venv "$V"
fi
touch "$V/.installing"
rm -f "$V/.dev-stamp"
install "$lock"
# The package is read from src/ as it stands: a path file, and a program that calls main.
purelib=$("$V/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
echo "$ROOT/src" >"$purelib/fichaat.pth"
# A shell line that Python reads as a string: a #! line holds neither long paths nor spaces.
# The process that renders papers imports this file again, and must not run the command again.
cat >"$V/bin/fichaat" <<PROGRAM
#!/bin/sh
'''exec' "$ROOT/$V/bin/python" "\$0" "\$@"
' '''
import sys

from fichaat.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
PROGRAM
chmod +x "$V/bin/fichaat"
echo "$RUN" >"$V/.run-stamp"
if [ "$WANTED" = dev ]; then
    echo "$DEV" >"$V/.dev-stamp"
fi
rm "$V/.installing"
