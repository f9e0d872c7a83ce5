"""`python -m bench [rows…] [--full] [--json FILE] [--folder FOLDER]`; see docs/rendimiento.md."""

import argparse
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Protocol

from msgspec.json import encode, format  # noqa: A004  # its own name

from bench import (
    bundle_rows,
    codec_rows,
    coordination_rows,
    paper_rows,
    search_rows,
    sheet_rows,
    storage_rows,
    window_rows,
)
from bench.harness import Case, Line, measure, table
from bench.places import Workshop, workshop
from fichaat.launch import look_seldom_for_garbage


class Group(Protocol):
    """Makes the rows of one job; what they need is made as they are asked for."""

    def __call__(self, work: Workshop, *, full: bool) -> Iterator[Case]: ...


GROUPS: dict[str, Group] = {
    "codec": codec_rows.cases,
    "autosave": storage_rows.autosave,
    "seal": storage_rows.seal,
    "bulk": storage_rows.bulk,
    "list": search_rows.pages,
    "search": search_rows.search,
    "pdf": paper_rows.one,
    "pdfs": paper_rows.many,
    "xlsx": sheet_rows.sheets,
    "export": bundle_rows.export,
    "verify": bundle_rows.verify,
    "import": bundle_rows.import_,
    "rebuild": storage_rows.rebuild,
    "ventana": window_rows.window,
    "coordinacion": coordination_rows.coordination,
}


def main(argv: list[str]) -> int:
    """Measure and print; 1 where a goal is missed."""
    parser = _arguments()
    asked = parser.parse_args(argv)
    for name in asked.rows:
        if name not in GROUPS:
            parser.error(f"no row {name!r}: {' '.join(GROUPS)}")
    look_seldom_for_garbage()
    lines: list[Line] = []
    with workshop(asked.folder) as work:
        for name in asked.rows or GROUPS:
            for case in GROUPS[name](work, full=asked.full):
                found = measure(case)
                lines += found
                print(*table(found).splitlines()[2:], sep="\n", file=sys.stderr, flush=True)
    print(f"{date.today():%Y-%m-%d} · {_machine()}\n\n{table(lines)}")  # noqa: DTZ011
    if asked.json is not None:
        asked.json.write_bytes(format(encode(lines)))
    return int(any(line.holds is False for line in lines))


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="row", help=" ".join(GROUPS))
    parser.add_argument("--full", action="store_true", help="a million rows, 100,000 records")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures there, too")
    parser.add_argument("--folder", type=Path, help="where data is made; on a real disk")
    return parser


def _machine() -> str:
    """Its kind, never its name."""
    model = platform.machine()
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    return f"{os.cpu_count()} x {model}, {platform.system()}, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
