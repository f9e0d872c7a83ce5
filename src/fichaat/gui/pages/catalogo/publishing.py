"""The next version: what stands in its way, what it changes, and its seal."""

from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from fichaat.application.catalogue.content import CatalogueContent
from fichaat.application.changes import Changes
from fichaat.domain.errors import UserFacingError
from fichaat.gui.pages.catalogo.cells import Reader
from fichaat.gui.pages.catalogo.judging import Judging
from fichaat.gui.pages.catalogo.keeping import Keeping
from fichaat.gui.pages.catalogo.view import Asked, CatalogoSources, CatalogoView
from fichaat.gui.pages.catalogo.words import Found, change_groups, problem_lines
from fichaat.gui.pages.ficha.board import Line
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.texts import message


class Prepared(Protocol):
    """The working copy, see `presenter.CatalogoPresenter`."""

    reader: Reader
    keeping: Keeping
    judging: Judging

    def jump(self, line: Line) -> None: ...
    def look_up(self) -> None: ...
    def begin_anew(self) -> None: ...


class Publishing:
    def __init__(  # what a page is made of
        self,
        prepared: Prepared,
        view: CatalogoView,
        tasks: Tasks,
        go: Navigator,
        sources: CatalogoSources,
    ) -> None:
        self._prepared = prepared
        self._view = view
        self._tasks = tasks
        self._go = go
        self._from = sources
        self._busy = False

    def judge(self, review: Callable[[], Found]) -> None:
        """Look at the copy as it stands now, then ask or go to what is wrong."""
        if not self._busy:
            self._tasks.read(review, self._on_judged, self._on_refused)

    def _on_judged(self, found: Found) -> None:
        self._prepared.judging.take(found)
        preview, lines = found.preview, problem_lines(found)
        if preview is None:
            return
        if found.errors:
            self._go.tell(say("catalogar.has_errors", cantidad=found.errors), tone="warn")
            self._prepared.jump(lines[0])
            return
        if not preview.changes:
            sentence = message("catalogo.sin_cambios", {"version": preview.version - 1})
            self._go.tell(sentence, tone="info")
            return
        self._view.ask_all(
            Asked(
                say("catalogar.publish_title", version=preview.version),
                say("catalogar.publish_what"),
                say("catalogar.publish", version=preview.version),
                change_groups(preview.changes, self._prepared.reader, self._from.territorio),
                lines,
                lambda: self._seal(found.reading.content, preview.version),
            )
        )

    def _seal(self, content: CatalogueContent, version: int) -> None:
        if self._busy:
            return
        self._busy = True
        self._prepared.keeping.leave()  # what is typed is kept, should this fail

        def work() -> tuple[int, Changes]:
            _, changes = self._from.publish(content, version=version)
            with suppress(UserFacingError):  # it is published: the copy says the same
                self._from.keep.discard()
            return version, changes

        self._tasks.long(
            say("catalogar.publishing"),
            lambda *_: work(),
            self._on_published,
            self._on_refused,
            self._on_stopped,
        )

    def _on_published(self, version: int) -> None:
        self._busy = False
        self._go.tell(say("catalogar.published", version=version))
        self._prepared.begin_anew()

    def _on_stopped(self) -> None:
        # It may have been published when it was asked to stop.
        self._busy = False
        self._prepared.look_up()

    def _on_refused(self, error: UserFacingError) -> None:
        self._busy = False
        self._go.tell(message(error.code, error.params), tone="error")
        self._prepared.look_up()
