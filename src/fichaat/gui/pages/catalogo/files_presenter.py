"""The catalogue from and to files: shown before it is taken, and taken back with one press."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from fichaat.application.catalogue.catalogue_files import CatalogueFile, FileProblem
from fichaat.application.catalogue.publish_catalogue import CataloguePreview
from fichaat.application.changes import Changes
from fichaat.domain.errors import UserFacingError
from fichaat.domain.problem import Severity
from fichaat.gui.pages.catalogo.presenter import CatalogoPresenter
from fichaat.gui.pages.catalogo.view import Asked, CatalogoSources, CatalogoView
from fichaat.gui.pages.catalogo.words import change_groups, sentence_of
from fichaat.gui.pages.ficha.board import Line
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say, thousands
from fichaat.texts import message


class _Loaded(NamedTuple):
    path: Path
    file: CatalogueFile
    preview: CataloguePreview | None
    problems: tuple[FileProblem, ...]


class FilesPresenter:
    def __init__(
        self,
        view: CatalogoView,
        tasks: Tasks,
        go: Navigator,
        sources: CatalogoSources,
        catalogue: CatalogoPresenter,
    ) -> None:
        self._view = view
        self._tasks = tasks
        self._go = go
        self._from = sources
        self._catalogue = catalogue

    def load(self, path: Path) -> None:
        """Look into a file; nothing is taken before it was seen."""
        self._tasks.look(
            say("catalogar.reading"), lambda *_: self._read(path), self._on_read, self._on_refused
        )

    def save(self, path: Path) -> None:
        """Write what stands on the page."""
        content = self._catalogue.content
        self._tasks.write(
            lambda: (self._from.files.write(path, content), Changes()),
            lambda _: self._go.tell(say("catalogar.saved", archivo=path.name)),
            self._on_refused,
        )

    def save_template(self, path: Path) -> None:
        """Write an empty workbook to fill in."""
        self._tasks.write(
            lambda: (self._from.files.template(path), Changes()),
            lambda _: self._go.tell(say("catalogar.template_saved", archivo=path.name)),
            self._on_refused,
        )

    def _read(self, path: Path) -> _Loaded:
        file = self._from.files.read(path)
        if file.content is None:
            partial, preview = file.partial, self._from.publish.preview
            judged = () if partial is None else preview(partial).problems
            return _Loaded(path, file, None, file.all_problems(judged))
        seen = self._from.publish.preview(file.content)
        return _Loaded(path, file, seen, file.located(seen.problems))

    def _on_read(self, loaded: _Loaded) -> None:
        lines = problem_lines(loaded.problems)
        content, preview = loaded.file.content, loaded.preview
        if content is None or preview is None:
            count = say("catalogar.load_refused", cantidad=thousands(len(loaded.problems)))
            self._ask(loaded.path, count, "", lines, preview, lambda: None)
            return
        told = say("catalogar.loaded", archivo=loaded.path.name)
        taken = content
        self._ask(
            loaded.path,
            say("catalogar.load_what") if preview.changes else say("catalogar.load_same"),
            say("catalogar.load") if preview.changes or lines else "",
            lines,
            preview,
            lambda: self._catalogue.take(taken, told),
        )

    def _ask(  # noqa: PLR0917  # what the question shows
        self,
        path: Path,
        sentence: str,
        verb: str,
        lines: Sequence[Line],
        preview: CataloguePreview | None,
        on_yes: object,
    ) -> None:
        assert callable(on_yes)  # a lambda of `_on_read`
        held = preview.changes if preview is not None else ()
        reader, territorio = self._catalogue.reader, self._from.territorio
        groups = change_groups(held, reader, territorio)
        title = say("catalogar.load_title", archivo=path.name)
        self._view.ask_all(Asked(title, sentence, verb, groups, tuple(lines), on_yes))

    def _on_refused(self, error: UserFacingError) -> None:
        self._go.tell(message(error.code, error.params), tone="error")


def problem_lines(problems: Sequence[FileProblem]) -> tuple[Line, ...]:
    """Errors first; each with its sheet and cell, or where it is in the file."""
    ranked = sorted(problems, key=lambda item: item.problem.severity is Severity.WARNING)
    return tuple(
        Line(
            item.problem.path,
            "",
            "warn" if item.problem.severity is Severity.WARNING else "error",
            _place(item),
            sentence_of(item.problem),
        )
        for item in ranked
    )


def _place(item: FileProblem) -> str:
    if item.place is not None:
        return say("catalogar.place_cell", hoja=item.place.hoja, celda=item.place.celda)
    path = item.problem.path
    return say("catalogar.place_path", lugar=path) if path else say("catalogar.place_file")
