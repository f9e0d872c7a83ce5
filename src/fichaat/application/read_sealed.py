"""A sealed ficha as it is seen: its newest version, all that happened to it, what changed last."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from fichaat.application.diff import FieldChange, diff
from fichaat.application.installation import Installation
from fichaat.application.ports.rows import Draft, ExportMark
from fichaat.application.ports.store import Reader
from fichaat.application.queries import FirmaView, firma_views, late_firmas
from fichaat.application.sealed import find_copy, find_lineage
from fichaat.domain.authority import Authority, continues
from fichaat.domain.ficha import Ficha
from fichaat.domain.firma import Anulacion, Evidencia
from fichaat.domain.lineage import Lineage
from fichaat.domain.persona import Autor
from fichaat.domain.recepcion import Recepcion
from fichaat.domain.record import SealedRecord
from fichaat.domain.revision import Revision, Veredicto


class Happening(StrEnum):
    """What can happen to a ficha once it is sealed."""

    VERSION = "version"
    EVIDENCIA = "evidencia"
    ANULACION = "anulacion"
    EXPORTADA = "exportada"
    RECIBIDA = "recibida"
    REVISION = "revision"


class Event(Struct, frozen=True):
    """One line of its history."""

    what: Happening
    at: datetime
    """As the clock of that installation said."""
    version: int
    who: Autor | None = None
    reason: str = ""
    """Of a new version or an annulment; the comment of what came late."""
    firmas: tuple[str, ...] = ()
    """Ids of those who signed late."""
    adjuntos: tuple[str, ...] = ()
    """Names of the files that came late."""
    replaced: bool = False
    """A newer version is here."""
    veredicto: Veredicto | None = None
    """Of a review; its reason stands in `reason`."""
    plazo: date | None = None
    """Until when an observation wants its correction."""


class SealedView(Struct, frozen=True):
    """Everything that the view of a sealed ficha shows."""

    lineage: Lineage
    estado: str
    """As `ListRow.estado`."""
    firmas: tuple[FirmaView, ...]
    events: tuple[Event, ...]
    """Oldest first."""
    changes: tuple[FieldChange, ...]
    """From the version before to the newest."""
    own: bool
    """This installation may correct, annul and complete it."""
    correcting: bool
    """A new version is being written."""


class ReadSealed:
    def __init__(self, here: Installation) -> None:
        self._store = here.store
        self._device = here.key.device

    def __call__(self, codigo: str, copia: str = "", *, newest: str = "") -> SealedView:
        """The sealed ficha that a code means here, whether or not it is being corrected.

        Args:
            codigo: of the ficha.
            copia: SHA-256 of one of several copies; the one that the code means where empty.
            newest: SHA-256 of the newest version of the one that is meant, where several fichas
                have this code.

        Raises:
            UserFacingError: "ficha.unknown", "ficha.not_sealed".
        """
        with self._store.read() as reader:
            line = (
                find_copy(reader, codigo, copia)
                if copia
                else find_lineage(reader, codigo, self._device, newest)
            )
            hashes = [item.sha256 for item in line.versions]
            receptions = reader.receptions_of(hashes)
            exports = reader.exports_of(hashes)
            number = reader.list_number(codigo, draft=False)
            shown = {} if number is None else reader.list_rows([number])
            draft = reader.draft(codigo)
            authority = reader.authority(line.revisiones)
            own = continues(self._device, line.origin, authority)
        return SealedView(
            lineage=line,
            estado=next((row.estado for row in shown.values()), line.estado.value),
            firmas=tuple(firma_views(line.ficha, late_firmas(line))),
            events=_in_order([*_events(line, receptions, exports), *_reviews(line, authority)]),
            changes=tuple(_last_changes(line)),
            own=own,
            correcting=draft is not None,
        )

    def changes_of(self, draft: Draft) -> list[FieldChange]:
        """What a new version that is being written changes; nothing for a first version."""
        if draft.supersedes is None:
            return []
        with self._store.read() as reader:
            replaced = _content(reader, draft.supersedes.sha256)
        return [] if replaced is None else diff(replaced, draft.ficha)


def _content(reader: Reader, sha256: str) -> Ficha | None:
    sealed = reader.record(sha256)
    content = None if sealed is None else sealed.record.content
    return content if isinstance(content, Ficha) else None


def _last_changes(line: Lineage) -> list[FieldChange]:
    replaced = line.head.record.supersedes
    if replaced is None:
        return []
    for item in line.versions:
        content = item.record.content
        if item.sha256 == replaced.sha256 and isinstance(content, Ficha):
            return diff(content, line.ficha)
    return []


def _in_order(events: list[Event]) -> tuple[Event, ...]:
    """Oldest first; whatever its clock said, nothing happens to a version before it is sealed."""
    begun: dict[int, datetime] = {}
    latest: datetime | None = None
    for event in events:  # versions stand among them in their order
        if event.what is Happening.VERSION:
            latest = event.at if latest is None else max(latest, event.at)
            begun.setdefault(event.version, latest)

    def moment(event: Event) -> tuple[datetime, bool]:
        since = begun.get(event.version, event.at)
        return max(event.at, since), event.what is not Happening.VERSION

    return tuple(sorted(events, key=moment))


def _events(
    line: Lineage, receptions: list[SealedRecord], exports: list[ExportMark]
) -> Iterator[Event]:
    numbers = {item.sha256: item.record.version for item in line.versions}
    for item in line.versions:
        record = item.record
        yield Event(
            Happening.VERSION,
            record.sealed_at,
            record.version,
            record.author,
            "" if record.supersedes is None else record.supersedes.reason,
            replaced=record.version < line.head.record.version,
        )
    for item in (*line.evidencias, *line.anulaciones):
        yield from _later(item)
    for item in receptions:
        yield from _received(item, line, numbers)
    # All versions of a ficha leave together: that is one thing that happened.
    left = {mark.bundle: mark for mark in sorted(exports, key=lambda item: numbers[item.sha256])}
    for mark in left.values():
        yield Event(Happening.EXPORTADA, mark.at, numbers[mark.sha256])


def _reviews(line: Lineage, authority: Authority) -> Iterator[Event]:
    """Whose they are the credential says."""
    for item in line.revisiones:
        content, record = item.record.content, item.record
        grant = authority.grant(record.device, authority.moments.get(item.sha256))
        if isinstance(content, Revision):
            yield Event(
                Happening.REVISION,
                record.sealed_at,
                content.sujeto.version,
                record.author if grant is None else Autor(grant.nombre, grant.cargo, grant.entidad),
                content.motivo,
                veredicto=content.veredicto,
                plazo=content.plazo,
            )


def _later(item: SealedRecord) -> Iterator[Event]:
    content, record = item.record.content, item.record
    if isinstance(content, Evidencia):
        yield Event(
            Happening.EVIDENCIA,
            record.sealed_at,
            content.sujeto.version,
            record.author,
            content.comentario,
            tuple(firma.participante for firma in content.firmas),
            tuple(adjunto.nombre for adjunto in content.adjuntos),
        )
    elif isinstance(content, Anulacion):
        yield Event(
            Happening.ANULACION,
            record.sealed_at,
            content.sujeto.version,
            record.author,
            content.motivo,
        )


def _received(item: SealedRecord, line: Lineage, numbers: dict[str, int]) -> Iterator[Event]:
    """Who sealed it says nothing new by having it."""
    content = item.record.content
    if not isinstance(content, Recepcion) or item.record.device == line.origin:
        return
    for received in content.registros:
        if received.sha256 in numbers:
            version = numbers[received.sha256]
            yield Event(Happening.RECIBIDA, content.recibido_en, version, item.record.author)
