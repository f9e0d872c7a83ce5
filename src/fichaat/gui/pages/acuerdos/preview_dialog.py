"""What a filled-in file would register, or the cells to correct, before anything is sealed."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from fichaat.gui.pages.acuerdos.view import Preview
from fichaat.gui.text import say
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.form_dialog import FormDialog
from fichaat.gui.widgets.surfaces import Status, column_of


class PreviewDialog(FormDialog):
    """All or nothing: with one wrong cell there is nothing to register."""

    def __init__(self, parent: QWidget, preview: Preview, on_yes: Callable[[], object]) -> None:
        wrong, count = len(preview.problems), len(preview.lines)
        if wrong:
            sentence = say("acuerdos.preview_wrong", archivo=preview.name, cantidad=wrong)
        elif count:
            sentence = say(
                "acuerdos.preview_good",
                archivo=preview.name,
                cantidad=count,
                iguales=preview.unchanged,
            )
        else:
            sentence = say("acuerdos.preview_nothing", archivo=preview.name)
        super().__init__(
            parent,
            say("acuerdos.preview_title"),
            sentence,
            say("acuerdos.preview_do"),
            self._accepted,
        )
        self._then = on_yes
        for cell, problem in preview.problems:
            line = QWidget()
            line.setLayout(
                column_of(
                    Status(say("acuerdos.preview_cell", celda=cell), "error", "error"),
                    labels.body(problem),
                    spacing=0,
                )
            )
            self.add(line)
        for words in () if wrong else preview.lines:
            self.add(labels.body(words))
        self.finish()
        self.yes.setEnabled(not wrong and bool(count))
        self.yes.setVisible(self.yes.isEnabled())
        if not self.yes.isEnabled():
            self.no.setText(say("acuerdos.preview_close"))
            self.no.setFocus()

    def _accepted(self) -> None:
        self.set_busy(busy=True)
        self._then()
