"""Before several fichas are approved together: each is named, and may be taken out."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from fichaat.gui.pages.revision.verdicts import BulkLine, BulkWords
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.form_dialog import FormDialog

_FIXED_LINES = 12
"""Title, sentence, buttons and what stands between them."""


class BulkDialog(FormDialog):
    """A box for each; all of them stand ticked."""

    def __init__(
        self, parent: QWidget, bulk: BulkWords, on_yes: Callable[[Sequence[BulkLine]], object]
    ) -> None:
        count = len(bulk.lines)
        super().__init__(
            parent,
            say("revisar.bulk_title" if count else "revisar.bulk_none_title", cantidad=count),
            say("revisar.bulk_what" if count else "revisar.bulk_none"),
            say("revisar.bulk_do" if count else "revisar.bulk_close", cantidad=count),
            self._on_yes,
        )
        self._bulk, self._said = bulk, on_yes
        self.boxes: list[QCheckBox] = []
        if count:
            self._all = QCheckBox(say("revisar.bulk_all"))
            self._all.setFont(font(bold=True))
            self._all.setChecked(True)
            self._all.clicked.connect(self._on_all)
            self.add(self._all)
        else:
            self.no.hide()
        for line in bulk.lines:
            self._add_line(line)
        if bulk.left:
            if count:
                self.add(labels.field_label(say("revisar.bulk_left")))
            for sentence in bulk.left:
                self.add(labels.body(f"· {sentence}"))
        self.column.setSpacing(4)
        wanted = self.fontMetrics().lineSpacing() * (_FIXED_LINES + 3 * count + 2 * len(bulk.left))
        self.resize(self.width(), min(self.height(), wanted))
        self.finish()
        self.yes.setFocus()

    @property
    def chosen(self) -> list[BulkLine]:
        """Those that are left in."""
        pairs = zip(self._bulk.lines, self.boxes, strict=True)
        return [line for line, box in pairs if box.isChecked()]

    def _add_line(self, line: BulkLine) -> None:
        box = QCheckBox(line.name)
        box.setFont(font())
        box.setChecked(True)
        box.setAccessibleDescription(line.detail)
        box.toggled.connect(self._on_toggled)
        self.boxes.append(box)
        self.add(box)
        detail = labels.hint(line.detail)
        detail.setIndent(26)
        self.add(detail)

    def _on_all(self, on: bool) -> None:  # noqa: FBT001  # Qt's signal
        for box in self.boxes:
            box.setChecked(on)

    def _on_toggled(self) -> None:
        count = len(self.chosen)
        self.yes.setText(say("revisar.bulk_do", cantidad=count))
        self.yes.setEnabled(bool(count))
        self._all.setChecked(count == len(self.boxes))

    def _on_yes(self) -> None:
        chosen = self.chosen
        self.accept()
        if chosen:
            self._said(chosen)
