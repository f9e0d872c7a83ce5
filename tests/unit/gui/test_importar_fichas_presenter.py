"""What the page says of a workbook, and when its button is offered; no Qt."""

from collections.abc import Callable, Collection
from pathlib import Path

from fichaat.application.changes import Changes, Kind
from fichaat.application.import_fichas import How, ImportedRow, ImportReport
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.ports.rows import ListColumn, ListFilter
from fichaat.domain.errors import UserFacingError
from fichaat.domain.problem import Problem, Severity
from fichaat.gui import routes
from fichaat.gui.pages.fichas.sheets import Asked, FichasSheets
from fichaat.gui.pages.importar_fichas.presenter import (
    ImportarFichasPresenter,
    ImportarFichasSources,
    Shown,
)
from tests.support.queued_tasks import QueuedTasks

BOOK = Path("/libros/fichas.xlsx")


def report(*rows: ImportedRow) -> ImportReport:
    good = sum(row.estado == "borrador" for row in rows)
    bad = sum(row.estado == "rechazada" for row in rows)
    return ImportReport(len(rows), 0 if bad else good, 0, bad, rows)


def good(number: int, *problems: Problem) -> ImportedRow:
    cells = tuple("Fichas!C2" for _ in problems)
    return ImportedRow(number, f"05-2026-K7Q2MX-000{number}", "borrador", problems, cells, "Fichas")


REFUSED = ImportedRow(
    3,
    None,
    "rechazada",
    (Problem("hoja.date", Severity.REFUSED, "", {"texto": "ayer"}),),
    ("Hoja rara!B3",),
    "Fichas",
)
LACKS = Problem("ficha.lugar_required", Severity.ERROR, "/lugar")
WARNS = Problem("ficha.fecha_old", Severity.WARNING, "/fecha", {"dias": 40})


class Screen:
    def __init__(self) -> None:
        self.shown: list[Shown] = []
        self.name = ""
        self.asked = 0
        self.where: Callable[[Path], object] | None = None

    def show_file(self, name: str, path: Path) -> None:
        self.name = name

    def show_state(self, shown: Shown) -> None:
        self.shown.append(shown)

    def ask_file(self) -> None:
        self.asked += 1

    def ask_where(self, name: str, on_chosen: Callable[[Path], object]) -> None:
        assert name == "plantilla-fichas.xlsx"
        self.where = on_chosen

    @property
    def now(self) -> Shown:
        return self.shown[-1]


class Way:
    """Where the window was sent, and what it said last."""

    def __init__(self) -> None:
        self.route: routes.Route | None = None
        self.said = self.tone = ""
        self.undo: Callable[[], object] | None = None

    def go(self, route: routes.Route) -> None:
        self.route = route

    def back(self) -> None:
        self.route = None

    def tell(
        self, text: str, *, tone: str = "ok", undo: Callable[[], object] | None = None
    ) -> None:
        self.said, self.tone, self.undo = text, tone, undo


class Desk:
    """A page and everything around it."""

    def __init__(self, found: ImportReport) -> None:
        self.found: ImportReport | UserFacingError = found
        self.hows: list[How] = []
        self.discarded: list[str] = []
        self.written: list[Path] = []
        self.there = True
        self.screen, self.tasks, self.lasting, self.go = (
            Screen(),
            QueuedTasks(),
            QueuedTasks(),
            Way(),
        )
        self.page = ImportarFichasPresenter(
            self.screen,
            self.tasks,
            self.go,
            ImportarFichasSources(
                lambda path: b"libro", self.import_, self.discard, self.written.append
            ),
            lasting=self.lasting,
            there=lambda: self.there,
        )

    def import_(self, data: bytes, how: How) -> tuple[ImportReport, Changes]:
        assert data == b"libro"
        self.hows.append(how)
        if isinstance(self.found, UserFacingError):
            raise self.found
        return self.found, Changes() if how.preview else Changes.of(Kind.DRAFT)

    def discard(self, codigos: Collection[str]) -> tuple[int, Changes]:
        self.discarded += codigos
        return len(codigos), Changes.of(Kind.DRAFT)

    def look(self) -> Shown:
        self.page.arrived(BOOK)
        self.tasks.run()
        return self.screen.now


def test_the_look_imports_nothing_and_the_button_says_how_many() -> None:
    desk = Desk(report(good(1), good(2)))
    shown = desk.look()
    assert desk.screen.name == "fichas.xlsx"
    assert [how.preview for how in desk.hows] == [True]
    assert (shown.tone, shown.action, shown.rows) == ("ok", "Importar 2 fichas", [])
    desk.page.act()
    desk.page.act()
    desk.lasting.run()
    assert [how.preview for how in desk.hows] == [True, False]
    assert desk.go.route == routes.Fichas()
    assert desk.go.said == "Se importaron 2 fichas como borradores."
    assert desk.go.undo is not None
    desk.go.undo()
    desk.lasting.run()
    assert desk.discarded == ["05-2026-K7Q2MX-0001", "05-2026-K7Q2MX-0002"]
    assert desk.go.said == "2 borradores pasaron a la papelera."


