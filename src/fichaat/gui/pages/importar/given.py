"""The packages that were given to import, and how far each of them is."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from msgspec import UNSET

from fichaat.application.preview_bundle import BundlePreview
from fichaat.application.verdict import BundleVerdict
from fichaat.domain.errors import UserFacingError
from fichaat.domain.recepcion import Resultado
from fichaat.gui.pages.importar.record_words import Entry


class Checked(NamedTuple):
    """What a look at one file brought."""

    preview: BundlePreview
    entries: list[Entry]
    size: int | None
    disk: str


@dataclass
class GivenFile:
    """One of the packages on its way."""

    path: Path
    checked: Checked | None = None
    error: UserFacingError | None = None
    """It could not even be looked at."""
    imported: BundleVerdict | None = None

    @property
    def verdict(self) -> BundleVerdict | None:
        """What is known of it by now: what its import said, else what the look found."""
        if self.imported is not None:
            return self.imported
        return None if self.checked is None else self.checked.preview.verdict

    @property
    def fresh(self) -> int:
        """Records that it would bring."""
        found = () if self.verdict is None else self.verdict.registros
        return sum(item.resultado is not Resultado.KNOWN for item in found)

    @property
    def waits(self) -> bool:
        """Whether nobody looked at it yet."""
        return self.checked is None and self.error is None

    @property
    def refused(self) -> bool:
        """Whether nothing of it may be imported."""
        return self.error is not None or (self.verdict is not None and self.verdict.refused)

    def importable(self, *, approves: bool) -> bool:
        """`approves`: requests are kept here."""
        found = self.verdict
        if self.imported is not None or found is None or self.error is not None:
            return False
        brings = not found.brings_nothing or (approves and asks(found))
        return not found.refused and brings


class Given:
    """All of them, in the order in which they are looked at and imported."""

    def __init__(self, paths: Iterable[Path], *, approves: bool) -> None:
        """`approves`: requests to be approved are kept here."""
        self.files = [GivenFile(path) for path in dict.fromkeys(paths)]
        self._approves = approves

    @property
    def many(self) -> bool:
        """Whether they are listed at all."""
        return len(self.files) > 1

    @property
    def unseen(self) -> GivenFile | None:
        """The next to look at."""
        return next((file for file in self.files if file.waits), None)

    @property
    def ready(self) -> list[GivenFile]:
        """Those that can be imported now."""
        return [file for file in self.files if self.can_import(file)]

    @property
    def any_imported(self) -> bool:
        """Whether something of them was taken in."""
        return any(file.imported is not None and file.imported.aplicado for file in self.files)

    def can_import(self, file: GivenFile) -> bool:
        """Whether it would bring something."""
        return file.importable(approves=self._approves)


def asks(verdict: BundleVerdict | None) -> bool:
    """Whether it is the request of a device."""
    info = None if verdict is None else verdict.info
    return info is not None and info.solicitud is not UNSET
