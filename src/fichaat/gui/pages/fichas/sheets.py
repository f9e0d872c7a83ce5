"""Workbooks of the list: bringing fichas in, the empty form, the list itself. No Qt here."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from fichaat.application.changes import Changes
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.ports.rows import ListColumn, ListFilter
from fichaat.domain.errors import UserFacingError
from fichaat.gui import routes
from fichaat.gui.pages.importar_fichas.presenter import save_template
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Tasks
from fichaat.gui.text import say
from fichaat.texts import message

Asked = tuple[ListFilter, ListColumn, bool]
"""What is listed, by which column, whether ascending."""

Write = Callable[[Path, Asked, Progress, CancelToken], int]


class SheetsView(Protocol):
    def ask_file(self, on_chosen: Callable[[Path], object]) -> None: ...
    def ask_where(self, name: str, on_chosen: Callable[[Path], object]) -> None: ...


class FichasSheets:
    def __init__(
        self,
        view: SheetsView,
        tasks: Tasks,
        go: Navigator,
        *,
        write_list: Write,
        write_template: Callable[[Path], None],
    ) -> None:
        self._view = view
        self._tasks = tasks
        self._go = go
        self._write_list = write_list
        self._write_template = write_template

    def bring_in(self) -> None:
        """Choose a workbook; the next page shows what it holds."""
        self._view.ask_file(lambda path: self._go.go(routes.ImportarFichas(path)))

    def template(self) -> None:
        """The empty workbook."""
        save_template(self._view, self._tasks, self._go, self._write_template)

    def export(self, asked: Asked) -> None:
        """Everything that is listed."""

        def save(path: Path) -> None:
            def work(progress: Progress, cancel: CancelToken) -> tuple[Path, Changes]:
                self._write_list(path, asked, progress, cancel)
                return path, Changes()

            self._tasks.long(
                say("importar.list_doing"),
                work,
                lambda done: self._go.tell(say("lista.saved", archivo=done.name)),
                self._failed,
            )

        self._view.ask_where(say("importar.list_name"), save)

    def _failed(self, error: UserFacingError) -> None:
        self._go.tell(message(error.code, error.params), tone="error")