def test_a_refused_cell_takes_the_button_away() -> None:
    desk = Desk(report(good(1), REFUSED))
    shown = desk.look()
    assert (shown.tone, shown.action) == ("error", "")
    assert [tuple(row)[:2] for row in shown.rows] == [("Hoja rara", "B3")]
    assert "«ayer»" in shown.rows[0].motivo
    desk.page.act()
    assert desk.lasting.waiting == []


def test_cells_are_counted_once_and_a_misshapen_book_has_none() -> None:
    refused = Problem("hoja.date", Severity.REFUSED, "", {"texto": "ayer"})
    twice = ImportedRow(3, None, "rechazada", (refused, refused), ("Nudos!B3", "Nudos!B3"))
    assert Desk(report(twice, REFUSED)).look().sentence.startswith("Hay 2 celdas por corregir")
    gone = Problem("hoja.missing", Severity.REFUSED, "", {"hoja": "Nudos"})
    shown = Desk(report(ImportedRow(1, None, "rechazada", (gone,), ("Nudos!A1",)))).look()
    assert shown.sentence == "No se pudo leer ninguna ficha del libro."
    assert (shown.template, shown.action, len(shown.rows)) == (True, "", 1)


def test_what_is_lacking_comes_before_what_is_to_be_looked_at() -> None:
    shown = Desk(report(good(1, WARNS), good(2, LACKS, WARNS))).look()
    assert shown.what.endswith("A 1 le falta algo para sellarse.")
    assert [row.motivo[:12] for row in shown.rows] == [
        "Escriba el l",
        "La visita fu",
        "La visita fu",
    ]
    assert shown.action == "Importar 2 fichas"


def test_an_empty_book_and_one_that_is_none_offer_the_template() -> None:
    desk = Desk(report())
    assert (desk.look().tone, desk.screen.now.template, desk.screen.now.action) == (
        "warn",
        True,
        "",
    )
    desk.found = UserFacingError("hoja.unreadable")
    shown = desk.look()
    assert (shown.tone, shown.template, shown.action) == ("error", True, "")
    assert "dañado" in shown.what
    desk.page.template()
    assert desk.screen.where is not None
    desk.screen.where(Path("/p.xlsx"))
    desk.tasks.run()
    assert desk.written == [Path("/p.xlsx")]
    assert desk.go.said == "Se guardó «p.xlsx»."


def test_a_look_that_is_stopped_offers_to_look_again() -> None:
    desk = Desk(report(good(1)))
    desk.page.arrived(BOOK)
    desk.tasks.waiting[0].cancel()
    desk.tasks.run()
    assert desk.screen.now.sentence == "No se terminó de leer el libro."
    desk.page.again()
    desk.tasks.run()
    assert desk.screen.now.action == "Importar 1 ficha"
    desk.page.another()
    assert desk.screen.asked == 1


def test_what_was_written_meanwhile_is_told_instead_of_an_import() -> None:
    desk = Desk(report(good(1)))
    desk.look()
    desk.found = report(REFUSED)
    desk.page.act()
    desk.lasting.run()
    assert desk.screen.now.tone == "error"
    assert desk.go.said == ""


def test_an_import_goes_on_when_the_page_is_left() -> None:
    desk = Desk(report(good(1)))
    desk.look()
    desk.page.act()
    desk.there = False
    desk.page.left()
    desk.lasting.run()
    assert desk.go.route is None
    assert desk.go.said == "Se importó 1 ficha como borrador."


def test_an_import_that_fails_or_is_stopped_looks_again() -> None:
    desk = Desk(report(good(1)))
    desk.look()
    desk.found = UserFacingError("storage.no_space")
    desk.page.act()
    desk.lasting.run()
    assert desk.go.tone == "error"
    desk.found = report(good(1))
    desk.tasks.run()
    desk.page.act()
    desk.lasting.waiting[-1].cancel()
    desk.lasting.run()
    desk.tasks.run()
    assert desk.screen.now.action == "Importar 1 ficha"


class Chooser:
    """The list's questions, which are always answered."""

    def ask_file(self, on_chosen: Callable[[Path], object]) -> None:
        on_chosen(BOOK)

    def ask_where(self, name: str, on_chosen: Callable[[Path], object]) -> None:
        on_chosen(Path("/salida") / name)


def test_the_list_brings_in_writes_the_template_and_itself() -> None:
    tasks, way = QueuedTasks(), Way()
    asked = (ListFilter("quinua"), ListColumn.FECHA, False)
    written: list[object] = []

    def write(path: Path, what: Asked, progress: Progress, cancel: CancelToken) -> int:
        written.append(what)
        if len(written) > 1:
            raise UserFacingError("system.no_space")
        return 1

    sheets = FichasSheets(Chooser(), tasks, way, write_list=write, write_template=written.append)
    sheets.bring_in()
    assert way.route == routes.ImportarFichas(BOOK)
    sheets.export(asked)
    tasks.run()
    assert (written, way.said) == ([asked], "Se guardó «fichas.xlsx».")
    sheets.export(asked)
    tasks.run()
    assert way.tone == "error"
    sheets.template()
    tasks.run()
    assert written[-1] == Path("/salida/plantilla-fichas.xlsx")


def test_another_book_waits_for_the_import() -> None:
    desk = Desk(report(good(1)))
    desk.look()
    desk.page.act()
    desk.page.choose(Path("/otro.xlsx"))
    assert desk.screen.name == "fichas.xlsx"
    assert desk.go.tone == "warn"
