"""Pictures of every page, from the real program on fictitious data, into docs/capturas.

    xvfb-run -a -s "-screen 0 1600x1000x24" .venv/bin/python -m scripts.make_captures

Each page is taken light and dark, at 100 % and at 150 % of the same screen of 1366x768 points, as
<nn>-<page>[-oscuro][-150].png. Names of pages after the command take only those. Clock and ids are
always the same; what still differs between two runs follows from the keys, which are random.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Final, cast
from uuid import UUID

ROOT: Final = Path(__file__).resolve().parents[1]
TARGET: Final = ROOT / "docs" / "capturas"
SCALES: Final = ("1", "1.5")
_COLOURS: Final = 256
"""Of each picture, the most common ones: pages are flat surfaces and letters."""

Colour = tuple[int, int, int]
_HOME: Final = Path(gettempdir()) / "marleni"
"""Paths are seen in some pictures: they are the same in all of them."""


class CountedIds:
    """The same ids in every run: UUIDs version 7 of one moment."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def new_id(self) -> str:
        moment, version, variant = 0x0190A0DE0000 << 80, 7 << 76, 2 << 62
        return str(UUID(int=moment | version | variant | next(self._numbers)))


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--salida", type=Path, default=TARGET)
    parser.add_argument("--escala", choices=SCALES)
    parser.add_argument("paginas", nargs="*")
    wanted = parser.parse_args(argv)
    if wanted.escala is not None:
        _take(wanted.salida, wanted.escala, frozenset(wanted.paginas))
        return 0
    for scale in SCALES:
        _run(scale, argv)
    _shrink(wanted.salida)
    return 0


def _run(scale: str, argv: Sequence[str]) -> None:
    """A process for each scale: Qt reads it once, at its start."""
    _HOME.mkdir(mode=0o700)
    try:
        with TemporaryDirectory(prefix="f") as settings:
            own = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
            environ = {key: value for key, value in os.environ.items() if "FICHAAT" not in key}
            environ |= dict.fromkeys(own, settings)
            environ |= {"HOME": str(_HOME), "QT_SCALE_FACTOR": scale}
            program = [sys.executable, "-m", "scripts.make_captures", "--escala", scale, *argv]
            subprocess.run(program, cwd=ROOT, env=environ, check=True)
    finally:
        shutil.rmtree(_HOME)


def _take(target: Path, scale: str, pages: frozenset[str]) -> None:
    from scripts.album import Album
    from scripts.region_coverage import cover
    from scripts.region_papers import take_papers
    from scripts.region_scenery import furnish_region
    from scripts.review_scenery import furnish_review
    from scripts.scenery import furnish

    album = Album(target, furnish(_HOME, ids=CountedIds()), pages, float(scale))
    album.take_gate(_HOME)
    album.take_pages()
    ids = CountedIds()
    region = furnish_region(_HOME / "region", ids=ids)
    covered = _HOME / "region" / "cobertura"
    shutil.copytree(region.folder, covered)
    cover(covered, ids=ids)
    album.take_region(region)
    album.take_coverage(covered, region.clave)
    album.take_review(furnish_review(_HOME / "region" / "revision", ids=CountedIds()))
    if scale == SCALES[0]:
        take_papers(target, covered, pages)


def _shrink(target: Path) -> None:
    """A palette for each picture: a third of the size, and the tokens keep their exact colours."""
    from PIL import Image

    for path in sorted(target.glob("*.png")):
        with Image.open(path) as picture:
            if picture.mode == "P":
                continue
            whole = picture.convert("RGB")
        counted = cast("list[tuple[int, Colour]]", whole.getcolors(whole.width * whole.height))
        colours = [colour for _, colour in sorted(counted, reverse=True)]
        kept = colours[:_COLOURS]
        places = {colour: _nearest(colour, kept) for colour in colours}
        raw = whole.tobytes()
        pixels = zip(raw[::3], raw[1::3], raw[2::3], strict=True)
        small = Image.new("P", whole.size)
        small.putpalette(bytes(chain.from_iterable(kept)))
        small.putdata([places[colour] for colour in pixels])
        small.save(path, optimize=True)


def _nearest(colour: Colour, kept: Sequence[Colour]) -> int:
    """The place of the most similar of these colours."""

    def distance(place: int) -> int:
        return sum((one - other) ** 2 for one, other in zip(colour, kept[place], strict=True))

    return min(range(len(kept)), key=distance)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
