"""Works in the real window without a pause, and says what it did, until it is killed.

A process of its own: `python -m tests.support.window_typist PLAN CODIGO SEED`, with the data folder
in the environment. Each line on its output is one JSON object: what the window shows once it is
open, what its page shows, then one for every key or stroke as soon as the window has taken it.
"""

import json
import os
import sys
from collections.abc import Callable, Generator
from functools import partial
from random import Random
from typing import TypeVar, cast

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPlainTextEdit

from fichaat.gui import routes
from fichaat.gui.app import make_application
from fichaat.gui.main_window import MainWindow
from fichaat.gui.pages.ficha.page import FichaPage
from fichaat.gui.pages.firmas.page import FirmasPage
from fichaat.gui.pages.inicio.page import InicioPage
from fichaat.launch import run
from fichaat.system.paths import resource
from tests.support.drawn import stroke_name
from tests.support.pens import LEFT, NONE, mouse
from tests.support.typing_keys import press, type_text

T = TypeVar("T")
Story = Generator[None, None, T]

EACH_MS = 15
"""Between two keys: faster than anybody types."""
KEYS_PER_SECOND = 1000 // EACH_MS + 1

DISTRITO = "Quinua"
"""Of the draft: it stands on *Inicio*."""
_PATIENCE = 1000
"""Steps after which a draft that should be there is given up."""

TEXT, PAD = "texto", "firma"

FIELDS = ("/lugar", "/observaciones", "/hora_fin")
CELLS = (
    "/nudos_criticos/0/descripcion",
    "/nudos_criticos/0/orientacion",
    "/destinatarios/0/nombre",
    "/acuerdos/0/descripcion",
)
_WORDS = ("niñas", "atención", "cuenta", "año", "pingüino", "salón", "DNI", "así", "señaló", "y")
_CTRL = Qt.KeyboardModifier.ControlModifier


