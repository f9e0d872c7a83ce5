"""A sealed content to be read on the screen, in the order of the paper. No Qt here."""

from collections.abc import Iterable
from dataclasses import dataclass

from fichaat.domain.acuerdo import Acuerdo, Seguimiento
from fichaat.domain.ficha import Ficha, NudoCritico
from fichaat.domain.persona import Destinatario, Responsable
from fichaat.domain.territorio import Territorio
from fichaat.gui.text import say, short_date, size_words


@dataclass(frozen=True, slots=True)
class Told:
    """A name and what stands under it on the paper."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the paper."""

    heading: str
    lines: tuple[Told, ...]


def content_of(
    ficha: Ficha, territorio: Territorio, earlier: dict[str, str] | None = None
) -> list[Section]:
    """Everything that was sealed; parts with nothing in them say so.

    Args:
        ficha: the content.
        territorio: names its districts.
        earlier: words of the agreements that it follows up, by id.
    """
    return [
        Section(say("revisar.part_visit"), tuple(_visit(ficha, territorio))),
        Section(say("revisar.part_people"), tuple(_people(ficha, territorio))),
        _rows("revisar.part_nudos", (_nudo(n, row) for n, row in enumerate(ficha.nudos_criticos))),
        _rows("revisar.part_agreements", (_acuerdo(n, r) for n, r in enumerate(ficha.acuerdos))),
        _rows(
            "revisar.part_followed",
            (_followed(n, row, earlier or {}) for n, row in enumerate(ficha.seguimientos)),
        ),
        Section(say("revisar.part_rest"), tuple(_rest(ficha))),
    ]


def _rows(code: str, rows: Iterable[Told]) -> Section:
    return Section(say(code), tuple(rows) or (Told("", say("revisar.part_none")),))


def _visit(ficha: Ficha, territorio: Territorio) -> Iterable[Told]:
    day = "" if ficha.fecha is None else short_date(ficha.fecha)
    yield _told("fecha", day)
    yield Told(
        say("revisar.hours"),
        say("revisar.from_to", inicio=ficha.hora_inicio or "", fin=ficha.hora_fin or ""),
    )
    for item in ficha.distritos:
        found = territorio.known(item.ubigeo)
        name = item.ubigeo if found is None else f"{found.distrito} ({found.provincia})"
        sesion = say("revisar.no_session") if item.sesion is None else _word(item.sesion.value)
        yield _told("distritos", f"{name}: {sesion}")
    if ficha.modalidad is not None:
        yield _told("modalidad", _word(ficha.modalidad.value))
    yield _told("lugar", ficha.lugar or "")
    if ficha.plataforma:
        yield _told("plataforma", ficha.plataforma)
    yield _told("temas", ", ".join(_word(tema.value) for tema in ficha.temas))
    if ficha.indicadores:
        yield _told("indicadores", ", ".join(ficha.indicadores))
    who = f"{ficha.ejecutor.entidad} ({_word(ficha.ejecutor.nivel.value)})"
    yield _told("ejecutor", who)


def _people(ficha: Ficha, territorio: Territorio) -> Iterable[Told]:
    for responsable in ficha.responsables:
        yield _told("responsables", _person(responsable))
    for destinatario in ficha.destinatarios:
        found = territorio.known(destinatario.distrito or "")
        place = "" if found is None else f" · {found.distrito}"
        yield _told("destinatarios", _person(destinatario) + place)


def _person(person: Responsable | Destinatario) -> str:
    return ", ".join(filter(None, (person.nombre, person.cargo, person.entidad)))


def _nudo(number: int, row: NudoCritico) -> Told:
    words = say("revisar.nudo_words", dificultad=row.descripcion, orientacion=row.orientacion)
    return Told(_numbered("nudos_criticos", number), words)


def _acuerdo(number: int, row: Acuerdo) -> Told:
    plazo = say("revisar.no_due") if row.plazo is None else short_date(row.plazo)
    words = say(
        "revisar.agreement_words",
        compromiso=row.descripcion,
        responsable=row.responsable,
        plazo=plazo,
    )
    return Told(_numbered("acuerdos", number), words)


def _followed(number: int, row: Seguimiento, earlier: dict[str, str]) -> Told:
    known = row.descripcion or earlier.get(row.acuerdo or "", "")
    words = say("revisar.followed_words", compromiso=known, estado=_word(row.estado.value))
    notes = [words, row.comentario, row.motivo or ""]
    return Told(_numbered("seguimientos", number), "\n".join(filter(None, notes)))


def _rest(ficha: Ficha) -> Iterable[Told]:
    yield _told("observaciones", ficha.observaciones)
    for item in ficha.adjuntos:
        size = size_words(item.bytes)
        yield _told("adjuntos", f"{item.nombre} ({_word(item.clase.value)}, {size})")


def _told(field: str, words: str) -> Told:
    return Told(say(f"sellar.field_{field}"), words or say("sellar.change_blank"))


def _numbered(field: str, number: int) -> str:
    return say("sellar.change_row", lista=say(f"sellar.field_{field}"), fila=number + 1)


def _word(value: str) -> str:
    return say(f"sellar.word_{value}")
