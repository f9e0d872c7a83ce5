"""The cards of the ficha one below the other, and the way to each of their fields."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fichaat.domain.territorio import Territorio
from fichaat.gui.pages.ficha.board import Note
from fichaat.gui.pages.ficha.card_datos import DatosCard
from fichaat.gui.pages.ficha.card_rest import AdjuntosCard, ComplementariosCard, FirmasCard
from fichaat.gui.pages.ficha.card_seguimiento import SeguimientoCard
from fichaat.gui.pages.ficha.card_tables import AcuerdosCard, Known, NudosCard, PersonasCard
from fichaat.gui.pages.ficha.fields import Hands
from fichaat.gui.pages.ficha.form import Form
from fichaat.gui.pages.ficha.guide import Guide
from fichaat.gui.pages.ficha.part import Part
from fichaat.gui.pages.ficha.tab_order import chain
from fichaat.gui.text import say
from fichaat.gui.widgets.surfaces import Banner, PageScroll


class Body:
    """Knows the cards in the order of the paper; `scroll` is what is seen of them."""

    def __init__(self, hands: Hands, territorio: Territorio, today: date) -> None:
        self.known = Known(territorio)
        self.datos = DatosCard(hands, territorio, today)
        self.personas = PersonasCard(hands, self.known)
        self.nudos = NudosCard(hands, self.known)
        self.acuerdos = AcuerdosCard(hands, self.known)
        self.seguimiento = SeguimientoCard(hands, today)
        self.firmas = FirmasCard()
        self.adjuntos = AdjuntosCard(hands)
        self.rest = ComplementariosCard(hands, territorio)
        self.tables = (self.personas, self.nudos, self.acuerdos)
        self.cards: tuple[Part, ...] = (
            self.datos,
            *self.tables,
            self.seguimiento,
            self.firmas,
            self.adjuntos,
            self.rest,
        )
        self._rectified = Banner("info")
        self._rectified.hide()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 12, 12, 16)
        column.setSpacing(12)
        column.addWidget(self._rectified)
        for card in self.cards:
            column.addWidget(card)
        column.addStretch(1)
        self.scroll = PageScroll(inside)
        self._inside = inside
        self._rows: tuple[int, ...] = ()

    def hide(self) -> None:
        """Until the draft is here."""
        self._inside.setEnabled(False)

    def show_form(self, form: Form) -> None:
        """What stands in every card."""
        self._inside.setEnabled(True)
        ficha = form.ficha
        self.known.ficha = ficha
        for card in self.cards:
            card.show_form(form)
        # Fields of rows are made when there are rows: they would come last.
        rows = (len(ficha.distritos), len(ficha.seguimientos), len(ficha.adjuntos))
        if rows != self._rows:
            self._rows = rows
            chain(self._inside)
            for table in self.tables:
                QWidget.setTabOrder(table.table.grid, table.table.add_link)

    def show_guide(self, guide: Guide) -> None:
        """What the catalogue in force offers."""
        self.known.guide = guide
        self.datos.show_guide(guide)
        self.rest.show_guide(guide)

    def know(self, form: Form) -> None:
        """The form after a key: the field that told of it shows it already."""
        self.known.ficha = form.ficha
        self.datos.know(form.ficha)
        for card in self.tables:
            card.know(form.ficha)
        self.seguimiento.know(form)

    def show_field(self, path: str, text: str) -> None:
        """One field in its full form."""
        if path == "/fecha" and self.known.ficha is not None:
            self.datos.show_fecha(self.known.ficha.fecha)
        any(card.show_field(path, text) for card in self.cards)

    def show_notes(self, notes: Mapping[str, Note]) -> None:
        """What is wrong, at its place."""
        for card in self.cards:
            card.show_notes(notes)

    def show_rectified(self, sentence: str) -> None:
        """What a new version corrects, and why."""
        self._rectified.say(sentence, say("editor.rectifies_what"))
        self._rectified.setVisible(bool(sentence))

    def focus_path(self, path: str) -> None:
        """The field of a pointer gets the focus and comes in sight."""
        for card in self.cards:
            if card.focus_path(path):
                focused: QWidget | None = card.window().focusWidget()
                if focused is not None and card.isAncestorOf(focused):
                    self.scroll.ensureWidgetVisible(focused, 0, 60)
                return

    def focus_section(self, section: str) -> None:
        """Where the work on a section begins."""
        for card in self.cards:
            if section in card.sections:
                control = card.first(section)
                if control is not None:
                    control.setFocus()
                top = card.mapTo(self._inside, card.rect().topLeft()).y()
                self.scroll.verticalScrollBar().setValue(top - 12)
                return

    def section_at(self, widget: QWidget | None) -> str:
        """The section in whose card the focus is."""
        for card in self.cards:
            if widget is not None and card.isAncestorOf(widget):
                return card.sections[0]
        return ""
