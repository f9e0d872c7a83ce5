"""What changed between two contents of a ficha, field by field: pure, the same everywhere.

Signatures and reasons for warnings are left out: every version is signed and explained anew.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import asdict

from fichaat.domain.acuerdo import Acuerdo
from fichaat.domain.ficha import Ficha
from fichaat.domain.text import fold

Pairs = list[tuple[int | None, int | None]]
"""Rows of before and after that are the same one; None where it was added or taken away."""


class FieldChange(Struct, frozen=True):
    """One line of what changed."""

    path: str
    """Pointer into the content after; into the one before where the row is gone."""
    field: str
    """"lugar", "acuerdos.plazo", "acuerdos" (a whole row), "acuerdos.orden" (rows moved)."""
    row: int | None
    """Number of the row on the paper, from 1."""
    before: Any
    after: Any
    """None for what is not there; a Struct for a whole row."""


_LEFT_OUT: Final = frozenset({"firmas", "advertencias", "codigo"})
_ROWS: Final[dict[str, Callable[[Any], Hashable] | None]] = {
    "distritos": lambda row: row.ubigeo,
    "responsables": lambda row: row.id,
    "destinatarios": lambda row: row.id,
    "nudos_criticos": None,
    "acuerdos": lambda row: row.id,
    "seguimientos": lambda row: row.acuerdo,
    "adjuntos": lambda row: row.sha256,
}
"""Lists of rows, and what tells a row from the others; None where only its words do."""
_NAMES: Final = frozenset({"id", "sha256"})
"""Nobody reads them."""
_ALONE: Final = 0.6
"""What a row without a partner costs: two of them more than two rows that share nothing."""


def diff(before: Ficha, after: Ficha) -> list[FieldChange]:
    """Every difference, in the order of the paper; nothing for equal contents."""
    found: list[FieldChange] = []
    nudos = _pair_rows(before.nudos_criticos, after.nudos_criticos, None)
    moved = {old: new for old, new in nudos if old is not None and new is not None}
    for name in Ficha.__struct_fields__:
        old, new = getattr(before, name), getattr(after, name)
        # Agreements name their nudo by its place: other nudos may make them say something else.
        moves = name == "acuerdos" and before.nudos_criticos != after.nudos_criticos
        if name in _LEFT_OUT or (old == new and not moves):
            continue
        if name in _ROWS:
            pairs = nudos if name == "nudos_criticos" else _pair_rows(old, new, _ROWS[name])
            found += _row_changes(name, old, new, pairs, moved)
        elif isinstance(old, Struct) and isinstance(new, Struct):
            found += _member_changes(f"/{name}", name, None, old, new)
        else:
            found.append(FieldChange(f"/{name}", name, None, old, new))
    return found


def _row_changes(
    name: str, old: Sequence[Any], new: Sequence[Any], pairs: Pairs, nudos: dict[int, int]
) -> list[FieldChange]:
    found = []
    for was, now in pairs:
        if now is None:
            assert was is not None  # a pair has at least one row
            found.append(FieldChange(f"/{name}/{was}", name, was + 1, old[was], None))
        elif was is None:
            found.append(FieldChange(f"/{name}/{now}", name, now + 1, None, new[now]))
        else:
            row = _with_moved_nudo(old[was], nudos)
            found += _member_changes(f"/{name}/{now}", name, now + 1, row, new[now])
    together = [(was, now) for was, now in pairs if was is not None and now is not None]
    order = [was for was, _ in sorted(together, key=lambda pair: pair[1])]
    if order != sorted(order):
        found.append(FieldChange(f"/{name}", f"{name}.orden", None, None, None))
    return found


def _member_changes(
    path: str, name: str, row: int | None, old: Struct, new: Struct
) -> list[FieldChange]:
    was, now = asdict(old), asdict(new)
    return [
        FieldChange(f"{path}/{member}", f"{name}.{member}", row, was[member], now[member])
        for member in was
        if member not in _NAMES and was[member] != now[member]
    ]


def _with_moved_nudo(row: Any, nudos: dict[int, int]) -> Any:  # noqa: ANN401  # any row
    """An agreement names its nudo by number; where only that nudo moved, it did not change."""
    if not isinstance(row, Acuerdo) or row.nudo is None:
        return row
    return Acuerdo(**{**asdict(row), "nudo": nudos.get(row.nudo)})


def _pair_rows(
    old: Sequence[Any], new: Sequence[Any], key: Callable[[Any], Hashable] | None
) -> Pairs:
    """Rows with the same name belong together; of the others those that are most alike."""
    pairs: Pairs = [] if key is None else _pair_by_name([*map(key, old)], [*map(key, new)])
    held_old = {was for was, _ in pairs}
    held_new = {now for _, now in pairs}
    left = [place for place in range(len(old)) if place not in held_old]
    right = [place for place in range(len(new)) if place not in held_new]
    if key is not None and _is_identity(old, new):
        pairs += [(place, None) for place in left] + [(None, place) for place in right]
    else:
        aligned = _align([old[place] for place in left], [new[place] for place in right])
        pairs += [
            (None if was is None else left[was], None if now is None else right[now])
            for was, now in aligned
        ]
    return sorted(pairs, key=_on_paper)


def _pair_by_name(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    """Those that stayed in their place first: a name may stand twice while it is being written."""
    stayed = {
        place
        for place, (was, now) in enumerate(zip(old, new, strict=False))
        if was is not None and was == now
    }
    pairs: Pairs = [(place, place) for place in stayed]
    places: dict[Hashable, list[int]] = {}
    for place, name in enumerate(new):
        if name is not None and place not in stayed:
            places.setdefault(name, []).append(place)
    for place, name in enumerate(old):
        if place not in stayed and places.get(name):
            pairs.append((place, places[name].pop(0)))
    return pairs


def _on_paper(pair: tuple[int | None, int | None]) -> tuple[int, int]:
    was, now = pair
    if now is not None:
        return now, 1
    assert was is not None  # a pair has at least one row
    return was, 0


def _is_identity(old: Sequence[Any], new: Sequence[Any]) -> bool:
    """Whether the name of these rows is given once and kept: another name is another row."""
    return any(name in row.__struct_fields__ for row in (*old, *new) for name in _NAMES)


def _align(old: Sequence[Any], new: Sequence[Any]) -> Pairs:
    """The cheapest way from one list to the other, in order."""
    if old == new:
        return [(place, place) for place in range(len(old))]
    words_old, words_new = [_words(row) for row in old], [_words(row) for row in new]
    costs = [[now * _ALONE for now in range(len(new) + 1)]]
    for was, words in enumerate(words_old, 1):
        line = [was * _ALONE]
        for now, others in enumerate(words_new, 1):
            paired = costs[was - 1][now - 1] + _unlike(words, others)
            line.append(min(paired, costs[was - 1][now] + _ALONE, line[now - 1] + _ALONE))
        costs.append(line)
    pairs: Pairs = []
    was, now = len(old), len(new)
    while was or now:
        cost = costs[was][now]
        if (
            was
            and now
            and cost == costs[was - 1][now - 1] + _unlike(words_old[was - 1], words_new[now - 1])
        ):
            was, now = was - 1, now - 1
            pairs.append((was, now))
        elif was and cost == costs[was - 1][now] + _ALONE:
            was -= 1
            pairs.append((was, None))
        else:
            now -= 1
            pairs.append((None, now))
    pairs.reverse()
    return pairs


def _words(row: Struct) -> list[frozenset[str]]:
    """Of each member, comparable."""
    return [frozenset(fold(str(value)).split()) for value in asdict(row).values()]


def _unlike(old: Sequence[frozenset[str]], new: Sequence[frozenset[str]]) -> float:
    """0 for the same words in every member, 1 where nothing is shared."""
    if old == new:
        return 0.0
    apart = [len(a ^ b) / len(a | b) if a | b else 0.0 for a, b in zip(old, new, strict=True)]
    return sum(apart) / len(apart)
