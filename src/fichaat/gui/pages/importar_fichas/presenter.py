"""What a workbook of fichas would bring, what is wrong with it, and bringing it in."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from fichaat.application.changes import Changes
from fichaat.application.import_fichas import How, ImportedRow, ImportReport
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.sheet_table import MISSHAPEN
from fichaat.domain.errors import UserFacingError
from fichaat.domain.problem import Problem, Severity
from fichaat.gui import routes
from fichaat.gui.routes import Navigator
from fichaat.gui.tasks import Job, Tasks
from fichaat.gui.text import say, thousands
from fichaat.texts import message

SHOWN: Final = 2_000
"""Lines of the table; nobody reads more of them."""

_UNREAD: Final = MISSHAPEN | {"hoja.too_many_problems"}
"""Where one is told, no ficha of the book was read: what is told are not all its cells."""


class CellRow(NamedTuple):
    """One line of the table: a cell, and what is said of it."""

    hoja: str
    celda: str
    motivo: str


class Shown(NamedTuple):
    """What the page says of a workbook."""

    tone: str
    sentence: str
    what: str
    heading: str = ""
    """Above the table; none without it."""
    rows: Sequence[CellRow] = ()
    action: str = ""
    """Words of the main button; none without them."""
    template: bool = False
    """Whether the empty workbook is offered."""


class ImportarFichasView(Protocol):
    def show_file(self, name: str, path: Path) -> None: ...
    def show_state(self, shown: Shown) -> None: ...
    def ask_file(self) -> None: ...
    def ask_where(self, name: str, on_chosen: Callable[[Path], object]) -> None: ...


@dataclass(frozen=True, slots=True)
class ImportarFichasSources:
    """What the presenter asks of the program."""

    read: Callable[[Path], bytes]
    import_: Callable[[bytes, How], tuple[ImportReport, Changes]]
    discard: Callable[[Collection[str]], tuple[int, Changes]]
    save_template: Callable[[Path], None]


class ImportarFichasPresenter:
    def __init__(
        self,
        view: ImportarFichasView,
        tasks: Tasks,
        go: Navigator,
        sources: ImportarFichasSources,
        *,
        lasting: Tasks,
        there: Callable[[], bool],
    ) -> None:
        """`lasting` is for the import, which goes on while the page is not `there` any more."""
        self._view = view
        self._tasks = tasks
        self._lasting = lasting
        self._there = there
        self._go = go
        self._from = sources
        self._path = Path()
        self._data = b""
        self._count = 0
        """Fichas that the button brings in; 0 where there is nothing to bring."""
        self._looking: Job | None = None
        self._importing = False

    # arriving and leaving

    def arrived(self, path: Path) -> None:
        """Look at this file."""
        if self._importing:
            self._go.tell(say("importar.wait"), tone="warn")
            return
        self.left()
        self._path, self._data, self._count = path, b"", 0
        self._view.show_file(path.name, path)
        self._view.show_state(Shown("info", say("importar.looking"), ""))

        def look(progress: Progress, cancel: CancelToken) -> tuple[ImportReport, Changes]:
            self._data = self._from.read(path)
            how = How(preview=True, progress=progress, cancel=cancel)
            return self._from.import_(self._data, how)

        self._looking = self._tasks.long(
            say("importar.looking"), look, self._on_looked, self._on_refused, self._on_stopped
        )

    def left(self) -> None:
        """Nobody waits for the look any more; an import goes on."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None

    # what the person does

    def another(self) -> None:
        self._view.ask_file()

    def choose(self, path: Path) -> None:
        """Another file."""
        self.arrived(path)

    def again(self) -> None:
        """The same file, corrected meanwhile."""
        self.arrived(self._path)

    def template(self) -> None:
        """The empty workbook."""
        save_template(self._view, self._tasks, self._go, self._from.save_template)

    def cancel(self) -> None:
        self._go.go(routes.Fichas())

    def act(self) -> None:
        """Bring everything in, as drafts."""
        if not self._count or self._importing:
            return
        self._importing = True
        data = self._data
        self._view.show_state(Shown("info", say("importar.doing"), ""))

        def bring(progress: Progress, cancel: CancelToken) -> tuple[ImportReport, Changes]:
            return self._from.import_(data, How(progress=progress, cancel=cancel))

        self._lasting.long(
            say("importar.doing"), bring, self._on_imported, self._on_failed, self._on_cancelled
        )

    # what came of it

    def _on_looked(self, report: ImportReport) -> None:
        self._looking = None
        self._count = report.importadas
        self._view.show_state(_shown(report))

    def _on_refused(self, error: UserFacingError) -> None:
        self._looking = None
        sentence = message(error.code, error.params)
        self._view.show_state(Shown("error", say("importar.unread"), sentence, template=True))

    def _on_stopped(self) -> None:
        self._looking = None
        self._view.show_state(Shown("info", say("importar.stopped"), say("importar.stopped_what")))

    def _on_imported(self, report: ImportReport) -> None:
        self._importing = False
        if not report.complete or not report.importadas:  # something was written meanwhile
            if self._there():
                self._on_looked(report)
            return
        codigos = [row.codigo for row in report.detalle if row.codigo is not None]
        if self._there():
            self._go.go(routes.Fichas())
        words = say("importar.done", cantidad=thousands(len(codigos)))
        self._go.tell(words, undo=lambda: self._undo(codigos))

    def _undo(self, codigos: Collection[str]) -> None:
        self._lasting.write(
            lambda: self._from.discard(codigos),
            lambda count: self._go.tell(say("importar.undone", cantidad=thousands(count))),
        )

    def _on_failed(self, error: UserFacingError) -> None:
        self._importing = False
        self._go.tell(message(error.code, error.params), tone="error")
        if self._there():
            self.again()

    def _on_cancelled(self) -> None:
        self._importing = False
        if self._there():
            self.again()


