"""What stands at the right: one table, the provinces, or the summary."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from fichaat.gui.pages.catalogo.cells import Member
from fichaat.gui.pages.catalogo.tables import TableSpec
from fichaat.gui.pages.catalogo.view import TableShown
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.cells_model import Column
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.long_table import LongTable
from fichaat.gui.widgets.surfaces import Card, EmptyState
from fichaat.gui.widgets.typed_fields import LineBox

Options = Callable[[Member], Sequence[tuple[str, str]]]
Suggestions = Callable[[], Sequence[str]]


class Panel(QWidget):
    """A title and what it is for, above all the rest."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.column.addWidget(labels.card_title(say(f"catalogar.section_{name}")))
        self.column.addWidget(labels.hint(say(f"catalogar.about_{name}")))


class TablePanel(Panel):
    """A list: search, rows, and a way to add one."""

    searched = Signal(str)
    add_asked = Signal()

    def __init__(
        self, spec: TableSpec, *, editable: bool, options: Options, distritos: Suggestions
    ) -> None:
        super().__init__(spec.name)
        self._spec = spec
        title = say(f"catalogar.section_{spec.name}")
        columns = [
            _column(spec, member, editable=editable, options=options, distritos=distritos)
            for member in spec.members
        ]
        self.table = LongTable(title, columns, fixed_rows=not editable, stacked=spec.tall)
        self.search = LineBox(say("catalogar.search"), say("catalogar.search"))
        self.search.setClearButtonEnabled(True)
        self.search.typed.connect(self.searched)
        if spec.tall:
            self.search.hide()
        self._count = labels.body(bold=True)
        self._count.setWordWrap(False)
        self.add = button(
            say(f"catalogar.add_{spec.name}"), self.add_asked.emit, role="link", icon="mas"
        )
        if not editable:  # shown before it has a place it would be a window of its own
            self.add.hide()
        self._empty = EmptyState("catalogo", "")
        self._hint = labels.hint(
            say("catalogar.hint_firmantes" if spec.name == "firmantes" else "catalogar.hint_table")
        )
        self._editable = editable
        bar = FlowRow(spacing=12, centred=True)
        bar.add(self.search, 1)
        if spec.tall:
            bar.add(QWidget(), 1)
        bar.add(self._count)
        bar.add(self.add)
        self.column.addLayout(bar)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self._empty, 1)
        self.column.addWidget(self._hint)
        self.table.row_wanted.connect(self.add_asked)

    def show_rows(self, shown: TableShown) -> None:
        self._count.setText(shown.count)
        self._count.setVisible(bool(shown.count))
        self._empty.say(shown.empty)
        self.table.show_rows(shown.rows)
        some = bool(shown.rows)
        self.table.setVisible(some)
        self._empty.setVisible(not some)
        self._hint.setVisible(some and self._editable)

    def clear_search(self) -> None:
        self.search.show_text("")

    def go_to(self, row: int, key: str) -> None:
        """The focus in a cell; where work begins if there is none such."""
        if not self.table.focus_cell(row, key):
            (self.add if self._editable else self.search).setFocus(Qt.FocusReason.OtherFocusReason)


def _column(
    spec: TableSpec, member: Member, *, editable: bool, options: Options, distritos: Suggestions
) -> Column:
    goal = spec.name == "verificaciones" and member.key == "meta"
    title = say("catalogar.column_goal" if goal else f"catalogar.column_{member.key}")
    place = member.reads == "distrito"
    date = member.reads == "day"
    held = say("catalogar.placeholder_distrito") if place else say("editor.field_date")
    return Column(
        member.key,
        title,
        member.kind if editable else "fixed",
        member.weight,
        (lambda: options(member)) if member.kind == "choice" and editable else (),
        placeholder=held if (place or date) and editable else "",
        suggestions=distritos if place and editable else None,
    )


class ProvincePanel(Panel):
    """A box for each province of the region."""

    chosen = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__("provincias")
        self._card = Card()
        self._card.column.setSpacing(12)
        self.column.addWidget(self._card)
        self.column.addStretch(1)
        self.boxes: dict[str, QCheckBox] = {}

    def show_provincias(self, rows: Sequence[tuple[str, str, bool]], *, editable: bool) -> None:
        for code in self.boxes.keys() - {code for code, _, _ in rows}:
            gone = self.boxes.pop(code)
            gone.hide()
            gone.deleteLater()
        for code, name, on in rows:
            box = self.boxes.get(code)
            if box is None:
                box = QCheckBox()
                box.setFont(font())
                box.clicked.connect(lambda on, code=code: self.chosen.emit(code, on))
                self.boxes[code] = box
                self._card.add(box)
            box.setText(f"{name} · {code}")
            box.setChecked(on)
            box.setEnabled(editable)

    def go_to(self) -> None:
        first = next(iter(self.boxes.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
