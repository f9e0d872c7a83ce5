"""The demonstration: what `make run` shows."""

import json
from pathlib import Path

import pytest

from tests.support.program import Machine


def test_the_demonstration_leaves_papers_package_and_summary(
    machine: Machine, tmp_path: Path
) -> None:
    del machine.environ["FICHAAT_CLAVE_ARCHIVO"]
    out = tmp_path / "out"
    machine.done("demo", "--salida", out)
    answer = machine.done("demo", "--salida", out)  # again over its own results
    assert len(answer["fichas"]) == 4
    assert answer["verificacion"]["intacto"] is True
    assert {path.name for path in out.iterdir()} == {
        *(f"ficha-{number}.pdf" for number in range(1, 5)),
        "anexo-3-en-blanco.pdf",
        "fichas.fichaat",
        "resumen.txt",
        "resumen.json",
    }
    assert json.loads((out / "resumen.json").read_bytes()) == answer
    summary = (out / "resumen.txt").read_text(encoding="utf-8")
    assert "FICTICIOS" in summary
    assert all(step in summary for step in answer["pasos"])
    assert "0 errores" in summary
    assert not machine.folder.exists()
    assert machine.done("paquete", "verificar", out / "fichas.fichaat", code=3)["valido"] is True


def test_it_tells_people_what_it_did(machine: Machine, tmp_path: Path) -> None:
    told = machine("demo", "--salida", tmp_path / "b")
    assert (told.code, told.err) == (0, "")
    assert "1. Se creó el perfil" in told.out
    assert "fichas.fichaat" in told.out


@pytest.mark.parametrize("name", ["archivo", "a\x00b"])
def test_a_place_where_nothing_can_be_written(machine: Machine, tmp_path: Path, name: str) -> None:
    (tmp_path / "archivo").write_bytes(b"")
    result = machine.json("demo", "--salida", tmp_path / name)
    assert result.error in ("cli.not_a_folder", "cli.file_missing")
