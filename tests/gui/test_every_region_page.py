"""The pages of who coordinates, and those on which a region speaks: as `test_every_page`."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fichaat.gui import routes
from fichaat.gui.app import Desktop
from fichaat.gui.pages.catalogo.page import CatalogoPage
from fichaat.gui.pages.municipalidades.page import MunicipalidadesPage
from fichaat.gui.theme.theme import theme
from scripts.region_scenery import RegionScenery, furnish_region
from scripts.scenery import PASSPHRASE
from tests.gui.test_every_page import (
    SIZES,
    Eyes,
    Flashes,
    Prepare,
    Stop,
    Walk,
    _nothing,
    doubled,
    flashes,
)
from tests.support.contrast import faint
from tests.support.program import CHEAP_KEYS, CHEAP_REGION_KEYS
from tests.support.tab_walk import focus_trouble, walk
from tests.support.window import untidy

__all__ = ["doubled", "flashes"]


def _section(name: str) -> Prepare:
    def prepare(desktop: Desktop) -> None:
        page = desktop.window.page
        assert isinstance(page, CatalogoPage)
        page.body.show_section(name)

    return prepare


def _chart(name: str) -> Prepare:
    def prepare(desktop: Desktop) -> None:
        page = desktop.window.page
        assert isinstance(page, MunicipalidadesPage)
        page.presenter.chart(name)
        page.charts.choose(name)

    return prepare


def stops(made: RegionScenery, *, specialist: bool) -> list[Stop]:
    if specialist:
        return [
            ("inicio", routes.Inicio(), _nothing),
            ("fichas", routes.Fichas(), _nothing),
            ("ver observada", routes.VerFicha(made.observed), _nothing),
            ("nueva visita", routes.NuevaVisita(), _nothing),
            ("catálogo", routes.Catalogo(), _section("firmantes")),
            ("municipalidades", routes.Municipalidades(), _nothing),
            ("revisión", routes.Revision(), _nothing),
            ("acuerdos", routes.Acuerdos(), _nothing),
            ("ajustes", routes.Ajustes(), _nothing),
        ]
    return [
        ("inicio", routes.Inicio(), _nothing),
        ("recepción", routes.Recepcion(), _nothing),
        ("equipos", routes.Equipos(), _nothing),
        ("acuerdos", routes.Acuerdos(), _nothing),
        ("paquetes", routes.Paquetes(), _nothing),
        ("importar", routes.ImportarPaquetes(made.arriving), _nothing),
        ("ver en conflicto", routes.VerFicha(made.disputed), _nothing),
        ("revisión", routes.Revision(), _nothing),
        ("revisión en conflicto", routes.Revision(made.disputed), _nothing),
        ("municipalidades", routes.Municipalidades(), _nothing),
        ("municipalidades, evolución", routes.Municipalidades(), _chart("evolucion")),
        ("municipalidades, línea", routes.Municipalidades("050404"), _chart("linea")),
        ("catálogo", routes.Catalogo(), _nothing),
        ("catálogo, metas", routes.Catalogo(), _section("metas")),
        ("catálogo, verificaciones", routes.Catalogo(), _section("verificaciones")),
        ("catálogo, provincias", routes.Catalogo(), _section("provincias")),
        ("ajustes", routes.Ajustes(), _nothing),
    ]


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> RegionScenery:
    """Made once; every test works on a copy."""
    root = tmp_path_factory.mktemp("region") / "region"
    return furnish_region(root, keys=CHEAP_KEYS, region_keys=CHEAP_REGION_KEYS)


@pytest.fixture(params=["coordinación", "especialista"])
def specialist(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "especialista")


@pytest.fixture
def walked(furnished: RegionScenery, *, specialist: bool) -> list[Stop]:
    return stops(furnished, specialist=specialist)


@pytest.fixture
def folder(furnished: RegionScenery, tmp_path: Path, *, specialist: bool) -> Path:
    (tmp_path / "clave.txt").write_text(PASSPHRASE, "utf-8")
    data = tmp_path / "datos"
    shutil.copytree(furnished.specialist if specialist else furnished.folder, data)
    return data


@pytest.fixture(params=[False, True], ids=["claro", "oscuro"])
def dark(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[bool]:
    theme().use(dark=request.param)
    yield request.param
    theme().use(dark=False)


@pytest.mark.parametrize("size", SIZES)
def test_names_words_and_ways(
    qtbot: QtBot, desktop: Desktop, walked: list[Stop], size: tuple[int, int]
) -> None:
    along = Walk(qtbot, desktop, size).along(walked)
    found = {name: untidy(page) for name, page in along}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.usefixtures("doubled")
@pytest.mark.parametrize("size", SIZES[:2])
def test_letters_twice_as_large(
    qtbot: QtBot, desktop: Desktop, walked: list[Stop], size: tuple[int, int]
) -> None:
    along = Walk(qtbot, desktop, size).along(walked)
    found = {name: untidy(page) for name, page in along}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_contrast(qtbot: QtBot, dark: bool, desktop: Desktop, walked: list[Stop]) -> None:  # noqa: FBT001
    found = {name: faint(page) for name, page in Walk(qtbot, desktop, SIZES[0]).along(walked)}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("size", SIZES)
def test_the_focus(
    qtbot: QtBot, desktop: Desktop, walked: list[Stop], size: tuple[int, int]
) -> None:
    """Somewhere on arrival, everywhere with Tab, nowhere for ever, and seen where it is."""
    found = {}
    for name, page in Walk(qtbot, desktop, size).along(walked):
        eyes = Eyes()
        small = size == SIZES[-1]
        found[name] = [*focus_trouble(page, in_sight=not small), *walk(page, eyes.look)]
        found[name] += [] if small else eyes.alike
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_no_page_flashes_a_window(
    qtbot: QtBot, desktop: Desktop, walked: list[Stop], flashes: Flashes
) -> None:
    for name, _ in Walk(qtbot, desktop, SIZES[0]).along(walked):
        assert (name, flashes.seen) == (name, [])
