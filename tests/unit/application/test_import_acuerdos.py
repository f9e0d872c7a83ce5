"""An agreement's id belongs to one ficha: a row taken from another is refused, and so is a seal."""

import json
from typing import Any

import pytest
from msgspec import to_builtins
from msgspec.structs import replace

from fichaat.application.import_fichas import ImportedRow, ImportFichas
from fichaat.application.queries import Queries
from fichaat.application.rectify_ficha import RectifyFicha
from fichaat.application.save_draft import DiscardDraft, SaveDraft
from fichaat.application.seal_ficha import SealFicha
from fichaat.application.sign_ficha import SignFicha
from fichaat.domain.firma import TipoFirma
from fichaat.domain.problems import Severity
from fichaat.texts import message
from tests.support.fichas import uuid7
from tests.support.installations import Laptop
from tests.support.rows import Row, pending_row
from tests.unit.application.test_drafts import STROKE, a_draft, kept
from tests.unit.application.test_sealed_fichas import sealed


def visit(number: int, *ids: str, **changes: Any) -> Row:  # noqa: ANN401  # any JSON value
    plain = {"descripcion": "Jornada", "responsable": "Wilber Ayme", "plazo": "2026-12-15"}
    acuerdos = [{**plain, "id": id_} if id_ else plain for id_ in ids]
    return pending_row(number, acuerdos=acuerdos, **changes)


def brought(laptop: Laptop, *rows: Row, **how: Any) -> list[ImportedRow]:  # noqa: ANN401  # options
    lines = [json.dumps(item).encode() for item in rows]
    return list(ImportFichas(laptop.here)(lines, **how)[0].detalle)


def codes(row: ImportedRow) -> list[str]:
    return [problem.code for problem in row.problemas]


@pytest.mark.parametrize("where", ["sealed", "draft", "bin"])
def test_a_row_with_the_agreement_of_another_ficha_is_refused(laptop: Laptop, where: str) -> None:
    """Held sealed, in a draft, or in the bin; the sentence names that ficha."""
    codigo = sealed(laptop) if where == "sealed" else a_draft(laptop).ficha.codigo
    id_ = _agreement(laptop, codigo)
    if where == "bin":
        DiscardDraft(laptop.here)(codigo)
    good, bad = brought(laptop, visit(1, ""), visit(2, "", id_))
    assert (good.estado, bad.estado, bad.fila) == ("no_importada", "rechazada", 2)
    (problem,) = bad.problemas
    assert (problem.code, problem.severity) == ("ficha.acuerdo_known", Severity.REFUSED)
    assert problem.path == "/acuerdos/1/id"
    sentence = message(problem.code, problem.params)
    assert f"acuerdo 2 lleva el identificador de un acuerdo de la ficha {codigo}" in sentence
    assert "Quite el «id»" in sentence
    (taken,) = brought(laptop, visit(2, "", ""))
    assert taken.estado == "borrador"


def test_two_rows_of_a_file_cannot_bear_one_agreement(laptop: Laptop) -> None:
    mine = uuid7(900)
    rows = brought(laptop, visit(1, mine), visit(2, ""), visit(3, mine), partial=True)
    assert [row.estado for row in rows] == ["borrador", "borrador", "rechazada"]
    (problem,) = rows[2].problemas
    assert (problem.code, problem.params) == ("ficha.acuerdo_repeated", {"fila": 1, "otra": 1})
    assert "de la fila 1" in message(problem.code, problem.params)


def test_the_same_ficha_again_is_told_by_its_code_alone(laptop: Laptop) -> None:
    ejecutor = to_builtins(laptop.here.ejecutor)
    again = visit(1, uuid7(901), codigo="05-2026-ABCDEF-0001", ejecutor=ejecutor)
    assert brought(laptop, again)[0].estado == "borrador"
    assert codes(brought(laptop, again)[0]) == ["ficha.codigo_known"]


def test_answering_an_agreement_is_no_bearing_of_it(laptop: Laptop) -> None:
    id_ = _agreement(laptop, sealed(laptop))
    follow = visit(1, "", seguimientos=[{"acuerdo": id_, "estado": "en_proceso"}])
    assert brought(laptop, follow)[0].estado == "borrador"


def test_of_two_old_drafts_with_one_agreement_only_one_is_sealed(laptop: Laptop) -> None:
    first, second = (a_draft(laptop) for _ in range(2))
    twin = replace(second.ficha, acuerdos=first.ficha.acuerdos)
    SaveDraft(laptop.here)(twin.codigo, twin)
    motivo = "motivo de prueba"
    assert _sealed(laptop, first.ficha.codigo, motivo)
    assert not _sealed(laptop, twin.codigo, motivo)
    own = replace(twin, acuerdos=second.ficha.acuerdos)
    SaveDraft(laptop.here)(twin.codigo, own)
    assert _sealed(laptop, twin.codigo, motivo)


def test_a_rectification_keeps_its_agreements(laptop: Laptop, other: Laptop) -> None:
    """Also where a stranger's ficha bears them too."""
    codigo = sealed(laptop)
    copy = a_draft(other).ficha
    (mine,) = copy.acuerdos
    stolen = (replace(mine, id=_agreement(laptop, codigo)),)
    SaveDraft(other.here)(copy.codigo, replace(copy, acuerdos=stolen))
    assert _sealed(other, copy.codigo, "motivo de prueba")
    laptop.receive(other.held(), other)
    draft, _ = RectifyFicha(laptop.here)(codigo, "decía 12:00")
    SaveDraft(laptop.here)(codigo, replace(draft.ficha, hora_fin="12:30"))
    assert _sealed(laptop, codigo, "motivo de prueba")


def _agreement(laptop: Laptop, codigo: str) -> str:
    """The id of the only agreement of a draft or a sealed ficha."""
    return Queries(laptop.here).ficha(codigo).contenido.acuerdos[0].id


def _sealed(laptop: Laptop, codigo: str, motivo: str) -> bool:
    """Whether it was sealed; of a refusal, that it is the agreement's alone."""
    ficha = kept(laptop, codigo).ficha
    for id_ in [*(p.id for p in ficha.responsables), *(p.id for p in ficha.destinatarios)]:
        SignFicha(laptop.here)(codigo, id_, TipoFirma.TRAZO, stroke=STROKE)
    (outcome,), _ = SealFicha(laptop.here)([codigo], motivo)
    if outcome.record is None:
        assert [problem.code for problem in outcome.waiting] == ["ficha.acuerdo_of_other"]
    return outcome.record is not None
