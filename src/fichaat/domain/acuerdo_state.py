"""The state of an agreement from its events. Order is causal: an event follows what its author knew
(`after`); the state is the set of heads; heads that disagree are a contradiction, shown, and
resolved by a later event that knows them. Clocks never decide (data-model.md, "Agreements").
"""

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from fichaat.domain.acuerdo import Acuerdo, EstadoAcuerdo, EventoAcuerdo, Seguimiento
from fichaat.domain.authority import BELIEVED, Authority, Standing, standing
from fichaat.domain.ficha import Ficha
from fichaat.domain.lineage import Estado, Lineage
from fichaat.domain.persona import Autor
from fichaat.domain.record import SealedRecord

CLOSED = frozenset({EstadoAcuerdo.CUMPLIDO, EstadoAcuerdo.NO_CUMPLIDO})


class Event(Struct, frozen=True, gc=False):
    """What one record says of the agreement."""

    sha256: str
    known_as: frozenset[str]
    """Hashes by which others may have known it: every version of the ficha that says it."""
    after: frozenset[str]
    said: Seguimiento | EventoAcuerdo
    en: datetime
    """As the clock of its device said: shown, never used to order."""
    por: Autor
    codigo: str = ""
    """Of the ficha that says it; empty for an event outside a visit."""


class AcuerdoState(Struct, frozen=True, gc=False):
    """An agreement as its events leave it."""

    acuerdo: Acuerdo
    ficha: str
    origin: str
    distritos: tuple[str, ...]
    """Its own district, or every listed one of a group ficha; it counts once all the same."""
    estado: EstadoAcuerdo
    plazo: date | None
    cumplido_el: date | None
    contradiccion: bool
    heads: tuple[str, ...]
    """Hashes of the records that a next event has to name in `after`."""
    codigo: str = ""
    """Of the ficha that bears it."""
    nacio: date | None = None
    """The day of that visit."""
    avance: int | None = None
    """The last progress that was said, in per cent; the lowest where several were."""
    movido_en: datetime | None = None
    """When the event that gives its state was sealed, as its device said."""
    movido_por: str = ""
    """Who sealed that."""


class AcuerdoStory(Struct, frozen=True, gc=False):
    """An agreement with everything that was said of it."""

    state: AcuerdoState
    line: Lineage
    """The ficha that bears it."""
    events: tuple[Event, ...]
    """What counts, causes before what knew them."""
    heads: frozenset[str]
    """Of the events that no other knew."""


def acuerdo_state(
    id_: str,
    lineages: Sequence[Lineage],
    outside: Sequence[SealedRecord],
    authority: Authority,
) -> AcuerdoState | None:
    """The state of one agreement; None while no living ficha bears it (see `acuerdo_story`)."""
    story = acuerdo_story(id_, lineages, outside, authority)
    return None if story is None else story.state


def acuerdo_story(
    id_: str,
    lineages: Sequence[Lineage],
    outside: Sequence[SealedRecord],
    authority: Authority,
) -> AcuerdoStory | None:
    """One agreement and its events; None while no living ficha bears it.

    Args:
        id_: the agreement.
        lineages: every lineage with a version that bears it or follows it up.
        outside: the `seguimiento` records about it.
        authority: what the region says of their signers: an agreement of an approved ficha is
            moved by approved devices only.
    """
    living = [line for line in lineages if line.estado is Estado.SELLADA]
    birth = _birth(id_, living)
    if birth is None:
        return None
    line, acuerdo = birth
    believed = [other for other in living if _may_move(other.aprobacion, line)]
    spoken = [item for item in outside if _has_a_say(item, line, acuerdo, authority)]
    events = [*_events_in_fichas(id_, believed), *map(_event_outside, spoken)]
    heads = _last(events)
    state = _state(line, acuerdo, events, heads)
    return AcuerdoStory(state, line, _causal_order(events), frozenset(e.sha256 for e in heads))


