"""Every page of the window, on rich data and on none: names, words, ways, focus, contrast."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import get_args

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from fichaat.application.wanted import KnownFolder, WindowWanted
from fichaat.bootstrap import Program
from fichaat.gui import routes
from fichaat.gui.app import Desktop
from fichaat.gui.main_window import MainWindow
from fichaat.gui.pages.ficha.page import FichaPage
from fichaat.gui.theme import fonts
from fichaat.gui.theme.theme import theme
from fichaat.system.settings import Settings
from fichaat.texts import message
from scripts.pilot import Pilot
from scripts.scenery import MARLENI, PASSPHRASE, TODAY, Scenery
from tests.support.contrast import faint
from tests.support.furnished import house
from tests.support.program import CHEAP_KEYS
from tests.support.tab_walk import focus_trouble, walk
from tests.support.window import untidy

Trouble = dict[str, list[str]]

SIZES = [(1366, 768), (1093, 545), (683, 384)]
"""100 %, 125 % and 200 % of a laptop's screen, less its bars."""
LOOKS = [(SIZES[0], False), (SIZES[0], True), (SIZES[1], False), (SIZES[2], False)]
"""Sizes of the window, in light or dark."""


def _nothing(_: Desktop) -> None:
    """The page as it opens."""


def _say_everything(desktop: Desktop) -> None:
    page = desktop.window.page
    assert isinstance(page, FichaPage)
    page.presenter.check_all()


Prepare = Callable[[Desktop], None]
Stop = tuple[str, routes.Route, Prepare]


def places(made: Scenery) -> list[Stop]:
    """Every route, each in the states that look different."""
    news, contrary, broken = made.arriving
    return [
        ("inicio", routes.Inicio(), _nothing),
        ("nueva visita", routes.NuevaVisita(), _nothing),
        ("nueva visita, duplicar", routes.NuevaVisita(made.sealed), _nothing),
        ("ficha con errores", routes.EditarFicha(made.wrong), _say_everything),
        ("ficha de treinta personas", routes.EditarFicha(made.crowd), _say_everything),
        ("corrección", routes.EditarFicha(made.correcting), _say_everything),
        ("firmar", routes.Firmar(made.unsigned), _nothing),
        ("firmar, treinta personas", routes.Firmar(made.crowd), _nothing),
        ("firmar después", routes.Firmar(made.pending), _nothing),
        ("sellar, con errores", routes.Sellar(made.wrong), _nothing),
        ("sellar, completa", routes.Sellar(made.ready), _nothing),
        ("ficha sellada", routes.VerFicha(made.sealed), _nothing),
        ("ficha corregida", routes.VerFicha(made.corrected), _nothing),
        ("ficha anulada", routes.VerFicha(made.annulled), _nothing),
        ("fichas", routes.Fichas(), _nothing),
        ("fichas, sin resultados", routes.Fichas("quinoa"), _nothing),
        ("importar fichas", routes.ImportarFichas(made.books[0]), _nothing),
        ("importar fichas, con errores", routes.ImportarFichas(made.books[1]), _nothing),
        ("papelera", routes.Papelera(), _nothing),
        ("paquetes", routes.Paquetes(), _nothing),
        ("importar", routes.ImportarPaquetes((news,)), _nothing),
        ("importar, cambiado", routes.ImportarPaquetes((broken,)), _nothing),
        ("importar, varios", routes.ImportarPaquetes((contrary, news, broken)), _nothing),
        ("recepción", routes.Recepcion(), _nothing),
        ("equipos", routes.Equipos(), _nothing),
        ("revisión", routes.Revision(), _nothing),
        ("municipalidades", routes.Municipalidades(), _nothing),
        ("acuerdos", routes.Acuerdos(), _nothing),
        ("acuerdos de otro lugar", routes.Acuerdos("050401"), _nothing),
        ("catálogo", routes.Catalogo(), _nothing),
        ("ajustes", routes.Ajustes(), _nothing),
        ("ayuda", routes.Ayuda("ficha"), _nothing),
    ]


_GONE = "05-2026-K7Q2MX-9999"
EMPTY: list[Stop] = [
    ("inicio", routes.Inicio(), _nothing),
    ("nueva visita", routes.NuevaVisita(), _nothing),
    ("ficha que no está", routes.EditarFicha(_GONE), _nothing),
    ("sellar lo que no está", routes.Sellar(_GONE), _nothing),
    ("ver lo que no está", routes.VerFicha(_GONE), _nothing),
    ("fichas", routes.Fichas(), _nothing),
    ("importar un libro que no está", routes.ImportarFichas(Path("/no/está.xlsx")), _nothing),
    ("papelera", routes.Papelera(), _nothing),
    ("paquetes", routes.Paquetes(), _nothing),
    ("importar lo que no está", routes.ImportarPaquetes((Path("/no/está.fichaat"),)), _nothing),
    ("recepción", routes.Recepcion(), _nothing),
    ("equipos", routes.Equipos(), _nothing),
    ("municipalidades", routes.Municipalidades(), _nothing),
    ("acuerdos", routes.Acuerdos(), _nothing),
    ("catálogo", routes.Catalogo(), _nothing),
    ("ajustes", routes.Ajustes(), _nothing),
    ("ayuda", routes.Ayuda(), _nothing),
]


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Scenery:
    """Made once; every test works on a copy."""
    return house(tmp_path_factory)


