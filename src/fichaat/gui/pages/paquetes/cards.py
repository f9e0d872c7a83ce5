"""The cards of *Paquetes*: what leaves, what became of it, what arrives, what left before."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fichaat.gui.pages.paquetes.options import Option, Options, words
from fichaat.gui.pages.paquetes.places import Target
from fichaat.gui.pages.paquetes.presenter import VOLUMES, PaquetesPresenter
from fichaat.gui.pages.paquetes.words import Choices, FileLine, Result, Secrecy
from fichaat.gui.text import say
from fichaat.gui.theme.style import restyle
from fichaat.gui.theme.tokens import GAP
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import Segmented, button
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.icons import LARGE, MEDIUM, SMALL, IconLabel
from fichaat.gui.widgets.path_label import PathLabel
from fichaat.gui.widgets.rows import between
from fichaat.gui.widgets.surfaces import Banner, Card, EmptyState


class IconLine(QWidget):
    """A sentence with its icon."""

    def __init__(self, icon: str, tone: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._icon = IconLabel(icon, tone, SMALL)
        self._words = labels.toned("", tone)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        return self._words.text()

    def say(self, sentence: str, icon: str, tone: str) -> None:
        """Another sentence; an empty one hides the line."""
        self._icon.show_icon(icon, tone)
        restyle(self._words, tone=tone)
        self._words.setText(sentence)
        self.setVisible(bool(sentence))


class ExportCard(Card):
    """What to take, where to, in files of which size."""

    def __init__(self, presenter: PaquetesPresenter) -> None:
        super().__init__(say("paquetes.export"))
        self._targets: Sequence[Target] = ()
        self.state = IconLine("nota", "neutral")
        self.what = Options(
            say("paquetes.export_what"), lambda number: presenter.take(everything=number == 1)
        )
        self.where = Options(
            say("paquetes.target"), lambda number: presenter.choose(self._targets[number].path)
        )
        self.other = button(
            say("paquetes.target_other"), presenter.other_folder, role="link", icon="carpeta"
        )
        self.volume = Segmented(
            say("paquetes.volume"), [(value, say(f"paquetes.volume_{value}")) for value in VOLUMES]
        )
        self.volume.choose(VOLUMES[0])
        self.volume.chosen.connect(presenter.split)
        self._note = labels.hint()
        self.secrecy = IconLine("bien", "ok")
        self.plain = QCheckBox(say("paquetes.plain"))
        self.plain.toggled.connect(lambda plain: presenter.leave_plain(plain=plain))
        self.plain.hide()
        self.space = IconLine("aviso", "warn")
        self.refusal = Banner("error")
        self.refusal.hide()
        self.go = button(
            say("paquetes.export_do"), presenter.export, role="primary", icon="usb", size="action"
        )
        self._form = self._lay_form()
        self._nothing = EmptyState(
            "paquetes",
            say("paquetes.nothing"),
            button(say("paquetes.nothing_go"), presenter.see_fichas),
        )
        for widget in (self.state, self._form, self._nothing):
            self.add(widget)
            widget.hide()

    def show_choices(self, choices: Choices | None) -> None:
        self._form.setVisible(choices is not None)
        self._nothing.setVisible(choices is None)
        if choices is None:
            return
        chosen = next((n for n, row in enumerate(self.what.rows) if row.radio.isChecked()), 0)
        rows = [
            Option(choices.pending, words(choices.pending_detail)),
            Option(say("paquetes.export_all"), words(choices.everything_detail)),
        ]
        self.what.show_options(rows, chosen)

    def show_targets(self, targets: Sequence[Target], chosen: Path, note: str) -> None:
        self._targets = targets
        rows = [Option(target.name, PathLabel(target.detail), target.icon) for target in targets]
        places = [target.path for target in targets]
        self.where.show_options(rows, places.index(chosen))
        self._note.setText(note)
        self._note.setVisible(bool(note))

    @property
    def stops(self) -> list[QWidget]:
        """Of Tab, in the order in which they are read."""
        radios = [row.radio for row in (*self.what.rows, *self.where.rows)]
        return [*radios, self.other, *self.volume.buttons(), self.plain, self.go]

    def show_secrecy(self, secrecy: Secrecy | None) -> None:
        self.plain.setVisible(secrecy is not None)
        if secrecy is None:
            self.secrecy.hide()
            return
        with QSignalBlocker(self.plain):
            self.plain.setChecked(secrecy.plain)
        plain = secrecy.plain
        self.secrecy.say(
            secrecy.sentence, "aviso" if plain else "cifrado", "warn" if plain else "ok"
        )

    def show_busy(self, *, busy: bool) -> None:
        self._form.setEnabled(not busy)
        self.go.setText(say("paquetes.exporting_button" if busy else "paquetes.export_do"))

    def show_refusal(self, sentence: str) -> None:
        self.refusal.setVisible(bool(sentence))
        self.refusal.say(sentence)

    def _lay_form(self) -> QWidget:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        both = FlowRow(spacing=16)
        both.add(_named(say("paquetes.export_what"), self.what), 1)
        both.add(_named(say("paquetes.target"), self.where, self._note, self.other), 1)
        sized = FlowRow(spacing=GAP, centred=True)
        sized.add(self.volume)
        sized.add(labels.hint(say("paquetes.volume_hint")), 1)
        column.addLayout(both)
        column.addSpacing(4)
        column.addWidget(labels.field_label(say("paquetes.volume")))
        column.addLayout(sized)
        column.addSpacing(6)
        column.addWidget(self.secrecy)
        column.addWidget(self.plain)
        column.addWidget(self.space)
        column.addWidget(self.refusal)
        column.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)
        return form


def _named(name: str, *widgets: QWidget) -> QWidget:
    """A label above what it names."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(labels.field_label(name))
    for widget in widgets:
        flat = isinstance(widget, QPushButton)
        column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft if flat else Qt.AlignmentFlag(0))
    column.addStretch(1)
    made.setMinimumWidth(15 * made.fontMetrics().lineSpacing())
    return made


