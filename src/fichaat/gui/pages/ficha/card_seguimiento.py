"""«Seguimiento de acuerdos/compromisos anteriores»: what became of each agreement."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from fichaat.application.edit_ficha import Review
from fichaat.application.ports.rows import AcuerdoRow
from fichaat.domain.acuerdo import EstadoAcuerdo, Seguimiento
from fichaat.gui.pages.ficha.board import Note
from fichaat.gui.pages.ficha.fields import Fields, Hands, options_of
from fichaat.gui.pages.ficha.form import Form
from fichaat.gui.pages.ficha.part import Part
from fichaat.gui.text import say
from fichaat.gui.theme.style import set_role
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button, icon_button
from fichaat.gui.widgets.flow import FlowRow

_STATES = [item.value for item in EstadoAcuerdo]


class SeguimientoCard(Part):
    """One block an agreement."""

    sections = ("seguimiento",)
    paper_asked = Signal()
    open_asked = Signal(object)
    """Ids of the open agreements to add."""
    removed = Signal(int)

    def __init__(self, hands: Hands, today: date) -> None:
        super().__init__("6", say("editor.seguimiento_title"))
        self._hands = hands
        self._today = today
        self._rows: list[_Block] = []
        self._known: Mapping[str, AcuerdoRow] = {}
        self._open: tuple[str, ...] = ()
        self._form: Form | None = None
        self._empty = labels.second(say("editor.seguimiento_empty"))
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(8)
        self._add_open = button("", self._on_open, role="link", icon="mas")
        self._add_paper = button(
            say("editor.add_paper_acuerdo"), self.paper_asked.emit, role="link", icon="mas"
        )
        links = FlowRow()
        links.add(self._add_open)
        links.add(self._add_paper)
        self.column.addWidget(self._empty)
        self.column.addLayout(self._blocks)
        self.column.addLayout(links)
        self._show_links()

    def show_earlier(self, review: Review) -> None:
        """The words of the earlier agreements, and which could be added."""
        same = review.anteriores == self._known and review.abiertos == self._open
        self._known, self._open = review.anteriores, review.abiertos
        self._show_links()
        if self._form is not None and not same:
            self.show_form(self._form)

    def show_form(self, form: Form) -> None:
        self._form = form
        events = form.ficha.seguimientos
        while len(self._rows) > len(events):
            gone = self._rows.pop()
            self._blocks.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self._rows) < len(events):
            number = len(self._rows)
            block = _Block(number, self._hands, self._today)
            block.remove.clicked.connect(lambda _=False, row=number: self.removed.emit(row))
            self._blocks.addWidget(block)
            self._rows.append(block)
        for block, event in zip(self._rows, events, strict=True):
            block.show_event(event, self._known.get(event.acuerdo or ""))
            block.fields.show(form)
        self._empty.setVisible(not events)

    def show_field(self, path: str, text: str) -> bool:
        return any(block.fields.show_field(path, text) for block in self._rows)

    def show_notes(self, notes: Mapping[str, Note]) -> None:
        for block in self._rows:
            block.fields.show_notes(notes)

    def control_at(self, path: str) -> QWidget | None:
        if not path.startswith("/seguimientos"):
            return None
        for block in self._rows:
            found = block.control_at(path)
            if found is not None:
                return found
        return self.first("seguimiento")

    def first(self, section: str) -> QWidget | None:
        del section
        if self._open:
            return self._add_open
        return self._rows[0].estado if self._rows else self._add_paper

    def know(self, form: Form) -> None:
        """The form as it is now."""
        self._form = form

    def _on_open(self) -> None:
        self.open_asked.emit(self._open)

    def _show_links(self) -> None:
        self._add_open.setText(say("editor.add_open_acuerdos", cantidad=len(self._open)))
        self._add_open.setVisible(bool(self._open))


class _Block(QFrame):
    """An earlier agreement in its own words, then its state and what that state must say."""

    def __init__(self, row: int, hands: Hands, today: date) -> None:
        super().__init__()
        set_role(self, "inset")
        self._path = f"/seguimientos/{row}"
        self.fields = Fields(hands, f"{self._path}/")
        self._title = labels.body(bold=True)
        self._due = labels.hint()
        self.remove = icon_button("quitar", say("editor.remove_seguimiento", fila=row + 1))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._due)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        f = self.fields
        self._paper = f.text(
            "descripcion", say("editor.acuerdo_paper"), 1, say("editor.acuerdo_paper_hint")
        )
        state = f.choice("estado", say("editor.estado"), options_of(_STATES))
        self.estado = state.control
        self._done = f.day("cumplido_el", say("editor.cumplido_el"), today)
        self._again = f.day("nuevo_plazo", say("editor.nuevo_plazo"), today, ahead=True)
        self._why = f.text("motivo", say("editor.motivo"), 1)
        facts = FlowRow()
        for field, weight in (
            (state, 2),
            (f.number("avance", say("editor.avance")), 1),
            (self._done, 2),
            (self._again, 2),
        ):
            facts.add(field, weight)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._paper)
        column.addLayout(facts)
        column.addWidget(self._why)
        column.addWidget(f.text("comentario", say("editor.comentario"), 1))

    def show_event(self, event: Seguimiento, earlier: AcuerdoRow | None) -> None:
        """Which agreement it is, and the fields that its state asks for."""
        paper = event.acuerdo is None
        self._title.setVisible(not paper)
        self._due.setVisible(earlier is not None)
        self._paper.setVisible(paper)
        if earlier is not None:
            self._title.setText(earlier.descripcion)
            self._due.setText(
                say("editor.acuerdo_due", plazo=earlier.plazo, responsable=earlier.responsable)
            )
        else:
            self._title.setText(say("editor.acuerdo_unknown"))
        moved = event.estado is EstadoAcuerdo.REPROGRAMADO
        self._done.setVisible(event.estado is EstadoAcuerdo.CUMPLIDO or bool(event.cumplido_el))
        self._again.setVisible(moved or event.nuevo_plazo is not None)
        self._why.setVisible(moved or bool(event.motivo))

    def control_at(self, path: str) -> QWidget | None:
        if path != self._path and not path.startswith(f"{self._path}/"):
            return None
        found = self.fields.control_at(path)
        return self.estado if found is None else found
