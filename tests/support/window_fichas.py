"""Fichas in the data folder of a running window, by the same use cases that the window has."""

from typing import Any

from fichaat.application.sign_ficha import people
from fichaat.domain.firma import TipoFirma
from fichaat.gui.app import Desktop
from tests.support.rows import STROKE, jsonl, row


def drafts(desktop: Desktop, count: int = 1, **changes: Any) -> list[str]:  # noqa: ANN401  # of a row
    """Visits that only lack their signatures."""
    session = desktop.session
    assert session is not None
    rows = [row(observaciones=f"Visita {number}", **changes) for number in range(count)]
    report, _ = session.import_fichas(jsonl(*rows).splitlines())
    codes = [item.codigo for item in report.detalle]
    assert all(codes)
    return [str(codigo) for codigo in codes]


def signed(desktop: Desktop, **changes: Any) -> str:  # noqa: ANN401  # of a row
    """A visit that can be sealed."""
    (codigo,) = drafts(desktop, **changes)
    session = desktop.session
    assert session is not None
    ficha = session.queries.ficha(codigo).contenido
    for person in people(ficha):
        session.sign(codigo, person.id, TipoFirma.TRAZO, stroke=STROKE)
    return codigo


def sealed(desktop: Desktop, **changes: Any) -> str:  # noqa: ANN401  # of a row
    codigo = signed(desktop, **changes)
    session = desktop.session
    assert session is not None
    (outcome,), _ = session.seal([codigo], "motivo de prueba")
    assert outcome.record is not None, outcome.problems
    return codigo