@pytest.fixture(params=["rica", "vacía"])
def rich(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "rica")


@pytest.fixture
def walked(furnished: Scenery, *, rich: bool) -> list[Stop]:
    """The places of the data folder."""
    return places(furnished) if rich else EMPTY


@pytest.fixture
def folder(furnished: Scenery, tmp_path: Path, *, rich: bool) -> Path:
    (tmp_path / "clave.txt").write_text(PASSPHRASE, "utf-8")
    data = tmp_path / "datos"
    if rich:
        shutil.copytree(furnished.folder, data)
        return data
    program = Program(Settings())
    program.keys = CHEAP_KEYS
    program.create(data, MARLENI, PASSPHRASE)
    program.close()
    return data


@pytest.fixture(params=[False, True], ids=["claro", "oscuro"])
def dark(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[bool]:
    theme().use(dark=request.param)
    yield request.param
    theme().use(dark=False)


@pytest.fixture
def doubled(qapp: QApplication) -> Iterator[None]:
    """All letters twice as large, on a screen that did not grow."""

    class Larger(QFont):
        def setPointSizeF(self, points: float) -> None:  # noqa: N802  # Qt's name
            super().setPointSizeF(2 * points)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(fonts, "QFont", Larger)
        qapp.setFont(fonts.font())
        yield
    qapp.setFont(fonts.font())


class Walk:
    """Goes from place to place in one window."""

    def __init__(self, qtbot: QtBot, desktop: Desktop, size: tuple[int, int]) -> None:
        self.qtbot, self.desktop, self.size = qtbot, desktop, size
        desktop.window.resize(*size)
        with qtbot.waitExposed(desktop.window):
            desktop.window.show()
        desktop.window.activateWindow()
        qtbot.waitUntil(desktop.window.isActiveWindow)

    def along(self, stops: Sequence[Stop]) -> Iterator[tuple[str, QWidget]]:
        for name, route, prepare in stops:
            self.desktop.window.go(route)
            self.quiet()
            prepare(self.desktop)
            self.quiet()
            page = self.desktop.window.page
            assert page is not None
            yield name, page

    def quiet(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desktop.runner.busy)


def test_the_walk_leaves_no_route_out(furnished: Scenery) -> None:
    walked = {type(route) for _, route, _ in places(furnished)}
    assert walked == set(get_args(routes.Route))


class Flashes(QObject):
    """Notices what is shown as a window of its own: a widget made visible before it has a place."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            popup = watched.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
            if not popup and not isinstance(watched, MainWindow):
                self.seen.append(type(watched).__name__)
        return False

    def take(self) -> list[str]:
        """What was seen since it was asked before."""
        seen, self.seen = self.seen, []
        return [f"a window flashes: {name}" for name in seen]


@pytest.fixture
def flashes(qapp: QApplication, size: tuple[int, int], *, dark: bool) -> Iterator[Flashes]:
    """Watches in the first look alone: it hears of every event, and no size makes a window."""
    watch = Flashes()
    if (size, dark) == LOOKS[0]:
        qapp.installEventFilter(watch)
    yield watch
    qapp.removeEventFilter(watch)


class Eyes:
    """Compares what has the focus with what it is without."""

    def __init__(self) -> None:
        self._before: tuple[QWidget, QImage] | None = None
        self.alike: list[str] = []

    def look(self, widget: QWidget) -> None:
        if self._before is not None and isValid(self._before[0]) and self._before[0].isVisible():
            left, picture = self._before
            if left.grab().toImage() == picture:
                self.alike.append(f"{type(left).__name__} {left.accessibleName()!r}")
        self._before = widget, widget.grab().toImage()


def trouble_of(page: QWidget, size: tuple[int, int]) -> list[str]:
    """What is wrong with a page that was just opened at a size of the window.

    The focus is somewhere on arrival, gets everywhere with Tab, stays nowhere for ever and is seen
    where it is; every control has a name, words are whole and stand out.
    """
    small = size == SIZES[-1]  # there the middle of a page may be scrolled away
    arrived = focus_trouble(page, in_sight=not small)
    wrong = [*arrived, *untidy(page), *(faint(page) if size == SIZES[0] else ())]
    eyes = Eyes()
    wrong += walk(page, eyes.look)
    return wrong if small else [*wrong, *(f"focus unseen: {item}" for item in eyes.alike)]


def trouble_along(walk_along: Walk, stops: list[Stop], flashes: Flashes) -> Trouble:
    """What is wrong anywhere on a walk, by the name of the place."""
    found = {
        name: [*flashes.take(), *trouble_of(page, walk_along.size)]
        for name, page in walk_along.along(stops)
    }
    return {name: wrong for name, wrong in found.items() if wrong}


def untidy_along(walk_along: Walk, stops: list[Stop]) -> Trouble:
    """What is cut, unnamed or sideways anywhere on a walk."""
    found = {name: untidy(page) for name, page in walk_along.along(stops)}
    return {name: wrong for name, wrong in found.items() if wrong}


@pytest.mark.usefixtures("dark")
@pytest.mark.parametrize(("size", "dark"), LOOKS, indirect=["dark"])
def test_names_words_ways_focus_and_contrast(
    qtbot: QtBot, desktop: Desktop, walked: list[Stop], flashes: Flashes, size: tuple[int, int]
) -> None:
    assert trouble_along(Walk(qtbot, desktop, size), walked, flashes) == {}


@pytest.mark.usefixtures("doubled")
@pytest.mark.parametrize("size", SIZES[:2])
def test_letters_twice_as_large(
    qtbot: QtBot, desktop: Desktop, walked: list[Stop], size: tuple[int, int]
) -> None:
    assert untidy_along(Walk(qtbot, desktop, size), walked) == {}


# the gate


@pytest.fixture
def entrance(qtbot: QtBot, tmp_path: Path) -> Iterator[Desktop]:
    """The program before any data are open."""
    program = Program(Settings(datos=str(tmp_path / "nueva"), reloj=TODAY))
    program.keys = CHEAP_KEYS
    running = Desktop(program, WindowWanted())
    qtbot.addWidget(running.window)
    running.start()
    with qtbot.waitExposed(running.window):
        running.window.show()
    yield running
    running.close()
    program.close()


def _panels(desktop: Desktop, furnished: Scenery) -> dict[str, Callable[[], object]]:
    """Everything that may stand before the pages."""
    keeper, pilot = desktop._keeper, Pilot(desktop.window)
    known = [KnownFolder(furnished.folder, kind) for kind in ("cuenta", "practica", "otra")]
    words = tuple(f"palabra{number}" for number in range(1, 13))
    sentence = message("storage.read_only", {})

    def second_step() -> None:
        keeper.show_first_start(furnished.folder.parent / "nueva", practice=False)
        pilot.type(MARLENI.nombre)
        pilot.tab_to("Cargo")
        pilot.type(MARLENI.cargo)
        pilot.press(Qt.Key.Key_Return)
        pilot.until(lambda: pilot.focus_is("Región"), "the second step")

    def third_step() -> None:
        second_step()
        pilot.type("ayac")
        pilot.press(Qt.Key.Key_Return)
        pilot.until(lambda: pilot.focus_is("Frase de acceso nueva"), "the third step")

    return {
        "espera": keeper.show_wait,
        "perfiles": lambda: keeper.show_chooser(known),
        "frase": lambda: keeper.show_unlock(known[2], others=True),
        "recuperar": lambda: keeper.show_recover(known[0]),
        "palabras": lambda: keeper.show_words((MARLENI, PASSPHRASE, words)),
        "problema": lambda: keeper.show_trouble(sentence),
        "práctica": lambda: keeper.show_first_start(furnished.folder, practice=True),
        "quién": lambda: keeper.show_first_start(furnished.folder, practice=False),
        "región": second_step,
        "frase nueva": third_step,
    }


@pytest.mark.usefixtures("dark")
@pytest.mark.parametrize(("size", "dark"), LOOKS, indirect=["dark"])
def test_the_gate(
    entrance: Desktop, furnished: Scenery, flashes: Flashes, size: tuple[int, int]
) -> None:
    entrance.window.resize(*size)
    found = {}
    for name, show in _panels(entrance, furnished).items():
        show()
        gate = entrance.window.gate
        assert gate is not None
        found[name] = [*flashes.take(), *untidy(gate)]
        found[name] += faint(gate) if size == SIZES[0] else ()
        if name != "espera":  # nothing to do there
            found[name] += [*focus_trouble(gate, in_sight=True), *walk(gate)]
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.usefixtures("doubled")
def test_the_gate_with_letters_twice_as_large(
    qtbot: QtBot, entrance: Desktop, furnished: Scenery
) -> None:
    found = {}
    for name, show in _panels(entrance, furnished).items():
        show()
        gate = entrance.window.gate
        assert gate is not None
        found[name] = untidy(gate)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
