"""The upload package for the FED coordinator, through the real command line."""

import csv
import hashlib
import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.e2e.test_region import COORDINATOR
from tests.support.fichas import uuid7
from tests.support.program import Machine
from tests.support.rows import jsonl, pending_row

HUANTA = "050401"
PHOTO = b"\xff\xd8\xff" + bytes(range(256)) * 8


@pytest.fixture
def region(tmp_path: Path) -> Machine:
    """A coordinator who also visits."""
    made = Machine(tmp_path, "region")
    made.create(*COORDINATOR)
    made.done("region", "crear", "--llave", tmp_path / "region.llave")
    return made


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "fed"


def seal(machine: Machine, *rows: dict[str, Any], adjuntos: Path | None = None) -> list[str]:
    extra = () if adjuntos is None else ("--adjuntos", adjuntos)
    argv = ("ficha", "importar", "-", "--sellar", "--motivo", "m", *extra)
    done = machine.done(*argv, stdin=jsonl(*rows))
    return [item["codigo"] for item in done["detalle"]]


def approve(machine: Machine, *codes: str) -> None:
    for code in codes:
        machine.done("revision", "aprobar", code)


def build(machine: Machine, target: Path, *options: str | Path) -> Any:  # noqa: ANN401  # the answer
    return machine.done("paquete", "repositorio", "-o", target, *options)


def files(target: Path) -> dict[str, bytes]:
    return {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in sorted(target.rglob("*"))
        if path.is_file()
    }


