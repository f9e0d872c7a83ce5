"""What a verdict says of itself."""

from dataclasses import dataclass

import pytest

from fichaat.application.verdict import BundleVerdict, RecordVerdict, Signers, trust_code
from fichaat.domain.recepcion import Resultado


@dataclass(frozen=True)
class Brought:
    results: tuple[Resultado, ...]
    blobs: int
    nothing: bool


@pytest.mark.parametrize(
    "case",
    [
        Brought((), 0, nothing=True),
        Brought((Resultado.KNOWN, Resultado.KNOWN), 0, nothing=True),
        Brought((Resultado.KNOWN, Resultado.NEW), 0, nothing=False),
        Brought((Resultado.QUARANTINED,), 0, nothing=False),
        Brought((Resultado.KNOWN,), 1, nothing=False),
    ],
)
def test_a_bundle_brings_nothing_when_records_and_blobs_were_here(case: Brought) -> None:
    registros = [RecordVerdict("0" * 64, "ficha", "x", 1, result) for result in case.results]
    verdict = BundleVerdict(
        archivo="a",
        intacto=True,
        valido=True,
        confiable=False,
        codigo=None,
        params={},
        info=None,
        registros=registros,
        adjuntos_nuevos=case.blobs,
    )
    assert verdict.brings_nothing is case.nothing


APART = [RecordVerdict("0" * 64, "ficha", "x", 1, Resultado.QUARANTINED)]


@pytest.mark.parametrize(
    ("signers", "records", "code"),
    [
        (Signers(exporter_known=True), [], None),
        (Signers(exporter_known=True), APART, "trust.records_apart"),
        (Signers(exporter_known=True, pending=True), APART, "trust.signer_pending"),
        (Signers(exporter_known=False, pending=True), APART, "trust.exporter_pending"),
        (
            Signers(exporter_known=False, exporter_revoked=True, pending=True),
            APART,
            "trust.exporter_revoked",
        ),
        (
            Signers(exporter_known=False, exporter_revoked=True, other_root=True),
            APART,
            "trust.other_region_key",
        ),
        (
            Signers(exporter_known=True, other_root=True, coordinates=True),
            [],
            "trust.other_region_key_own",
        ),
        (
            Signers(
                exporter_known=False,
                exporter_revoked=True,
                pending=True,
                root_pending=True,
                other_root=True,
            ),
            APART,
            "trust.region_pending",
        ),
    ],
)
def test_the_gravest_reason_is_told(
    signers: Signers, records: list[RecordVerdict], code: str | None
) -> None:
    assert trust_code(records, signers) == code


@pytest.mark.parametrize("result", Resultado)
def test_what_is_kept_apart_is_not_trusted(result: Resultado) -> None:
    good = {Resultado.NEW, Resultado.KNOWN, Resultado.NEW_VERSION, Resultado.FORK}
    bad = {Resultado.REFUSED}  # refuses the whole file: it never comes this far
    records = [RecordVerdict("0" * 64, "ficha", "x", 1, result)]
    expected = None if result in good | bad else "trust.records_apart"
    assert trust_code(records, Signers(exporter_known=True)) == expected
