#!/bin/sh
# Resolves the dependencies of pyproject.toml into the two hashed locks.
#   scripts/lock.sh              keeps the locked versions that still fit
#   scripts/lock.sh --upgrade    takes the newest versions that fit
#
# One resolution holds for Linux and Windows and for Python 3.11 to 3.13 (--universal: differences
# become environment markers). Hashes of every file of a version are kept, so each platform finds
# its wheel. The locks name no index: whoever installs uses the one configured there, and the
# hashes decide what is accepted. requirements-dev.lock contains requirements.lock.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

${PY:-python3.11} -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check uv

"$work/venv/bin/python" - "$work" <<'PYTHON'
import pathlib, sys, tomllib

work = pathlib.Path(sys.argv[1])
project = tomllib.loads(pathlib.Path("pyproject.toml").read_text("utf-8"))
(work / "run.in").write_text("\n".join(project["project"]["dependencies"]) + "\n")
(work / "dev.in").write_text("\n".join(project["dependency-groups"]["dev"]) + "\n")
PYTHON

resolve() {
    "$work/venv/bin/uv" pip compile -q --universal --python-version 3.11 --only-binary :all: \
        --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$@"
}
resolve "$@" "$work/run.in" -o requirements.lock
resolve "$@" "$work/run.in" "$work/dev.in" -c requirements.lock -o requirements-dev.lock
"$work/venv/bin/python" scripts/check_locks.py
