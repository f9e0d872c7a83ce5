"""Use case: the official paper of a ficha, drafted, ready to sign or sealed; and the blank form."""

from fichaat.application.installation import Installation
from fichaat.application.papers import Late, Papers
from fichaat.application.ports.store import Reader
from fichaat.application.seal_ficha import Validator
from fichaat.application.sealed import about, find_copy, find_lineage
from fichaat.domain.lineage import Lineage


class PrintFicha:
    def __init__(self, here: Installation, papers: Papers) -> None:
        self._store = here.store
        self._device = here.key.device
        self._validator = Validator(here)
        self._papers = papers

    def __call__(self, codigo: str) -> bytes:
        """The PDF: of the draft while there is one, else of the newest sealed version.

        Raises:
            UserFacingError: "ficha.unknown".
        """
        with self._store.read() as reader:
            draft = reader.draft(codigo)
            if draft is not None:
                return self._papers.of_draft(reader, draft, self._validator)
            return self._sealed(reader, codigo)

    def sealed(self, codigo: str, copia: str = "") -> bytes:
        """The PDF of the newest sealed version, even while a new one is being written.

        Args:
            codigo: of the ficha.
            copia: SHA-256 of one of several copies; the one that the code means where empty.

        Raises:
            UserFacingError: "ficha.unknown", "ficha.not_sealed".
        """
        with self._store.read() as reader:
            if copia:
                return self._of(reader, find_copy(reader, codigo, copia))
            return self._sealed(reader, codigo)

    def blank(self) -> bytes:
        """The blank official form."""
        return self._papers.blank()

    def _sealed(self, reader: Reader, codigo: str) -> bytes:
        return self._of(reader, find_lineage(reader, codigo, self._device))

    def _of(self, reader: Reader, line: Lineage) -> bytes:
        # A signature that came after an earlier version was sealed is of that one alone.
        late = Late(about(line.evidencias, line.head), line.anulaciones)
        return self._papers.of_record(reader, line.head, late)
