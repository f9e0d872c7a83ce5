"""A bug is told once, in words, with the place of its details; what is typed stays."""

import sys
import threading

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from fichaat.gui.app import Desktop
from fichaat.gui.widgets.dialogs import Question


def questions(desktop: Desktop) -> list[Question]:
    return [q for q in desktop.window.findChildren(Question) if q.isVisible()]


def raised() -> ValueError:
    try:
        raise ValueError("un error del programa")
    except ValueError as error:
        return error


@pytest.mark.parametrize("threaded", [False, True])
def test_typed_text_stays_and_the_place_of_the_log_is_told_once(
    qtbot: QtBot, desktop: Desktop, bugs: list[BaseException], *, threaded: bool
) -> None:
    box = QLineEdit(desktop.window.page)
    box.setText("lo que escribía")
    error = raised()
    desktop._bugs.install()
    for _ in range(3):
        if threaded:
            args = threading.ExceptHookArgs((type(error), error, error.__traceback__, None))
            threading.excepthook(args)
        else:
            sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: bool(questions(desktop)))
    (question,) = questions(desktop)
    log = desktop.folder / "registro" / "fichaat.log"
    assert log.exists()
    assert "un error del programa" in log.read_text("utf-8")
    from PySide6.QtWidgets import QLabel

    assert any(str(log) in label.text() for label in question.findChildren(QLabel))
    question.yes.click()
    assert box.text() == "lo que escribía"
    qtbot.waitUntil(lambda: not questions(desktop))
    sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: len(questions(desktop)) == 1)
    questions(desktop)[0].yes.click()
    assert bugs == [error] * 4
    bugs.clear()
