"""Use case: the issuing coordinator publishes the next version of the catalogue."""

from msgspec import Struct

from fichaat.application.catalogue.changes import CatalogueChange, changes
from fichaat.application.catalogue.content import (
    CatalogueContent,
    content_of,
    keep_retired,
    next_version,
)
from fichaat.application.catalogue.right import why_not
from fichaat.application.catalogue.rules import RulesContext, judge
from fichaat.application.changes import Changes, Kind
from fichaat.application.installation import Installation
from fichaat.application.ports.store import Reader
from fichaat.application.recorder import Recorder, ToSeal
from fichaat.domain.errors import UserFacingError
from fichaat.domain.problem import Problem, Severity
from fichaat.domain.record import Kind as RecordKind
from fichaat.domain.record import SealedRecord


class CataloguePreview(Struct, frozen=True):
    """What publishing a content would do."""

    version: int
    """The one that it would get."""
    content: CatalogueContent
    """What would be published: with the indicators that are kept as retired."""
    problems: tuple[Problem, ...]
    """Paths point into the content that was given."""
    changes: tuple[CatalogueChange, ...]
    retired: tuple[str, ...]
    """Codes that the content does not name any more: they are kept as retired."""

    @property
    def errors(self) -> int:
        return sum(item.severity is not Severity.WARNING for item in self.problems)

    @property
    def publishable(self) -> bool:
        """Whether it has no error and changes anything."""
        return not self.errors and bool(self.changes)


class PublishCatalogue:
    def __init__(self, here: Installation) -> None:
        self._here = here

    def preview(self, content: CatalogueContent) -> CataloguePreview:
        """What publishing this content would change; nothing is written.

        Raises:
            UserFacingError: "region.none", "catalogo.none", "catalogo.not_issuer",
                "catalogo.revoked", "catalogo.expired": this device may not publish.
        """
        with self._here.store.read() as reader:
            return self._preview(reader, content)

    def __call__(
        self, content: CatalogueContent, *, version: int | None = None
    ) -> tuple[SealedRecord, Changes]:
        """Seal this content as the next version, with the key of this device.

        Args:
            content: the whole content.
            version: the version that the preview promised, where there was one.

        Raises:
            UserFacingError: as `preview`; "catalogo.has_errors", "catalogo.sin_cambios",
                "catalogo.overtaken" (another version is in force since the preview), "schema.*",
                "storage.*". Nothing was published.
        """
        with self._here.store.write() as tx:
            seen = self._preview(tx, content)
            if version is not None and version != seen.version:
                raise UserFacingError("catalogo.overtaken", version=seen.version - 1)
            if seen.errors:
                raise UserFacingError("catalogo.has_errors", cantidad=seen.errors)
            in_force = tx.catalogo()
            if not seen.changes or in_force is None:
                raise UserFacingError("catalogo.sin_cambios", version=seen.version - 1)
            recorder = Recorder(self._here)
            item = ToSeal(
                RecordKind.CATALOGO, next_version(in_force[0], seen.content), recorder.new_id()
            )
            record = recorder.seal(tx, [item])[0]
            tx.add_records([record], recorder.certificates())
        return record, Changes.of(Kind.FICHA, Kind.DRAFT, Kind.DEVICE, Kind.CATALOGUE)

    def _preview(self, reader: Reader, content: CatalogueContent) -> CataloguePreview:
        forbidden = why_not(self._here, reader)
        if forbidden is not None:
            raise UserFacingError(forbidden)
        in_force = reader.catalogo()
        assert in_force is not None  # without one nobody may publish
        before = content_of(in_force[0])
        whole, retired = keep_retired(content, before)
        contexto = RulesContext(
            hoy=self._here.clock.now().date(),
            region=self._here.profile.region,
            territorio=self._here.territorio,
            before=before,
        )
        return CataloguePreview(
            version=in_force[0].version + 1,
            content=whole,
            problems=tuple(judge(content, contexto)),
            changes=changes(before, whole),
            retired=retired,
        )
