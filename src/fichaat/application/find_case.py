"""Which fork, or which probable duplicates, a person means by naming the copies beside each other.

Every copy is named, so that nothing is put aside that the person has not looked at: those of a fork
by the first digits of their hashes, two fichas by their codes.
"""

import re
from collections.abc import Sequence
from typing import Final

from fichaat.application.reception import Fork, Reception, Twice
from fichaat.domain.errors import UserFacingError

MIN_PREFIX: Final = 6
_SHORTEST: Final = 8
"""Digits that tell a copy to a person."""
_HASH: Final = re.compile(r"[0-9a-f]{1,64}")

Case = Fork | Twice


def find_cases(found: Reception, copies: Sequence[str]) -> list[Case]:
    """The fork, or the pairs: two codes mean more than one where a ficha has several copies.

    Args:
        found: everything, uncut: what waits and what was put aside.
        copies: each by the first digits, six or more, of its hash, or each by its code.

    Raises:
        UserFacingError: "recepcion.aside_*": nothing is named so, more than one case is, or not all
            of its copies.
    """
    named = list(dict.fromkeys("".join(text.split()).casefold() for text in copies))
    hashes = [text for text in named if _HASH.fullmatch(text)]
    if not hashes:
        return list(_pairs(found, [text.upper() for text in named]))
    if len(hashes) < len(named):
        raise UserFacingError("recepcion.aside_several_cases")
    return [_fork(found, hashes)]


def _fork(found: Reception, hashes: Sequence[str]) -> Fork:
    meant = [_fork_of(found, prefix) for prefix in hashes]
    fork = meant[0]
    if any(other != fork for other in meant):
        raise UserFacingError("recepcion.aside_several_cases")
    missing = [
        side.sha256[:_SHORTEST]
        for side in fork.lados
        if not any(side.sha256.startswith(prefix) for prefix in hashes)
    ]
    _demand_all(missing)
    return fork


def _fork_of(found: Reception, prefix: str) -> Fork:
    """The fork with the only copy that begins so: another that began alike might be unseen."""
    if len(prefix) < MIN_PREFIX:
        raise UserFacingError("recepcion.aside_short_hash", huella=prefix, minimo=MIN_PREFIX)
    hits = [
        fork
        for fork in (*found.bifurcaciones, *found.dejadas)
        for side in fork.lados
        if side.sha256.startswith(prefix)
    ]
    if len(hits) > 1:
        raise UserFacingError("recepcion.aside_several_copies", huella=prefix)
    if hits:
        return hits[0]
    for conflict in found.conflictos:
        if any(side.sha256.startswith(prefix) for side in conflict.lados):
            raise UserFacingError("recepcion.aside_conflict", codigo=conflict.codigo)
    raise UserFacingError("recepcion.aside_unknown_hash", huella=prefix)


def _pairs(found: Reception, codes: Sequence[str]) -> list[Twice]:
    cases = [(_codes(pair), pair) for pair in (*found.duplicados, *found.duplicados_vistos)]
    for code in codes:
        if not any(code in both for both, _ in cases):
            _refuse_code(found, code)
    chosen = [pair for both, pair in cases if both == set(codes)]
    if not chosen and len(codes) == 1:
        _demand_all(
            sorted(set().union(*(both for both, _ in cases if codes[0] in both)) - {*codes})
        )
    if not chosen:
        raise UserFacingError("recepcion.aside_several_cases")
    return chosen


def _codes(pair: Twice) -> set[str]:
    return {side.codigo for side in pair.lados}


def _refuse_code(found: Reception, code: str) -> None:
    in_conflict = any(conflict.codigo == code for conflict in found.conflictos)
    raise UserFacingError(
        "recepcion.aside_conflict" if in_conflict else "recepcion.aside_unknown_code", codigo=code
    )


def _demand_all(missing: Sequence[str]) -> None:
    if missing:
        raise UserFacingError("recepcion.aside_copies_missing", copias=", ".join(missing))
