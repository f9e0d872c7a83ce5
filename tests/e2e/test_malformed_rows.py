"""Files that no program should write: a row number and a code each, and nothing half imported."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fichaat.cli import ficha
from tests.support.program import Machine
from tests.support.rows import jsonl, pending_row, row


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """One computer for all: what is refused leaves nothing."""
    machine = Machine(tmp_path_factory.mktemp("malformed"))
    machine.create()
    return machine


def broken(**changes: Any) -> bytes:  # noqa: ANN401  # any JSON value
    return jsonl(row(**changes))


LINES = {
    "not json": (b"{", "schema.not_json"),
    "a text": (b'"ficha"', "schema.not_object"),
    "a list": (b"[]", "schema.not_object"),
    "a number": (b"7", "schema.not_object"),
    "null": (b"null", "schema.not_object"),
    "two values": (b"{} {}", "schema.not_json"),
    "nan": (b'{"fecha": NaN}', "schema.float"),
    "float": (b'{"fecha": 1.5}', "schema.float"),
    "huge number": (b'{"fecha": ' + b"9" * 5000 + b"}", "schema.range"),
    "1e400": (b'{"fecha": 1e400}', "schema.float"),
    "year 9999": (broken(fecha="9999-12-31"), "schema.date"),
    "a lone float": (b"1.5", "schema.not_object"),
    "type": (broken(fecha=20261120), "schema.date"),
    "list for text": (broken(lugar=["a"]), "schema.type"),
    "text for list": (broken(distritos="050108"), "schema.type"),
    "number in list": (broken(responsables=[1]), "schema.type"),
    "unknown member": (broken(telefono="999"), "schema.unknown_member"),
    "unknown inner member": (broken(distritos=[{"ubigeo": "050108", "x": 1}]), "schema."),
    "25:00": (broken(hora_inicio="25:00"), "schema.pattern"),
    "9:00": (broken(hora_inicio="9:00"), "schema.pattern"),
    "09:00 with line end": (broken(hora_inicio="09:00\nx"), "schema.pattern"),
    "impossible day": (broken(fecha="2026-02-30"), "schema.date"),
    "unknown option": (broken(modalidad="telefónica"), "schema.value"),
    "ubigeo": (broken(distritos=[{"ubigeo": "5108"}]), "schema.pattern"),
    "lone surrogate": (b'{"observaciones": "\\ud800"}', "schema.lone_surrogate"),
    "lone surrogate as key": (b'{"\\udfff": 1}', "schema.lone_surrogate"),
    "null character": (broken(lugar="a\x00b"), "schema.control_character"),
    "raw null byte": (b'{"lugar": "a\x00b"}', "schema."),
    "raw null line": (b"\x00\x00\x00", "schema.not_json"),
    "escape sequence": (broken(lugar="\x1b[31m"), "schema.control_character"),
    "1 MB line": (broken(lugar="x" * 1_000_000), "schema.length"),
    "1 MB text": (broken(observaciones="x" * 1_000_000), "schema.length"),
    "9 MB line": (broken(observaciones="x" * 9_000_000), "schema.too_large"),
    "deep list": (b"[" * 200_000, "schema."),
    "deep object": (b'{"a":' * 100_000, "schema."),
    "deep inside": (broken(temas=json.loads("[" * 300 + "]" * 300)), "schema."),
    "many rows": (broken(nudos_criticos=[{}] * 201), "schema.length"),
    "duplicate member": (b'{"fecha": null, "fecha": null}', "schema.duplicate_member"),
    "not utf-8": ('{"lugar": "peña"}'.encode("latin-1"), "schema.not_utf8"),
    "utf-16": ('{"lugar": "a"}'.encode("utf-16"), "schema."),
    "bad codigo": (broken(codigo="05-2026-ILOU00-0001"), "schema.pattern"),
    "foreign signature": (
        broken(firmas=[{"participante": "x", "tipo": "trazo"}]),
        "schema.firma_without_identity",
    ),
    "signature as text": (broken(firmas=["x"]), "schema.type"),
}


@pytest.mark.parametrize(
    ("line", "code"), [pytest.param(*case, id=name) for name, case in LINES.items()]
)
def test_a_broken_row_is_refused_with_its_number_and_a_code(
    office: Machine, line: bytes, code: str
) -> None:
    data = jsonl(pending_row(1)) + line.rstrip(b"\n") + b"\n" + jsonl(pending_row(2))
    result = office.json("ficha", "importar", "-", "--sellar", "--motivo", "m", stdin=data)
    assert result.code == 1
    answer = result.json
    assert (answer["importadas"], answer["selladas"]) == (0, 0)
    assert answer["rechazadas"] >= 1
    refused = [item for item in answer["detalle"] if item["estado"] == "rechazada"]
    assert refused[0]["fila"] == 2
    (problem,) = refused[0]["problemas"]
    assert problem["severity"] == "refused"
    assert problem["code"].startswith(code)
    assert "{" not in problem["mensaje"]
    assert "…" not in problem["mensaje"]
    assert "consulte el manual" not in problem["mensaje"]
    states = [item["estado"] for item in answer["detalle"] if item["fila"] != 2]
    assert set(states) <= {"no_importada", "rechazada"}
    told = office("ficha", "importar", "-", stdin=data)
    assert (told.code, told.err) == (1, "")
    assert "Fila 2: rechazada" in told.out
    assert len(told.out) < 5000
    assert office.done("ficha", "listar")["fichas"] == []


def test_incomplete_rows_become_drafts_with_their_problems(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.create()
    answer = machine.done("ficha", "importar", "-", stdin=b"{}\n\n   \n{}\n")
    assert [item["fila"] for item in answer["detalle"]] == [1, 4]
    assert len(answer["detalle"][0]["problemas"]) > 5
    sealed = machine.json("ficha", "importar", "-", "--sellar", stdin=b"{}\n")
    assert sealed.code == 1
    assert sealed.json["detalle"][0]["estado"] == "borrador"


def test_a_ficha_over_several_lines_is_told_once(office: Machine) -> None:
    pretty = json.dumps(row(), ensure_ascii=False, indent=2).encode()
    refused = office.json("ficha", "importar", "-", stdin=pretty)
    assert (refused.code, refused.error) == (1, "ficha.one_each_line")
    told = office("ficha", "importar", "-", "--parcial", stdin=pretty)
    assert (told.out, len(told.err.splitlines())) == ("", 1)
    assert "una ficha por línea" in told.err
    assert office.done("ficha", "listar")["fichas"] == []


def _interrupted(rows: bytes) -> Callable[[object], Iterator[bytes]]:
    """A pipe that sends these rows; Ctrl+C is pressed while it is waited for."""

    def lines(_: object) -> Iterator[bytes]:
        yield from rows.splitlines(keepends=True)
        signal.raise_signal(signal.SIGINT)

    return lines


@pytest.mark.parametrize("rows", [b"", jsonl(row())])
def test_the_first_ctrl_c_ends_the_wait_for_a_pipe(
    office: Machine, monkeypatch: pytest.MonkeyPatch, rows: bytes
) -> None:
    monkeypatch.setattr(ficha, "read_lines", _interrupted(rows))
    result = office("ficha", "importar", "-")
    assert (result.code, result.out) == (130, "")
    assert "No quedó nada a medias" in result.err
    monkeypatch.undo()
    assert office.done("ficha", "listar")["fichas"] == []


def test_partly_takes_the_good_rows(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.create()
    data = jsonl(pending_row(1)) + b"{\n" + jsonl(pending_row(2))
    answer = machine.done("ficha", "importar", "-", "--parcial", stdin=data, code=1)
    assert [item["estado"] for item in answer["detalle"]] == ["borrador", "rechazada", "borrador"]
    assert (answer["importadas"], answer["rechazadas"]) == (2, 1)
    codigo = answer["detalle"][0]["codigo"]
    contenido = machine.done("ficha", "mostrar", codigo)["contenido"]
    again = {key: value for key, value in contenido.items() if value is not None}
    result = machine.done("ficha", "importar", "-", stdin=jsonl(again), code=1)
    assert result["detalle"][0]["problemas"][0]["code"] == "ficha.codigo_known"


def test_texts_in_any_unicode_form_arrive_normal(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.create()
    nfd = "  Pen\u0303a \r\n ñawi 🎉 «q'ispi» \t \n"
    data = b"\xef\xbb\xbf" + jsonl(row(observaciones=nfd))
    codigo = machine.done("ficha", "importar", "-", stdin=data)["detalle"][0]["codigo"]
    text = machine.done("ficha", "mostrar", codigo)["contenido"]["observaciones"]
    assert text == "Peña \n ñawi 🎉 «q'ispi»"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "cli.no_rows"),
        (b"\n\n  \n", "cli.no_rows"),
        (b"PK\x03\x04 a sheet", "hoja.unreadable"),
    ],
)
def test_files_without_rows(office: Machine, tmp_path: Path, data: bytes, code: str) -> None:
    file = tmp_path / "fichas.jsonl"
    file.write_bytes(data)
    assert office.json("ficha", "importar", file).error == code


def test_files_that_are_none(office: Machine, tmp_path: Path) -> None:
    (tmp_path / "f.xlsx").write_bytes(b"")
    for path, code in (
        (tmp_path, "cli.file_is_folder"),
        (tmp_path / "no.jsonl", "cli.file_missing"),
        (tmp_path / "f.xlsx", "hoja.unreadable"),
        (tmp_path / "f.xlsx" / "in", "cli.file_missing"),
        ("a\x00b", "cli.file_missing"),
        ("x" * 5000, "system.io"),
    ):
        result = office.json("ficha", "importar", path)
        assert (result.code, result.error) == (1, code)
    assert office.json("ficha", "importar", "-", "--adjuntos", "no").error == "cli.not_a_folder"


def test_a_binary_file_of_any_bytes(office: Machine, tmp_path: Path) -> None:
    file = tmp_path / "binario"
    file.write_bytes(os.urandom(200_000))
    result = office("ficha", "importar", file)
    assert (result.code, result.err) == (1, "")
    assert "No se importó nada" in result.out.splitlines()[0] or "rechazada" in result.out
    lines = result.out.splitlines()
    assert len(lines) <= 203
    assert lines[-1].startswith("No se importó nada.")
