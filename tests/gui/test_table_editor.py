"""A table is edited in place, by keyboard, and nothing typed in it is ever lost."""

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fichaat.gui.widgets.cell_editor import CellEditor
from fichaat.gui.widgets.cells_layout import lines_of, share
from fichaat.gui.widgets.surfaces import PageScroll
from fichaat.gui.widgets.table_editor import Column, TableEditor
from tests.support.typing_keys import compose, press, type_text, wheel

_Key = Qt.Key
_Shift = Qt.KeyboardModifier.ShiftModifier
_Ctrl = Qt.KeyboardModifier.ControlModifier

NUDOS = (
    Column("descripcion", "Nudo crítico y/o dificultad"),
    Column("orientacion", "Orientaciones brindadas", placeholder="Qué se orientó"),
)


class Owner:
    """Holds the rows, as the page does, and shows them again after every change."""

    def __init__(self, table: TableEditor, rows: Sequence[dict[str, str]], most: int = 50) -> None:
        self.table = table
        self.rows = [dict(row) for row in rows]
        self.told: list[tuple[str, object]] = []
        self._most = most
        table.cell_edited.connect(self._on_edited)
        table.cell_left.connect(lambda row, key: self.told.append(("left", (row, key))))
        table.row_added.connect(self._on_added)
        table.row_removed.connect(self._on_removed)
        self.show()

    def show(self) -> None:
        self.table.show_rows(self.rows)

    def _on_edited(self, row: int, key: str, text: str) -> None:
        self.rows[row][key] = text.strip()
        self.told.append(("edited", (row, key, text)))
        self.show()

    def _on_added(self, at: int) -> None:
        if len(self.rows) < self._most:
            self.rows.insert(at, {})
            self.show()

    def _on_removed(self, row: int) -> None:
        del self.rows[row]
        self.show()


class Scene:
    """A field, a table and a field on a page that scrolls."""

    def __init__(self, qtbot: QtBot, table: TableEditor, width: int = 700) -> None:
        self.table = table
        self.before, self.after = QLineEdit(), QLineEdit()
        content = QWidget()
        self._column = QVBoxLayout(content)
        for widget in (self.before, table, self.after):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self.page = PageScroll(content)
        self.page.resize(width, 400)
        qtbot.addWidget(self.page)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)

    def add(self, table: TableEditor) -> None:
        """One more table on the page."""
        self._column.addWidget(table)

    @property
    def editor(self) -> CellEditor | None:
        return self.table.grid.editor


def rows(count: int = 2) -> list[dict[str, str]]:
    return [{"descripcion": f"nudo {n}", "orientacion": f"orientación {n}"} for n in range(count)]


@pytest.fixture
def table() -> TableEditor:
    return TableEditor("Nudos", NUDOS, "Añadir nudo", numbered=True)


@pytest.fixture
def scene(qtbot: QtBot, table: TableEditor) -> Iterator[Scene]:
    made = Scene(qtbot, table)
    yield made
    made.page.close()


def model_of(table: TableEditor) -> QAbstractItemModel:
    model = table.grid.model()
    assert model is not None
    return model


def focused() -> QWidget | None:
    return QApplication.focusWidget()


def test_the_first_keystroke_opens_the_cell_and_replaces_it(scene: Scene) -> None:
    owner = Owner(scene.table, rows())
    scene.table.focus_cell(0, "descripcion")
    type_text("ñandú")
    assert owner.rows[0]["descripcion"] == "ñandú"
    assert ("edited", (0, "descripcion", "ñ")) in owner.told


def test_a_dead_key_as_first_keystroke_replaces_the_cell_too(scene: Scene) -> None:
    owner = Owner(scene.table, rows())
    scene.table.focus_cell(0, "descripcion")
    compose("", preedit="´")
    compose("á")
    type_text("gil")
    assert owner.rows[0]["descripcion"] == "ágil"


@pytest.mark.parametrize("key", [_Key.Key_F2, _Key.Key_Return])
def test_f2_and_enter_edit_without_replacing(scene: Scene, key: Qt.Key) -> None:
    owner = Owner(scene.table, rows())
    scene.table.focus_cell(0, "descripcion")
    press(key)
    type_text(" más")
    assert owner.rows[0]["descripcion"] == "nudo 0 más"


