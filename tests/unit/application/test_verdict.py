"""What a verdict says of itself."""

from dataclasses import dataclass

import pytest

from fichaat.application.verdict import BundleVerdict, RecordVerdict
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
