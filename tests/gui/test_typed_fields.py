"""Fields tell every keystroke, obey no wheel, and leave undo to the page."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, QEvent, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeySequence, QShortcut, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fichaat.gui.widgets.calendar import CalendarPopup
from fichaat.gui.widgets.combo_box import NoWheelComboBox
from fichaat.gui.widgets.suggest import MOST, Suggest, matches
from fichaat.gui.widgets.surfaces import PageScroll
from fichaat.gui.widgets.text_box import PlainTextBox
from fichaat.gui.widgets.typed_fields import DateField, HourField, LineBox, NumberField
from fichaat.gui.widgets.typing_rules import without_undo
from tests.support.typing_keys import compose, press, type_text, wheel

_Key = Qt.Key
_Ctrl = Qt.KeyboardModifier.ControlModifier
_Alt = Qt.KeyboardModifier.AltModifier
_Shift = Qt.KeyboardModifier.ShiftModifier
TODAY = date(2026, 11, 20)


class Scene:
    """A field between two others on a page that scrolls; what it tells is kept."""

    def __init__(self, qtbot: QtBot, box: QWidget) -> None:
        self.before, self.after = QLineEdit(), QLineEdit()
        content = QWidget()
        column = QVBoxLayout(content)
        for widget in (self.before, box, self.after):
            column.addWidget(widget)
        column.addStretch(1)
        self.page = PageScroll(content)
        self.page.resize(420, 300)
        qtbot.addWidget(self.page)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)
        self.typed: list[str] = []
        self.left = 0
        if isinstance(box, LineBox | PlainTextBox):
            box.typed.connect(self.typed.append)
            box.left.connect(self._on_left)
        box.setFocus()

    def _on_left(self) -> None:
        self.left += 1


def all_fields() -> list[QWidget]:
    line, text = LineBox("Lugar"), PlainTextBox("Observaciones")
    hour, day, number = HourField("Hora"), DateField("Fecha", TODAY), NumberField("Avance")
    choice = NoWheelComboBox("Sesión", [("d", "Diagnóstico"), ("s", "Seguimiento")])
    for box, held in ((line, "Sala"), (text, "algo"), (hour, "09:00"), (day, "20/11/2026")):
        box.show_text(held)
    number.show_text("60")
    choice.show_value("s")
    return [line, text, hour, day, number, choice]


@pytest.mark.parametrize("which", range(6))
def test_the_wheel_never_changes_a_value_with_or_without_focus(qtbot: QtBot, which: int) -> None:
    box = all_fields()[which]
    scene = Scene(qtbot, box)
    held = _value(box)
    for focus in (True, False):
        (box if focus else scene.after).setFocus()
        target = box.viewport() if isinstance(box, PlainTextBox) else box
        assert not wheel(target, -1), "the page must scroll"
        wheel(target, 1)
        assert _value(box) == held
    assert scene.typed == []


def _value(box: QWidget) -> str:
    if isinstance(box, NoWheelComboBox):
        return box.value
    if isinstance(box, PlainTextBox):
        return box.toPlainText()
    assert isinstance(box, LineBox)
    return box.text()


@pytest.mark.parametrize("which", range(6))
def test_tab_leaves_every_field_both_ways(qtbot: QtBot, which: int) -> None:
    box = all_fields()[which]
    scene = Scene(qtbot, box)
    press(_Key.Key_Tab)
    assert QApplication.focusWidget() is scene.after
    press(_Key.Key_Backtab, _Shift)
    assert QApplication.focusWidget() is box
    press(_Key.Key_Backtab, _Shift)
    assert QApplication.focusWidget() is scene.before


@pytest.mark.parametrize("make", [LineBox, PlainTextBox])
def test_every_keystroke_is_told_dead_keys_too(
    qtbot: QtBot, make: type[LineBox] | type[PlainTextBox]
) -> None:
    box = make("Lugar")
    scene = Scene(qtbot, box)
    type_text("ñu")
    compose("", preedit="´")
    compose("á")
    assert scene.typed == ["ñ", "ñu", "ñuá"]


@pytest.mark.parametrize("make", [LineBox, PlainTextBox])
def test_undo_is_left_to_the_page(qtbot: QtBot, make: type[LineBox] | type[PlainTextBox]) -> None:
    box = make("Lugar")
    scene = Scene(qtbot, box)
    heard: list[str] = []
    undo = QShortcut(QKeySequence("Ctrl+Z"), scene.page)
    undo.activated.connect(lambda: heard.append("undo"))
    redo = QShortcut(QKeySequence("Ctrl+Y"), scene.page)
    redo.activated.connect(lambda: heard.append("redo"))
    type_text("algo")
    handle = scene.page.windowHandle()
    for key in (_Key.Key_Z, _Key.Key_Y):
        QTest.keyClick(handle, key, _Ctrl)
    assert heard == ["undo", "redo"]
    assert _value(box) == "algo"


@pytest.mark.parametrize("make", [LineBox, PlainTextBox])
def test_its_own_menu_offers_no_undo(
    qtbot: QtBot, make: type[LineBox] | type[PlainTextBox]
) -> None:
    box = make("Lugar")
    qtbot.addWidget(box)
    box.show_text("algo")
    menu = box.createStandardContextMenu()
    without_undo(menu)
    names = [action.objectName() for action in menu.actions()]
    assert "edit-undo" not in names
    assert "edit-paste" in names
    assert not menu.actions()[0].isSeparator()
    menu.deleteLater()


@pytest.mark.parametrize("make", [LineBox, PlainTextBox])
def test_showing_tells_nothing_and_takes_no_blank_from_under_the_cursor(
    qtbot: QtBot, make: type[LineBox] | type[PlainTextBox]
) -> None:
    box = make("Lugar")
    scene = Scene(qtbot, box)
    type_text("Sala ")
    scene.typed.clear()
    box.show_text("Sala")  # what a record may hold of it
    assert _value(box) == "Sala "
    box.show_text("Patio\u00a0grande")
    assert scene.typed == []
    scene.after.setFocus()
    box.show_text("Patio")
    assert _value(box) == "Patio"
    assert scene.typed == []
    assert scene.left == 1


def test_a_field_is_not_left_while_a_menu_is_open(qtbot: QtBot) -> None:
    box = LineBox("Lugar")
    scene = Scene(qtbot, box)
    QApplication.sendEvent(box, _focus_out(Qt.FocusReason.PopupFocusReason))
    QApplication.sendEvent(box, _focus_out(Qt.FocusReason.ActiveWindowFocusReason))
    assert scene.left == 0


def _focus_out(reason: Qt.FocusReason) -> QFocusEvent:
    return QFocusEvent(QEvent.Type.FocusOut, reason)


@pytest.mark.parametrize(
    ("box", "typed", "shown"),
    [
        (lambda: HourField("Hora"), "9.30", "09:30"),
        (lambda: HourField("Hora"), "2:30 pm", "14:30"),
        (lambda: HourField("Hora"), "tarde", "tarde"),
        (lambda: DateField("Fecha", TODAY), "20/11", "20/11/2026"),
        (lambda: DateField("Plazo", TODAY, ahead=True), "30-6", "30/06/2027"),
        (lambda: DateField("Fecha", TODAY), "31/02", "31/02"),
        (lambda: NumberField("Avance"), "60 %", "60"),
        (lambda: NumberField("Avance"), "mitad", "mitad"),
    ],
)
def test_on_leaving_a_readable_text_stands_in_full_and_any_other_stays(
    qtbot: QtBot, box: object, typed: str, shown: str
) -> None:
    field = box()  # type: ignore[operator]
    scene = Scene(qtbot, field)
    type_text(typed)
    assert field.text() == typed
    scene.after.setFocus()
    assert field.text() == shown
    assert scene.typed[-1] == typed, "the full form is not told: nobody typed it"


def test_a_field_gives_what_it_reads(qtbot: QtBot) -> None:
    hour, day, number = HourField("Hora"), DateField("Fecha", TODAY), NumberField("Avance")
    for box, text in ((hour, "930"), (day, "20/11"), (number, "7")):
        qtbot.addWidget(box)
        box.show_text(text)
    assert (hour.value, day.value, number.value) == ("09:30", "2026-11-20", 7)
    hour.show_text("?")
    assert hour.value is None


def test_a_day_is_chosen_in_the_calendar_by_keyboard(qtbot: QtBot) -> None:
    box = DateField("Fecha", TODAY)
    scene = Scene(qtbot, box)
    box.show_text("18/11/2026")
    press(_Key.Key_Down, _Alt)
    popup = box.findChild(CalendarPopup)
    assert popup is not None
    days = popup.findChild(QCalendarWidget)
    assert days is not None
    assert days.selectedDate() == QDate(2026, 11, 18)
    view = days.focusProxy()
    assert view is not None
    press(_Key.Key_Right, to=view)
    press(_Key.Key_Return, to=view)
    assert scene.typed == ["19/11/2026"]
    assert not popup.isVisible()


def test_esc_closes_the_calendar_and_changes_nothing(qtbot: QtBot) -> None:
    box = DateField("Fecha", TODAY)
    scene = Scene(qtbot, box)
    box.open_calendar()
    popup = box.findChild(CalendarPopup)
    assert popup is not None
    press(_Key.Key_Escape, to=popup)
    assert not popup.isVisible()
    assert scene.typed == []


def test_a_text_box_is_as_tall_as_its_text(qtbot: QtBot) -> None:
    box = PlainTextBox("Observaciones")
    scene = Scene(qtbot, box)
    before = box.height()
    box.show_text("línea\n" * 12)
    qtbot.waitUntil(lambda: box.height() > before + 200)
    assert box.viewport().height() >= box.wanted_height()
    scene.page.resize(200, 300)
    box.show_text("palabra " * 60)
    qtbot.waitUntil(lambda: box.viewport().height() == box.wanted_height())


def test_the_cursor_of_a_growing_text_stays_in_sight(qtbot: QtBot) -> None:
    box = PlainTextBox("Observaciones")
    scene = Scene(qtbot, box)
    type_text("palabra " * 60)
    for _ in range(12):
        press(_Key.Key_Return)

    def seen() -> bool:
        rect = box.cursorRect()
        top = box.viewport().mapTo(scene.page.viewport(), rect.topLeft()).y()
        return top >= 0 and top + rect.height() <= scene.page.viewport().height()

    qtbot.waitUntil(seen)
    assert scene.page.verticalScrollBar().value() > 0


def test_a_choice_is_told_by_its_value_and_only_when_a_person_chooses(qtbot: QtBot) -> None:
    box = NoWheelComboBox("Sesión", [("d", "Diagnóstico"), ("s", "Seguimiento")])
    scene = Scene(qtbot, box)
    told: list[str] = []
    box.chosen.connect(told.append)
    box.show_value("s")
    assert told == []
    press(_Key.Key_Up)
    assert told == ["d"]
    box.set_options([("s", "Seguimiento"), ("d", "Diagnóstico"), ("e", "Específica")])
    assert box.value == "d"
    box.show_value(None)
    assert box.value == ""
    assert told == ["d"]
    assert scene.page.isVisible()


PEOPLE = ["Yesenia Rúa Mendívil", "Wilber Ayme Palomino", "Ana Rúa"]


def test_suggestions_ignore_accents_and_begin_with_what_is_typed() -> None:
    assert matches("rua", PEOPLE) == ["Yesenia Rúa Mendívil", "Ana Rúa"]
    assert matches("ANA", PEOPLE) == ["Ana Rúa"]
    assert matches("a", PEOPLE) == []
    assert matches("Ana Rúa", PEOPLE) == []
    assert len(matches("ab", [f"ab{n}" for n in range(99)])) == MOST


@pytest.mark.parametrize("make", [LineBox, PlainTextBox])
def test_a_suggestion_is_taken_by_keyboard_and_esc_only_closes_the_list(
    qtbot: QtBot, make: type[LineBox] | type[PlainTextBox]
) -> None:
    box = make("Responsable")
    offer = Suggest(box, lambda: PEOPLE)
    scene = Scene(qtbot, box)
    type_text("ru")
    assert offer.offered == ["Yesenia Rúa Mendívil", "Ana Rúa"]
    press(_Key.Key_Escape)
    assert offer.offered == []
    assert _value(box) == "ru"
    type_text("a")
    press(_Key.Key_Down)
    press(_Key.Key_Down)
    press(_Key.Key_Return)
    assert _value(box) == "Ana Rúa"
    assert scene.typed[-1] == "Ana Rúa"
    assert offer.offered == []


def test_tab_takes_what_was_chosen_and_goes_on(qtbot: QtBot) -> None:
    box = LineBox("Responsable")
    offer = Suggest(box, lambda: PEOPLE)
    scene = Scene(qtbot, box)
    type_text("wil")
    press(_Key.Key_Down)
    press(_Key.Key_Tab)
    assert box.text() == "Wilber Ayme Palomino"
    assert QApplication.focusWidget() is scene.after
    box.setFocus()
    type_text("x")
    scene.after.setFocus()
    assert offer.offered == []


def test_who_ignores_the_suggestions_writes_on(qtbot: QtBot) -> None:
    box = PlainTextBox("Nudo")
    Suggest(box, lambda: ["El cloro residual no se registra"])
    scene = Scene(qtbot, box)
    type_text("El")
    press(_Key.Key_Return)
    type_text("a")
    assert scene.typed[-1] == "El\na"


def test_a_pasted_text_is_told_once(qtbot: QtBot) -> None:
    box = PlainTextBox("Observaciones")
    scene = Scene(qtbot, box)
    QGuiApplication.clipboard().setText("uno\ndos")
    press(_Key.Key_V, _Ctrl)
    assert scene.typed == ["uno\ndos"]
    box.moveCursor(QTextCursor.MoveOperation.Start)
    box.show_text("uno\ndos")
    assert box.textCursor().position() == 0
