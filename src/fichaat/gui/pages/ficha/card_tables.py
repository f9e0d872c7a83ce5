"""The cards whose rows are edited in place: people, nudos with orientations, agreements."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fichaat.application.edit_ficha import Suggestions
from fichaat.domain.ficha import Ficha
from fichaat.domain.territorio import Territorio
from fichaat.gui.pages.ficha import tables
from fichaat.gui.pages.ficha.board import Note
from fichaat.gui.pages.ficha.fields import Hands
from fichaat.gui.pages.ficha.form import Form
from fichaat.gui.pages.ficha.guide import Guide
from fichaat.gui.pages.ficha.part import Part
from fichaat.gui.text import say
from fichaat.gui.widgets.buttons import button
from fichaat.gui.widgets.table_editor import Column, TableEditor

Words = Callable[[], Sequence[str]]


class Known:
    """What cells may offer: districts of the visit, people present, what was written before."""

    def __init__(self, territorio: Territorio) -> None:
        self._territorio = territorio
        self.suggestions = Suggestions()
        self.guide = Guide()
        self.ficha: Ficha | None = None

    def distritos(self) -> list[tuple[str, str]]:
        """Of the visit; one of an agreement may be all of them."""
        ficha = self.ficha
        ubigeos = [] if ficha is None else [item.ubigeo for item in ficha.distritos]
        return [("", ""), *((ubigeo, self._name(ubigeo)) for ubigeo in ubigeos)]

    def nudos(self) -> list[tuple[str, str]]:
        count = 0 if self.ficha is None else len(self.ficha.nudos_criticos)
        numbered = [(str(n), say("editor.nudo_number", fila=n + 1)) for n in range(count)]
        return [("", ""), *numbered]

    def indicadores(self) -> list[tuple[str, str]]:
        codes = () if self.ficha is None else self.ficha.indicadores
        return [("", ""), *((code, self.guide.indicator(code)) for code in codes)]

    def present(self) -> list[str]:
        """Names of the people of the visit, for who will keep an agreement."""
        ficha = self.ficha
        if ficha is None:
            return []
        people = [person.nombre for person in ficha.destinatarios]
        people += [person.nombre for person in ficha.responsables]
        return [name for name in dict.fromkeys(people) if name]

    def entidades(self) -> list[str]:
        named = [self._territorio.municipalidad(ubigeo) or "" for ubigeo in self._near]
        return _once(named, [entity for entity, _, _ in self._people])

    def nombres(self) -> list[str]:
        return _once([name for _, name, _ in self._people])

    def cargos(self) -> list[str]:
        return _once([post for _, _, post in self._people])

    @property
    def _near(self) -> list[str]:
        return [] if self.ficha is None else [item.ubigeo for item in self.ficha.distritos]

    @property
    def _people(self) -> list[tuple[str, str, str]]:
        """The directory of the districts of the visit, then whom the person wrote before."""
        return [*self.guide.people(self._near), *self.suggestions.personas]

    def _name(self, ubigeo: str) -> str:
        place = self._territorio.get(ubigeo)
        return ubigeo if place is None else place.distrito


def _once(*lists: Sequence[str]) -> list[str]:
    return [text for text in dict.fromkeys(text for some in lists for text in some) if text]


class TableCard(Part):
    """A table whose cells are members of the ficha."""

    row_added = Signal(str, int)
    row_removed = Signal(str, int)
    burst_began = Signal()
    burst_ended = Signal()

    def __init__(
        self, number: str, heading: str, name: str, table: TableEditor, hands: Hands
    ) -> None:
        super().__init__(number, heading)
        self.table = table
        self._name = name
        self._hands = hands
        self._ficha: Ficha | None = None
        self.head.addWidget(table.head)
        self.column.addWidget(table)
        table.cell_edited.connect(self._on_edited)
        table.cell_left.connect(self._on_left)
        table.row_added.connect(lambda at: self.row_added.emit(name, at))
        table.row_removed.connect(lambda row: self.row_removed.emit(name, row))
        table.burst_began.connect(self.burst_began)
        table.burst_ended.connect(self.burst_ended)

    def show_form(self, form: Form) -> None:
        self._ficha = form.ficha
        self.table.columns_visible(self.keys(form.ficha))
        self.table.show_rows(tables.rows_of(form, self._name), fixed=self.fixed(form.ficha))

    def keys(self, ficha: Ficha) -> list[str]:
        """The columns that this ficha needs."""
        raise NotImplementedError

    def fixed(self, ficha: Ficha) -> set[tuple[int, str]]:
        """Cells that are only read."""
        del ficha
        return set()

    def know(self, ficha: Ficha) -> None:
        """The ficha as it is now: its rows may have moved."""
        self._ficha = ficha

    def show_field(self, path: str, text: str) -> bool:
        cell = self._cell(path)
        if cell is None:
            return False
        rows = self.table.rows
        if 0 <= cell.row < len(rows) and rows[cell.row].get(cell.key) != text:
            rows[cell.row][cell.key] = text
            fixed = set() if self._ficha is None else self.fixed(self._ficha)
            self.table.show_rows(rows, fixed=fixed)
        return True

    def show_notes(self, notes: Mapping[str, Note]) -> None:
        told = {}
        for path, note in notes.items():
            cell = self._cell(path)
            if cell is not None:
                told[cell.row, cell.key] = (note.tone, note.sentence)
        self.table.set_problems(told)

    def focus_path(self, path: str) -> bool:
        cell = self._cell(path)
        if cell is None:
            return False
        if not self.table.focus_cell(cell.row, cell.key):
            self.table.add_link.setFocus()
        return True

    def first(self, section: str) -> QWidget | None:
        del section
        return self.table.grid if self.table.rows else self.table.add_link

    def _cell(self, path: str) -> tables.Cell | None:
        found = None if self._ficha is None else tables.cell_of(self._ficha, path)
        return found if found is not None and found.table == self._name else None

    def _on_edited(self, row: int, key: str, text: str) -> None:
        if self._ficha is not None:
            self._hands.edit(tables.path_of(self._ficha, self._name, row, key), text)

    def _on_left(self, row: int, key: str) -> None:
        # The role is of the table only: the ficha has a list for each.
        if self._ficha is None or key == tables.ROLE:
            return
        section, place = tables.place_of(self._ficha, self._name, row)
        # A row that was taken away is left too.
        if place < len(getattr(self._ficha, section)):
            self._hands.left(tables.path_of(self._ficha, self._name, row, key))


class PersonasCard(TableCard):
    """«Responsable» and «Destinatario(s)» of the paper in one table."""

    sections = ("responsables", "destinatarios")
    responsable_asked = Signal()

    def __init__(self, hands: Hands, known: Known) -> None:
        columns = (
            Column(tables.ROLE, say("editor.rol"), "fixed", weight=3),
            Column("distrito", say("editor.distrito"), "choice", 3, known.distritos),
            Column("entidad", say("editor.entidad"), "line", 5, suggestions=known.entidades),
            Column("nombre", say("editor.nombre"), "line", 5, suggestions=known.nombres),
            Column("cargo", say("editor.cargo"), "line", 5, suggestions=known.cargos),
        )
        title = say("editor.personas")
        table = TableEditor(title, columns, say("editor.add_destinatario"))
        super().__init__("2 · 3", title, tables.PERSONAS, table, hands)
        more = button(
            say("editor.add_responsable"), self.responsable_asked.emit, role="link", icon="mas"
        )
        self.column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self._more = more

    def keys(self, ficha: Ficha) -> list[str]:
        districts = ["distrito"] if tables.shows_districts(ficha) else []
        return [tables.ROLE, *districts, "entidad", "nombre", "cargo"]

    def fixed(self, ficha: Ficha) -> set[tuple[int, str]]:
        return {(row, "distrito") for row in range(len(ficha.responsables))}

    def first(self, section: str) -> QWidget | None:
        ficha = self._ficha
        if section == "responsables" and ficha is not None and not ficha.responsables:
            return self._more
        if section == "destinatarios" and ficha is not None and not ficha.destinatarios:
            return self.table.add_link
        return super().first(section)


class NudosCard(TableCard):
    """«Nudo crítico» beside «Orientaciones brindadas»."""

    sections = ("nudos",)

    def __init__(self, hands: Hands, known: Known) -> None:
        columns = (
            Column(
                "descripcion",
                say("editor.nudo_descripcion"),
                "text",
                6,
                suggestions=lambda: known.suggestions.nudos,
            ),
            Column(
                "orientacion",
                say("editor.orientacion"),
                "text",
                7,
                suggestions=lambda: known.suggestions.orientaciones,
            ),
            Column("distrito", say("editor.distrito"), "choice", 3, known.distritos),
            Column("indicador", say("editor.indicador"), "choice", 3, known.indicadores),
        )
        title = say("editor.section_nudos")
        table = TableEditor(title, columns, say("editor.add_nudo"), numbered=True)
        super().__init__("4", title, tables.NUDOS, table, hands)

    def keys(self, ficha: Ficha) -> list[str]:
        return ["descripcion", "orientacion", *_optional(ficha)]


class AcuerdosCard(TableCard):
    """«Acuerdos/compromisos» with who and until when."""

    sections = ("acuerdos",)

    def __init__(self, hands: Hands, known: Known) -> None:
        columns = (
            Column(
                "descripcion",
                say("editor.acuerdo_descripcion"),
                "text",
                7,
                suggestions=lambda: known.suggestions.acuerdos,
            ),
            Column(
                "responsable",
                say("editor.acuerdo_responsable"),
                "line",
                4,
                suggestions=known.present,
            ),
            Column("plazo", say("editor.plazo"), "date", 3, placeholder=say("editor.field_date")),
            Column("distrito", say("editor.distrito"), "choice", 3, known.distritos),
            Column("nudo", say("editor.nudo"), "choice", 2, known.nudos),
            Column("indicador", say("editor.indicador"), "choice", 3, known.indicadores),
        )
        title = say("editor.section_acuerdos")
        table = TableEditor(title, columns, say("editor.add_acuerdo"), numbered=True)
        super().__init__("5", title, tables.ACUERDOS, table, hands)

    def keys(self, ficha: Ficha) -> list[str]:
        several = len(ficha.nudos_criticos) > 1 or any(a.nudo for a in ficha.acuerdos)
        nudo = ["nudo"] if several else []
        optional = _optional(ficha)
        places = [key for key in optional if key == "distrito"]
        rest = [key for key in optional if key != "distrito"]
        return ["descripcion", "responsable", "plazo", *places, *nudo, *rest]


def _optional(ficha: Ficha) -> list[str]:
    keys = ["distrito"] if tables.shows_districts(ficha) else []
    return keys + (["indicador"] if tables.shows_indicators(ficha) else [])