def _state(
    line: Lineage, acuerdo: Acuerdo, events: Sequence[Event], heads: Sequence[Event]
) -> AcuerdoState:
    dates = _last([e for e in events if e.said.estado is EstadoAcuerdo.REPROGRAMADO])
    measured = _last([e for e in events if e.said.avance is not None])
    said = {(e.said.estado, e.said.cumplido_el) for e in heads}
    plazos = {e.said.nuevo_plazo for e in dates if e.said.nuevo_plazo is not None}
    first = min(heads, key=lambda e: e.sha256, default=None)
    return AcuerdoState(
        acuerdo=acuerdo,
        ficha=line.id,
        origin=line.origin,
        distritos=_distritos(acuerdo, line.ficha),
        estado=EstadoAcuerdo.PENDIENTE if first is None else first.said.estado,
        plazo=min(plazos, default=acuerdo.plazo),
        cumplido_el=None if first is None else first.said.cumplido_el,
        contradiccion=len(said) > 1 or len(plazos) > 1,
        heads=tuple(sorted(e.sha256 for e in heads)) or (line.head.sha256,),
        codigo=line.ficha.codigo,
        nacio=line.ficha.fecha,
        avance=min((e.said.avance for e in measured if e.said.avance is not None), default=None),
        movido_en=None if first is None else first.en,
        movido_por="" if first is None else first.por.nombre,
    )


def _last(events: Sequence[Event]) -> list[Event]:
    """Those that no other of these knew."""
    return [e for e in events if not any(_follows(other, e) for other in events)]


def _causal_order(events: Sequence[Event]) -> tuple[Event, ...]:
    """Causes first; of events that did not know each other, as their clocks say."""
    waiting = sorted(events, key=lambda e: (e.en, e.sha256))
    ordered: list[Event] = []
    while waiting:
        ready = next(
            (e for e in waiting if not any(_follows(e, other) for other in waiting)), waiting[0]
        )
        waiting.remove(ready)
        ordered.append(ready)
    return tuple(ordered)


def _may_move(mark: Standing, line: Lineage) -> bool:
    return mark is Standing.APROBADO or (
        mark in BELIEVED and line.aprobacion is not Standing.APROBADO
    )


def _has_a_say(item: SealedRecord, line: Lineage, acuerdo: Acuerdo, authority: Authority) -> bool:
    """Whether an event outside a visit counts: its signer is believed, and in its own places."""
    if not _may_move(standing(item, authority), line):
        return False
    grant = authority.grant(item.record.device, authority.moments.get(item.sha256))
    return grant is None or any(
        place.startswith(grant.ambito) for place in _distritos(acuerdo, line.ficha)
    )


def _birth(id_: str, living: Sequence[Lineage]) -> tuple[Lineage, Acuerdo] | None:
    """The ficha that bears it; of several copies the approved one, then the smallest origin."""
    bearing = [
        (line, acuerdo) for line in living for acuerdo in line.ficha.acuerdos if acuerdo.id == id_
    ]
    return min(
        bearing,
        key=lambda pair: (pair[0].aprobacion is not Standing.APROBADO, pair[0].id, pair[0].origin),
        default=None,
    )


def _distritos(acuerdo: Acuerdo, ficha: Ficha) -> tuple[str, ...]:
    if acuerdo.distrito is not None:
        return (acuerdo.distrito,)
    return tuple(sorted({item.ubigeo for item in ficha.distritos}))


def _events_in_fichas(id_: str, living: Sequence[Lineage]) -> list[Event]:
    """One event a ficha: of two lines about the same agreement, the last on the paper."""
    found = []
    for line in living:
        lines = [item for item in line.ficha.seguimientos if item.acuerdo == id_]
        if lines:
            versions = frozenset(item.sha256 for item in line.versions)
            after = frozenset(line.head.record.after)
            record = line.head.record
            found.append(
                Event(
                    line.head.sha256,
                    versions,
                    after,
                    lines[-1],
                    record.sealed_at,
                    record.author,
                    line.ficha.codigo,
                )
            )
    return found


def _event_outside(item: SealedRecord) -> Event:
    content = item.record.content
    assert isinstance(content, EventoAcuerdo)  # the caller picks this kind
    record = item.record
    return Event(
        item.sha256,
        frozenset({item.sha256}),
        frozenset(record.after),
        content,
        record.sealed_at,
        record.author,
    )


def _follows(later: Event, earlier: Event) -> bool:
    """Whether `later` knew `earlier`, and was not itself corrected with knowledge of it."""
    return bool(later.after & earlier.known_as) and not earlier.after & later.known_as
