"""The pad: pen, finger and mouse; any size and scale; nothing drawn is lost, cut or doubled."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fichaat.application.strokes import stroke_blob
from fichaat.domain.codec import encode
from fichaat.domain.firma import Trazo
from fichaat.gui.theme.theme import theme
from fichaat.gui.widgets.signature_pad import SignaturePad
from tests.support.pens import (
    ERASER,
    NONE,
    SIGNATURE,
    Fingers,
    Place,
    mouse,
    move,
    pen,
    places,
    press,
    release,
    sign,
    sign_with_pen,
)


@pytest.fixture
def pad(qtbot: QtBot) -> SignaturePad:
    made = SignaturePad()
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def drawn(pad: SignaturePad) -> list[list[Place]]:
    """The lines as parts of what they were drawn on."""
    trazo = pad.trazo()
    assert trazo is not None
    assert stroke_blob(encode(trazo))
    return [[(x / trazo.ancho, y / trazo.alto) for x, y in line] for line in trazo.trazos]


def close_to(line: list[Place], parts: tuple[Place, ...], within: float = 0.002) -> bool:
    return len(line) == len(parts) and all(
        abs(x - a) <= within and abs(y - b) <= within
        for (x, y), (a, b) in zip(line, parts, strict=True)
    )


def ink(pad: SignaturePad) -> int:
    """How many dark pixels are seen below the hint and off the line."""
    image = pad.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    ratio = image.devicePixelRatio()
    dark = 0
    for y in range(int(60 * ratio), image.height() - 6, 2):
        for x in range(6, image.width() - 6, 2):
            dark += QColor(image.pixel(x, y)).lightness() < 70
    return dark


def test_a_mouse_draws(pad: SignaturePad) -> None:
    sign(pad)
    assert close_to(drawn(pad)[0], SIGNATURE)
    assert ink(pad) > 100


def test_a_pen_draws_once(pad: SignaturePad) -> None:
    """Its events are taken, so that Qt makes no mouse events of them."""
    at = places(pad)
    assert pen(pad, QEvent.Type.TabletPress, at[0]).isAccepted()
    assert pen(pad, QEvent.Type.TabletMove, at[1]).isAccepted()
    assert pen(pad, QEvent.Type.TabletRelease, at[1]).isAccepted()
    assert close_to(drawn(pad)[0], SIGNATURE[:2])
    sign_with_pen(pad)
    assert len(drawn(pad)) == 2


def test_the_other_end_of_a_pen_draws_nothing(pad: SignaturePad) -> None:
    pen(pad, QEvent.Type.TabletPress, (100, 100), ERASER)
    pen(pad, QEvent.Type.TabletMove, (200, 200), ERASER)
    pen(pad, QEvent.Type.TabletRelease, (200, 200), ERASER)
    assert pad.empty


def test_a_finger_draws_once(pad: SignaturePad) -> None:
    Fingers(pad).sign()
    (line,) = drawn(pad)
    assert close_to(line, SIGNATURE)


def test_two_fingers_draw_nothing(pad: SignaturePad) -> None:
    fingers = Fingers(pad)
    fingers.down((100, 100), (300, 300))
    fingers.to((150, 150), (250, 250))
    fingers.up((150, 150), (250, 250))
    assert pad.empty
    fingers.sign()
    assert len(drawn(pad)) == 1


def test_a_second_finger_right_after_the_first_is_a_gesture(pad: SignaturePad) -> None:
    fingers = Fingers(pad)
    fingers.down((100, 100))
    fingers.join((103, 103), (300, 300))
    fingers.to((150, 150), (250, 250))
    fingers.up((150, 150), (250, 250))
    assert pad.empty


def test_a_hand_that_rests_on_the_glass_does_not_end_a_signature(pad: SignaturePad) -> None:
    fingers = Fingers(pad)
    fingers.down((100, 100))
    fingers.to((200, 150))
    fingers.join((300, 200), (700, 450))
    fingers.to((400, 250), (705, 455))
    fingers.up((400, 250), (705, 455))
    (line,) = drawn(pad)
    assert close_to(line, ((100 / 900, 0.2), (200 / 900, 0.3), (300 / 900, 0.4), (400 / 900, 0.5)))


def test_a_pen_takes_over_from_the_hand_that_holds_it(pad: SignaturePad) -> None:
    fingers = Fingers(pad)
    fingers.down((700, 450))
    sign_with_pen(pad)
    fingers.up((700, 450))
    (line,) = drawn(pad)
    assert close_to(line, SIGNATURE)


def test_a_tap_is_a_dot_and_is_seen(pad: SignaturePad) -> None:
    before = ink(pad)
    QTest.mouseClick(pad, Qt.MouseButton.LeftButton, pos=QPoint(450, 200))
    (line,) = drawn(pad)
    assert close_to(line, ((0.5, 0.4),))
    assert ink(pad) > before


def test_the_right_button_draws_nothing(pad: SignaturePad) -> None:
    QTest.mouseClick(pad, Qt.MouseButton.RightButton, pos=QPoint(450, 200))
    assert pad.empty


def test_what_is_drawn_over_the_edge_stays_on_the_pad(pad: SignaturePad) -> None:
    press(pad, (450, 250))
    move(pad, (2000, -300))
    release(pad, (2000, -300))
    assert drawn(pad)[0][-1] == (1.0, 0.0)


def test_a_button_let_go_elsewhere_ends_the_line(pad: SignaturePad) -> None:
    press(pad, (100, 100))
    move(pad, (200, 200))
    mouse(pad, QEvent.Type.MouseMove, (300, 300), button=NONE, held=NONE)
    move(pad, (400, 400))
    assert close_to(drawn(pad)[0], ((100 / 900, 0.2), (200 / 900, 0.4)))


def test_a_release_that_never_came_does_not_join_two_lines(pad: SignaturePad) -> None:
    press(pad, (100, 100))
    move(pad, (200, 200))
    sign(pad)
    fingers = Fingers(pad)
    fingers.down((100, 100))
    Fingers(pad).sign()
    assert len(drawn(pad)) == 4


def test_a_pad_that_is_hidden_keeps_the_line_under_way(pad: SignaturePad) -> None:
    press(pad, (90, 50))
    move(pad, (450, 250))
    pad.hide()
    pad.show()
    assert close_to(drawn(pad)[0], ((0.1, 0.1), (0.5, 0.5)))
    sign(pad)
    assert len(drawn(pad)) == 2


# sizes and scales


def test_a_second_signature_is_as_good_as_the_first(pad: SignaturePad) -> None:
    sign(pad)
    first = pad.trazo()
    seen = ink(pad)
    pad.load(None)
    assert pad.empty
    sign(pad)
    assert pad.trazo() == first
    assert ink(pad) == seen


@pytest.mark.parametrize("size", [(450, 250), (1800, 1000), (450, 500), (900, 200)])
def test_resizing_in_the_middle_of_a_line_keeps_its_shape(
    pad: SignaturePad, size: tuple[int, int]
) -> None:
    before = places(pad, ((0.1, 0.1), (0.5, 0.5)))
    press(pad, before[0])
    move(pad, before[1])
    pad.resize(*size)
    kept = pad.trazo()
    assert kept is not None
    scale = min(size[0] / 900, size[1] / 500)
    left = (size[0] - 900 * scale) / 2
    top = (size[1] - 500 * scale) / 2
    after = (left + 630 * scale, top + 350 * scale)
    move(pad, after)
    release(pad, after)
    assert close_to(drawn(pad)[0], ((0.1, 0.1), (0.5, 0.5), (0.7, 0.7)))
    assert ink(pad) > 20
    pad.resize(900, 500)
    assert close_to(drawn(pad)[0], ((0.1, 0.1), (0.5, 0.5), (0.7, 0.7)))


def test_what_is_loaded_on_another_pad_is_what_was_drawn(pad: SignaturePad, qtbot: QtBot) -> None:
    sign(pad)
    trazo = pad.trazo()
    other = SignaturePad()
    qtbot.addWidget(other)
    other.resize(311, 420)
    other.load(trazo)
    other.show()
    assert other.trazo() == trazo
    assert ink(other) > 20


def test_it_is_signed_where_the_pen_is_after_scrolling(qtbot: QtBot) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    above = QWidget()
    above.setFixedHeight(900)
    pad = SignaturePad()
    pad.setFixedSize(600, 300)
    column.addWidget(above)
    column.addWidget(pad)
    area.setWidget(inside)
    area.resize(640, 400)
    area.show()
    qtbot.waitExposed(area)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    Fingers(pad).sign()
    assert close_to(drawn(pad)[0], SIGNATURE)


SCALED = """
import sys
sys.path[:0] = [{root!r}, {src!r}]
from PySide6.QtWidgets import QApplication
from fichaat.gui.app import make_application
from fichaat.gui.widgets.signature_pad import SignaturePad
from fichaat.system.paths import resource
from tests.support.pens import sign, sign_with_pen
app = make_application(resource)
pad = SignaturePad(); pad.resize(900, 500); pad.show(); app.processEvents()
sign(pad); sign_with_pen(pad, ((0.5, 0.5),))
image = pad.grab().toImage()
trazo = pad.trazo()
print(image.devicePixelRatio(), image.width(), trazo.trazos[1][0], trazo.ancho, trazo.alto)
dark = sum(image.pixelColor(x, y).lightness() < 70
           for x in range(12, image.width() - 12, 2) for y in range(90, image.height() - 12, 2))
