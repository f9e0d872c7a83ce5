"""The paper beside the form: never in the way, never blank between two versions."""

import io
import subprocess
import sys

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from fichaat.gui.theme.theme import theme
from fichaat.gui.widgets.paper_preview import PaperPreview
from tests.support.typing_keys import press


def paper(pages: int, color: str = "#000000") -> bytes:
    """Sheets of one colour, but for a white edge."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(595, 842))
    for number in range(pages):
        canvas.setFillColor(color)
        canvas.rect(50, 50, 495, 742, fill=1, stroke=0)
        canvas.drawString(20, 20, f"hoja {number + 1}")
        canvas.showPage()
    canvas.save()
    return written.getvalue()


@pytest.fixture
def preview(qtbot: QtBot) -> PaperPreview:
    made = PaperPreview()
    made.resize(400, 500)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def shown(qtbot: QtBot, preview: PaperPreview, data: bytes) -> None:
    with qtbot.waitSignal(preview.sheets.version_shown):
        preview.show_pdf(data)


def middle(preview: PaperPreview) -> str:
    """The colour in the middle of what is seen."""
    image = preview.sheets.viewport().grab().toImage()
    return QColor(image.pixel(image.width() // 2, image.height() // 2)).name()


def test_the_paper_is_shown_as_wide_as_its_place(qtbot: QtBot, preview: PaperPreview) -> None:
    shown(qtbot, preview, paper(2))
    assert preview.sheets.pages == 2
    wide = preview.sheets.viewport().width()
    assert abs(preview.sheets.page_rect(0).width() - wide) <= 24
    assert preview.sheets.horizontalScrollBar().maximum() == 0
    assert middle(preview) == "#000000"


def test_the_next_version_keeps_the_place_and_never_shows_an_empty_sheet(
    qtbot: QtBot, preview: PaperPreview
) -> None:
    shown(qtbot, preview, paper(3, "#102030"))
    preview.sheets.verticalScrollBar().setValue(400)
    qtbot.waitUntil(lambda: middle(preview) == "#102030")
    place, seen = preview.sheets.verticalScrollBar().value(), []
    assert place > 0
    preview.show_pdf(paper(3, "#405060"))

    def replaced() -> bool:
        seen.append(middle(preview))
        return seen[-1] == "#405060"

    qtbot.waitUntil(replaced)
    assert set(seen) <= {"#102030", "#405060"}
    assert preview.sheets.verticalScrollBar().value() == place


def test_of_many_versions_the_last_is_shown(qtbot: QtBot, preview: PaperPreview) -> None:
    for shade in range(10, 30):
        preview.show_pdf(paper(1, f"#{shade}{shade}{shade}"))
    qtbot.waitUntil(lambda: preview.sheets.pages == 1)
    qtbot.waitUntil(lambda: middle(preview) == "#292929")


def test_the_header_says_which_page_is_seen(qtbot: QtBot, preview: PaperPreview) -> None:
    told: list[tuple[int, int]] = []
    preview.page_changed.connect(lambda page, total: told.append((page, total)))
    shown(qtbot, preview, paper(2))
    preview.sheets.verticalScrollBar().setValue(preview.sheets.verticalScrollBar().maximum())
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nroto", paper(1)[:200]])
def test_broken_bytes_are_said_and_the_next_paper_is_shown(
    qtbot: QtBot, preview: PaperPreview, data: bytes
) -> None:
    shown(qtbot, preview, paper(1))
    preview.show_pdf(data)
    assert not preview.sheets.isVisible()
    assert "no se pudo mostrar" in preview.sentence
    preview.show_pdf(paper(1, "#203040"))
    qtbot.waitUntil(lambda: preview.sheets.isVisible() and middle(preview) == "#203040")
    assert preview.sentence == ""


def test_an_error_is_said_in_its_place(preview: PaperPreview) -> None:
    preview.show_error("Falta la fuente.")
    assert preview.sentence == "Falta la fuente."


def test_while_nobody_looks_nothing_is_drawn(qtbot: QtBot) -> None:
    preview = PaperPreview()
    qtbot.addWidget(preview)
    preview.resize(400, 500)
    preview.show_pdf(paper(1))
    assert preview.sheets.pages == 0
    with qtbot.waitSignal(preview.sheets.version_shown):
        preview.show()


def test_the_paper_stays_white_in_the_dark(qtbot: QtBot, preview: PaperPreview) -> None:
    theme().use(dark=True)
    try:
        shown(qtbot, preview, paper(1))
        rect: QRect = preview.sheets.page_rect(0)
        image = preview.sheets.viewport().grab().toImage()
        edge = rect.topLeft()
        assert QColor(image.pixel(edge.x() + 8, edge.y() + 8)).name() == "#ffffff"
        assert QColor(image.pixel(2, 2)).name() == theme().tokens.desk.lower()
    finally:
        theme().use(dark=False)


def test_it_is_read_by_keyboard(qtbot: QtBot, preview: PaperPreview) -> None:
    shown(qtbot, preview, paper(2))
    sheets = preview.sheets
    sheets.setFocus()
    press(Qt.Key.Key_End, to=sheets)
    assert sheets.verticalScrollBar().value() == sheets.verticalScrollBar().maximum() > 0
    press(Qt.Key.Key_Home, to=sheets)
    assert sheets.verticalScrollBar().value() == 0
    press(Qt.Key.Key_Plus, text="+", to=sheets)
    assert sheets.zoom > 1
    assert sheets.horizontalScrollBar().maximum() > 0
    press(Qt.Key.Key_Minus, text="-", to=sheets)
    press(Qt.Key.Key_Minus, text="-", to=sheets)
    assert sheets.zoom < 1
    press(Qt.Key.Key_0, text="0", to=sheets)
    assert sheets.zoom == 1
    assert sheets.accessibleName() == "Así se imprimirá"


def test_a_new_width_keeps_what_is_in_the_middle(qtbot: QtBot, preview: PaperPreview) -> None:
    shown(qtbot, preview, paper(4))
    bar = preview.sheets.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = (bar.value() + bar.pageStep() / 2) / (bar.maximum() + bar.pageStep())
    preview.resize(700, 500)
    after = (bar.value() + bar.pageStep() / 2) / (bar.maximum() + bar.pageStep())
    assert abs(before - after) < 0.01


def test_hiding_is_asked_of_the_page_and_the_header_is_optional(qtbot: QtBot) -> None:
    preview, bare = PaperPreview(), PaperPreview("Ficha completa", header=False)
    for made in (preview, bare):
        qtbot.addWidget(made)
    with qtbot.waitSignal(preview.hide_asked):
        preview.hide_button.click()
    assert bare.sheets.accessibleName() == "Ficha completa"


def test_qtpdf_is_loaded_only_when_a_paper_is_seen() -> None:
    code = (
        "import sys; import fichaat.gui.widgets.paper_preview;"
        "sys.exit(any('QtPdf' in name for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
