"""Statements about accepted warnings: whole, named from the content, one line for several."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fichaat import domain
from fichaat.application.avisos import avisos, statement_codes
from fichaat.domain.ficha import Advertencia, DistritoAtendido, Ficha
from fichaat.domain.firma import Firma, TipoFirma
from fichaat.domain.persona import Destinatario
from fichaat.texts import MESSAGES, MISSING, message
from tests.support.fichas import DESTINATARIO, RESPONSABLE, complete_ficha, uuid7

SEALED = datetime(2026, 11, 21, 3, 0, tzinfo=timezone.utc)  # noqa: UP017  # the 20th in Lima
PLACES = {"050101": "Ayacucho", "050108": "Quinua"}
ORDERS = re.compile(r"\b(Diga|Añada|Corr[ií]ja|Adj[uú]nte|Rev[ií]se|Elija|Quite|Descarte)")


def warned(ficha: Ficha, *given: tuple[str, str, str]) -> list[tuple[str, str]]:
    """The lines of a paper sealed at `SEALED`."""
    told = tuple(Advertencia(f"ficha.{code}", path, motivo) for code, path, motivo in given)
    found = avisos(replace(ficha, advertencias=told), SEALED, lambda u: PLACES.get(u, u))
    return [(message(item.code, item.params), item.motivo) for item in found]


def pending(ids: Sequence[str], tipo: TipoFirma = TipoFirma.PENDIENTE) -> tuple[Firma, ...]:
    return tuple(Firma(id_, tipo, motivo="viaje") for id_ in ids)


def test_people_without_a_signature_are_named_in_one_line_for_each_reason() -> None:
    more = replace(DESTINATARIO, id=uuid7(900), nombre="Isabel Ficticia")
    ficha = complete_ficha(destinatarios=(DESTINATARIO, more))
    ficha = replace(ficha, firmas=pending([RESPONSABLE.id, DESTINATARIO.id, more.id]))
    lines = warned(
        ficha,
        ("firma_pending", "/firmas/0", "viaje"),
        ("firma_pending", "/firmas/1", "salud"),
        ("firma_pending", "/firmas/2", "viaje"),
    )
    assert lines == [
        (f"Firmas pendientes de {RESPONSABLE.nombre} e Isabel Ficticia.", "viaje"),
        (f"Firma pendiente de {DESTINATARIO.nombre}.", "salud"),
    ]


def test_many_names_go_on_in_further_lines_and_none_is_lost() -> None:
    people = tuple(
        Destinatario(
            uuid7(1000 + n), nombre=f"Persona Ficticia Larga Número {n}", distrito="050101"
        )
        for n in range(31)
    )
    ficha = complete_ficha(destinatarios=people)
    ficha = replace(ficha, firmas=pending([person.id for person in people]))
    lines = warned(ficha, *((("firma_pending", f"/firmas/{n}", "viaje")) for n in range(31)))
    assert 1 < len(lines) < 10
    text = " ".join(sentence for sentence, _ in lines)
    assert all(re.search(rf"Número {n}\b", text) for n in range(31))
    assert MISSING not in text


@pytest.mark.parametrize(
    ("code", "path", "sentence"),
    [
        ("fecha_old", "/fecha", "Visita registrada 50 días después."),
        ("duration_long", "/hora_fin", "La visita duró 7 h 30 min."),
        ("lugar_unexpected", "/lugar", "Visita virtual con un lugar: Sala de regidores."),
        (
            "distrito_not_signatory",
            "/distritos/1/ubigeo",
            "Sin firma del Pacto: Quinua. La visita no cuenta.",
        ),
        (
            "seguimiento_before_diagnostico",
            "/distritos/0/sesion",
            "Seguimiento sin un diagnóstico anterior en el equipo: Ayacucho.",
        ),
        ("indicador_unknown", "/indicadores/0", "Indicador fuera del catálogo: PR-99."),
        ("firma_refused", "/firmas/0", f"No firmó: {DESTINATARIO.nombre}."),
        (
            "firma_scan_missing",
            "/firmas/0",
            f"Falta el escaneo de la firma en papel de {DESTINATARIO.nombre}.",
        ),
        ("temas_required", "/temas", "No se marcó ningún tema."),
        ("de_otro_tiempo", "/x", "Aviso con el código ficha.de_otro_tiempo."),
    ],
)
def test_what_each_says(code: str, path: str, sentence: str) -> None:
    ficha = complete_ficha(
        fecha=date(2026, 10, 1),
        hora_inicio="08:00",
        hora_fin="15:30",
        lugar="Sala de regidores",
        indicadores=("PR-99",),
        distritos=(DistritoAtendido("050101"), DistritoAtendido("050108")),
    )
    ficha = replace(ficha, firmas=pending([DESTINATARIO.id], TipoFirma.NO_FIRMO))
    assert warned(ficha, (code, path, "m")) == [(sentence, "m")]


def test_a_draft_has_no_day_of_its_seal() -> None:
    ficha = complete_ficha(advertencias=(Advertencia("ficha.fecha_old", "/fecha", "m"),))
    (told,) = avisos(ficha, None, str)
    assert message(told.code, told.params) == "Visita registrada más de 30 días después."


def _warnings() -> list[str]:
    text = "".join(p.read_text("utf-8") for p in Path(domain.__file__).parent.glob("problems_*.py"))
    return sorted(set(re.findall(r'warning\(\s*"(ficha\.[a-z_]+)"', text)))


def test_every_warning_has_its_statement() -> None:
    codes = _warnings()
    assert len(codes) > 12
    stated = [name for code in codes for name in statement_codes(code)]
    assert [name for name in stated if name == "aviso.other" or name not in MESSAGES] == []
    known = {"aviso.other", *stated}
    assert [code for code in MESSAGES if code.startswith("aviso.") and code not in known] == []
    assert [code for code in known if ORDERS.search(MESSAGES[code])] == []


@given(
    st.sampled_from([*_warnings(), "ficha.x", "otro", ""]),
    st.sampled_from(["", "/", "/firmas/0", "/firmas/9", "/firmas/x", "/firmas/²", "/distritos/0"])
    | st.sampled_from(["/codigo/0", "/nudos_criticos/0/indicador", "/indicadores/0", "/lugar"])
    | st.text(max_size=30),
    st.none() | st.datetimes(timezones=st.just(timezone(timedelta(hours=14)))),
)
def test_no_record_makes_a_hole_or_an_error(code: str, path: str, at: datetime | None) -> None:
    for ficha in (complete_ficha(firmas=pending(["x"])), complete_ficha(fecha=None, lugar=" ")):
        told = replace(ficha, advertencias=(Advertencia(code, path, "m"),))
        for item in avisos(told, at, lambda u: PLACES.get(u, u)):
            assert MISSING not in message(item.code, item.params) or not code.strip()