def test_a_double_click_edits(qtbot: QtBot, scene: Scene) -> None:
    Owner(scene.table, rows())
    grid = scene.table.grid
    place = grid.visualRect(model_of(scene.table).index(1, 1)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert scene.editor is not None


def test_every_keystroke_is_told_and_the_blank_between_words_stays(scene: Scene) -> None:
    """The owner drops outer blanks: what comes back must not take one from under the cursor."""
    owner = Owner(scene.table, rows())
    scene.table.focus_cell(0, "descripcion")
    type_text("dos palabras")
    assert owner.rows[0]["descripcion"] == "dos palabras"
    assert len([told for told in owner.told if told[0] == "edited"]) == len("dos palabras")


def test_esc_never_loses_text(scene: Scene) -> None:
    owner = Owner(scene.table, rows())
    scene.table.focus_cell(0, "descripcion")
    type_text("escrito")
    press(_Key.Key_Escape)
    assert scene.editor is None
    assert owner.rows[0]["descripcion"] == "escrito"
    assert scene.table.rows[0]["descripcion"] == "escrito"
    press(_Key.Key_Escape)
    assert scene.table.rows[0]["descripcion"] == "escrito"


def test_tab_follows_the_paper_and_leaves_at_both_ends(scene: Scene) -> None:
    Owner(scene.table, rows())
    scene.before.setFocus()
    here = []
    press(_Key.Key_Tab)
    while focused() is scene.table.grid:
        here.append(scene.table.here)
        press(_Key.Key_Tab)
    assert here == [(0, "descripcion"), (0, "orientacion"), (1, "descripcion"), (1, "orientacion")]
    assert focused() is scene.table.add_link
    press(_Key.Key_Tab)
    assert focused() is scene.after
    back = []
    press(_Key.Key_Backtab, _Shift)
    press(_Key.Key_Backtab, _Shift)
    while focused() is scene.table.grid:
        back.append(scene.table.here)
        press(_Key.Key_Backtab, _Shift)
    assert back == here[::-1]
    assert focused() is scene.before


def test_tab_while_writing_goes_on_and_keeps_the_text(scene: Scene) -> None:
    owner = Owner(scene.table, rows(1))
    scene.table.focus_cell(0, "descripcion")
    type_text("uno\tdos\t")
    assert owner.rows == [{"descripcion": "uno", "orientacion": "dos"}]
    assert focused() is scene.table.add_link


def test_enter_in_the_last_cell_adds_a_row_and_focuses_its_first_cell(scene: Scene) -> None:
    owner = Owner(scene.table, rows(1))
    scene.table.focus_cell(0, "descripcion")
    type_text("a\nb\nc\nd")
    assert owner.rows == [
        {"descripcion": "a", "orientacion": "b"},
        {"descripcion": "c", "orientacion": "d"},
    ]
    press(_Key.Key_Return)
    assert len(owner.rows) == 3
    assert scene.table.here == (2, "descripcion")
    assert focused() is scene.table.grid


def test_enter_in_a_blank_last_row_adds_no_other(scene: Scene) -> None:
    owner = Owner(scene.table, [{}])
    scene.table.focus_cell(0, "orientacion")
    press(_Key.Key_Return)
    press(_Key.Key_Return)
    assert len(owner.rows) == 1


def test_after_the_link_adds_a_row_its_first_cell_takes_the_next_letter(scene: Scene) -> None:
    owner = Owner(scene.table, rows(1))
    scene.table.add_link.setFocus()
    press(_Key.Key_Space)
    type_text("nuevo")
    assert owner.rows[1]["descripcion"] == "nuevo"


def test_a_row_that_the_owner_refuses_does_not_come(scene: Scene) -> None:
    owner = Owner(scene.table, rows(2), most=2)
    scene.table.add_row()
    assert len(scene.table.rows) == len(owner.rows) == 2


def test_shift_enter_breaks_the_line_and_the_row_grows(scene: Scene) -> None:
    owner = Owner(scene.table, rows(1))
    scene.table.focus_cell(0, "descripcion")
    before = scene.table.grid.rowHeight(0)
    type_text("uno")
    press(_Key.Key_Return, _Shift)
    type_text("dos")
    assert owner.rows[0]["descripcion"] == "uno\ndos"
    assert scene.table.grid.rowHeight(0) > before


def test_a_cell_of_one_line_holds_one(scene: Scene) -> None:
    table = TableEditor("Personas", [Column("nombre", "Nombre", "line")], "Añadir persona")
    scene.add(table)
    owner = Owner(table, [{"nombre": ""}])
    table.focus_cell(0, "nombre")
    press(_Key.Key_F2)
    QGuiApplication.clipboard().setText("Rosa\nQuispe\tHuamán")
    press(_Key.Key_V, _Ctrl)
    press(_Key.Key_Return, _Shift)
    assert owner.rows[0]["nombre"] == "Rosa Quispe Huamán"


def test_delete_removes_the_row_and_the_next_one_has_the_focus(scene: Scene) -> None:
    owner = Owner(scene.table, rows(3))
    scene.table.focus_cell(1, "orientacion")
    press(_Key.Key_Delete)
    assert [row["descripcion"] for row in owner.rows] == ["nudo 0", "nudo 2"]
    assert scene.table.here == (1, "orientacion")
    press(_Key.Key_Delete)
    press(_Key.Key_Delete)
    assert owner.rows == []
    assert focused() is scene.table.add_link


def test_the_button_of_a_row_removes_it_by_mouse_and_by_keyboard(
    qtbot: QtBot, scene: Scene
) -> None:
    owner = Owner(scene.table, rows(3))
    grid = scene.table.grid
    place = grid.visualRect(model_of(scene.table).index(0, 3)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [row["descripcion"] for row in owner.rows] == ["nudo 1", "nudo 2"]
    scene.table.focus_cell(0, "orientacion")
    press(_Key.Key_Right)
    press(_Key.Key_Space)
    assert [row["descripcion"] for row in owner.rows] == ["nudo 2"]


def test_backspace_empties_a_cell_and_delete_does_where_rows_stay(scene: Scene) -> None:
    owner = Owner(scene.table, rows(1))
    scene.table.focus_cell(0, "descripcion")
    press(_Key.Key_Backspace)
    assert owner.rows == [{"descripcion": "", "orientacion": "orientación 0"}]
    fixed = TableEditor("Avance", [Column("avance", "Avance", "number")], fixed_rows=True)
    scene.add(fixed)
    other = Owner(fixed, [{"avance": "60"}])
    fixed.focus_cell(0, "avance")
    press(_Key.Key_Delete)
    assert other.rows == [{"avance": ""}]


def test_the_wheel_scrolls_the_page_and_changes_no_cell(scene: Scene) -> None:
    owner = Owner(scene.table, rows(30))
    scene.table.focus_cell(0, "descripcion")
    QApplication.processEvents()
    before = scene.page.verticalScrollBar().value()
    assert not wheel(scene.table.grid.viewport())
    press(_Key.Key_F2)
    assert scene.editor is not None
    assert not wheel(scene.editor.viewport())
    assert owner.rows == rows(30)
    assert scene.page.verticalScrollBar().maximum() > 0
    assert scene.page.verticalScrollBar().value() == before


def test_the_table_is_as_tall_as_its_rows_and_never_scrolls(qtbot: QtBot, scene: Scene) -> None:
    owner = Owner(scene.table, rows(2))
    grid = scene.table.grid
    qtbot.waitUntil(lambda: grid.height() == grid.sizeHint().height())
    before = grid.height()
    owner.rows[0]["descripcion"] = "palabra " * 200
    owner.show()
    qtbot.waitUntil(lambda: grid.height() > before + 200)
    assert grid.verticalScrollBar().maximum() <= 1


def test_what_is_written_stays_in_sight(qtbot: QtBot, scene: Scene) -> None:
    Owner(scene.table, rows(40))
    scene.table.focus_cell(39, "orientacion")
    grid = scene.table.grid

    def seen() -> bool:
        rect = grid.visualRect(grid.currentIndex())
        top = grid.viewport().mapTo(scene.page.viewport(), rect.topLeft()).y()
        return top >= 0 and top + rect.height() <= scene.page.viewport().height()

    qtbot.waitUntil(seen)
    type_text("palabra " * 30)
    editor = scene.editor
    assert editor is not None

    def cursor_seen() -> bool:
        rect = editor.cursorRect()
        top = editor.viewport().mapTo(scene.page.viewport(), rect.topLeft()).y()
        return top >= 0 and top + rect.height() <= scene.page.viewport().height()

    qtbot.waitUntil(cursor_seen)


def test_showing_rows_again_keeps_the_editor_and_its_cursor(scene: Scene) -> None:
    owner = Owner(scene.table, rows(3))
    scene.table.focus_cell(1, "descripcion")
    press(_Key.Key_F2)
    editor = scene.editor
    assert editor is not None
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    type_text("El ")
    owner.rows.insert(0, {"descripcion": "llegó otra"})
    owner.show()
    assert scene.editor is editor
    type_text("gran ")
    assert owner.rows[2]["descripcion"] == "El gran nudo 1"
    del owner.rows[0]
    owner.show()
    type_text("y largo ")
    assert owner.rows[1]["descripcion"] == "El gran y largo nudo 1"


def test_undo_belongs_to_the_page_and_shows_in_the_open_editor(scene: Scene) -> None:
    owner = Owner(scene.table, rows(1))
    scene.table.focus_cell(0, "descripcion")
    type_text("algo")
    press(_Key.Key_Z, _Ctrl)
    assert owner.rows[0]["descripcion"] == "algo"
    owner.rows[0]["descripcion"] = "nudo 0"
    owner.show()
    assert scene.editor is not None
    assert scene.editor.toPlainText() == "nudo 0"


def test_a_cell_is_left_once_and_only_when_the_cursor_goes(scene: Scene) -> None:
    owner = Owner(scene.table, rows(2))
    scene.table.focus_cell(0, "descripcion")
    type_text("x")
    assert not [told for told in owner.told if told[0] == "left"]
    press(_Key.Key_Tab)
    assert [told for told in owner.told if told[0] == "left"] == [("left", (0, "descripcion"))]
    scene.after.setFocus()
    assert owner.told[-1] == ("left", (0, "orientacion"))


def test_an_empty_required_cell_says_what_is_missing(scene: Scene) -> None:
    owner = Owner(scene.table, [{"descripcion": "nudo"}, {}])
    sentence = "Escriba qué se orientó."
    scene.table.set_problems({(0, "orientacion"): ("error", sentence)})
    index = scene.table.grid.model().index(0, 2)
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == sentence
    owner.rows.insert(0, {"descripcion": "otro"})
    owner.show()
    moved = scene.table.grid.model().index(1, 2)
    assert moved.data(Qt.ItemDataRole.AccessibleDescriptionRole) == sentence


def test_a_cell_is_as_tall_as_its_text_and_the_sentence_about_it(scene: Scene) -> None:
    Owner(scene.table, rows(1))
    before = scene.table.grid.rowHeight(0)
    scene.table.set_problems({(0, "orientacion"): ("warn", "Se repite.")})
    assert scene.table.grid.rowHeight(0) > before


def test_a_spreadsheet_fills_cells_and_adds_rows(scene: Scene) -> None:
    owner = Owner(scene.table, rows(1))
    bursts: list[str] = []
    scene.table.burst_began.connect(lambda: bursts.append("began"))
    scene.table.burst_ended.connect(lambda: bursts.append("ended"))
    scene.table.focus_cell(0, "descripcion")
    QGuiApplication.clipboard().setText('uno\tdos\r\n"tres\ncon línea"\tcuatro\tsobra\r\n')
    press(_Key.Key_V, _Ctrl)
    assert owner.rows == [
        {"descripcion": "uno", "orientacion": "dos"},
        {"descripcion": "tres\ncon línea", "orientacion": "cuatro"},
    ]
    assert bursts == ["began", "ended"]


def test_one_pasted_text_replaces_the_cell(scene: Scene) -> None:
    owner = Owner(scene.table, rows(1))
    scene.table.focus_cell(0, "descripcion")
    QGuiApplication.clipboard().setText("pegado")
    press(_Key.Key_V, _Ctrl)
    assert owner.rows[0]["descripcion"] == "pegado"


def test_the_clipboard_of_a_spreadsheet_is_read() -> None:
    assert lines_of("a\tb\nc\td\n") == [["a", "b"], ["c", "d"]]
    assert lines_of('"a\n""b"""\tc') == [['a\n"b"', "c"]]
    assert lines_of('5" de tubo\notro') == [['5" de tubo'], ["otro"]]
    assert lines_of("") == []


def test_widths_are_shared_by_weight_and_none_under_its_least() -> None:
    assert share(300, [1, 2], [50, 50]) == [100, 200]
    assert share(300, [1, 9], [90, 50]) == [90, 210]
    assert sum(share(301, [1, 1, 1], [10, 10, 10])) == 301
    assert share(100, [], []) == []


DISTRITOS = [("", "—"), ("050101", "Ayacucho"), ("050108", "Quinua")]


def choices(scene: Scene, rows_: Sequence[dict[str, str]]) -> tuple[TableEditor, Owner]:
    table = TableEditor(
        "Acuerdos",
        [Column("d", "Distrito", "choice", options=lambda: DISTRITOS), Column("t", "Texto")],
        "Añadir acuerdo",
    )
    scene.add(table)
    return table, Owner(table, rows_)


def test_a_choice_is_made_by_keyboard(qtbot: QtBot, scene: Scene) -> None:
    table, owner = choices(scene, [{"d": ""}])
    table.focus_cell(0, "d")
    press(_Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    press(_Key.Key_Down, to=menu)
    press(_Key.Key_Down, to=menu)
    press(_Key.Key_Return, to=menu)
    assert owner.rows[0]["d"] == "050108"
    assert model_of(table).index(0, 0).data() == "Quinua"


def test_coming_to_a_choice_opens_nothing_and_enter_at_its_end_adds_a_row(scene: Scene) -> None:
    table = TableEditor(
        "Acuerdos",
        [Column("t", "Texto"), Column("d", "Distrito", "choice", options=lambda: DISTRITOS)],
        "Añadir acuerdo",
    )
    scene.add(table)
    owner = Owner(table, [{"t": "", "d": ""}])
    table.focus_cell(0, "t")
    type_text("uno")
    press(_Key.Key_Tab)
    assert QApplication.activePopupWidget() is None
    press(_Key.Key_Return)
    assert QApplication.activePopupWidget() is None
    type_text("dos")
    assert [row.get("t", "") for row in owner.rows] == ["uno", "dos"]


def test_a_choice_is_pasted_by_its_words(scene: Scene) -> None:
    table, owner = choices(scene, [{"d": ""}, {"d": "050101"}])
    table.focus_cell(0, "d")
    QGuiApplication.clipboard().setText("quinúa\tuno\nlima\tdos")
    press(_Key.Key_V, _Ctrl)
    assert owner.rows == [{"d": "050108", "t": "uno"}, {"d": "050101", "t": "dos"}]


def test_cells_that_are_only_read_are_passed_over(scene: Scene) -> None:
    table = TableEditor(
        "Personas", [Column("rol", "", "fixed"), *NUDOS], "Añadir persona", numbered=False
    )
    scene.add(table)
    table.show_rows([{"rol": "Responsable"}, {}], fixed={(1, "descripcion")})
    table.focus_cell(0, "descripcion")
    press(_Key.Key_Tab)
    press(_Key.Key_Tab)
    assert table.here == (1, "orientacion")
    table.focus_cell(1, "descripcion")
    type_text("x")
    assert table.rows[1] == {}


def test_a_narrow_table_stands_as_labelled_lines(scene: Scene) -> None:
    owner = Owner(scene.table, rows(2))
    scene.table.focus_cell(1, "orientacion")
    scene.page.resize(260, 400)
    QApplication.processEvents()
    assert model_of(scene.table).rowCount() == 4
    assert scene.table.here == (1, "orientacion")
    spoken = model_of(scene.table).index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "2. Nudo crítico y/o dificultad"
    type_text("angosto\n")
    assert owner.rows[1]["orientacion"] == "angosto"
    assert scene.table.here == (2, "descripcion")
    scene.page.resize(700, 400)
    QApplication.processEvents()
    assert model_of(scene.table).rowCount() == 3


def test_columns_come_and_go(scene: Scene) -> None:
    Owner(scene.table, rows(1))
    scene.table.columns_visible({"descripcion"})
    assert not scene.table.focus_cell(0, "orientacion")
    scene.table.columns_visible({"descripcion", "orientacion"})
    assert scene.table.focus_cell(0, "orientacion")


def test_columns_that_make_it_stack_or_not_are_one_change_after_another(scene: Scene) -> None:
    """A reset inside a reset would leave every listener of the model behind."""
    tester = QAbstractItemModelTester(
        model_of(scene.table), QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    Owner(scene.table, rows(2))
    scene.page.resize(260, 400)
    QApplication.processEvents()
    assert model_of(scene.table).rowCount() == 4
    scene.table.focus_cell(1, "orientacion")
    type_text("x")
    scene.table.columns_visible({"orientacion"})
    assert model_of(scene.table).rowCount() == 2
    type_text("y")
    assert scene.table.rows[1]["orientacion"] == "xy"
    scene.table.columns_visible({"orientacion", "descripcion"})
    assert model_of(scene.table).rowCount() == 4
    assert tester.model() is model_of(scene.table)


def test_what_was_written_before_is_offered_in_a_cell(scene: Scene) -> None:
    names = ["Yesenia Rúa Mendívil", "Ana Rúa"]
    columns = [Column("r", "Responsable", "line", suggestions=lambda: names), Column("t", "Texto")]
    table = TableEditor("Acuerdos", columns, "Añadir acuerdo")
    scene.add(table)
    owner = Owner(table, [{}])
    table.focus_cell(0, "r")
    type_text("rua")
    press(_Key.Key_Down)
    press(_Key.Key_Return)
    assert owner.rows[0]["r"] == "Yesenia Rúa Mendívil"
    press(_Key.Key_Return)
    assert table.here == (0, "t")


@pytest.mark.parametrize("width", [700, 240])
def test_the_model_keeps_the_rules_of_qt(qtbot: QtBot, table: TableEditor, width: int) -> None:
    scene = Scene(qtbot, table, width)
    tester = QAbstractItemModelTester(
        model_of(table), QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    owner = Owner(table, rows(3))
    table.focus_cell(1, "descripcion")
    type_text("x\ny")
    table.add_row()
    press(_Key.Key_Delete)
    table.set_problems({(0, "orientacion"): ("error", "Falta.")})
    owner.rows[:0] = rows(2)
    owner.show()
    owner.rows = owner.rows[3:]
    owner.show()
    scene.page.resize(900 - width, 400)
    QApplication.processEvents()
    table.columns_visible({"orientacion"})
    owner.rows = []
    owner.show()
    assert tester.model() is model_of(table)


def test_a_screen_reader_hears_where_it_is(scene: Scene) -> None:
    Owner(scene.table, [{"descripcion": "uno"}])
    model = model_of(scene.table)
    spoken = [
        model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in range(4)
    ]
    assert spoken == [
        "1",
        "Nudo crítico y/o dificultad, fila 1: uno",
        "Orientaciones brindadas, fila 1: vacío",
        "Quitar la fila 1",
    ]
    assert scene.table.grid.accessibleName() == "Nudos"
    press(_Key.Key_Tab, to=scene.before)
    scene.table.focus_cell(0, "orientacion")
    press(_Key.Key_F2)
    assert scene.editor is not None
    assert scene.editor.accessibleName() == "Orientaciones brindadas, fila 1: vacío"


def test_an_empty_table_says_so_and_tab_passes_it(qtbot: QtBot) -> None:
    table = TableEditor("Nudos", NUDOS, "Añadir nudo", empty_words="Aún no hay nudos.")
    scene = Scene(qtbot, table)
    Owner(table, [])
    scene.before.setFocus()
    press(_Key.Key_Tab)
    assert focused() is table.add_link
    press(_Key.Key_Space)
    assert table.here == (0, "descripcion")


def test_nowhere_is_never_current(scene: Scene) -> None:
    Owner(scene.table, rows(1))
    assert not scene.table.focus_cell(7, "descripcion")
    assert not scene.table.focus_cell(0, "nada")
    assert scene.table.here is None
    scene.table.grid.setCurrentIndex(QModelIndex())
    press(_Key.Key_A, text="a", to=scene.table.grid)
    assert scene.editor is None


def test_the_mouse_puts_the_cursor_where_it_clicks_again(qtbot: QtBot, scene: Scene) -> None:
    owner = Owner(scene.table, [{"descripcion": "uno dos tres"}])
    scene.table.focus_cell(0, "descripcion")
    grid = scene.table.grid
    rect = grid.visualRect(grid.currentIndex())
    QTest.mouseClick(
        grid.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + rect.center() * 0
    )
    assert scene.editor is not None
    type_text("!")
    assert len(owner.rows[0]["descripcion"]) == len("uno dos tres!")
