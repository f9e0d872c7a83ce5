"""What the terminal says of the way of a sealed ficha: a sentence, and moments for programs."""

from datetime import UTC, datetime

import pytest

from fichaat.application.entrega import Entrega, Llegada
from fichaat.application.list_fichas import ESTADOS
from fichaat.application.queries import FichaView
from fichaat.cli.ficha_view import entrega_shape, ficha_lines
from fichaat.domain.territorio import Territorio
from fichaat.texts.ordenes import SEEN
from tests.support.records import FakeDevice, make_ficha

REGION = datetime(2026, 11, 21, 3, 5, tzinfo=UTC)
PROVINCE = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
LEFT = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)


def line_of(estado: Llegada) -> str:
    item = FakeDevice().ficha(make_ficha(1))
    view = FichaView(
        "sellada",
        item.record.content,  # type: ignore[arg-type]  # a ficha
        (),
        registro=item.record,
        entrega=Entrega(estado, REGION, PROVINCE, LEFT, "recibida"),
    )
    return list(ficha_lines(view, Territorio([])))[1]


@pytest.mark.parametrize(
    ("estado", "sentence"),
    [
        # The day in Lima, where it is still the 20th.
        (Llegada.REGION, "Versión 1: la región la recibió el 20/11/2026, 22:05"),
        (Llegada.DE_LA_REGION, "Versión 1: se hizo en la región; no hay que entregarla"),
        (
            Llegada.PROVINCIA,
            "Versión 1: la provincia la recibió el 20/11/2026, 10:30; la región aún no",
        ),
        (Llegada.EXPORTADA, "Versión 1: exportada el 20/11/2026, 09:00; aún sin respuesta"),
        (Llegada.SIN_EXPORTAR, "Versión 1: aún no se exportó"),
        (
            Llegada.SIN_NOTICIA,
            "Versión 1: la entrega otro equipo; aquí no hay noticia de ella",
        ),
    ],
)
def test_each_way_has_its_sentence_of_one_line(estado: Llegada, sentence: str) -> None:
    assert line_of(estado) == sentence
    assert len(sentence) <= 80


def test_programs_get_every_moment_that_is_known() -> None:
    assert entrega_shape(None) is None
    assert entrega_shape(Entrega(Llegada.REGION, REGION, None, LEFT, "aprobada")) == {
        "estado": "region",
        "region": "2026-11-20T22:05:00-05:00",
        "provincia": None,
        "exportada": "2026-11-20T09:00:00-05:00",
    }


def test_every_state_of_the_list_of_the_window_has_its_word() -> None:
    assert set(ESTADOS) <= set(SEEN)
