"""What the page says of an agreement: when it falls due, how it stands, what happened."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from fichaat.application.acuerdo_line import AcuerdoLine, Segmento
from fichaat.application.acuerdos.add_evento import Evento
from fichaat.application.acuerdos.read_acuerdo import AcuerdoDetail, AcuerdoEvent
from fichaat.domain.acuerdo import EstadoAcuerdo
from fichaat.domain.territorio import Territorio
from fichaat.gui.ficha_words import places_words
from fichaat.gui.text import hour, say, short_date
from fichaat.texts.acuerdos import ESTADOS

_SOON: Final = 7
"""Days before a date on which it is called near."""


class Due(NamedTuple):
    """How urgent it is: an icon, words and a tone, never a tone alone."""

    words: str
    tone: str
    icon: str


class RowWords(NamedTuple):
    """One line of the list."""

    id: str
    due: Due
    lugar: str
    acuerdo: str
    responsable: str
    estado: str
    ficha: str

    @property
    def spoken(self) -> str:
        """What a screen reader says of the line."""
        return ". ".join((self.due.words, self.lugar, self.acuerdo, self.responsable, self.estado))


class StepWords(NamedTuple):
    """Something that happened."""

    que: str
    quien: str
    detalle: str
    tone: str
    icon: str
    codigo: str = ""
    """Of the visit in which it was said."""
    estado: str = ""
    cumplido_el: str = ""
    nuevo_plazo: str = ""


class DetailWords(NamedTuple):
    """The chosen agreement."""

    id: str
    due: Due
    lugar: str
    acuerdo: str
    datos: tuple[tuple[str, str], ...]
    """Label and value."""
    codigo: str
    """Of the ficha that bears it."""
    historia: tuple[StepWords, ...]
    """The last first."""
    lados: tuple[StepWords, ...]
    """What contradicts each other."""


def due_words(line: AcuerdoLine, hoy: date) -> Due:
    """«Venció hace 5 días», «Vence hoy», «Vence en 3 días», «Sin plazo», «Cumplido el …»."""
    if line.contradiccion:
        return Due(say("acuerdos.disputed"), "warn", "aviso")
    if line.estado == EstadoAcuerdo.CUMPLIDO:
        day = short_date(line.cumplido_el) if line.cumplido_el else ""
        words = say("acuerdos.done_on", fecha=day) if day else say("acuerdos.done")
        return Due(words, "ok", "bien")
    if line.estado == EstadoAcuerdo.NO_CUMPLIDO:
        return Due(say("acuerdos.not_done"), "neutral", "anulada")
    if not line.plazo:
        return Due(say("acuerdos.no_date"), "neutral", "vacio")
    days = (date.fromisoformat(line.plazo) - hoy).days
    if days < 0:
        words = say("acuerdos.late_yesterday") if days == -1 else say("acuerdos.late", dias=-days)
        return Due(words, "error", "error")
    if days == 0:
        return Due(say("acuerdos.today"), "warn", "reloj")
    if days <= _SOON:
        words = say("acuerdos.tomorrow") if days == 1 else say("acuerdos.soon", dias=days)
        return Due(words, "warn", "reloj")
    return Due(say("acuerdos.due_on", fecha=line.plazo), "neutral", "fecha")


def row_words(line: AcuerdoLine, hoy: date, territorio: Territorio) -> RowWords:
    return RowWords(
        line.id,
        due_words(line, hoy),
        places_words(line.distritos, territorio),
        " ".join(line.descripcion.split()),
        line.responsable,
        _estado(line),
        line.codigo,
    )


def detail_words(line: AcuerdoLine, detail: AcuerdoDetail, territorio: Territorio) -> DetailWords:
    return DetailWords(
        line.id,
        due_words(line, detail.hoy),
        places_words(line.distritos, territorio),
        line.descripcion,
        tuple(_data(line, detail)),
        line.codigo,
        (*(_step(event) for event in reversed(detail.eventos)), _birth(detail)),
        tuple(_step(event) for event in detail.lados),
    )


def estado_options() -> Sequence[tuple[str, str]]:
    """(value, words) of what can be said of an agreement."""
    return [(estado, words.capitalize()) for estado, words in ESTADOS.items()]


def segment_words(segmento: Segmento, count: int | None = None) -> str:
    """«Vencidos (3)»."""
    words = say(f"acuerdos.segment_{segmento.value}")
    return words if count is None else say("acuerdos.segment", nombre=words, cantidad=count)


def preview_line(item: Evento, line: AcuerdoLine, territorio: Territorio) -> str:
    """What a row of a file would register."""
    return say(
        "acuerdos.preview_line",
        lugar=places_words(line.distritos, territorio),
        acuerdo=" ".join(line.descripcion.split()),
        estado=ESTADOS[item.estado],
    )


def _estado(line: AcuerdoLine) -> str:
    if line.contradiccion:
        return say("acuerdos.unsettled")
    words = ESTADOS[line.estado].capitalize()
    if line.avance is None or line.estado in (EstadoAcuerdo.CUMPLIDO, EstadoAcuerdo.PENDIENTE):
        return words
    return say("acuerdos.progress", estado=words, avance=line.avance)


def _data(line: AcuerdoLine, detail: AcuerdoDetail) -> list[tuple[str, str]]:
    found = [
        (say("acuerdos.label_responsable"), line.responsable),
        (say("acuerdos.label_plazo"), _plazo(line)),
        (say("acuerdos.label_estado"), _estado(line)),
    ]
    if detail.nudo:
        found.append((say("acuerdos.label_nudo"), detail.nudo))
    return found


def _plazo(line: AcuerdoLine) -> str:
    if not line.plazo:
        return say("acuerdos.no_date")
    if line.plazo == line.plazo_original or not line.plazo_original:
        return short_date(line.plazo)
    return say("acuerdos.rescheduled", plazo=line.plazo, antes=line.plazo_original)


def _birth(detail: AcuerdoDetail) -> StepWords:
    day = "" if detail.fecha is None else detail.fecha.isoformat()
    who = detail.quien.nombre or detail.autor.nombre
    return StepWords(
        say("acuerdos.born", fecha=day),
        say("acuerdos.by", quien=who, entidad=detail.quien.entidad or detail.autor.entidad),
        "",
        "neutral",
        "acuerdos",
    )


_TONES: Final = {
    EstadoAcuerdo.PENDIENTE: ("neutral", "vacio"),
    EstadoAcuerdo.EN_PROCESO: ("info", "reloj"),
    EstadoAcuerdo.CUMPLIDO: ("ok", "bien"),
    EstadoAcuerdo.NO_CUMPLIDO: ("neutral", "anulada"),
    EstadoAcuerdo.REPROGRAMADO: ("warn", "plazos"),
}


def _step(event: AcuerdoEvent) -> StepWords:
    tone, icon = _TONES[event.estado]
    what = ESTADOS[event.estado].capitalize()
    if event.avance is not None and event.estado is not EstadoAcuerdo.CUMPLIDO:
        what = say("acuerdos.progress", estado=what, avance=event.avance)
    if event.cumplido_el is not None:
        what = say("acuerdos.step_done", fecha=event.cumplido_el.isoformat())
    if event.nuevo_plazo is not None:
        what = say("acuerdos.step_moved", fecha=event.nuevo_plazo.isoformat())
    who = event.quien.nombre or say("acuerdos.unverified", quien=event.autor.nombre)
    moment = say("acuerdos.moment", fecha=event.en.date().isoformat(), hora=hour(event.en))
    told = [event.motivo, event.comentario]
    if event.aparte is not None:
        told.insert(0, say(f"acuerdos.apart_{event.aparte.value}"))
        tone, icon = "neutral", "ocultar"
    return StepWords(
        what,
        f"{moment} · {who}",
        "\n".join(filter(None, told)),
        tone,
        icon,
        event.codigo,
        event.estado.value,
        "" if event.cumplido_el is None else event.cumplido_el.isoformat(),
        "" if event.nuevo_plazo is None else event.nuevo_plazo.isoformat(),
    )
