"""Every field of the paper has its name when it changes."""

from datetime import date

from msgspec.structs import replace

from fichaat.application.diff import diff
from fichaat.domain.acuerdo import EstadoAcuerdo, Seguimiento
from fichaat.domain.ficha import Ejecutor, Ficha, Modalidad, Nivel, Origen, Tema
from fichaat.domain.firma import Adjunto, ClaseAdjunto
from fichaat.domain.territorio import Territorio
from fichaat.gui.diff_words import ChangeLine, change_lines
from fichaat.texts import MESSAGES
from tests.support.fichas import DISTRITOS, HUANTA, QUINUA, unsigned_ficha, uuid7

KNOWN = Territorio(DISTRITOS.values())


def words(before: Ficha, after: Ficha) -> list[ChangeLine]:
    return change_lines(diff(before, after), KNOWN)


def test_every_field_has_a_name() -> None:
    names = {
        f"sellar.field_{name}"
        for name in Ficha.__struct_fields__
        if name not in ("codigo", "firmas", "advertencias")
    }
    rows = unsigned_ficha(
        seguimientos=(Seguimiento(),),
        adjuntos=(Adjunto("ab" * 32, "a.pdf", "application/pdf", 1),),
    )
    for section in ("distritos", "responsables", "destinatarios", "nudos_criticos", "acuerdos"):
        names |= _members(section, getattr(rows, section)[0])
    names |= _members("seguimientos", rows.seguimientos[0])
    names |= _members("adjuntos", rows.adjuntos[0])
    names |= _members("ejecutor", rows.ejecutor)
    assert names - MESSAGES.keys() == set()


def _members(section: str, row: object) -> set[str]:
    fields: tuple[str, ...] = row.__struct_fields__  # type: ignore[attr-defined]
    return {f"sellar.field_{section}_{name}" for name in fields if name not in ("id", "sha256")}


def test_every_word_of_a_choice_is_spanish() -> None:
    choices = (Modalidad, Tema, EstadoAcuerdo, Nivel, Origen, ClaseAdjunto)
    lacking = {f"sellar.word_{item.value}" for choice in choices for item in choice}
    assert lacking - MESSAGES.keys() == set()


def test_values_are_told_as_the_paper_writes_them() -> None:
    before = unsigned_ficha()
    acuerdo = before.acuerdos[0]
    after = replace(
        before,
        fecha=date(2026, 11, 19),
        modalidad=Modalidad.MIXTA,
        plataforma="Meet",
        temas=(),
        ejecutor=Ejecutor(Nivel.PROVINCIAL, "05", before.ejecutor.entidad),
        acuerdos=(replace(acuerdo, plazo=None, nudo=None, distrito=QUINUA),),
        seguimientos=(Seguimiento(uuid7(9), estado=EstadoAcuerdo.EN_PROCESO, avance=60),),
    )
    assert words(before, after) == [
        ChangeLine("Quien asiste: nivel", "regional", "provincial"),
        ChangeLine("Fecha", "20/11/2026", "19/11/2026"),
        ChangeLine("Modalidad", "presencial", "mixta"),
        ChangeLine("Plataforma", "vacío", "Meet"),
        ChangeLine("Temas", "salud", "vacío"),
        ChangeLine("Acuerdo 1: plazo", "15/12/2026", "vacío"),
        ChangeLine("Acuerdo 1: distrito", "vacío", "Quinua (Huamanga)"),
        ChangeLine("Acuerdo 1: nudo que atiende", "1", "vacío"),
        ChangeLine("Seguimiento 1", "se añadió", "en proceso"),
    ]


def test_rows_that_moved_or_are_gone_say_so() -> None:
    first = unsigned_ficha().destinatarios[0]
    second = replace(first, id=uuid7(9), nombre="Yesenia Rúa", distrito=HUANTA)
    before = unsigned_ficha(destinatarios=(first, second))
    moved = replace(before, destinatarios=(second, first))
    assert words(before, moved) == [ChangeLine("Destinatario", "", "cambió de orden")]
    gone = replace(before, destinatarios=(first,))
    assert words(before, gone) == [ChangeLine("Destinatario 2", "Yesenia Rúa", "se quitó")]


def test_an_agreement_followed_instead_of_another_is_no_string_of_letters() -> None:
    before = unsigned_ficha(seguimientos=(Seguimiento(uuid7(8)),))
    after = replace(before, seguimientos=(Seguimiento(uuid7(9)),))
    assert words(before, after) == [ChangeLine("Seguimiento 1: acuerdo", "", "es otro")]
