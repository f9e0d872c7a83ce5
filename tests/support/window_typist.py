"""Works in the real window without a pause, and says what it did, until it is killed.

A process of its own: `python -m tests.support.window_typist PLAN CODIGO SEED`, with the data folder
in the environment. Each line on its output is one JSON object: first what the window shows after
it was opened, then one for every key or stroke once the window has taken it.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from random import Random

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from fichaat.domain.codec import encode
from fichaat.domain.firma import Trazo
from fichaat.gui import routes
from fichaat.gui.app import make_application
from fichaat.gui.main_window import MainWindow
from fichaat.gui.pages.ficha.page import FichaPage
from fichaat.gui.pages.firmas.page import FirmasPage
from fichaat.gui.pages.inicio.page import InicioPage
from fichaat.launch import run
from fichaat.system.paths import resource
from tests.support.pens import LEFT, NONE, mouse
from tests.support.typing_keys import press, type_text

EACH_MS = 15
"""Between two keys: faster than anybody types."""
KEYS_PER_SECOND = 1000 // EACH_MS

TEXT, PAD, LOOK = "texto", "firma", "mirar"

FIELDS = ("/lugar", "/observaciones", "/hora_fin")
CELLS = (
    "/nudos_criticos/0/descripcion",
    "/nudos_criticos/0/orientacion",
    "/destinatarios/0/nombre",
    "/acuerdos/0/descripcion",
)
_WORDS = ("niñas", "atención", "cuenta", "año", "pingüino", "salón", "DNI", "así", "señaló", "y")
_ALL = Qt.KeyboardModifier.ControlModifier


def stroke_hash(trazo: Trazo | None) -> str:
    """What is on a pad, in few letters."""
    return "" if trazo is None else sha256(encode(trazo)).hexdigest()


class Typist(QObject):
    """Fingers that rest on nothing but the timer."""

    def __init__(self, plan: str, codigo: str, seed: str) -> None:
        super().__init__()
        self._plan = plan
        self._codigo = codigo
        self._random = Random(seed)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._step)
        self._story = self._begin()

    def start(self) -> None:
        self._timer.start(EACH_MS)

    def _step(self) -> None:
        with suppress(StopIteration):
            next(self._story)

    def _begin(self) -> Iterator[None]:
        self._window = yield from self._wait_for(_main_window)
        yield from self._wait_for(self._inicio_is_there)
        shown = [label.text() for label in self._window.findChildren(QLabel) if label.isVisible()]
        asked = [type(box).__name__ for box in QApplication.topLevelWidgets() if _asks(box)]
        _say(inicio=shown, preguntas=asked)
        yield from (self._sign() if self._plan == PAD else self._type())

    # typing

    def _type(self) -> Iterator[None]:
        self._window.go(routes.EditarFicha(self._codigo))
        page = yield from self._wait_for(self._opened_ficha)
        form = page.presenter.sheet.form
        _say(visto=_seen(page, len(form.ficha.nudos_criticos)))
        while self._plan == TEXT:
            # Cells and fields in turn: every run is in either.
            yield from self._fill(page, self._random.choice(self._cells(page)))
            yield from self._fill(page, self._random.choice(FIELDS))
            if self._random.random() < 0.3:
                page.body.nudos.table.add_row()
                _say(fila=len(page.presenter.sheet.ficha.nudos_criticos))
                yield
        self._window.close()
        yield

    def _cells(self, page: FichaPage) -> list[str]:
        last = len(page.presenter.sheet.ficha.nudos_criticos) - 1
        return [*CELLS, f"/nudos_criticos/{last}/descripcion"]

    def _fill(self, page: FichaPage, path: str) -> Iterator[None]:
        page.focus_path(path)
        if path in FIELDS:
            press(Qt.Key.Key_A, _ALL)
        text = ""
        for letter in self._sentence():
            # In a cell the first letter takes the place of what is there.
            type_text(letter)
            text += letter
            _say(lugar=path, texto=text)
            yield

    def _sentence(self) -> str:
        words = self._random.choices(_WORDS, k=self._random.randrange(2, 9))
        return " ".join(words)

    # drawing

    def _sign(self) -> Iterator[None]:
        self._window.go(routes.Firmar(self._codigo))
        page = yield from self._wait_for(self._opened_pad)
        _say(visto={"trazo": stroke_hash(page.pad.trazo()), "quien": page._title.text()})
        given = 0
        while True:
            for _ in range(self._random.randrange(1, 4)):
                yield from self._draw(page.pad, given)
            if self._random.random() < 0.5:
                before = page._title.text()
                press(Qt.Key.Key_Return, to=page.pad)
                given += 1
                _say(trazo="", firmas=given)
                yield from self._wait_for(lambda: page if page._title.text() != before else None)

    def _draw(self, pad: QWidget, given: int) -> Iterator[None]:
        at = QPoint(pad.width() // 2, pad.height() // 2)
        mouse(pad, QEvent.Type.MouseButtonPress, at.toTuple(), button=LEFT, held=LEFT)
        for _ in range(self._random.randrange(5, 30)):
            at += QPoint(self._random.randrange(-9, 10), self._random.randrange(-9, 10))
            mouse(pad, QEvent.Type.MouseMove, at.toTuple(), button=NONE, held=LEFT)
            self._tell_stroke(given)
            yield
        mouse(pad, QEvent.Type.MouseButtonRelease, at.toTuple(), button=LEFT, held=NONE)
        self._tell_stroke(given)
        yield

    def _tell_stroke(self, given: int) -> None:
        page = self._window.page
        assert isinstance(page, FirmasPage)
        _say(trazo=stroke_hash(page.pad.trazo()), firmas=given)

    # waiting

    def _wait_for[T](self, find: Callable[[], T | None]) -> Iterator[None]:
        ...

    def _inicio_is_there(self) -> InicioPage | None:
        page = self._window.page
        quiet = not self._window._runner.busy
        return page if quiet and isinstance(page, InicioPage) else None

    def _opened_ficha(self) -> FichaPage | None:
        page = self._window.page
        quiet = not self._window._runner.busy
        return page if quiet and isinstance(page, FichaPage) and page.presenter._opened else None

    def _opened_pad(self) -> FirmasPage | None:
        page = self._window.page
        ready = isinstance(page, FirmasPage) and page._title.text().endswith("firme aquí")
        return page if ready and isinstance(page, FirmasPage) else None
