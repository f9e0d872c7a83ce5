"""Several fichas in one command: all of them or none, each with a record of its own."""

from pathlib import Path

import pytest

from tests.e2e.test_region import llave, region, sealed
from tests.support.program import Machine

__all__ = ["llave", "region"]


@pytest.fixture
def two(region: Machine) -> tuple[str, str]:
    """Codes of the coordinator's own fichas."""
    return sealed(region, 1), sealed(region, 2)


def test_several_are_approved_together(region: Machine, two: tuple[str, str]) -> None:
    told = region.done("revision", "aprobar", *two)
    assert [(item["codigo"], item["veredicto"]) for item in told] == [
        (codigo, "aprobada") for codigo in two
    ]
    assert len({item["sha256"] for item in told}) == 2
    again = region.json("revision", "aprobar", two[0], "--version", "1", "--motivo", "otra vez")
    assert again.error == "revision.already_approved"
    rows = region.done("ficha", "listar")["fichas"]
    assert {row["revision"] for row in rows} == {"aprobada"}
    one = region.done("revision", "retirar", two[0], "--version", "1", "--motivo", "faltaba ver")
    assert one["version"] == 1
    assert region.done("datos", "comprobar")["diferencias"] == []


@pytest.mark.parametrize(
    ("more", "error"),
    [
        (["05-2026-AAAAAA-0001"], "ficha.unknown"),
        (["--version", "1"], "cli.only_of_one"),
        (["--sha256", "abcdef"], "cli.only_of_one"),
    ],
)
def test_what_is_refused_of_one_is_refused_of_all(
    region: Machine, two: tuple[str, str], tmp_path: Path, more: list[str], error: str
) -> None:
    del tmp_path
    before = region.done("datos", "comprobar")["registros"]
    assert region.json("revision", "aprobar", *two, *more).error == error
    assert region.json("revision", "aprobar", two[0], two[0]).error == "revision.repeated"
    assert region.done("datos", "comprobar")["registros"] == before
