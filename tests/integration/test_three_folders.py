"""A thousand varied visits: sealed on one computer, carried to a second, from there to a third.

Everything goes through the commands. In the end the three agree, the author's bytes are the
author's everywhere, and `openssl` says the same as the program.
"""

import csv
import io
import json
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest

from fichaat import bootstrap
from tests.support.few_papers import PLAIN, FewPapers
from tests.support.program import Machine
from tests.support.rows import Row
from tests.support.visits import Visits, expected, jsonl_lines, make_visits

VISITS = 1000
SAMPLE = 50
DRAWN = 7
"""One paper in so many is drawn: each kind of content comes back after 2, 9, 10 or 50 visits."""
REASON = "Explicado en el informe\nmensual «Ñ»"
ROUNDS = 5


@dataclass(frozen=True)
class Contents:
    """A package as any tool for ZIP files reads it."""

    members: dict[str, bytes]

    @classmethod
    def of(cls, path: Path) -> "Contents":
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            return cls({name: archive.read(name) for name in archive.namelist()})

    def under(self, folder: str) -> dict[str, bytes]:
        return {name: data for name, data in self.members.items() if name.startswith(folder + "/")}

    def fichas(self) -> dict[str, dict[str, Any]]:
        """The content of every sealed ficha by its code."""
        found = {}
        for name, data in self.under("registros").items():
            record = json.loads(data) if name.endswith(".json") else {}
            if record.get("kind") == "ficha":
                found[record["content"]["codigo"]] = record["content"]
        return found


def export(machine: Machine, folder: Path, *options: str) -> Path:
    folder.parent.mkdir(parents=True, exist_ok=True)
    (file,) = machine.done("paquete", "exportar", "-o", folder, *options)["archivos"]
    return Path(file["ruta"])


def results(answer: Any) -> dict[str, int]:  # noqa: ANN401  # of paquete importar
    counts: dict[str, int] = {}
    for item in answer["registros"]:
        counts[item["resultado"]] = counts.get(item["resultado"], 0) + 1
    return counts


def state(machine: Machine) -> tuple[int, str]:
    """How many records there are and what they come to; nothing may differ from what it should."""
    found = machine.done("datos", "comprobar")
    assert found["diferencias"] == []
    return found["registros"], found["proyecciones_sha256"]


def exchange(machines: Sequence[Machine], folder: Path) -> list[Path]:
    """Everyone hands everything to everyone until nobody learns anything."""
    for number in range(ROUNDS):
        files = [export(machine, folder / str(number), "--todo") for machine in machines]
        learned = 0
        for machine in machines:
            others = [file for file, owner in zip(files, machines, strict=True) if owner != machine]
            answers = machine.done("paquete", "importar", *others, code=3)
            learned += sum(results(answer).get("new", 0) for answer in answers)
            kinds = {kind for answer in answers for kind in results(answer)}
            assert kinds <= {"new", "known"}
        if not learned:
            return files
    raise AssertionError("they keep answering each other")


def same(typed: Any, stored: Any, path: str = "") -> None:  # noqa: ANN401  # any JSON value
    """Whatever was typed stands there; what was not is empty, or was filled in."""
    if isinstance(typed, dict):
        assert isinstance(stored, dict), path
        for name in typed.keys() | stored.keys():
            if name in typed:
                same(typed[name], stored[name], f"{path}/{name}")
            elif name not in ("id", "codigo", "ejecutor", "origen", "advertencias", "clase"):
                assert stored[name] in (None, "", [], "pendiente"), f"{path}/{name}"
    elif isinstance(typed, list):
        assert isinstance(stored, list), path
        assert len(typed) == len(stored), path
        for row, (one, other) in enumerate(zip(typed, stored, strict=True)):
            same(one, other, f"{path}/{row}")
    else:
        assert typed == stored, path


def openssl(*arguments: str | Path) -> str:
    ended = subprocess.run(
        ["openssl", *map(str, arguments)], capture_output=True, check=False, text=True
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout + ended.stderr


def check_container(contents: Contents, folder: Path) -> None:
    """The exporter's signature over the list, as openssl sees it."""
    folder.mkdir()
    for name in ("META-INF/signature001.p7s", "META-INF/ASiCManifest001.xml"):
        (folder / Path(name).name).write_bytes(contents.members[name])
    (pem,) = contents.under("certificados").values()
    (folder / "exportador.pem").write_bytes(pem)
    told = openssl(
        "cms", "-verify", "-cades", "-binary", "-inform", "DER",
        "-in", folder / "signature001.p7s", "-content", folder / "ASiCManifest001.xml",
        "-CAfile", folder / "exportador.pem", "-purpose", "any", "-no_check_time",
        "-out", folder / "lista.xml",
    )  # fmt: skip
    assert "successful" in told


def check_records(contents: Contents, folder: Path, count: int) -> None:
    """Some of the records, each against the certificate of the device that it names."""
    folder.mkdir()
    names = sorted(name for name in contents.under("registros") if name.endswith(".json"))
    for name in Random(7).sample(names, count):
        device = name.split("/")[1]
        (folder / "pem").write_bytes(contents.members[f"certificados/{device}.pem"])
        (folder / "key").write_text(
            openssl("x509", "-in", folder / "pem", "-noout", "-pubkey"), encoding="ascii"
        )
        (folder / "raw").write_bytes(contents.members[name])
        (folder / "sig").write_bytes(contents.members[name.removesuffix("json") + "sig"])
        told = openssl(
            "dgst", "-sha256", "-verify", folder / "key", "-signature", folder / "sig",
            folder / "raw",
        )  # fmt: skip
        assert told == "Verified OK\n"


def check_contents(rows: Sequence[Row], codes: Sequence[str], contents: Contents) -> None:
    stored = contents.fichas()
    assert len(stored) == len(rows)
    for row, codigo in zip(rows, codes, strict=True):
        same(expected(row), stored[codigo], codigo)
        for warning in stored[codigo]["advertencias"]:
            assert warning["motivo"] == reason_of(warning, stored[codigo])


def reason_of(warning: Mapping[str, str], ficha: Mapping[str, Any]) -> str:
    """That of the signature where somebody did not sign, else the one of the command."""
    if warning["code"] not in ("ficha.firma_pending", "ficha.firma_refused"):
        return REASON
    return str(ficha["firmas"][int(warning["path"].rpartition("/")[2])]["motivo"])


def check_summary(contents: Contents, codes: Sequence[str]) -> None:
    """`resumen.csv`: a line for each, and no cell that a spreadsheet would run."""
    lines = list(csv.reader(io.StringIO(contents.members["resumen.csv"].decode("utf-8-sig"))))
    assert {line[0] for line in lines[1:]} == set(codes)
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "-", "@"))]


