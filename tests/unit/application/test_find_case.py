"""Which case of the inbox is meant by naming the copies beside each other; plain values."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from fichaat.application.find_case import find_cases
from fichaat.application.party import Party
from fichaat.application.reception import Conflict, Copy, Fork, Reception, Twice
from fichaat.domain.errors import UserFacingError

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
WHO = Party("1" * 64)
CODES = tuple(f"05-2026-7K3Q2M-000{number}" for number in range(1, 6))
FIRST, SECOND, THIRD, FOURTH, FIFTH = CODES


def a_copy(sha: str, codigo: str = "") -> Copy:
    return Copy(sha.ljust(64, "0"), "ficha", 1, WHO, codigo)


FORK = Fork(WHO, "chain", 14, (a_copy("aaaaaa11"), a_copy("bbbbbb11"), a_copy("cccccc11")))
OTHER = Fork(WHO, "chain", 15, (a_copy("aaaaaa22"), a_copy("dddddd22")), NOW)
PAIR = Twice((a_copy("1a", FIRST), a_copy("2a", SECOND)))
SEEN = Twice((a_copy("1a", FIRST), a_copy("3a", THIRD)), NOW)
COPIES = (
    Twice((a_copy("4a", FOURTH), a_copy("2a", SECOND))),
    Twice((a_copy("4b", FOURTH), a_copy("2a", SECOND))),
)
"""One side of them has two copies of its own."""
FOUND = Reception(
    now=NOW,
    raiz=True,
    aprueba=True,
    por_aprobar=(),
    cuarentena=(),
    cuarentena_total=0,
    conflictos=(
        Conflict(FIFTH, (a_copy("eeeeee", FIFTH), a_copy("ffffff", FIFTH)), por_aprobar=False),
    ),
    conflictos_total=1,
    bifurcaciones=(FORK,),
    bifurcaciones_total=1,
    huecos=(),
    huecos_total=0,
    omitidos=0,
    duplicados=(PAIR, *COPIES),
    entregas=(),
    entregas_total=0,
    por_responder=(),
    dejadas=(OTHER,),
    duplicados_vistos=(SEEN,),
)


@pytest.mark.parametrize(
    ("copies", "meant"),
    [
        (("bbbbbb", "AAAA AA11", "cccccc11", "cccccc11"), [FORK]),
        (("dddddd", "aaaaaa22"), [OTHER]),
        ((SECOND, FIRST.lower()), [PAIR]),
        ((FIRST, THIRD), [SEEN]),
        ((SECOND, FOURTH), [*COPIES]),
    ],
)
def test_every_copy_that_was_looked_at_is_named(
    copies: Sequence[str], meant: list[Fork | Twice]
) -> None:
    assert find_cases(FOUND, copies) == meant


@pytest.mark.parametrize(
    ("copies", "code"),
    [
        (("bbbbb", "aaaaaa11"), "short_hash"),
        (("bbbbbb", "999999"), "unknown_hash"),
        (("1a0000", "2a0000"), "unknown_hash"),  # of a pair: it has codes
        (("eeeeee", "ffffff"), "conflict"),
        (("aaaaaa", "bbbbbb", "cccccc"), "several_copies"),
        (("bbbbbb", "dddddd"), "several_cases"),
        (("bbbbbb", FIRST), "several_cases"),
        (("bbbbbb", "aaaaaa11"), "copies_missing"),
        ((FIRST, "05-2026-7K3Q2M-0099"), "unknown_code"),
        ((FIFTH,), "conflict"),
        ((FIRST,), "copies_missing"),
        ((SECOND, THIRD), "several_cases"),
        ((FIRST, SECOND, THIRD), "several_cases"),
        (("",), "unknown_code"),
    ],
)
def test_anything_else_is_refused(copies: Sequence[str], code: str) -> None:
    with pytest.raises(UserFacingError) as refused:
        find_cases(FOUND, copies)
    assert refused.value.code == f"recepcion.aside_{code}"


def test_what_was_not_named_is_told() -> None:
    for copies, missing in ((("bbbbbb", "aaaaaa11"), "cccccc11"), ((FIRST,), f"{SECOND}, {THIRD}")):
        with pytest.raises(UserFacingError) as refused:
            find_cases(FOUND, copies)
        assert refused.value.params == {"copias": missing}