class Typist(QObject):
    """Fingers that never rest."""

    def __init__(self, plan: str, codigo: str, seed: str) -> None:
        super().__init__()
        self._plan = plan
        self._codigo = codigo
        self._random = Random(seed)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._step)
        self._story = self._live()

    def start(self) -> None:
        self._timer.start(EACH_MS)

    def _step(self) -> None:
        if next(self._story, self) is self:
            self._timer.stop()
            self._window.close()

    def _live(self) -> Story[None]:
        self._window = yield from _wait_for(_main_window)
        yield from _wait_for(lambda: self._page(InicioPage))
        for _ in range(_PATIENCE):
            if any(DISTRITO in words for words in self._words()):
                break
            yield
        asked = [box.windowTitle() for box in QApplication.topLevelWidgets() if _asks(box)]
        _tell(inicio=self._words(), preguntas=asked)
        yield from (self._sign() if self._plan == PAD else self._type())

    # typing

    def _type(self) -> Story[None]:
        self._window.go(routes.EditarFicha(self._codigo))
        page = yield from _wait_for(self._opened_ficha)
        _tell(visto=_seen(page))
        while True:
            # In a cell, in a field, in a cell: a short run is in both.
            yield from self._fill(page, self._random.choice(_cells(page)))
            yield from self._fill(page, self._random.choice(FIELDS))
            if self._random.random() < 0.3 and len(_nudos(page)) < 8:
                page.body.nudos.table.add_row()
                _tell(fila=len(_nudos(page)))
                yield

    def _fill(self, page: FichaPage, path: str) -> Story[None]:
        page.focus_path(path)
        if path in FIELDS:
            press(Qt.Key.Key_A, _CTRL)
        text = ""
        for letter in " ".join(self._random.choices(_WORDS, k=self._random.randrange(2, 7))):
            # In a cell the first letter takes the place of what is there.
            type_text(letter)
            text += letter
            _tell(lugar=path, texto=text)
            yield

    # drawing

    def _sign(self) -> Story[None]:
        self._window.go(routes.Firmar(self._codigo))
        page = yield from _wait_for(partial(self._opened_pad, ""))
        _tell(visto=stroke_name(page.pad.trazo()))
        given = 0
        while True:
            for _ in range(self._random.randrange(1, 4)):
                yield from self._draw(page, given)
            if self._random.random() < 0.5:
                who = page._title.text()
                press(Qt.Key.Key_Return, to=page.pad)
                given += 1
                _tell(trazo="", firmas=given)
                yield from _wait_for(partial(self._opened_pad, who))

    def _draw(self, page: FirmasPage, given: int) -> Story[None]:
        pad = page.pad
        at = QPoint(pad.width() // 2, pad.height() // 2)
        mouse(pad, QEvent.Type.MouseButtonPress, (at.x(), at.y()), button=LEFT, held=LEFT)
        for _ in range(self._random.randrange(5, 30)):
            at += QPoint(self._random.randrange(-9, 10), self._random.randrange(-9, 10))
            mouse(pad, QEvent.Type.MouseMove, (at.x(), at.y()), button=NONE, held=LEFT)
            _tell(trazo=stroke_name(pad.trazo()), firmas=given)
            yield
        mouse(pad, QEvent.Type.MouseButtonRelease, (at.x(), at.y()), button=LEFT, held=NONE)
        _tell(trazo=stroke_name(pad.trazo()), firmas=given)
        yield

    # what there is

    def _words(self) -> list[str]:
        return [label.text() for label in self._window.findChildren(QLabel) if label.isVisible()]

    def _page(self, kind: type[T]) -> T | None:
        page = self._window.page
        return page if isinstance(page, kind) and not self._window._runner.busy else None

    def _opened_ficha(self) -> FichaPage | None:
        page = self._page(FichaPage)
        return page if page is not None and page.presenter._opened else None

    def _opened_pad(self, before: str) -> FirmasPage | None:
        """Once somebody else than before may draw."""
        page = self._page(FirmasPage)
        if page is None or page._title.text() == before:
            return None
        return page if page._title.text().endswith("firme aquí") else None


def _wait_for(find: Callable[[], T | None]) -> Story[T]:
    while (found := find()) is None:
        yield
    return found


def _main_window() -> MainWindow | None:
    tops = QApplication.topLevelWidgets()
    return next((top for top in tops if isinstance(top, MainWindow) and top.isVisible()), None)


def _asks(widget: object) -> bool:
    return isinstance(widget, QDialog) and widget.isVisible()


def _nudos(page: FichaPage) -> list[dict[str, str]]:
    return page.body.nudos.table.rows


def _cells(page: FichaPage) -> list[str]:
    """The last nudo more often than the others: it is the one just added."""
    last = f"/nudos_criticos/{len(_nudos(page)) - 1}/descripcion"
    return [*CELLS, last, last]


def _seen(page: FichaPage) -> dict[str, str]:
    """What stands on the screen."""
    people, agreements = page.body.personas.table.rows, page.body.acuerdos.table.rows
    seen = {
        "/nudos_criticos": str(len(_nudos(page))),
        "/destinatarios/0/nombre": people[1]["nombre"],
        "/acuerdos/0/descripcion": agreements[0]["descripcion"],
    }
    for row, nudo in enumerate(_nudos(page)):
        for key in ("descripcion", "orientacion"):
            seen[f"/nudos_criticos/{row}/{key}"] = nudo[key]
    for path in FIELDS:
        controls = (card.control_at(path) for card in page.body.cards)
        control = next(found for found in controls if found is not None)
        if isinstance(control, QPlainTextEdit):
            seen[path] = control.toPlainText()
        else:
            seen[path] = cast(QLineEdit, control).text()
    return seen


def _tell(**facts: object) -> None:
    os.write(1, json.dumps(facts).encode() + b"\n")


if __name__ == "__main__":
    make_application(resource)
    typist = Typist(*sys.argv[1:])
    typist.start()
    sys.exit(run([]))
