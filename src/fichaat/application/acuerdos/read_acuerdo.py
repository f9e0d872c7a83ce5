"""Use case: one agreement, where it was born and everything that was said of it."""

from datetime import date, datetime

from msgspec import Struct

from fichaat.application.acuerdos.story import HeldStory, read_story
from fichaat.application.installation import Installation
from fichaat.application.party import Party, party
from fichaat.domain.acuerdo import EstadoAcuerdo, EventoAcuerdo, Seguimiento
from fichaat.domain.acuerdo_state import AcuerdoState, Event
from fichaat.domain.authority import Standing, standing
from fichaat.domain.persona import Autor
from fichaat.domain.record import SealedRecord


class AcuerdoEvent(Struct, frozen=True):
    """One event."""

    sha256: str
    en: datetime
    """As the clock of its device said."""
    autor: Autor
    """As the record says; `quien` is who the region knows behind the device."""
    quien: Party
    codigo: str
    """Of the visit in which it was said; "" outside a visit."""
    estado: EstadoAcuerdo
    avance: int | None
    cumplido_el: date | None
    comentario: str
    nuevo_plazo: date | None
    motivo: str
    cabeza: bool
    """Nothing later knew it: it gives the state, or one side of a contradiction."""
    aparte: Standing | None = None
    """Why it does not count; None where it does."""


class AcuerdoDetail(Struct, frozen=True):
    """Everything about one agreement."""

    hoy: date
    state: AcuerdoState
    nudo: str
    """The nudo crítico that it attends (R036)."""
    fecha: date | None
    """Of the visit in which it was born."""
    quien: Party
    """Who sealed that visit."""
    autor: Autor
    eventos: tuple[AcuerdoEvent, ...]
    """Causes before what knew them; those that do not count stand last."""

    @property
    def lados(self) -> tuple[AcuerdoEvent, ...]:
        """The events that contradict each other."""
        heads = tuple(event for event in self.eventos if event.cabeza)
        return heads if self.state.contradiccion else ()


class ReadAcuerdo:
    def __init__(self, here: Installation) -> None:
        self._here = here

    def __call__(self, id_: str) -> AcuerdoDetail:
        """Raises:
        UserFacingError: "acuerdo.unknown": no living ficha bears it.
        """
        with self._here.store.read() as reader:
            held = read_story(reader, id_)
        story = held.story
        counted = [_event(held, event) for event in story.events]
        hashes = {event.sha256 for event in story.events}
        apart = [_apart(held, item) for item in held.outside if item.sha256 not in hashes]
        ficha, birth = story.line.ficha, story.line.versions[0].record
        nudo = story.state.acuerdo.nudo
        return AcuerdoDetail(
            hoy=self._here.clock.now().date(),
            state=story.state,
            nudo="" if nudo is None else ficha.nudos_criticos[nudo].descripcion,
            fecha=ficha.fecha,
            quien=party(held.authority, birth.device),
            autor=birth.author,
            eventos=(*counted, *sorted(apart, key=lambda e: (e.en, e.sha256))),
        )


def _event(held: HeldStory, event: Event) -> AcuerdoEvent:
    head = event.sha256 in held.story.heads
    return _shown(held, held.records[event.sha256], event.said, event.codigo, cabeza=head)


def _apart(held: HeldStory, item: SealedRecord) -> AcuerdoEvent:
    content = item.record.content
    assert isinstance(content, EventoAcuerdo)  # `outside` holds nothing else
    mark = standing(item, held.authority)
    # Whoever is approved, and still not counted, sealed about a place that is not its own.
    why = Standing.FUERA_DE_AMBITO if mark is Standing.APROBADO else mark
    return _shown(held, item, content, "", cabeza=False, aparte=why)


def _shown(
    held: HeldStory,
    item: SealedRecord,
    said: Seguimiento | EventoAcuerdo,
    codigo: str,
    *,
    cabeza: bool,
    aparte: Standing | None = None,
) -> AcuerdoEvent:
    record = item.record
    return AcuerdoEvent(
        sha256=item.sha256,
        en=record.sealed_at,
        autor=record.author,
        quien=party(held.authority, record.device),
        codigo=codigo,
        estado=said.estado,
        avance=said.avance,
        cumplido_el=said.cumplido_el,
        comentario=said.comentario,
        nuevo_plazo=said.nuevo_plazo,
        motivo=said.motivo or "",
        cabeza=cabeza,
        aparte=aparte,
    )
