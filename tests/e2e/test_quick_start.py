"""The five steps of the quick start, typed as the page writes them, end where it says."""

import re
import shlex
from pathlib import Path

import pytest

from tests.support.program import Machine
from tests.support.rows import STROKE, jsonl, row

PAGE = Path(__file__).parents[2] / "docs" / "manual" / "inicio-rapido.md"
CODIGO = "05-2026-K7Q2MX-0001"
"""What the page calls the ficha; every computer gives its own."""


def steps() -> list[list[str]]:
    """The commands of the numbered chapters, in order."""
    chapters = re.findall(
        r"^## \d\. .+?(?=^## )", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    blocks = re.findall(r"^```sh\n(.+?)^```", "".join(chapters), re.MULTILINE | re.DOTALL)
    lines = "".join(blocks).replace("\\\n", " ").splitlines()
    return [shlex.split(line)[1:] for line in lines]


def visit() -> bytes:
    """A visit of three people, for the three ways of answering for a signature."""
    base = row()
    second = {**base["destinatarios"][0], "nombre": "Isabel Ficticia"}
    return jsonl({**base, "destinatarios": [*base["destinatarios"], second]})


def test_the_quick_start_reaches_a_sealed_ficha(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fichas.jsonl").write_bytes(visit())
    (tmp_path / "firma.json").write_bytes(STROKE)
    (tmp_path / "escaneo.pdf").write_bytes(b"%PDF-1.4 scanned")
    usb = tmp_path / "usb"
    usb.mkdir()
    codigo = ""
    people: list[str] = []
    told: list[str] = []
    for argv in steps():
        if "--participante" in argv:
            argv[argv.index("--participante") + 1] = people.pop(0)
        words = [
            word.replace(CODIGO, codigo)
            .replace("/media/usb", str(usb))
            .replace("fichaat-05-….fichaat", str(next(usb.glob("*.fichaat"), usb)))
            for word in argv
        ]
        result = machine(*words)
        assert result.code == 0, (argv, result)
        told.append(" ".join(argv[:2]))
        if argv[:2] == ["ficha", "importar"]:
            (draft,) = machine.done("ficha", "listar")["fichas"]
            codigo = draft["codigo"]
            content = machine.done("ficha", "mostrar", codigo)["contenido"]
            people = [p["id"] for p in (*content["responsables"], *content["destinatarios"])]
        if argv[:2] == ["ficha", "validar"]:
            assert "Diga por qué" not in result.out
            assert "Firma pendiente de Isabel Ficticia. Motivo: Estuvo de viaje" in result.out
    assert {"ficha sellar", "ficha pdf", "paquete exportar", "paquete importar"} <= set(told)
    assert people == []
    sealed = machine.done("ficha", "mostrar", codigo)
    assert sealed["estado"] == "sellada"
    (reason,) = sealed["contenido"]["advertencias"]
    assert (reason["code"], reason["motivo"]) == ("ficha.firma_pending", "Estuvo de viaje")
