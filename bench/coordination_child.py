"""A process of its own for `coordination_rows`: opens the region, tells one figure, and ends.

python -m bench.coordination_child abrir PAGE DATABASE     seconds from asking to its last line
python -m bench.coordination_child filtrar PAGE DATABASE   the same, of the page that is filtered
python -m bench.coordination_child memoria todas DATABASE  bytes with the three pages shown
"""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.window_child import at_the_gate, open_session, resident, settle, tell

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from fichaat.gui.app import Desktop
    from fichaat.gui.routes import Route

_PROVINCE = "0505"


def _routes() -> "dict[str, Route]":
    from fichaat.gui import routes

    return {
        "municipalidades": routes.Municipalidades(),
        "revision": routes.Revision(),
        "acuerdos": routes.Acuerdos(),
    }


def abrir(page: str, database: str) -> None:
    app, desktop = _shown_before(page, database)
    start = time.perf_counter()
    desktop.window.go(_routes()[page])
    settle(app, desktop)
    tell(time.perf_counter() - start)


def filtrar(page: str, database: str) -> None:
    app, desktop = _shown_before(page, database)
    desktop.window.go(_routes()[page])
    settle(app, desktop)
    start = time.perf_counter()
    _filter(desktop)
    settle(app, desktop)
    tell(time.perf_counter() - start)


def memoria(_all: str, database: str) -> None:
    app, desktop = _shown_before("municipalidades", database)
    for route in _routes().values():
        desktop.window.go(route)
        settle(app, desktop)
        _filter(desktop)
        settle(app, desktop)
    tell(resident())


def _shown_before(page: str, database: str) -> "tuple[QApplication, Desktop]":
    from fichaat.gui import routes

    app, desktop = at_the_gate()
    desktop.enter(open_session(Path(database)))
    for route in (_routes()[page], routes.Inicio()):
        settle(app, desktop)
        desktop.window.go(route)
    settle(app, desktop)
    return app, desktop


def _filter(desktop: "Desktop") -> None:
    """By one province."""
    page: Any = desktop.window.page
    if hasattr(page.presenter, "provincia"):
        page.presenter.provincia(_PROVINCE)
    else:
        page.presenter.filter("provincia", _PROVINCE)


_MODES = {"abrir": abrir, "filtrar": filtrar, "memoria": memoria}

if __name__ == "__main__":
    _MODES[sys.argv[1]](*sys.argv[2:])
