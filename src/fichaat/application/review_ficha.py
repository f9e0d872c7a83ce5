"""Use case: a province or the region says what it thinks of a sealed ficha."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from msgspec import Struct

from fichaat.application.changes import Changes, Kind
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress, no_progress
from fichaat.application.ports.store import Reader
from fichaat.application.recorder import Recorder, ToSeal
from fichaat.application.sealed import demand_one, find_lineage, history_of
from fichaat.domain.authority import Authority, Grant, Standing, may_visar
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import Ficha
from fichaat.domain.firma import Sujeto
from fichaat.domain.lineage import Estado, Lineage, last_words
from fichaat.domain.record import Kind as RecordKind
from fichaat.domain.record import SealedRecord
from fichaat.domain.revision import Revision, Veredicto
from fichaat.domain.rol import Rol
from fichaat.domain.text import normalise

MIN_PREFIX: Final = 6
Copy = tuple[Lineage, SealedRecord]
"""One copy of a version, in its lineage."""

_JUDGED: Final = frozenset({Veredicto.APROBADA, Veredicto.OBSERVADA, Veredicto.RECHAZADA})
"""What can be taken back."""
_WITH_REASON: Final = (Veredicto.OBSERVADA, Veredicto.RECHAZADA, Veredicto.RETIRADA)


class Target(Struct, frozen=True):
    """Which copy of a ficha a verdict is about."""

    codigo: str
    sha256: str | None = None
    """The first digits, six or more, of the copy that is meant."""
    version: int | None = None
    """The newest where None."""
    seen: bool = False
    """Whoever says it was looking at this copy as the newest: it must still be."""


class ReviewFicha:
    def __init__(self, here: Installation) -> None:
        self._here = here
        self._recorder = Recorder(here)

    def __call__(
        self,
        codigo: str,
        veredicto: Veredicto,
        motivo: str = "",
        *,
        plazo: date | None = None,
        version: int | None = None,
        sha256: str | None = None,
    ) -> tuple[SealedRecord, Changes]:
        """Seal a verdict about one version.

        Args:
            codigo: a sealed ficha that is here.
            veredicto: what is said of it.
            motivo: why; required where something is asked of the author.
            plazo: until when an observation wants its rectification.
            version: the newest where None.
            sha256: the first digits, six or more, of the copy that is meant; needed where one
                version has several.

        Raises:
            UserFacingError: "ficha.unknown", "ficha.not_sealed", "ficha.annulled", "revision.*":
                what was said makes no review, or would have no effect because this device has not
                the right to it.
        """
        target = Target(codigo, sha256, version)
        (sealed,), changes = self.several([target], veredicto, motivo, plazo=plazo)
        return sealed, changes

    def several(
        self,
        targets: Sequence[Target],
        veredicto: Veredicto,
        motivo: str = "",
        *,
        plazo: date | None = None,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> tuple[list[SealedRecord], Changes]:
        """The same verdict about several fichas, a record for each: all of them or none.

        Args:
            targets: each named once.
            veredicto: this and what follows as for one.
            motivo: why.
            plazo: until when.
            progress: fichas done.
            cancel: looked at between them; nothing is sealed once it is asked.

        Raises:
            UserFacingError: as for one, and then of all; "revision.repeated", "revision.newer".
        """
        now = self._here.clock.now()
        reason = _checked_reason(veredicto, motivo, plazo, now.date())
        with self._here.store.write(cancel) as tx:
            grant = grant_to_review(tx.authority(), self._here.key.device, veredicto, now)
            items, named = [], set[str]()
            for done, target in enumerate(targets, 1):
                if cancel is not None:
                    cancel.check()
                subject = self._subject(tx, grant, target, veredicto)
                if subject.sha256 in named:
                    raise UserFacingError("revision.repeated", codigo=target.codigo)
                named.add(subject.sha256)
                content = Revision(subject, veredicto, reason, plazo)
                items.append(ToSeal(RecordKind.REVISION, content, self._recorder.new_id()))
                progress(done, len(targets))
            sealed = self._recorder.seal(tx, items)
            tx.add_records(sealed, self._recorder.certificates())
        return sealed, Changes.of(Kind.FICHA)

    def _subject(
        self, reader: Reader, grant: Grant, target: Target, veredicto: Veredicto
    ) -> Sujeto:
        """The copy that is meant, once this verdict may be said of it."""
        codigo = target.codigo
        if target.sha256 is None:
            demand_one(reader, codigo)
        lines = _lines_of(reader, target, self._here.key.device)
        copies = _copies(lines, veredicto, target.version, target.sha256)
        _demand_copies(copies, veredicto, codigo)
        line, copy = _the_one(copies, target.sha256)
        _demand_reviewable(line, veredicto, codigo)
        _demand_scope(grant, copy, veredicto)
        _demand_news([other for other in lines if other.id == line.id], copy, veredicto, codigo)
        if target.seen and copy.sha256 != line.head.sha256:
            raise UserFacingError("revision.newer", codigo=codigo)
        return Sujeto(copy.record.id, copy.record.version, copy.sha256)


def _checked_reason(veredicto: Veredicto, motivo: str, plazo: date | None, today: date) -> str:
    reason = normalise(motivo)
    if veredicto in _WITH_REASON and not reason:
        raise UserFacingError("revision.motivo_required")
    if plazo is not None and veredicto is not Veredicto.OBSERVADA:
        raise UserFacingError("revision.plazo_unexpected")
    if plazo is not None and plazo < today:
        raise UserFacingError("revision.plazo_past", plazo=plazo.isoformat())
    return reason


def grant_to_review(
    authority: Authority, device: str, veredicto: Veredicto, now: datetime
) -> Grant:
    """By what right a device reviews, now.

    Raises:
        UserFacingError: "revision.no_region", "revision.device_revoked", "revision.expired",
            "revision.not_approved", "revision.province_only", "revision.visa_stands" (a province
            would take something back), "revision.coordinator_only".
    """
    if authority.root is None:
        raise UserFacingError("revision.no_region")
    if device in authority.revoked:
        raise UserFacingError("revision.device_revoked")
    grant = authority.grant(device, now)
    if grant is None:
        expired = device in authority.grants
        raise UserFacingError("revision.expired" if expired else "revision.not_approved")
    if grant.rol is Rol.PROVINCIAL and veredicto is Veredicto.RETIRADA:
        raise UserFacingError("revision.visa_stands")
    visa = veredicto is Veredicto.VISADA
    if grant.rol is not (Rol.PROVINCIAL if visa else Rol.COORDINADOR):
        raise UserFacingError("revision.province_only" if visa else "revision.coordinator_only")
    return grant


def _lines_of(reader: Reader, target: Target, device: str) -> list[Lineage]:
    """The lineages of a ficha's id, the one that the code means first; where a copy is named, of
    every ficha with that code.
    """
    meant = find_lineage(reader, target.codigo, device)
    ids = {meant.id}
    if target.sha256 is not None:
        ids.update(row.id for row in reader.fichas_with_codigo(target.codigo))
    drawn = [line for id_ in sorted(ids) for line in history_of(reader, id_).lineages]
    return sorted(drawn, key=lambda line: (line.id, line.origin) != (meant.id, meant.origin))


def _copies(
    lines: Sequence[Lineage], veredicto: Veredicto, version: int | None, sha256: str | None
) -> list[Copy]:
    """The copies that may be meant: of the lineage that the code means or, where a copy is named,
    of any; where one is chosen, what is in conflict.
    """
    if veredicto is Veredicto.ELEGIDA:
        return [
            (line, item)
            for line in lines
            if line.estado is Estado.CONFLICTO
            for item in line.versions
            if item.record.version == line.head.record.version
            and version in (None, item.record.version)
        ]
    return [
        (line, item)
        for line in (lines[:1] if sha256 is None else lines)
        for item in line.versions
        if item.record.version == (version or line.head.record.version)
    ]


def _demand_copies(copies: Sequence[Copy], veredicto: Veredicto, codigo: str) -> None:
    if veredicto is Veredicto.ELEGIDA and len(copies) < 2:
        raise UserFacingError("revision.nothing_to_choose", codigo=codigo)
    if not copies:
        raise UserFacingError("revision.version_unknown", codigo=codigo)


def _the_one(copies: Sequence[Copy], sha256: str | None) -> Copy:
    if sha256 is not None:
        prefix = sha256.strip().lower()
        copies = [copy for copy in copies if copy[1].sha256.startswith(prefix)]
        if len(copies) != 1 or len(prefix) < MIN_PREFIX:
            raise UserFacingError("revision.copy_unknown", huella=prefix, minimo=MIN_PREFIX)
    if len(copies) > 1:
        raise UserFacingError("revision.copies", cantidad=len(copies))
    return copies[0]


def _demand_reviewable(line: Lineage, veredicto: Veredicto, codigo: str) -> None:
    if line.estado is Estado.CUARENTENA:
        raise UserFacingError("revision.quarantined", codigo=codigo)
    if line.estado is Estado.CONFLICTO and veredicto is not Veredicto.ELEGIDA:
        raise UserFacingError("revision.conflict", codigo=codigo)
    if line.aprobacion is not Standing.APROBADO and veredicto is not Veredicto.RETIRADA:
        raise UserFacingError("revision.device_pending", codigo=codigo)
    if line.estado is Estado.ANULADA and veredicto is not Veredicto.RETIRADA:
        raise UserFacingError("revision.annulled", codigo=codigo)


def _demand_news(
    lines: Sequence[Lineage], copy: SealedRecord, veredicto: Veredicto, codigo: str
) -> None:
    """Whether there is something to take back, and whether it was not said already."""
    words = last_words(lines, copy.sha256)
    if veredicto is Veredicto.RETIRADA and not words & _JUDGED:
        raise UserFacingError("revision.nothing_to_retract", codigo=codigo)
    if veredicto is Veredicto.APROBADA and words == {veredicto}:
        raise UserFacingError("revision.already_approved", codigo=codigo)


def _demand_scope(grant: Grant, copy: SealedRecord, veredicto: Veredicto) -> None:
    content = copy.record.content
    assert isinstance(content, Ficha)  # a lineage holds nothing else
    if veredicto is Veredicto.VISADA and not may_visar(grant, content):
        raise UserFacingError("revision.out_of_scope", ambito=grant.ambito)
