"""What the page of agreements shows and does; no Qt. The use cases are the real ones."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from fichaat.application.acuerdo_line import AcuerdoLine, Segmento
from fichaat.application.acuerdos.add_evento import AddEvento, Evento
from fichaat.application.acuerdos.event_sheet import EventSheet
from fichaat.application.acuerdos.list_acuerdos import ListAcuerdos
from fichaat.application.acuerdos.matrix import WriteMatrix
from fichaat.application.acuerdos.read_acuerdo import ReadAcuerdo
from fichaat.application.changes import Changes, Kind
from fichaat.application.sheets import Value
from fichaat.gui import routes
from fichaat.gui.pages.acuerdos.presenter import AcuerdosPresenter
from fichaat.gui.pages.acuerdos.view import AcuerdosSources, Preview, Typed
from fichaat.gui.pages.acuerdos.words import DetailWords, Due, RowWords, due_words
from fichaat.reports.workbooks import XlsxWorkbooks
from tests.support.installations import Laptop, template_store
from tests.support.queued_tasks import QueuedTasks, Steps
from tests.unit.application.test_acuerdo_sheets import filled
from tests.unit.application.test_acuerdos import CUMPLIDO, HOY, PROCESO, move, visit

BOOKS = XlsxWorkbooks()


@dataclass
class View:
    """What was shown last."""

    rows: tuple[RowWords, ...] = ()
    chosen: str = ""
    counts: Mapping[Segmento, int] = field(default_factory=dict)
    empty: tuple[str, bool] = ("", False)
    detail: DetailWords | None = None
    form_error: tuple[str, str] = ("", "")
    error: str = ""
    registered: int = 0
    provincias: Sequence[tuple[str, str]] = ()
    municipios: Sequence[tuple[str, str]] = ()
    place: tuple[str, str] = ("", "")
    preview: Preview | None = None
    closed: int = 0
    where: tuple[str, Callable[[Path], object]] | None = None
    file: Callable[[Path], object] | None = None

    @property
    def has_detail(self) -> bool:
        return self.detail is not None

    def show_filters(
        self, provincias: Sequence[tuple[str, str]], municipios: Sequence[tuple[str, str]]
    ) -> None:
        self.provincias, self.municipios = provincias, municipios

    def show_place(self, provincia: str, municipio: str) -> None:
        self.place = (provincia, municipio)

    def show_counts(self, counts: Mapping[Segmento, int]) -> None:
        self.counts = counts

    def show_rows(self, rows: Sequence[RowWords], chosen: str) -> None:
        self.rows, self.chosen, self.empty = tuple(rows), chosen, ("", False)

    def show_empty(self, sentence: str, *, filtered: bool) -> None:
        self.rows, self.empty = (), (sentence, filtered)

    def show_detail(self, detail: DetailWords | None, hoy: date) -> None:
        assert hoy == HOY
        self.detail = detail

    def show_registered(self) -> None:
        self.registered += 1

    def show_form_error(self, field: str, sentence: str) -> None:
        self.form_error = (field, sentence)

    def show_error(self, sentence: str) -> None:
        self.error = sentence

    def ask_where(self, name: str, on_chosen: Callable[[Path], object]) -> None:
        self.where = (name, on_chosen)

    def ask_file(self, on_chosen: Callable[[Path], object]) -> None:
        self.file = on_chosen

    def show_preview(self, preview: Preview) -> None:
        self.preview = preview

    def close_preview(self) -> None:
        self.closed += 1


class Desk:
    """A presenter over one laptop."""

    def __init__(self, laptop: Laptop) -> None:
        self.laptop = laptop
        here = laptop.here
        lists, add = ListAcuerdos(here), AddEvento(here)
        sheet, matrix = EventSheet(here, lists, add, BOOKS), WriteMatrix(here, lists)
        self.sheet = sheet
        self.view, self.tasks, self.go = View(), QueuedTasks(), Steps()
        self.presenter = AcuerdosPresenter(
            self.view,
            self.tasks,
            self.go,
            AcuerdosSources(
                here.territorio,
                here.ambito,
                lists,
                ReadAcuerdo(here),
                add,
                lambda wanted: BOOKS.write(matrix(wanted)),
                lambda wanted: BOOKS.write(sheet.template(wanted)),
                Path.read_bytes,
                sheet.read,
                sheet,
                Path.write_bytes,
            ),
        )

    def arrive(self, ubigeo: str | None = None) -> None:
        self.presenter.arrived(routes.Acuerdos(ubigeo))
        self.run()

    def run(self) -> None:
        while self.tasks.waiting:
            self.tasks.run()

    def told(self) -> None:
        self.presenter.changed(Changes.of(Kind.ACUERDO))
        self.run()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return template_store(tmp_path_factory.mktemp("plantilla"))


@pytest.fixture
def desk(tmp_path: Path, template: Path) -> Iterator[Desk]:
    laptop = Laptop(tmp_path / "a", template, skew=timedelta(0), number=1)
    yield Desk(laptop)
    laptop.close()


def a_line(**changes: Any) -> AcuerdoLine:  # noqa: ANN401  # of any column
    known: dict[str, Any] = {
        "id": "x",
        "ficha": "f",
        "descripcion": "Algo",
        "responsable": "Ana",
        "plazo": "2026-11-20",
        "estado": "pendiente",
        "cumplido_el": "",
        "contradiccion": False,
        "distritos": ("050108",),
        "codigo": "C",
        "nacio": "2026-11-01",
        "plazo_original": "2026-11-20",
        "avance": None,
        "movido_en": "",
        "movido_por": "",
    }
    return AcuerdoLine(**{**known, **changes})


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({"plazo": "2026-11-15"}, Due("Venció hace 5 días", "error", "error")),
        ({"plazo": "2026-11-19"}, Due("Venció ayer", "error", "error")),
        ({}, Due("Vence hoy", "warn", "reloj")),
        ({"plazo": "2026-11-21"}, Due("Vence mañana", "warn", "reloj")),
        ({"plazo": "2026-11-23"}, Due("Vence en 3 días", "warn", "reloj")),
        ({"plazo": "2026-12-15"}, Due("Vence el 15/12/2026", "neutral", "fecha")),
        ({"plazo": ""}, Due("Sin plazo", "neutral", "vacio")),
        ({"contradiccion": True}, Due("Contradicción", "warn", "aviso")),
        (
            {"estado": "cumplido", "cumplido_el": "2026-11-12", "plazo": "2026-11-01"},
            Due("Cumplido el 12/11/2026", "ok", "bien"),
        ),
        (
            {"estado": "no_cumplido", "plazo": "2026-11-01"},
            Due("No cumplido", "neutral", "anulada"),
        ),
    ],
)
def test_a_date_says_in_words_how_near_it_is(changes: dict[str, Any], due: Due) -> None:
    assert due_words(a_line(**changes), HOY) == due


def test_the_first_due_is_chosen_and_read(desk: Desk) -> None:
    soon, late = visit(desk.laptop, HOY + timedelta(days=3), HOY - timedelta(days=1))
    desk.arrive()
    view = desk.view
    assert [row.id for row in view.rows] == [late, soon]
    assert view.chosen == late
    assert view.detail is not None
    assert view.detail.lugar == "Ayacucho (Huamanga)"
    assert [step.que for step in view.detail.historia] == ["Se acordó el 10/11/2026"]
    assert view.rows[0].spoken.startswith("Venció ayer. Ayacucho (Huamanga). Acuerdo 2")
    desk.presenter.choose(soon)
    desk.run()
    assert view.detail.id == soon
    desk.presenter.open_ficha(view.detail.codigo)
    assert desk.go.routes == [routes.VerFicha(view.detail.codigo)]


def test_what_is_registered_is_seen_at_once(desk: Desk) -> None:
    (id_,) = visit(desk.laptop, HOY)
    desk.arrive()
    presenter, view = desk.presenter, desk.view
    for typed, field_, code in (
        (Typed(""), "estado", "Elija"),
        (Typed("cumplido"), "cumplido_el", "Diga qué día"),
        (Typed("cumplido", cumplido_el=None), "cumplido_el", "Escriba una fecha"),
        (Typed("en_proceso", "mucho"), "avance", "número entero"),
        (Typed("reprogramado", nuevo_plazo=None), "nuevo_plazo", "Escriba una fecha"),
        (Typed("reprogramado", nuevo_plazo="2026-12-01"), "motivo", "por qué se reprogramó"),
        (Typed("no_cumplido"), "motivo", "por qué no se cumplió"),
    ):
        presenter.register(typed)
        desk.run()
        assert view.form_error[0] == field_
        assert code in view.form_error[1]
    assert "Avance registrado" not in " ".join(desk.go.told)
    # What another state would need is not taken along.
    presenter.register(Typed("en_proceso", "60", "2026-11-01", None, "nada", "Va bien"))
    desk.run()
    assert view.registered == 1
    assert "Avance registrado" in desk.go.told[-1]
    desk.told()
    (row,) = view.rows
    assert row.estado == "En proceso, 60 %"
    assert view.detail is not None
    assert [step.que for step in view.detail.historia] == [
        "En proceso, 60 %",
        "Se acordó el 10/11/2026",
    ]
    presenter.register(Typed("cumplido", cumplido_el="2026-11-19"))
    desk.run()
    desk.told()
    assert view.empty == ("Ningún acuerdo está abierto.", False)
    assert not view.has_detail
    presenter.segment("cerrados")
    desk.run()
    assert [row.id for row in view.rows] == [id_]


def test_what_arrived_meanwhile_is_shown_before_anything_is_sealed(desk: Desk) -> None:
    (id_,) = visit(desk.laptop, HOY)
    desk.arrive()
    move(desk.laptop, Evento(id_, PROCESO, 30))
    desk.presenter.register(Typed("en_proceso", "50"))
    desk.run()
    assert "usted aún no vio" in desk.view.form_error[1]
    assert desk.view.rows[0].estado == "En proceso, 30 %"
    desk.presenter.register(Typed("en_proceso", "50"))
    desk.run()
    assert desk.view.registered == 1


def test_filters_and_what_is_said_where_nothing_is(desk: Desk) -> None:
    desk.arrive()
    assert desk.view.empty == ("Aún no hay acuerdos. Nacen en las visitas.", False)
    quinua = visit(desk.laptop, HOY, ubigeo="050108")
    huanta = visit(desk.laptop, HOY, ubigeo="050401")
    desk.told()
    presenter, view = desk.presenter, desk.view
    assert len(view.rows) == 2
    presenter.provincia("0504")
    desk.run()
    assert [row.id for row in view.rows] == huanta
    assert view.place == ("0504", "")
    assert ("050401", "Huanta") in view.municipios
    presenter.municipio("050401")
    desk.run()
    assert view.place == ("0504", "050401")
    presenter.municipio("")
    desk.run()
    assert (view.place, presenter.filtered) == (("0504", ""), True)
    presenter.search("quinua")
    desk.run()
    assert view.empty == ("No hay acuerdos para «quinua». Pruebe con menos letras.", True)
    presenter.clear()
    desk.run()
    assert len(view.rows) == 2
    presenter.responsable("nadie")
    desk.run()
    assert view.empty == ("Ningún acuerdo cumple esos filtros.", True)
    presenter.clear()
    for segmento in ("vencidos", "contradicciones", "cerrados"):
        presenter.segment(segmento)
        desk.run()
        assert view.empty[0]
    desk.arrive("050108")
    assert [row.id for row in view.rows] == quinua


def test_a_matrix_and_a_template_are_written(desk: Desk, tmp_path: Path) -> None:
    visit(desk.laptop, HOY)
    desk.arrive()
    for ask, name in (
        (desk.presenter.export, "matriz-acuerdos.xlsx"),
        (desk.presenter.save_template, "novedades-acuerdos.xlsx"),
    ):
        ask()
        assert desk.view.where is not None
        proposed, chosen = desk.view.where
        assert proposed == name
        chosen(tmp_path / name)
        desk.run()
        assert len(BOOKS.read((tmp_path / name).read_bytes())) >= 1
        assert desk.go.told[-1] == f"Se guardó {name}."


def seen(desk: Desk) -> Preview:
    """What the file would bring."""
    assert desk.view.preview is not None
    return desk.view.preview


def test_a_file_is_looked_at_before_it_is_registered(desk: Desk, tmp_path: Path) -> None:
    first, _ = visit(desk.laptop, HOY, HOY + timedelta(days=1))
    desk.arrive()
    path = tmp_path / "lleno.xlsx"
    path.write_bytes(filled(desk.sheet.template(), {"Estado": "Cumplido"}))
    desk.presenter.load()
    assert desk.view.file is not None
    desk.view.file(path)
    desk.run()
    assert seen(desk).problems == (("J2", "Diga qué día se cumplió."),)
    desk.presenter.apply()  # nothing to register
    desk.run()
    assert len(desk.laptop.held()) == 1
    cells: dict[str, Value] = {"Estado": "Cumplido", "Cumplido el": HOY}
    path.write_bytes(filled(desk.sheet.template(), cells))
    desk.view.file(path)
    desk.run()
    assert seen(desk).problems == ()
    (words,) = seen(desk).lines
    assert words.startswith("Ayacucho (Huamanga): Acuerdo 1")
    assert seen(desk).unchanged == 1
    desk.presenter.apply()
    desk.run()
    assert desk.view.closed == 1
    assert desk.go.told[-1] == "Se registró 1 novedad."
    found = ListAcuerdos(desk.laptop.here).find(first)
    assert (found.estado, found.cumplido_el) == (CUMPLIDO, HOY.isoformat())
