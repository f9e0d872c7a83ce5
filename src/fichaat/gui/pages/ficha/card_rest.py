"""Signatures, attachments, and what the paper has no place for."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from fichaat.domain.ficha import Ficha, Nivel, Origen
from fichaat.domain.firma import Adjunto, ClaseAdjunto
from fichaat.domain.territorio import Territorio
from fichaat.gui.pages.ficha.board import Note
from fichaat.gui.pages.ficha.fields import Fields, Hands, options_of
from fichaat.gui.pages.ficha.form import Form
from fichaat.gui.pages.ficha.guide import Guide
from fichaat.gui.pages.ficha.head import Signer
from fichaat.gui.pages.ficha.part import Part
from fichaat.gui.text import say
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import set_role
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button, icon_button
from fichaat.gui.widgets.combo_box import NoWheelComboBox
from fichaat.gui.widgets.flow import FlowRow
from fichaat.gui.widgets.icons import IconLabel
from fichaat.gui.widgets.surfaces import Status

_CLASSES = [item.value for item in ClaseAdjunto]
_KILO = 1024


class FirmasCard(Part):
    """Who signed, and the way to the pad."""

    sections = ("firmas",)
    asked = Signal()

    def __init__(self) -> None:
        super().__init__("7", say("editor.firmas_title"))
        self._button = button(say("editor.firmas_ask"), self.asked.emit, icon="firmar")
        self.head.addWidget(self._button)
        self._people = QVBoxLayout()
        self._people.setSpacing(6)
        self._shown: Sequence[Signer] | None = None
        self._empty = labels.second(say("editor.firmas_none"))
        self._problem = Status(tone="error", icon="error")
        self.column.addWidget(self._empty)
        self.column.addLayout(self._people)

    def show_form(self, form: Form) -> None:
        """The people are shown by `show_signers`."""

    def show_signers(self, signers: Sequence[Signer]) -> None:
        """Everyone of the paper in its order."""
        if signers == self._shown:
            return
        shown = self._shown or ()
        self._shown = list(signers)
        for place, signer in enumerate(signers):
            # While a name is typed the rows of all others stay: of thirty the page would stutter.
            if place < len(shown):
                if shown[place] == signer:
                    continue
                self._drop(place)
            self._people.insertWidget(place, _signer_row(signer))
        for _ in shown[len(signers) :]:
            self._drop(len(signers))
        self._empty.setVisible(not signers)
        self._button.setEnabled(bool(signers))

    def _drop(self, place: int) -> None:
        item = self._people.takeAt(place)
        widget = None if item is None else item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()

    def control_at(self, path: str) -> QWidget | None:
        return self._button if path.startswith("/firmas") else None

    def first(self, section: str) -> QWidget | None:
        del section
        return self._button


def _signer_row(signer: Signer) -> QWidget:
    made = QWidget()
    row = FlowRow()
    words = QWidget()
    column = QVBoxLayout(words)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(labels.body(signer.name, bold=True))
    column.addWidget(labels.hint(signer.entity))
    row.add(words, 1)
    row.add(Status(signer.status.words, signer.status.tone, signer.status.icon))
    made.setLayout(row)
    return made


class AdjuntosCard(Part):
    """Files that go with the ficha."""

    sections = ("adjuntos",)
    asked = Signal()
    removed = Signal(int, str)

    def __init__(self, hands: Hands) -> None:
        super().__init__("8", say("editor.adjuntos_title"))
        self._hands = hands
        self._add = button(say("editor.add_file"), self.asked.emit, role="link", icon="adjunto")
        self.head.addWidget(self._add)
        self._empty = labels.second(say("editor.adjuntos_empty"))
        self._files = QVBoxLayout()
        self._files.setSpacing(8)
        self._rows: list[_FileRow] = []
        self.column.addWidget(self._empty)
        self.column.addLayout(self._files)

    def show_form(self, form: Form) -> None:
        files = form.ficha.adjuntos
        while len(self._rows) > len(files):
            gone = self._rows.pop()
            self._files.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self._rows) < len(files):
            row = _FileRow(len(self._rows), self._hands)
            row.removed.connect(self.removed)
            self._files.addWidget(row)
            self._rows.append(row)
        for row, adjunto in zip(self._rows, files, strict=True):
            row.show_file(adjunto)
            row.fields.show(form)
        self._empty.setVisible(not files)

    def show_field(self, path: str, text: str) -> bool:
        return any(row.fields.show_field(path, text) for row in self._rows)

    def show_notes(self, notes: Mapping[str, Note]) -> None:
        for row in self._rows:
            row.fields.show_notes(notes)

    def control_at(self, path: str) -> QWidget | None:
        if not path.startswith("/adjuntos"):
            return None
        for row in self._rows:
            found = row.control_at(path)
            if found is not None:
                return found
        return self._add

    def first(self, section: str) -> QWidget | None:
        del section
        return self._add


class _FileRow(QFrame):
    removed = Signal(int, str)

    def __init__(self, row: int, hands: Hands) -> None:
        super().__init__()
        set_role(self, "inset")
        self._path = f"/adjuntos/{row}"
        self.fields = Fields(hands, f"{self._path}/")
        self._icon = IconLabel("adjunto", "text2")
        self._name = labels.body(bold=True)
        self._size = ""
        self._remove = icon_button("quitar", say("editor.remove_adjunto", nombre=""))
        self._remove.clicked.connect(lambda: self.removed.emit(row, self._size))
        head = QHBoxLayout()
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._name, 1)
        head.addWidget(self._remove)
        facts = FlowRow()
        facts.add(self.fields.choice("clase", say("editor.adjunto_clase"), options_of(_CLASSES)), 1)
        facts.add(self.fields.text("descripcion", say("editor.adjunto_descripcion"), 1), 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 6, 4)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(facts)

    def show_file(self, adjunto: Adjunto) -> None:
        self._size = adjunto.nombre
        shown = say("editor.adjunto_size", nombre=adjunto.nombre, tamano=size_words(adjunto.bytes))
        self._name.setText(shown)
        self._icon.show_icon("pdf" if adjunto.tipo == "application/pdf" else "foto", "text2")
        words = say("editor.remove_adjunto", nombre=adjunto.nombre)
        self._remove.setAccessibleName(words)
        self._remove.setToolTip(words)

    def control_at(self, path: str) -> QWidget | None:
        if path != self._path and not path.startswith(f"{self._path}/"):
            return None
        return self.fields.control_at(path) or self._remove


def size_words(count: int) -> str:
    """«640 KB», «2,4 MB»."""
    if count < _KILO * _KILO:
        return f"{max(1, round(count / _KILO))} KB"
    return f"{count / _KILO / _KILO:.1f} MB".replace(".", ",")


class ComplementariosCard(Part):
    """Who gave the assistance, where the ficha comes from, and remarks."""

    sections = ("complementarios",)

    def __init__(self, hands: Hands, territorio: Territorio) -> None:
        super().__init__("", say("editor.section_complementarios"))
        self._hands = hands
        f = self._fields = Fields(hands, "/")
        regions = [
            (code, territorio.gobierno_regional(code) or code) for code in territorio.regiones
        ]
        levels = [
            (Nivel.REGIONAL.value, say("editor.regional")),
            (Nivel.PROVINCIAL.value, say("editor.provincial")),
            (Nivel.OTRO.value, say("editor.nivel_otro")),
        ]
        who = FlowRow()
        who.add(f.choice("gobierno_regional", say("editor.gobierno_regional"), regions), 1)
        who.add(f.choice("ejecutor/nivel", say("editor.nivel"), levels), 1)
        self._paper = QCheckBox(say("editor.origen"))
        self._paper.setFont(font())
        self._paper.clicked.connect(
            lambda on: hands.choose("/origen", (Origen.PAPEL if on else Origen.PROGRAMA).value)
        )
        self._paper_hint = labels.hint(say("editor.origen_hint"))
        self.column.addWidget(f.text("observaciones", say("editor.observaciones"), 2))
        self._activity = f.choice("actividad_plan", say("editor.actividad_plan"), ())
        self._activity.hide()
        self._guide = Guide()
        self._ficha: Ficha | None = None
        self.column.addWidget(self._activity)
        self.column.addLayout(who)
        self.column.addWidget(f.line("ejecutor/entidad", say("editor.ejecutor_entidad")))
        self.column.addWidget(self._paper)
        self.column.addWidget(self._paper_hint)

    def show_guide(self, guide: Guide) -> None:
        """What the catalogue offers."""
        self._guide = guide
        self._show_activity()

    def _show_activity(self) -> None:
        ficha = self._ficha
        chosen = None if ficha is None else ficha.actividad_plan
        options = self._guide.activities(chosen)
        control = self._activity.control
        assert isinstance(control, NoWheelComboBox)  # made by `Fields.choice`
        control.set_options(options)
        control.show_value(chosen)
        self._activity.setVisible(bool(options))

    def show_form(self, form: Form) -> None:
        self._ficha = form.ficha
        self._show_activity()
        self._fields.show(form)
        paper = form.ficha.origen is Origen.PAPEL
        self._paper.setChecked(paper)
        self._paper_hint.setVisible(paper)

    def show_field(self, path: str, text: str) -> bool:
        return self._fields.show_field(path, text)

    def show_notes(self, notes: Mapping[str, Note]) -> None:
        self._fields.show_notes(notes)

    def control_at(self, path: str) -> QWidget | None:
        if path == "/origen":
            return self._paper
        if path.startswith("/ejecutor"):
            return self._fields.control_at(path) or self._fields.control_at("/ejecutor/entidad")
        return self._fields.control_at(path)

    def first(self, section: str) -> QWidget | None:
        del section
        return self._fields.control_at("/observaciones")
