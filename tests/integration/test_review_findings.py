"""What a stranger found by using the program: each stays found."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from fichaat.application.import_bundle import ImportBundle
from fichaat.application.import_fichas import ImportFichas
from fichaat.application.installation import Installation
from fichaat.application.verify_bundle import VerifyBundle
from fichaat.bundle.reader import StrictBundleReader
from fichaat.bundle.writer import StrictBundleWriter
from fichaat.domain.codec import encode
from fichaat.trust.service import TrustService
from tests.support import bundles
from tests.support.fichas import complete_ficha, uuid7
from tests.support.installations import Laptop, template_store
from tests.support.keys import SeededKey


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    folder = tmp_path / "plantilla"
    folder.mkdir()
    made = Laptop(tmp_path / "a", template_store(folder), skew=timedelta(0), number=1)
    yield made
    made.close()


def plain_row(**changes: object) -> dict[str, object]:
    row: dict[str, object] = json.loads(encode(complete_ficha()))
    for member in ("codigo", "ejecutor", "firmas"):
        row.pop(member)
    row["acuerdos"] = []
    return {**row, **changes}


def codes_of(laptop: Laptop, *rows: dict[str, object]) -> list[str | None]:
    report, _ = ImportFichas(laptop.here)([json.dumps(row).encode() for row in rows])
    assert report.rechazadas == 0, report.detalle
    return [row.codigo for row in report.detalle]


def test_a_fresh_code_passes_over_those_that_rows_brought_along(laptop: Laptop) -> None:
    (first,) = codes_of(laptop, plain_row())
    assert first is not None
    following = f"{first[:-4]}{int(first[-4:]) + 1:04d}"
    ejecutor = {"nivel": "regional", "ubigeo": "05", "entidad": "GORE"}
    brought = plain_row(codigo=following, ejecutor=ejecutor)
    codes = codes_of(laptop, plain_row(), brought, plain_row())
    codes += codes_of(laptop, plain_row())
    assert codes[1] == following
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("member", ["json", "sig"])
def test_a_bundle_of_another_region_is_intact_only_once_every_record_was_read(
    laptop: Laptop, tmp_path: Path, member: str
) -> None:
    key = SeededKey(7)
    records = bundles.seal_chain(key, 2)
    good = bundles.members(key, records)
    bad = [
        replace(part, data=part.data[:-20] + bytes([part.data[-20] ^ 1]) + part.data[-19:])
        if part.name.endswith(f".{member}") and part.name.startswith("registros/")
        else part
        for part in good
    ]
    elsewhere = laptop.here.profile.__class__(
        laptop.here.profile.rol, "08", None, "Ana", "Especialista", "GORE Cusco (ficticio)"
    )
    here = Installation(
        laptop.here.store,
        elsewhere,
        laptop.here.key,
        laptop.here.clock,
        laptop.here.ids,
        laptop.here.territorio,
        "0.1.0",
    )
    reader = StrictBundleReader(TrustService())
    for parts, intact in ((good, True), (bad, False)):
        path = tmp_path / f"{intact}.fichaat"
        StrictBundleWriter().write(path, parts, key, bundles.AT)
        for verdict in (VerifyBundle(reader)(path, here), ImportBundle(here, reader)(path)[0]):
            assert verdict.refused
            assert verdict.intacto is intact
            assert (verdict.codigo == "bundle.other_region") is intact


def test_blobs_that_no_record_names_are_not_kept(laptop: Laptop, tmp_path: Path) -> None:
    key = SeededKey(7)
    records = bundles.seal_chain(key, 1)
    path = tmp_path / "relleno.fichaat"
    stuffing = b"relleno" * 10_000
    parts = bundles.members(key, records, blobs=[stuffing])
    StrictBundleWriter().write(path, parts, key, bundles.AT)
    verdict, _ = ImportBundle(laptop.here, StrictBundleReader(TrustService()))(path)
    assert verdict.aplicado
    with laptop.here.store.read() as reader:
        digests = {part.name[9:] for part in parts if part.name.startswith("adjuntos/")}
        assert reader.blob_sizes(digests) == {}


def test_a_paper_of_no_record_refuses_the_file(tmp_path: Path) -> None:
    key = SeededKey(7)
    records = bundles.seal_chain(key, 1)
    path = tmp_path / "papel.fichaat"
    foreign = ("pdf/05-2026-K7Q2MX-9999.v1.deadbeef.pdf", b"%PDF-1.4")
    StrictBundleWriter().write(path, bundles.members(key, records, pdfs=[foreign]), key, bundles.AT)
    verdict = VerifyBundle(StrictBundleReader(TrustService()))(path)
    assert verdict.codigo == "bundle.paper_unknown"


@pytest.mark.parametrize("member", ["contenido", "blob"])
def test_who_has_not_signed_has_signed_nothing(laptop: Laptop, member: str) -> None:
    person = complete_ficha().responsables[0].id
    firma = {"participante": person, "tipo": "pendiente", "motivo": "sin señal", member: "ab" * 32}
    report, _ = ImportFichas(laptop.here)([json.dumps(plain_row(firmas=[firma])).encode()])
    (row,) = report.detalle
    assert [problem.code for problem in row.problemas] == ["schema.firma_absent"]
    assert row.problemas[0].path == f"/firmas/0/{member}"


def test_more_rows_than_one_file_may_hold_are_said(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fichaat.application.import_fichas.MAX_ROWS", 3)
    with pytest.raises(Exception, match="too_many_rows"):
        ImportFichas(laptop.here)(json.dumps(plain_row(id=uuid7(n))).encode() for n in range(9))
