"""What waits for the verdict of who works here, and what of it may be approved together."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import Final

from msgspec import Struct

from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.ports.rows import QueueFilter, QueueRow, QueueTab
from fichaat.application.ports.store import Reader
from fichaat.application.queries import firma_views
from fichaat.application.review_ficha import grant_to_review
from fichaat.application.sign_ficha import participants
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import Ficha, Sesion
from fichaat.domain.firma import TipoFirma
from fichaat.domain.problems import overlaps
from fichaat.domain.revision import Veredicto
from fichaat.domain.rol import Rol

BULK_LIMIT: Final = 200
"""Fichas that are approved in one step: the list is still read by a person."""

_GIVEN: Final = (TipoFirma.TRAZO, TipoFirma.PAPEL, TipoFirma.DIGITAL)


class Reviewer(Struct, frozen=True):
    """Who reviews here."""

    ambito: str
    """The region's two digits, or the province's four."""
    veredicto: Veredicto | None
    """What this role says when all is well: `aprobada` or `visada`; None where it says nothing."""
    impedimento: str = ""
    """Code of the sentence that says why nothing said here would have an effect."""

    @property
    def visa(self) -> bool:
        """Whether a province reviews."""
        return self.veredicto is Veredicto.VISADA


class Queue(Struct, frozen=True):
    """The lines of one tab."""

    reviewer: Reviewer
    rows: tuple[QueueRow, ...]
    counts: dict[QueueTab, int]
    """Of every tab, without its other filters."""


class Hold(StrEnum):
    """Why a ficha is not approved together with others."""

    CORRECCION = "correccion"  # what it changes is read first
    ADVERTENCIAS = "advertencias"
    FIRMAS = "firmas"  # void, pending, or somebody did not sign
    DUPLICADO = "duplicado"
    BIFURCACION = "bifurcacion"  # its device's chain has two records in one place
    ORDEN = "orden"  # a follow-up without an earlier diagnosis
    LIMITE = "limite"  # more than one person reads


class Bulk(Struct, frozen=True):
    """What may be approved together, and how many are left to be looked at, by reason."""

    rows: tuple[QueueRow, ...]
    left: dict[Hold, int]


class ReviewQueue:
    def __init__(self, here: Installation) -> None:
        self._here = here

    def __call__(
        self, wanted: QueueFilter | None = None, llegada_hasta: date | None = None
    ) -> Queue:
        """The queue of who works here.

        Args:
            wanted: tab and filters; `ambito` and `lugares` are filled in here.
            llegada_hasta: what arrived later is left out.
        """
        with self._here.store.read() as reader:
            return self._queue(reader, wanted or QueueFilter(), llegada_hasta)

    def pending(self) -> int:
        """How many wait: the badge."""
        with self._here.store.read() as reader:
            reviewer = self.reviewer(reader)
            if reviewer.veredicto is None:
                return 0
            return reader.review_counts(_scoped(QueueFilter(), reviewer))[QueueTab.POR_REVISAR]

    def reviewer(self, reader: Reader) -> Reviewer:
        """In which role this device reviews, as the region says; as its profile says where the
        region says nothing.
        """
        here, authority = self._here, reader.authority()
        grant = authority.grant(here.key.device, here.clock.now())
        rol = here.profile.rol if grant is None else grant.rol
        ambito = here.ambito if grant is None else grant.ambito
        veredicto = {Rol.COORDINADOR: Veredicto.APROBADA, Rol.PROVINCIAL: Veredicto.VISADA}.get(rol)
        try:
            grant_to_review(
                authority,
                here.key.device,
                veredicto or Veredicto.APROBADA,
                here.clock.now(),
            )
        except UserFacingError as error:
            return Reviewer(ambito, veredicto, error.code)
        return Reviewer(ambito, veredicto)

    def bulk(
        self,
        wanted: QueueFilter | None,
        llegada_hasta: date | None,
        progress: Progress,
        cancel: CancelToken,
    ) -> Bulk:
        """What of a queue needs no look: a first version without warnings, signed by everybody, of
        a device whose chain holds, that stands alone on its day and in its order.

        Args:
            wanted: as the queue is filtered; always of what waits.
            llegada_hasta: likewise.
            progress: fichas looked at.
            cancel: looked at between them.
        """
        filtered = wanted or QueueFilter()
        filtered = QueueFilter(
            texto=filtered.texto,
            provincia=filtered.provincia,
            sesion=filtered.sesion,
            nivel=filtered.nivel,
        )
        with self._here.store.read() as reader:
            waiting = self._queue(reader, filtered, llegada_hasta).rows
            look = _Look(reader)
            safe: list[QueueRow] = []
            held: Counter[Hold] = Counter()
            for done, row in enumerate(waiting, 1):
                cancel.check()
                hold = Hold.LIMITE if len(safe) == BULK_LIMIT else look.hold(row)
                if hold is None:
                    safe.append(row)
                else:
                    held[hold] += 1
                progress(done, len(waiting))
        return Bulk(tuple(safe), dict(held))

    def _queue(self, reader: Reader, wanted: QueueFilter, llegada_hasta: date | None) -> Queue:
        reviewer = self.reviewer(reader)
        if reviewer.veredicto is None:
            return Queue(reviewer, (), dict.fromkeys(QueueTab, 0))
        wanted = _scoped(wanted, reviewer, self._places(wanted.texto))
        rows: Iterable[QueueRow] = reader.review_queue(wanted, self._here.key.device)
        if llegada_hasta is not None:
            zone = self._here.clock.now().tzinfo
            rows = [row for row in rows if _day(row, zone) <= llegada_hasta]
        return Queue(reviewer, tuple(rows), reader.review_counts(wanted))

    def _places(self, text: str) -> tuple[str, ...]:
        """The districts that are meant, where what is typed names any."""
        if not text.strip():
            return ()
        found = self._here.territorio.search(text, self._here.profile.region)
        return tuple(place.ubigeo for place in found)


class _Look:
    """Looks at one ficha after the other; what they share is looked up once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._crowded = set(reader.crowded_days())
        self._forked = {device for device, _, _ in reader.forks()}

    def hold(self, row: QueueRow) -> Hold | None:
        """Why this one is not approved unseen; None where nothing speaks against it."""
        if row.version > 1:
            return Hold.CORRECCION
        sealed = self._reader.record(row.sha256)
        assert sealed is not None  # a line of the queue is drawn of a record that is here
        ficha = sealed.record.content
        assert isinstance(ficha, Ficha)  # and of no other kind
        if ficha.advertencias:
            return Hold.ADVERTENCIAS
        if not is_fully_signed(ficha):
            return Hold.FIRMAS
        if sealed.record.device in self._forked:
            return Hold.BIFURCACION
        if self._twins(row, ficha):
            return Hold.DUPLICADO
        return Hold.ORDEN if undiagnosed(self._reader, row.id, ficha) else None

    def _twins(self, row: QueueRow, ficha: Ficha) -> list[str]:
        crowded = [place for place in row.distritos.split() if (row.fecha, place) in self._crowded]
        return duplicates(self._reader, row.id, ficha, crowded)


