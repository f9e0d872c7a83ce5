"""The official words, letter by letter, and the small ones around them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from fichaat.domain.ficha import Modalidad
from fichaat.reports import words


def test_the_official_words_are_those_of_the_source() -> None:
    """Copied from Anexo N°3 of the ART-01 sheet."""
    assert words.TITULO == (
        "Ficha de registro de acciones de asistencia técnica en el marco del Pacto Regional"
    )
    assert f"{words.INSTRUCCIONES} {words.INSTRUCCIONES_TEXTO}" == (
        "Instrucciones: En la presente ficha se registran las acciones de asistencia técnica (AT) "
        "desarrolladas para cumplimiento de los indicadores contemplados en el Pacto Regional por "
        "el DIT suscrito. Las acciones de AT pueden ser individuales y/o grupales, asimismo se "
        "pueden realizar en modalidad presencial, virtual y/o mixta."
    )
    assert words.MODALIDADES == {
        Modalidad.PRESENCIAL: "Presencial",
        Modalidad.VIRTUAL: "virtual",
        Modalidad.MIXTA: "Mixta",
    }
    assert words.SEGUIMIENTO == "Seguimiento de acuerdos/compromisos anteriores (si hubiera)"


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["Quinua"], "Quinua"),
        (["Pacaycasa", "Quinua"], "Pacaycasa y Quinua"),
        (["Belén", "Iquitos"], "Belén e Iquitos"),
        (["Lima", "Ílave"], "Lima e Ílave"),
        (["Lima", "Huiacho"], "Lima y Huiacho"),
        (["Lima", "Hierbabuena"], "Lima y Hierbabuena"),
        (["Vinchos", "Chiara", "Yauli"], "Vinchos, Chiara y Yauli"),
    ],
)
def test_names_are_listed_as_people_write_them(names: list[str], text: str) -> None:
    assert words.listing(names) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (412_300, "412 kB"),
        (999_499, "999 kB"),
        (999_500, "1,0 MB"),
        (1_440_000, "1,4 MB"),
        (52_428_800, "52,4 MB"),
    ],
)
def test_sizes_are_read_by_people(count: int, text: str) -> None:
    assert words.size(count) == text


def test_moments_are_told_in_lima() -> None:
    assert words.moment(datetime(2026, 11, 21, 3, 30, tzinfo=UTC)) == "20/11/2026 22:30"
    east = timezone(timedelta(hours=14))
    assert words.moment(datetime(1, 1, 1, tzinfo=east)) == "0001-01-01T00:00+14:00"


def test_a_sentence_is_closed_once() -> None:
    assert words.sentence("Revisar el padrón") == "Revisar el padrón."
    assert words.sentence("¿Cuándo?") == "¿Cuándo?"