class _Asks(Protocol):
    def ask_where(self, name: str, on_chosen: Callable[[Path], object]) -> None: ...


def save_template(view: _Asks, tasks: Tasks, go: Navigator, write: Callable[[Path], None]) -> None:
    """Ask where the empty workbook is to be written, and write it."""

    def save(path: Path) -> None:
        def work() -> Path:
            write(path)
            return path

        def failed(error: UserFacingError) -> None:
            go.tell(message(error.code, error.params), tone="error")

        tasks.read(work, lambda done: go.tell(say("lista.saved", archivo=done.name)), failed)

    view.ask_where(say("importar.template_name"), save)


def _shown(report: ImportReport) -> Shown:
    if not report.filas:
        return Shown("warn", say("importar.empty"), say("importar.empty_what"), template=True)
    refused = [row for row in report.detalle if row.estado == "rechazada"]
    if refused:
        rows = _rows(refused)
        if any(problem.code in _UNREAD for row in refused for problem in row.problemas):
            sentence, what = say("importar.misshapen"), say("importar.misshapen_what")
            return Shown("error", sentence, what, rows=rows[:SHOWN], template=True)
        cells = len({(row.hoja, row.celda) for row in rows})
        return Shown(
            "error",
            say("importar.refused", cantidad=thousands(cells)),
            say("importar.refused_what"),
            rows=rows[:SHOWN],
        )
    lacking = [row for row in report.detalle if any(map(_blocks, row.problemas))]
    count = thousands(report.importadas)
    rows = _rows(lacking, _blocks) + _rows(report.detalle, lambda problem: not _blocks(problem))
    what = "importar.ready_lacking" if lacking else "importar.ready_what"
    return Shown(
        "ok",
        say("importar.ready", cantidad=count),
        say(what, cantidad=thousands(len(lacking))),
        say("importar.lacking") if rows else "",
        rows[:SHOWN],
        say("importar.act", cantidad=count),
    )


def _blocks(problem: Problem) -> bool:
    return problem.severity is not Severity.WARNING


def _rows(
    rows: Sequence[ImportedRow], wanted: Callable[[Problem], bool] = lambda _: True
) -> list[CellRow]:
    return [
        CellRow(*_split(celda), message(problem.code, {"path": problem.path, **problem.params}))
        for row in rows
        for problem, celda in zip(row.problemas, row.celdas, strict=True)
        if wanted(problem)
    ]


def _split(celda: str) -> tuple[str, str]:
    hoja, _, address = celda.rpartition("!")
    return hoja, address
