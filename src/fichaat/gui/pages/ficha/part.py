"""A card of the page: shows its share of the form, finds its fields."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from fichaat.gui.pages.ficha.board import Note
from fichaat.gui.pages.ficha.form import Form
from fichaat.gui.theme.style import set_role
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.surfaces import Card


class Part(Card):
    """Number and title of its place on the paper above, its fields below."""

    sections: tuple[str, ...] = ()
    """Entries of the index that lead here."""

    def __init__(self, number: str, heading: str) -> None:
        super().__init__(heading)
        if number:
            mark = labels.card_title(number)
            mark.setWordWrap(False)
            mark.setAlignment(self.heading.alignment())
            set_role(mark, "number")
            self.head.insertWidget(0, mark)
        self.head.setSpacing(8)

    def show_form(self, form: Form) -> None:
        """What stands in its fields."""
        raise NotImplementedError

    def show_field(self, path: str, text: str) -> bool:
        """One of its fields in its full form; False if it is not one of them."""
        del path, text
        return False

    def show_notes(self, notes: Mapping[str, Note]) -> None:
        """What is wrong, by pointer."""

    def control_at(self, path: str) -> QWidget | None:
        """The control to focus for a pointer."""
        del path
        return None

    def focus_path(self, path: str) -> bool:
        """Put the focus there; False if it is not here."""
        control = self.control_at(path)
        if control is None:
            return False
        control.setFocus()
        return True

    def first(self, section: str) -> QWidget | None:
        """Where the work on a section begins."""
        del section
        return None
