"""The pages of who coordinates, and those on which a region speaks: as `test_every_page`."""

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fichaat.gui import routes
from fichaat.gui.app import Desktop
from fichaat.gui.pages.catalogo.page import CatalogoPage
from fichaat.gui.pages.municipalidades.page import MunicipalidadesPage
from scripts.region_scenery import RegionScenery
from scripts.scenery import PASSPHRASE
from tests.gui.test_every_page import (
    LOOKS,
    SIZES,
    Flashes,
    Prepare,
    Stop,
    Walk,
    _nothing,
    dark,
    doubled,
    flashes,
    trouble_along,
    untidy_along,
)
from tests.support.furnished import region

__all__ = ["dark", "doubled", "flashes"]


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
    return region(tmp_path_factory)


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