def lines(target: Path) -> list[dict[str, str]]:
    text = (target / "INDICE.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def demand_whole(target: Path) -> None:
    """As anybody without the program checks it; and nothing is unfinished."""
    told = subprocess.run(
        ["sha256sum", "--strict", "-c", "MANIFIESTO.sha256"],
        cwd=target,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    held = files(target)
    named = [
        line.split("  ", 1)[1]
        for line in (target / "MANIFIESTO.sha256").read_text().split("\n")
        if line
    ]
    assert sorted([*named, "MANIFIESTO.sha256"]) == sorted(held)
    assert json.loads(held["MANIFIESTO.json"])["completo"] is True
    assert all(name.isascii() and len(name) < 200 for name in held)


def test_papers_index_records_and_manifest(region: Machine, target: Path) -> None:
    both = pending_row(
        2, distritos=[{"ubigeo": d, "sesion": "seguimiento"} for d in (HUANTA, "050108")]
    )
    both["destinatarios"].append({**both["destinatarios"][0], "id": uuid7(77), "distrito": HUANTA})
    both["firmas"].append({"participante": uuid7(77), "tipo": "pendiente", "motivo": "Viaje"})
    one, group, waiting = seal(region, pending_row(1), both, pending_row(3))
    approve(region, one, group)
    done = build(region, target)
    assert (done["fichas"], done["nuevas"], done["partes"]) == (2, 2, 0)
    demand_whole(target)
    held = files(target)
    papers = [name for name in held if name.endswith(".pdf")]
    assert papers == [
        f"Huamanga/050108-Quinua/2026-11-02/{one}-v1.pdf",
        f"Huanta/050401-Huanta/2026-11-03/{group}-v1.pdf",
    ]
    assert waiting not in str(held)
    text = PdfReader(io.BytesIO(held[papers[0]])).pages[0].extract_text()
    assert one in text
    # One line for each municipality; the group ficha stands once.
    index = lines(target)
    assert [(x["Ubigeo"], x["Ficha"], x["Archivo"]) for x in index] == [
        ("050108", one, papers[0]),
        ("050108", group, papers[1]),
        ("050401", group, papers[1]),
    ]
    assert [x["SHA-256 del archivo"] for x in index[:1]] == [
        hashlib.sha256(held[papers[0]]).hexdigest()
    ]
    book = load_workbook(io.BytesIO(held["INDICE.xlsx"]))
    cells = [[cell.value for cell in row] for row in book["Fichas"].iter_rows()]
    assert [row[4] for row in cells if row[4] in (one, group)] == [one, group, group]
    (records,) = [name for name in held if name.startswith("paquetes/")]
    verdict = region.done("paquete", "verificar", target / records)
    assert (verdict["intacto"], verdict["valido"], verdict["confiable"]) == (True, True, True)
    assert PHOTO not in held[records]


def test_the_second_run_writes_what_changed_and_nothing_else(region: Machine, target: Path) -> None:
    one, two = seal(region, pending_row(1), pending_row(2))
    approve(region, one)
    build(region, target)
    before = files(target)
    moments = {path: path.stat().st_mtime_ns for path in target.rglob("*")}
    again = build(region, target)
    assert (again["escritos"], again["nuevas"], again["cambiadas"]) == (0, 0, 0)
    assert {path: path.stat().st_mtime_ns for path in target.rglob("*")} == moments
    assert "nada cambió" in region("paquete", "repositorio", "-o", target).out
    approve(region, two)
    added = build(region, target)
    assert (added["nuevas"], added["cambiadas"]) == (1, 0)
    after = files(target)
    kept = [name for name in before if name.startswith(("Hua", "paquetes"))]
    assert kept
    assert all(after[name] == before[name] for name in kept)
    assert len([name for name in after if name.startswith("paquetes/")]) == 2
    demand_whole(target)


def test_a_new_version_replaces_the_paper_once_it_is_approved(
    region: Machine, target: Path
) -> None:
    (code,) = seal(region, pending_row(1))
    approve(region, code)
    build(region, target)
    region.done("ficha", "rectificar", code, "--motivo", "Otro lugar")
    sign = ("ficha", "firmar", code, "--pendiente", "--motivo", "Viaje", "--participante")
    region.done(*sign, uuid7(10_100))
    region.done("ficha", "sellar", code, "--motivo", "m")
    assert build(region, target)["cambiadas"] == 0, "a correction that waits takes nothing away"
    assert lines(target)[0]["Versión"] == "1"
    approve(region, code)
    assert build(region, target)["cambiadas"] == 1
    assert [Path(name).name for name in files(target) if name.endswith(".pdf")] == [
        f"{code}-v2.pdf"
    ]
    assert lines(target)[0]["Versión"] == "2"
    demand_whole(target)


def test_what_is_annulled_is_taken_out_and_told(region: Machine, target: Path) -> None:
    one, two = seal(region, pending_row(1), pending_row(2))
    approve(region, one, two)
    build(region, target)
    region.done("ficha", "anular", one, "--motivo", "Se registró dos veces")
    done = build(region, target)
    assert (done["retiradas"], done["fichas"]) == ([one], 1)
    assert [x["Ficha"] for x in lines(target)] == [two]
    assert not any(one in name for name in files(target))
    # The annulment itself is handed on.
    held = [name for name in files(target) if name.startswith("paquetes/")]
    kinds = [
        item["kind"]
        for name in held
        for item in region.done("paquete", "verificar", target / name)["registros"]
    ]
    assert "anulacion" in kinds
    demand_whole(target)


def test_the_scan_of_ink_signatures_stands_beside_its_paper(
    region: Machine, target: Path, tmp_path: Path
) -> None:
    digest = hashlib.sha256(PHOTO).hexdigest()
    folder = tmp_path / "adjuntos"
    folder.mkdir()
    (folder / digest).write_bytes(PHOTO)
    photo = {"sha256": digest, "nombre": "CON.jpg", "tipo": "image/jpeg", "bytes": len(PHOTO)}
    signed = pending_row(1, adjuntos=[{**photo, "clase": "ficha_firmada"}])
    shown = pending_row(2, adjuntos=[{**photo, "clase": "foto"}])
    codes = seal(region, signed, shown, adjuntos=folder)
    approve(region, *codes)
    assert build(region, target)["sin_escaneo"] == []
    scans = {name: data for name, data in files(target).items() if "-firmada-" in name}
    assert scans == {f"Huamanga/050108-Quinua/2026-11-02/{codes[0]}-v1-firmada-1.jpg": PHOTO}
    assert [x["Escaneos"] for x in lines(target)] == ["1", "0"]


def test_days_add_and_never_take_away(region: Machine, target: Path) -> None:
    codes = seal(region, *(pending_row(number) for number in (1, 2, 3)))
    approve(region, *codes)
    build(region, target, "--hasta", "2026-11-02")
    assert [x["Ficha"] for x in lines(target)] == codes[:1]
    build(region, target, "--desde", "2026-11-04", "--hasta", "2026-11-04")
    assert [x["Ficha"] for x in lines(target)] == [codes[0], codes[2]]


def test_everything_is_only_shown_where_it_is_asked_for(region: Machine, target: Path) -> None:
    seal(region, pending_row(1))
    refused = region.json("paquete", "repositorio", "-o", target)
    assert (refused.code, refused.error) == (1, "repositorio.none_approved")
    assert files(target) == {}
    assert build(region, target, "--todas")["fichas"] == 1
    assert lines(target)[0]["Estado"] == "Sin aprobar"
    done = build(region, target)
    assert (done["fichas"], len(done["retiradas"])) == (0, 1)
    demand_whole(target)


def test_what_is_refused(region: Machine, target: Path, tmp_path: Path) -> None:
    def error(*options: str | Path) -> str:
        return region.json("paquete", "repositorio", "-o", target, *options).error

    assert error() == "repositorio.none_approved"
    assert error("--todas") == "repositorio.nothing"
    assert error("--desde", "2026-12-01", "--hasta", "2026-11-01") == "repositorio.period"
    assert region.json("paquete", "repositorio", "-o", target, "--volumen", "0").code == 2
    assert (
        region.json("paquete", "repositorio", "-o", target, "--todas", "--solo-aprobadas").code == 2
    )
    (target / "carta.docx").write_bytes(b"mia")
    assert error("--todas") == "repositorio.not_ours"
    assert files(target) == {"carta.docx": b"mia"}
    specialist = Machine(tmp_path, "otra")
    specialist.create()
    refused = specialist.json("paquete", "repositorio", "-o", tmp_path / "x")
    assert refused.error == "repositorio.coordinator_only"
    assert not (tmp_path / "x").exists()


def test_a_ficha_larger_than_a_part_has_one_of_its_own(
    region: Machine, target: Path, tmp_path: Path
) -> None:
    codes = seal(region, pending_row(1))
    approve(region, *codes)
    assert build(region, target, "--volumen", "5")["grandes"] == []
    folder = tmp_path / "adjuntos"
    folder.mkdir()
    scans = []
    for number in (1, 2):
        data = b"\xff\xd8\xff" + bytes([number]) * 3_000_000
        digest = hashlib.sha256(data).hexdigest()
        (folder / digest).write_bytes(data)
        about = {"nombre": "f.jpg", "tipo": "image/jpeg", "clase": "ficha_firmada"}
        scans.append({"sha256": digest, "bytes": len(data), **about})
    large, small = seal(region, pending_row(2, adjuntos=scans), pending_row(3), adjuntos=folder)
    approve(region, large, small)
    first, again = build(region, target), build(region, target)
    assert (first["grandes"], first["nuevas"], first["partes"]) == ([large], 2, 2)
    assert (again["grandes"], again["escritos"]) == ([large], 0), "told every time"
    assert large in region("paquete", "repositorio", "-o", target).out
    second = [name for name in files(target) if name.startswith("PARTE-02/")]
    assert len(second) == 3
    assert all(large in name for name in second)
    demand_whole(target)


def test_parts_stay_small_and_a_ficha_stays_in_its_part(
    region: Machine, target: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "adjuntos"
    folder.mkdir()
    rows = []
    for number in range(1, 5):
        data = b"\xff\xd8\xff" + bytes([number]) * 2_000_000
        digest = hashlib.sha256(data).hexdigest()
        (folder / digest).write_bytes(data)
        scan = {"sha256": digest, "nombre": "f.jpg", "tipo": "image/jpeg", "bytes": len(data)}
        rows.append(pending_row(number, adjuntos=[{**scan, "clase": "ficha_firmada"}]))
    codes = seal(region, *rows, adjuntos=folder)
    approve(region, *codes[:3])
    assert build(region, target, "--volumen", "5")["partes"] == 2
    before = {name for name in files(target) if name.startswith("PARTE-")}
    approve(region, codes[3])
    assert build(region, target)["partes"] == 2, "the size of the first run holds"
    after = files(target)
    assert before < after.keys()
    for part in ("PARTE-01", "PARTE-02"):
        size = sum(len(data) for name, data in after.items() if name.startswith(part))
        assert 0 < size <= 5_000_000
    refused = region.json("paquete", "repositorio", "-o", target, "--volumen", "8")
    assert refused.error == "repositorio.other_volume"
    demand_whole(target)
    plain = target.with_name("sin-partes")
    build(region, plain)
    refused = region.json("paquete", "repositorio", "-o", plain, "--volumen", "5")
    assert refused.error == "repositorio.undivided"
