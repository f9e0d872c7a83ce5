"""How the width of a table is shared, and what a spreadsheet puts on the clipboard."""

import csv
import io
from collections.abc import Sequence


def share(free: int, weights: Sequence[int], least: Sequence[int]) -> list[int]:
    """A width divided by weights, none under its least; the sum is the whole width."""
    widths = [0] * len(weights)
    open_ = set(range(len(weights)))
    room = free
    while open_:
        total = sum(weights[n] for n in open_)
        small = [n for n in sorted(open_) if room * weights[n] < least[n] * total]
        if not small:
            break
        for n in small:
            widths[n] = least[n]
            room -= least[n]
            open_.discard(n)
    total = sum(weights[n] for n in open_)
    for n in sorted(open_):
        widths[n] = room * weights[n] // total
    if widths:
        widths[-1] += free - sum(widths)
    return widths


def lines_of(text: str) -> list[list[str]]:
    """Cells as a spreadsheet copies them: tabs between, quotes around what holds a line end."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    if not plain:
        return []
    if plain.count('"') % 2:
        return [line.split("\t") for line in plain.split("\n")]
    return list(csv.reader(io.StringIO(plain), delimiter="\t"))
