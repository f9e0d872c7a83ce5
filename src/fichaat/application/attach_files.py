"""Use case: photos, attendance lists and other files of a visit, kept with its draft."""

from collections.abc import Sequence

from msgspec.structs import replace

from fichaat.application.changes import Changes, Kind
from fichaat.application.installation import Installation
from fichaat.application.media_types import media_type
from fichaat.application.ports.rows import Draft
from fichaat.application.seal_ficha import find_draft
from fichaat.application.sign_ficha import Scan, make_attachment
from fichaat.domain.errors import UserFacingError
from fichaat.domain.firma import ClaseAdjunto
from fichaat.domain.text import MAX_LIST


class AttachFiles:
    def __init__(self, here: Installation) -> None:
        self._store = here.store
        self._clock = here.clock

    def __call__(
        self, codigo: str, files: Sequence[Scan], clase: ClaseAdjunto
    ) -> tuple[Draft, Changes]:
        """Add files to a draft, all or none; one that it already has is not added twice.

        Args:
            codigo: a draft.
            files: name, media type and bytes of each; what it is, is read from its bytes.
            clase: what they show.

        Raises:
            UserFacingError: "ficha.file_refused", "ficha.blob_too_large", "ficha.list_full",
                "ficha.draft_unknown", and those of `Store.write`.
        """
        made = [
            (make_attachment((name, media_type(name, data), data), clase, ""), data)
            for name, _, data in files
        ]
        with self._store.write() as tx:
            draft = find_draft(tx, codigo)
            adjuntos = {adjunto.sha256: adjunto for adjunto in draft.ficha.adjuntos}
            for adjunto, data in made:
                adjuntos.setdefault(adjunto.sha256, adjunto)
                tx.add_blob(adjunto.sha256, data)
            if len(adjuntos) > MAX_LIST:
                raise UserFacingError("ficha.list_full", maximo=MAX_LIST)
            ficha = replace(draft.ficha, adjuntos=tuple(adjuntos.values()))
            saved = replace(draft, ficha=ficha, updated_at=self._clock.now())
            tx.put_draft(saved)
        return saved, Changes.of(Kind.DRAFT)