print(dark > 100)
"""


@pytest.mark.parametrize(("scale", "width"), [("1.25", 1125), ("2", 1800)])
def test_a_scaled_screen_signs_the_same(scale: str, width: int, tmp_path: Path) -> None:
    """The scale belongs to the process: each has one of its own."""
    root = Path(__file__).resolve().parents[2]
    script = tmp_path / "escala.py"
    script.write_text(SCALED.format(root=str(root), src=str(root / "src")), "utf-8")
    ended = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    said, seen = ended.stdout.splitlines()
    assert said == f"{float(scale)} {width} (8000, 4444) 16000 8889"
    assert seen == "True"


def test_moving_to_a_screen_of_another_scale_draws_the_ink_anew(pad: SignaturePad) -> None:
    sign(pad)
    before = pad.trazo()
    seen = ink(pad)
    QApplication.sendEvent(pad, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert pad.trazo() == before
    assert abs(ink(pad) - seen) < seen / 10


def test_the_pad_is_white_in_the_dark(pad: SignaturePad) -> None:
    theme().use(dark=True)
    try:
        assert pad.grab().toImage().pixelColor(450, 100) == QColor("#FFFFFF")
        sign(pad)
        assert ink(pad) > 100
    finally:
        theme().use(dark=False)


# clearing, limits, keys


def test_clearing_is_undone_whole(pad: SignaturePad) -> None:
    sign(pad)
    sign(pad, ((0.1, 0.1),))
    before = pad.trazo()
    pad.clear()
    assert pad.empty
    assert pad.can_restore
    QTest.keyClick(pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pad.trazo() == before
    assert not pad.can_restore


def test_clearing_in_the_middle_of_a_line_ends_it(pad: SignaturePad) -> None:
    press(pad, (100, 100))
    pad.clear()
    move(pad, (200, 200))
    release(pad, (200, 200))
    assert pad.empty


def test_enter_accepts_only_what_is_drawn(pad: SignaturePad, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(pad.accepted):
        QTest.keyClick(pad, Qt.Key.Key_Return)
    sign(pad)
    with qtbot.waitSignal(pad.accepted):
        QTest.keyClick(pad, Qt.Key.Key_Return)


def test_a_line_without_end_is_said_to_be_full(pad: SignaturePad, qtbot: QtBot) -> None:
    long = Trazo(9000, 5000, (tuple((n % 9000, n % 5000) for n in range(19_999)),))
    pad.load(long)
    with qtbot.waitSignal(pad.became_full):
        sign(pad)
    with qtbot.waitSignal(pad.became_full):
        press(pad, (10, 10))
    assert len(drawn(pad)) == 2


def test_a_shown_signature_cannot_be_drawn_on(pad: SignaturePad) -> None:
    trazo = Trazo(900, 500, (((1, 1), (300, 300)),))
    pad.load(trazo, locked=True)
    sign(pad)
    Fingers(pad).sign()
    sign_with_pen(pad)
    pad.load(None)
    pad.freeze(frozen=True)
    sign(pad)
    assert pad.empty


def test_it_is_told_while_the_line_goes_on(pad: SignaturePad, qtbot: QtBot) -> None:
    press(pad, (100, 100))
    with qtbot.waitSignal(pad.drawn):
        move(pad, (200, 200))
    trazo = pad.trazo()
    assert trazo is not None
    assert len(trazo.trazos[0]) == 2
    with qtbot.waitSignal(pad.line_ended):
        release(pad, (200, 200))


def test_a_screen_reader_knows_whose_it_is_and_whether_it_is_signed(pad: SignaturePad) -> None:
    pad.show_signer("Wilber Ayme")
    assert pad.accessibleName() == "Recuadro para la firma de Wilber Ayme"
    assert pad.accessibleDescription().startswith("Todavía sin trazo")
    sign(pad)
    assert pad.accessibleDescription().startswith("1 trazo dibujado")


def test_the_focus_is_seen(pad: SignaturePad, qtbot: QtBot) -> None:
    pad.clearFocus()
    without = pad.grab().toImage()
    pad.setFocus()
    pad.activateWindow()
    qtbot.waitUntil(pad.hasFocus)
    assert pad.grab().toImage() != without


def test_drawing_repaints_only_around_the_pen(pad: SignaturePad) -> None:
    """What is drawn already is never drawn anew while a line goes on."""
    sign(pad)
    shown = pad._inked()
    press(pad, (100, 100))
    move(pad, (110, 110))
    release(pad, (110, 110))
    assert pad._inked() is shown