class ResultCard(Card):
    """What an export left, and the way to it."""

    def __init__(self, on_open: Callable[[Path], object]) -> None:
        super().__init__()
        self._folder = Path()
        head = QHBoxLayout()
        head.setSpacing(GAP)
        self.sentence = labels.card_title()
        self._hint = labels.second()
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(self.sentence)
        told.addWidget(self._hint)
        self.open = button(
            say("paquetes.open_folder"), lambda: on_open(self._folder), icon="carpeta"
        )
        head.addWidget(IconLabel("bien", "ok", LARGE), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(told, 1)
        head.addWidget(self.open, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        self._files = QWidget()
        self.column.addWidget(self._files)
        self._lines = QVBoxLayout(self._files)
        self._lines.setContentsMargins(LARGE + GAP, 0, 0, 0)
        self._lines.setSpacing(4)
        self.hide()

    def show_result(self, result: Result | None) -> None:
        self.setVisible(result is not None)
        if result is None:
            return
        self._folder = result.folder
        self.sentence.setText(result.sentence)
        self._hint.setText(result.hint)
        show_lines(self._lines, result.files)


class ImportCard(Card):
    """Where files that were received go in."""

    def __init__(self, on_choose: Callable[[], object]) -> None:
        super().__init__()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel("recepcion", "primary", MEDIUM), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(labels.card_title(say("paquetes.import")), 1)
        self.column.addLayout(head)
        self.add(labels.second(say("paquetes.import_hint")))
        self.choose = button(say("paquetes.import_choose"), on_choose, icon="carpeta")
        self.add(self.choose)


class PastCard(Card):
    """What left before."""

    def __init__(self) -> None:
        super().__init__(say("paquetes.past"))
        self._none = labels.second(say("paquetes.past_none"))
        self.add(self._none)
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self.add(inside)

    def show_past(self, lines: Sequence[FileLine]) -> None:
        self._none.setVisible(not lines)
        show_lines(self._lines, lines)


def show_lines(layout: QVBoxLayout, lines: Sequence[FileLine]) -> None:
    """A name and its data, line by line, instead of what was there."""
    while (item := layout.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
    for number, line in enumerate(lines):
        if number:
            layout.addWidget(between())
        name = PathLabel(line.name)
        restyle(name, role="body")
        layout.addWidget(name)
        layout.addWidget(labels.hint(line.detail))
