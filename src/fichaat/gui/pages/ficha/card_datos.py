"""When, where, how and with which municipalities: the head of the paper."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from fichaat.domain.ficha import Ficha, Modalidad, Sesion, Tema
from fichaat.domain.territorio import Territorio
from fichaat.gui.pages.ficha.board import Note
from fichaat.gui.pages.ficha.fields import Fields, Hands, options_of
from fichaat.gui.pages.ficha.form import Form
from fichaat.gui.pages.ficha.guide import Guide
from fichaat.gui.pages.ficha.indicators import IndicatorBox, IndicatorDialog
from fichaat.gui.pages.ficha.part import Part
from fichaat.gui.text import say, weekday
from fichaat.gui.theme.fonts import font
from fichaat.gui.theme.style import set_role
from fichaat.gui.widgets import labels
from fichaat.gui.widgets.buttons import button, icon_button
from fichaat.gui.widgets.field import Field
from fichaat.gui.widgets.flow import FlowRow

_SESIONES = [item.value for item in Sesion]


class DatosCard(Part):
    """«Fecha» to «Modalidad», and the themes that the paper has no place for."""

    sections = ("datos",)
    tema_chosen = Signal(str, bool)
    add_distrito_asked = Signal()
    distrito_removed = Signal(int)

    def __init__(self, hands: Hands, territorio: Territorio, today: date) -> None:
        super().__init__("1", say("editor.section_datos"))
        self._hands = hands
        self._territorio = territorio
        self._guide = Guide()
        self._ficha: Ficha | None = None
        self._fields = Fields(hands, "/")
        self._region = labels.hint()
        self._region.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.head.addWidget(self._region, 1)
        times = FlowRow()
        times.add(self._fields.day("fecha", say("editor.fecha"), today))
        times.add(
            self._fields.hour("hora_inicio", say("editor.hora_inicio"), say("editor.hours_24"))
        )
        times.add(self._fields.hour("hora_fin", say("editor.hora_fin")), 1)
        modes = options_of([item.value for item in Modalidad])
        times.add(self._fields.segments("modalidad", say("editor.modalidad"), modes))
        places = FlowRow()
        self._lugar = self._fields.line("lugar", say("editor.lugar"))
        self._plataforma = self._fields.line("plataforma", say("editor.plataforma"))
        places.add(self._lugar, 3)
        places.add(self._plataforma, 2)
        self._distritos = _Distritos(hands, territorio)
        self._distritos.add_asked.connect(self.add_distrito_asked)
        self._distritos.removed.connect(self.distrito_removed)
        about = FlowRow()
        self._temas = _Temas()
        self._temas.chosen.connect(self.tema_chosen)
        self._temas_field = Field(say("editor.temas"), self._temas, tight=True)
        about.add(self._temas_field, 3)
        label = say("editor.indicadores")
        self.indicators = IndicatorBox(label, say("editor.indicadores_hint"))
        self.indicators.pick_asked.connect(self._pick)
        about.add(self._fields.own("indicadores", label, self.indicators), 2)
        for row in (times, places):
            self.column.addLayout(row)
        self.column.addWidget(self._distritos)
        self.column.addLayout(about)

    def show_form(self, form: Form) -> None:
        ficha = form.ficha
        name = self._territorio.gobierno_regional(ficha.gobierno_regional or "")
        self._region.setText(name or "")
        self._fields.show(form)
        self._show_weekday(ficha.fecha)
        distant = ficha.modalidad in (Modalidad.VIRTUAL, Modalidad.MIXTA)
        self._plataforma.setVisible(distant or bool(ficha.plataforma))
        self._lugar.setVisible(ficha.modalidad is not Modalidad.VIRTUAL or bool(ficha.lugar))
        self._distritos.show_form(form)
        self._temas.show_temas({item.value for item in ficha.temas})
        self._ficha = ficha
        self._show_indicators()

    def show_guide(self, guide: Guide) -> None:
        """What the catalogue offers."""
        self._guide = guide
        self.indicators.set_picking(picking=guide.picks_indicators)
        self._show_indicators()

    def show_field(self, path: str, text: str) -> bool:
        return self._fields.show_field(path, text) or self._distritos.show_field(path, text)

    def show_fecha(self, day: date | None) -> None:
        """The day of the week below the date."""
        self._show_weekday(day)

    def show_notes(self, notes: Mapping[str, Note]) -> None:
        self._fields.show_notes(notes)
        self._distritos.show_notes(notes)
        note = notes.get("/temas")
        self._temas_field.show_note(note.tone if note else "", note.sentence if note else "")

    def control_at(self, path: str) -> QWidget | None:
        if path == "/temas":
            return self._temas.first
        if path.startswith("/distritos"):
            return self._distritos.control_at(path)
        return self._fields.control_at(path)

    def first(self, section: str) -> QWidget | None:
        del section
        return self._fields.control_at("/fecha")

    def _show_indicators(self) -> None:
        codes = () if self._ficha is None else self._ficha.indicadores
        self._fields.field("indicadores").set_hint(self._guide.names(codes))

    def _pick(self) -> None:
        ficha = self._ficha
        if ficha is None:
            return
        offers = self._guide.offers(ficha.indicadores)
        dialog = IndicatorDialog(
            self.window(), offers, ficha.indicadores, self._temas.chosen_now, self._on_picked
        )
        dialog.open()

    def _on_picked(self, codes: Sequence[str]) -> None:
        self._hands.choose("/indicadores", ", ".join(codes))
        self.indicators.setFocus(Qt.FocusReason.OtherFocusReason)

    def know(self, ficha: Ficha) -> None:
        """The ficha as it is now."""
        self._ficha = ficha

    def _show_weekday(self, day: date | None) -> None:
        self._fields.field("fecha").set_hint("" if day is None else weekday(day))


class _Temas(QWidget):
    chosen = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        row = FlowRow(spacing=16)
        row.setContentsMargins(0, 6, 0, 4)
        self._boxes: dict[str, QCheckBox] = {}
        for tema in Tema:
            box = QCheckBox(say(f"editor.{tema.value}"))
            box.setFont(font())
            box.clicked.connect(lambda on, value=tema.value: self.chosen.emit(value, on))
            row.add(box)
            self._boxes[tema.value] = box
        self.setLayout(row)
        self.setFocusProxy(self.first)

    @property
    def first(self) -> QWidget:
        return next(iter(self._boxes.values()))

    @property
    def chosen_now(self) -> list[Tema]:
        """Those that are ticked."""
        return [tema for tema in Tema if self._boxes[tema.value].isChecked()]

    def show_temas(self, temas: set[str]) -> None:
        for value, box in self._boxes.items():
            box.setChecked(value in temas)


class _Distritos(QWidget):
    """One line a municipality: its name, and what session it was."""

    add_asked = Signal()
    removed = Signal(int)

    def __init__(self, hands: Hands, territorio: Territorio) -> None:
        super().__init__()
        self._hands = hands
        self._territorio = territorio
        self._rows: list[_DistritoRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._add = button(say("editor.add_distrito"), self.add_asked.emit, icon="mas")
        self._add.setAccessibleName(say("editor.add_distrito_name"))
        self._empty = Field(say("editor.distritos"), self._add, tight=True)
        self._column.addWidget(self._empty)

    def show_form(self, form: Form) -> None:
        distritos = form.ficha.distritos
        while len(self._rows) > len(distritos):
            gone = self._rows.pop()
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self._rows) < len(distritos):
            self._add_row()
        for row, item in zip(self._rows, distritos, strict=True):
            place = self._territorio.get(item.ubigeo)
            name = item.ubigeo if place is None else place.distrito
            province = "" if place is None else place.provincia
            row.show_place(name, province, item.ubigeo, last=row is self._rows[-1])
            row.fields.show(form)
        self._empty.setVisible(not distritos)

    def _add_row(self) -> None:
        number = len(self._rows)
        row = _DistritoRow(number, self._hands)
        row.add.clicked.connect(self.add_asked)
        row.remove.clicked.connect(lambda: self.removed.emit(number))
        self._column.insertWidget(number, row)
        self._rows.append(row)

    def show_field(self, path: str, text: str) -> bool:
        return any(row.fields.show_field(path, text) for row in self._rows)

    def show_notes(self, notes: Mapping[str, Note]) -> None:
        empty = notes.get("/distritos")
        self._empty.show_note(empty.tone if empty else "", empty.sentence if empty else "")
        for row in self._rows:
            row.show_notes(notes)

    def control_at(self, path: str) -> QWidget | None:
        for row in self._rows:
            found = row.control_at(path)
            if found is not None:
                return found
        return self._rows[-1].add if self._rows else self._add


class _DistritoRow(QWidget):
    """The name, a way to add another at the last one, and the session."""

    def __init__(self, row: int, hands: Hands) -> None:
        super().__init__()
        self._path = f"/distritos/{row}"
        self.fields = Fields(hands, f"{self._path}/")
        self._name = labels.body(bold=True)
        self._name.setWordWrap(False)
        self._place = labels.second()
        self.remove = icon_button("quitar", say("editor.remove_distrito", distrito=""))
        box = QFrame()
        set_role(box, "box")
        inside = QHBoxLayout(box)
        inside.setContentsMargins(10, 0, 0, 0)
        inside.setSpacing(6)
        inside.addWidget(self._name)
        inside.addWidget(self._place, 1)
        inside.addWidget(self.remove)
        label = "editor.distritos" if row == 0 else "editor.other_distrito"
        self._field = Field(say(label), box, tight=True)
        self.add = button(say("editor.add_distrito"), icon="mas")
        self.add.setAccessibleName(say("editor.add_distrito_name"))
        self._adds = Field(" ", self.add, tight=True)
        self._sesion = self.fields.choice("sesion", say("editor.sesion"), options_of(_SESIONES))
        line = FlowRow()
        line.add(self._field, 4)
        line.add(self._adds)
        line.add(self._sesion, 1)
        self.setLayout(line)

    def show_place(self, name: str, province: str, ubigeo: str, *, last: bool) -> None:
        """Which municipality it is."""
        self._name.setText(name)
        self._place.setText(" · ".join(part for part in (province, ubigeo) if part))
        words = say("editor.remove_distrito", distrito=name)
        self.remove.setAccessibleName(words)
        self.remove.setToolTip(words)
        self._sesion.set_label(say("editor.sesion", distrito=name))
        self._adds.setVisible(last)

    def show_notes(self, notes: Mapping[str, Note]) -> None:
        self.fields.show_notes(notes)
        note = notes.get(f"{self._path}/ubigeo")
        self._field.show_note(note.tone if note else "", note.sentence if note else "")

    def control_at(self, path: str) -> QWidget | None:
        if path.startswith(f"{self._path}/"):
            return self.fields.control_at(path) or self.remove
        return None
