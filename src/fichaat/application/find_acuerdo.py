"""The agreement that a person names in a cell, and the open ones that a sheet offers."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from msgspec import Struct

from fichaat.application.sheet_values import NotReadError

MIN_PREFIX: Final = 8
"""Letters of a code that may name an agreement."""

_SEPARATOR: Final = "·"
_SHOWN: Final = 80
"""Letters of what was agreed that a list shows."""
_QUOTED: Final = 60


class OpenAcuerdo(Struct, frozen=True):
    """An open agreement as the reference sheet of a template shows it."""

    id: str
    municipalidad: str
    descripcion: str
    responsable: str
    plazo: date | None
    """The date in force."""

    @property
    def choice(self) -> str:
        """How it stands in a list: what a person knows it by, and its code at the end."""
        said = " ".join(self.descripcion.split())
        if len(said) > _SHOWN:
            said = f"{said[: _SHOWN - 1]}…"
        return f"{self.municipalidad}: {said} {_SEPARATOR} {self.id}"


class FindAcuerdo:
    def __init__(self, ids: Iterable[str]) -> None:
        """`ids` are those of every agreement known here."""
        self._ids = frozenset(ids)

    def __call__(self, text: str) -> str:
        """The id of the one whose code is this, or begins with at least eight letters of it; of an
        entry of the list, what stands at its end.

        Raises:
            NotReadError: "hoja.acuerdo_unknown", "hoja.acuerdo_ambiguous".
        """
        wanted = text.rpartition(_SEPARATOR)[2].strip().lower()
        if wanted in self._ids:
            return wanted
        long_enough = len(wanted) >= MIN_PREFIX
        found = [id_ for id_ in self._ids if id_.startswith(wanted)] if long_enough else []
        quoted = wanted[:_QUOTED]
        if not found:
            raise NotReadError("hoja.acuerdo_unknown", texto=quoted)
        if len(found) > 1:
            raise NotReadError("hoja.acuerdo_ambiguous", texto=quoted, cantidad=len(found))
        return found[0]
