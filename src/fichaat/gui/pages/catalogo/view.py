"""What the page of the catalogue shows, as its presenters see it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from fichaat.application.catalogue.catalogue_files import CatalogueFile
from fichaat.application.catalogue.content import CatalogueContent
from fichaat.application.catalogue.edit_catalogue import WorkingCopy
from fichaat.application.catalogue.publish_catalogue import CataloguePreview
from fichaat.application.catalogue.read_catalogue import CatalogueView
from fichaat.application.catalogue.update_ubigeo import UbigeoPreview, UbigeoState
from fichaat.application.changes import Changes
from fichaat.application.ports.keys import Clock, IdGenerator
from fichaat.domain.territorio import Territorio
from fichaat.gui.pages.catalogo.words import Changed, Entry
from fichaat.gui.pages.ficha.board import Line
from fichaat.gui.pages.ficha.view import Question
from fichaat.gui.saving.status import Status
from fichaat.gui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Head:
    """The line above, and what can be done."""

    context: str
    publish: str
    """Words of the one button; "" where nothing can be changed here."""
    note: str
    """Why not, and who may."""
    behind: bool = False
    """Another version came after the changes here were begun."""


@dataclass(frozen=True, slots=True)
class Pending:
    """What was changed and not published."""

    count: str
    """«3 cambios sin publicar»."""
    changes: tuple[Changed, ...]
    problems: tuple[Line, ...]
    problem_count: str
    anything: bool


@dataclass(frozen=True, slots=True)
class TableShown:
    """The rows of a section that are looked at."""

    section: str
    rows: Sequence[Mapping[str, str]]
    count: str
    empty: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with everything that would happen, below it what is wrong."""

    title: str
    sentence: str
    verb: str
    """"" where there is only something to read."""
    changes: tuple[Changed, ...]
    problems: tuple[Line, ...]
    on_yes: Callable[[], object]


class BodyView(Protocol):
    """The parts of the catalogue."""

    def show_facts(self, facts: Sequence[tuple[str, str]], inicio_plan: str) -> None: ...
    def show_inicio_error(self, sentence: str) -> None: ...
    def show_entries(self, entries: Sequence[Entry]) -> None: ...
    def show_table(self, shown: TableShown) -> None: ...
    def show_cell(self, section: str, row: int, key: str, text: str) -> None: ...
    def show_problems(
        self, section: str, problems: Mapping[tuple[int, str], tuple[str, str]]
    ) -> None: ...
    def show_provincias(self, rows: Sequence[tuple[str, str, bool]]) -> None:
        """(code, name, whether it acts in cascade)."""
        ...

    def show_pending(self, pending: Pending) -> None: ...
    def show_ubigeo(self, sentence: str, *, can_restore: bool) -> None: ...
    def clear_search(self, section: str) -> None: ...
    def go_to(self, section: str, row: int, key: str) -> None:
        """Show a section, with the focus in one of its cells."""
        ...


class CatalogoView(Protocol):
    """The page around them."""

    def show_none(self, sentence: str, *, to_settings: bool) -> None:
        """There is no catalogue: what to do."""
        ...

    def lay(self, *, editable: bool) -> None:
        """There is one, which may be changed here or only read."""
        ...

    def show_head(self, head: Head) -> None: ...
    def show_steps(self, *, undo: bool, redo: bool) -> None:
        """Whether a change can be taken back, or made again."""
        ...

    def show_saving(self, status: Status) -> None: ...
    def ask(self, question: Question) -> None: ...
    def ask_all(self, asked: Asked) -> None: ...


class Files(Protocol):
    """See `catalogue_files.CatalogueFiles`."""

    def read(self, path: Path) -> CatalogueFile: ...
    def write(self, path: Path, content: CatalogueContent | None = None) -> bytes: ...
    def template(self, path: Path) -> bytes: ...


class Publishes(Protocol):
    """See `publish_catalogue.PublishCatalogue`."""

    def preview(self, content: CatalogueContent) -> CataloguePreview: ...
    def __call__(
        self, content: CatalogueContent, *, version: int | None = None
    ) -> tuple[object, Changes]: ...


class Keeps(Protocol):
    """See `edit_catalogue.EditCatalogue`."""

    def open(self) -> WorkingCopy | None: ...
    def save(self, copy: WorkingCopy) -> tuple[WorkingCopy, Changes]: ...
    def discard(self) -> tuple[None, Changes]: ...


class Reads(Protocol):
    """See `read_catalogue.ReadCatalogue`."""

    def __call__(self) -> CatalogueView | None: ...
    def why_not(self) -> str | None: ...


class Ubigeos(Protocol):
    """See `update_ubigeo.UpdateUbigeo`."""

    def state(self) -> UbigeoState: ...
    def preview(self, path: Path) -> UbigeoPreview: ...
    def apply(self, path: Path) -> tuple[UbigeoPreview, Changes]: ...
    def preview_restore(self) -> UbigeoPreview: ...
    def restore(self) -> tuple[UbigeoPreview, Changes]: ...


@dataclass(frozen=True, slots=True)
class CatalogoSources:
    """What the presenters ask of the program."""

    region: str
    coordinates: bool
    territorio: Territorio
    clock: Clock
    ids: IdGenerator
    read: Reads
    publish: Publishes
    keep: Keeps
    files: Files
    ubigeo: Ubigeos
    lasting: Tasks
    """Background work whose end matters after the page is gone."""
    gone: Callable[[], bool]
    """Whether it is: *Deshacer* still stands at the foot of the next page."""