def seal_all(machine: Machine, visits: Visits, folder: Path) -> list[str]:
    """Import and seal through the command; the codes in the order of the rows."""
    blobs = folder / "adjuntos"
    blobs.mkdir()
    for digest, data in visits.blobs.items():
        (blobs / digest).write_bytes(data)
    file = folder / "fichas.jsonl"
    file.write_bytes(jsonl_lines(visits.rows))
    answer = machine.done(
        "ficha", "importar", file, "--sellar", "--motivo", REASON, "--adjuntos", blobs
    )
    assert {key: answer[key] for key in ("filas", "importadas", "selladas", "rechazadas")} == {
        "filas": len(visits.rows),
        "importadas": len(visits.rows),
        "selladas": len(visits.rows),
        "rechazadas": 0,
    }
    return [item["codigo"] for item in answer["detalle"]]


@pytest.mark.timeout(600)
def test_a_thousand_visits_travel_through_three_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap.Program, "renderer", property(lambda _: FewPapers(DRAWN)))
    machines = [Machine(tmp_path, name) for name in ("ayacucho", "huanta", "region")]
    author, province, region = machines
    device = author.create()["device"]
    for machine in (province, region):
        machine.create()

    visits = make_visits(VISITS)
    codes = seal_all(author, visits, tmp_path)
    assert len(set(codes)) == VISITS
    first = export(author, tmp_path / "usb")
    assert author.done("paquete", "verificar", first)["confiable"]
    whole = Contents.of(first)
    assert len(whole.under("pdf")) == VISITS
    assert all(pdf.startswith(b"%PDF-") for pdf in whole.under("pdf").values())
    assert sum(pdf != PLAIN for pdf in whole.under("pdf").values()) == VISITS // DRAWN
    assert set(whole.under("adjuntos")) == {f"adjuntos/{digest}" for digest in visits.blobs}
    check_container(whole, tmp_path / "cms")
    check_records(whole, tmp_path / "dgst", SAMPLE)
    check_contents(visits.rows, codes, whole)
    check_summary(whole, codes)

    # From here on the papers, printed once, would only cost time.
    monkeypatch.setattr(bootstrap.Program, "renderer", property(lambda _: FewPapers(None)))
    judged = province.done("paquete", "verificar", first, code=3)
    assert (judged["intacto"], judged["valido"], judged["confiable"]) == (True, True, False)
    assert judged["codigo"] == "trust.exporter_pending"
    received = province.done("paquete", "importar", first, code=3)
    assert results(received) == {"new": VISITS}
    forwarded = export(province, tmp_path / "usb", "--todo")
    assert results(region.done("paquete", "importar", forwarded, code=3)) == {"new": VISITS + 1}

    files = exchange(machines, tmp_path / "intercambio")
    states = {state(machine) for machine in machines}
    assert len(states) == 1
    (agreed,) = states
    # A reception for each import that brought work; receptions themselves are never answered.
    assert agreed[0] == VISITS + 2
    for machine in machines:
        rebuilt = machine.done("datos", "reconstruir")
        assert (rebuilt["registros"], rebuilt["proyecciones_sha256"]) == agreed

    held = [Contents.of(file) for file in files]
    assert held[0].under("registros") == held[1].under("registros") == held[2].under("registros")
    assert held[0].under("adjuntos") == held[2].under("adjuntos") == whole.under("adjuntos")
    assert whole.under("registros").items() <= held[2].under("registros").items()
    assert whole.under("registros") == held[2].under(f"registros/{device}")
    check_records(held[2], tmp_path / "dgst-region", SAMPLE)

    assert results(author.done("paquete", "importar", first)) == {"known": VISITS}
    for machine in (province, region):
        again = machine.done("paquete", "importar", first, code=3)
        assert results(again) == {"known": VISITS}
    assert {state(machine) for machine in machines} == states
