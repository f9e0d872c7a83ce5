"""Use case: say how an agreement goes, outside a visit (record kind `seguimiento`).

The event names in `after` the heads that its author saw, so it follows all of them and settles a
contradiction (ADR 0016).
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from fichaat.application.acuerdos.story import HeldStory, read_story
from fichaat.application.changes import Changes, Kind
from fichaat.application.installation import Installation
from fichaat.application.ports.store import Reader
from fichaat.application.recorder import Recorder, ToSeal
from fichaat.domain.acuerdo import EstadoAcuerdo, EventoAcuerdo
from fichaat.domain.authority import Standing
from fichaat.domain.errors import UserFacingError
from fichaat.domain.record import Kind as RecordKind
from fichaat.domain.record import SealedRecord
from fichaat.domain.text import MAX_LONG, clean

FULL: Final = 100


class Evento(Struct, frozen=True):
    """What a person says of one agreement."""

    acuerdo: str
    estado: EstadoAcuerdo
    avance: int | None = None
    cumplido_el: date | None = None
    comentario: str = ""
    nuevo_plazo: date | None = None
    motivo: str = ""
    visto: tuple[str, ...] = ()
    """The heads that the person was shown (`AcuerdoState.heads`), where they were: what arrived
    since must not be passed over unread.
    """


class Moved(Struct, frozen=True):
    """An event that was sealed."""

    record: SealedRecord
    espera: bool
    """This device is not approved yet: the event counts once the region approves it."""


class AddEvento:
    def __init__(self, here: Installation) -> None:
        self._here = here
        self._recorder = Recorder(here)

    def __call__(self, evento: Evento) -> tuple[Moved, Changes]:
        """Seal one event.

        Raises:
            UserFacingError: "acuerdo.*": no such agreement here, not within the scope of this
                device, or what was said makes no event.
        """
        moved, changes = self.many([evento])
        return moved[0], changes

    def many(self, eventos: Sequence[Evento]) -> tuple[list[Moved], Changes]:
        """Seal one event for each of several agreements, all or none.

        Raises:
            UserFacingError: as for one.
            ValueError: two of them speak of one agreement.
        """
        if len({evento.acuerdo for evento in eventos}) != len(eventos):
            message = "one event for each agreement"
            raise ValueError(message)
        with self._here.store.write() as tx:
            waiting = [self._checked(tx, evento) for evento in eventos]
            items = [
                ToSeal(RecordKind.SEGUIMIENTO, _content(evento), self._recorder.new_id())
                for evento in eventos
            ]
            sealed = self._recorder.seal(tx, items)
            tx.add_records(sealed, self._recorder.certificates())
        moved = [Moved(item, espera) for item, espera in zip(sealed, waiting, strict=True)]
        return moved, Changes.of(Kind.ACUERDO)

    def check(self, reader: Reader, evento: Evento) -> None:
        """What sealing it would refuse.

        Raises:
            UserFacingError: as `__call__`.
        """
        self._checked(reader, evento)

    def _checked(self, reader: Reader, evento: Evento) -> bool:
        """Whether the event will wait for the approval of this device."""
        held = read_story(reader, evento.acuerdo)
        if evento.visto and evento.visto != held.story.state.heads:
            raise UserFacingError("acuerdo.moved")
        waits = self._demand_right(held)
        check_evento(evento, self._here.clock.now().date(), held.story.state.nacio)
        return waits

    def _demand_right(self, held: HeldStory) -> bool:
        authority, device = held.authority, self._here.key.device
        if device in authority.revoked:
            raise UserFacingError("acuerdo.device_revoked")
        grant = authority.grant(device, self._here.clock.now())
        if grant is None and device in authority.grants:
            raise UserFacingError("acuerdo.expired")
        ambito = self._here.ambito if grant is None else grant.ambito
        if not any(place.startswith(ambito) for place in held.story.state.distritos):
            raise UserFacingError("acuerdo.out_of_scope", ambito=ambito)
        return grant is None and held.story.line.aprobacion is Standing.APROBADO


def check_evento(evento: Evento, hoy: date, nacio: date | None) -> None:
    """The rules of an event: those of «Seguimiento» in a ficha (R107), and that dates make sense.

    Raises:
        UserFacingError: "acuerdo.*".
    """
    _check_cumplido(evento, hoy, nacio)
    _check_plazo(evento, hoy)
    if evento.avance is not None and not 0 <= evento.avance <= FULL:
        raise UserFacingError("acuerdo.avance_range")
    if evento.estado is EstadoAcuerdo.NO_CUMPLIDO and not clean(evento.motivo, multiline=True):
        raise UserFacingError("acuerdo.motivo_no_cumplido")
    for text in (evento.comentario, evento.motivo):
        if len(clean(text, multiline=True)) > MAX_LONG:
            raise UserFacingError("acuerdo.text_too_long", maximo=MAX_LONG)


def _check_cumplido(evento: Evento, hoy: date, nacio: date | None) -> None:
    if evento.estado is not EstadoAcuerdo.CUMPLIDO:
        if evento.cumplido_el is not None:
            raise UserFacingError("acuerdo.cumplido_el_unexpected")
        return
    if evento.cumplido_el is None:
        raise UserFacingError("acuerdo.cumplido_el_required")
    if evento.cumplido_el > hoy:
        raise UserFacingError("acuerdo.cumplido_el_future", fecha=evento.cumplido_el.isoformat())
    if nacio is not None and evento.cumplido_el < nacio:
        raise UserFacingError("acuerdo.cumplido_el_before_visit", fecha=nacio.isoformat())
    if evento.avance not in (None, FULL):
        raise UserFacingError("acuerdo.avance_not_full")


def _check_plazo(evento: Evento, hoy: date) -> None:
    if evento.estado is not EstadoAcuerdo.REPROGRAMADO:
        if evento.nuevo_plazo is not None:
            raise UserFacingError("acuerdo.nuevo_plazo_unexpected")
        return
    if evento.nuevo_plazo is None:
        raise UserFacingError("acuerdo.nuevo_plazo_required")
    if evento.nuevo_plazo < hoy:
        raise UserFacingError("acuerdo.nuevo_plazo_past", fecha=evento.nuevo_plazo.isoformat())
    if not clean(evento.motivo, multiline=True):
        raise UserFacingError("acuerdo.motivo_required")


def _content(evento: Evento) -> EventoAcuerdo:
    fulfilled = evento.estado is EstadoAcuerdo.CUMPLIDO
    return EventoAcuerdo(
        evento.acuerdo,
        evento.estado,
        FULL if fulfilled else evento.avance,
        evento.cumplido_el,
        clean(evento.comentario, multiline=True),
        evento.nuevo_plazo,
        clean(evento.motivo, multiline=True) or None,
    )
