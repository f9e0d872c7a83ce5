"""What the region said last of a ficha, and which own fichas it wants corrected."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from fichaat.application.changes import Changes
from fichaat.application.installation import Installation
from fichaat.application.party import Party, party
from fichaat.application.ports.rows import Draft, FichaRow
from fichaat.application.ports.store import Reader
from fichaat.application.rectify_ficha import RectifyFicha
from fichaat.application.sealed import lineage_of
from fichaat.domain.authority import Authority, continues
from fichaat.domain.errors import UserFacingError
from fichaat.domain.lineage import Lineage
from fichaat.domain.record import SealedRecord
from fichaat.domain.revision import Revision, Veredicto
from fichaat.domain.text import MAX_LONG

SHOWN = 5
"""Observations that are told at once."""


class Observed(Struct, frozen=True):
    """A ficha that somebody here is asked to correct."""

    ficha: FichaRow
    motivo: str
    plazo: date | None
    quien: Party
    correcting: bool
    """Its correction is begun."""


class Observations(Struct, frozen=True):
    """The first of them, those with the nearest deadline first, and how many there are."""

    fichas: tuple[Observed, ...] = ()
    total: int = 0


class ReadObserved:
    def __init__(self, here: Installation, rectify: RectifyFicha) -> None:
        self._here = here
        self._rectify = rectify

    def __call__(self) -> Observations:
        """Look them up in one view of the database."""
        device = self._here.key.device
        with self._here.store.read() as reader:
            authority = reader.authority()
            origins = [device, *_continued(device, authority)]
            rows, total = reader.judged(Veredicto.OBSERVADA.value, origins, SHOWN)
            found = [_observed(reader, authority, row) for row in rows]
        ordered = sorted(found, key=lambda item: (item.plazo or date.max, item.ficha.codigo))
        return Observations(tuple(ordered), total)

    def correct(self, codigo: str) -> tuple[Draft | None, Changes]:
        """Begin the correction that was asked for, in one step; None where it is begun already.

        Raises:
            UserFacingError: "ficha.unknown", "ficha.not_author"…: see `RectifyFicha`.
        """
        item = next((item for item in self().fichas if item.ficha.codigo == codigo), None)
        if item is None or item.correcting:
            return None, Changes()
        try:
            return self._rectify(codigo, item.motivo[:MAX_LONG])
        except UserFacingError as error:
            if error.code != "ficha.rectification_open":
                raise
            return None, Changes()


def last_word(line: Lineage) -> SealedRecord | None:
    """The review that holds of the newest version; None where there is none."""
    found = [
        item
        for item in line.revisiones
        if isinstance(item.record.content, Revision)
        and item.record.content.sujeto.sha256 == line.head.sha256
        and item.record.content.veredicto is line.revision
    ]
    known = {digest for item in found for digest in item.record.after}
    last = [item for item in found if item.sha256 not in known] or found
    return min(last, key=lambda item: item.sha256, default=None)


def _continued(device: str, authority: Authority) -> Iterator[str]:
    """The devices that this one took over from."""
    for old in sorted(authority.relevos):
        if old != device and continues(device, old, authority):
            yield old


def _observed(reader: Reader, authority: Authority, row: FichaRow) -> Observed:
    said = last_word(lineage_of(reader, row))
    content = None if said is None else said.record.content
    correcting = reader.draft(row.codigo) is not None
    if said is None or not isinstance(content, Revision):
        return Observed(row, "", None, Party(""), correcting)
    who = party(authority, said.record.device)
    return Observed(row, content.motivo, content.plazo, who, correcting)