def is_fully_signed(ficha: Ficha) -> bool:
    """Whether everybody signed this content, and no signature is void."""
    views = firma_views(ficha)
    everybody = set(participants(ficha))
    signed = {view.participante for view in views if view.vale and view.tipo in _GIVEN}
    return everybody <= signed and all(view.vale for view in views)


def duplicates(reader: Reader, id_: str, ficha: Ficha, ubigeos: Collection[str]) -> list[str]:
    """Codes of the living fichas that may record the same visit, in any of these districts."""
    if ficha.fecha is None:
        return []
    found = {
        row.codigo
        for ubigeo in ubigeos
        for row, other in reader.namesakes(ficha.fecha.isoformat(), ubigeo)
        if row.id != id_ and overlaps(ficha, other)
    }
    return sorted(found)


def undiagnosed(reader: Reader, id_: str, ficha: Ficha) -> dict[str, date | None]:
    """The districts that this ficha follows up before anybody diagnosed them (R081), and when that
    was; None where it never was, as far as is known here.
    """
    if ficha.fecha is None:
        return {}
    followed = [item.ubigeo for item in ficha.distritos if item.sesion is Sesion.SEGUIMIENTO]
    own = {item.ubigeo for item in ficha.distritos if item.sesion is Sesion.DIAGNOSTICO}
    first = reader.first_diagnosis(followed, but=id_)
    return {
        ubigeo: first.get(ubigeo)
        for ubigeo in dict.fromkeys(followed)
        if ubigeo not in own and first.get(ubigeo, date.max) > ficha.fecha
    }


def next_after(rows: Sequence[QueueRow], sha256: str) -> QueueRow | None:
    """The line that comes once one has gone: the one below, else the one above."""
    place = next((n for n, row in enumerate(rows) if row.sha256 == sha256), None)
    if place is None:
        return rows[0] if rows else None
    left = [*rows[place + 1 :], *reversed(rows[:place])]
    return left[0] if left else None


def _scoped(wanted: QueueFilter, reviewer: Reviewer, lugares: tuple[str, ...] = ()) -> QueueFilter:
    return QueueFilter(
        tab=wanted.tab,
        ambito=reviewer.ambito if reviewer.visa else "",
        texto=wanted.texto,
        lugares=lugares,
        provincia=wanted.provincia,
        sesion=wanted.sesion,
        nivel=wanted.nivel,
    )


def _day(row: QueueRow, zone: tzinfo | None) -> date:
    return datetime.fromisoformat(row.llegada).astimezone(zone).date()
