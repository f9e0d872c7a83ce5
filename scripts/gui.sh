#!/bin/sh
# With a display: opens the window. Without one: does the main job in the same window on a virtual
# 1366x768 screen and leaves paper, bundle and pictures in out/.
set -eu
cd "$(dirname "$0")/.."
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec .venv/bin/fichaat "$@"
fi
exec xvfb-run -a -s "-screen 0 1366x768x24" .venv/bin/python scripts/tour.py --salida out "$@"
