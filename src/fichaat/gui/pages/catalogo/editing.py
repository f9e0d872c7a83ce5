"""The working copy on the screen, and every way of changing one of its tables."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from msgspec.structs import replace

from fichaat.application.catalogue.edit_catalogue import Rows, WorkingCopy
from fichaat.application.ports.keys import IdGenerator
from fichaat.domain.text import fold
from fichaat.gui.pages.catalogo.cells import Member, Reader
from fichaat.gui.pages.catalogo.tables import TABLES, Cell, blank_row, matching
from fichaat.gui.pages.catalogo.view import BodyView, TableShown
from fichaat.gui.pages.catalogo.words import cell_words, column_options
from fichaat.gui.routes import Navigator
from fichaat.gui.text import say, thousands

_NOWHERE: Final = ("", -1)


class Editing:
    """Rows are named by their place among those that are shown: a search hides the others."""

    def __init__(self, view: BodyView, reader: Reader, ids: IdGenerator, go: Navigator) -> None:
        self._view = view
        self._reader = reader
        self._ids = ids
        self._go = go
        self.copy = WorkingCopy(0, "", {}, (), "", datetime.fromtimestamp(0, UTC))
        self.begun = False
        """Whether the copy is one that somebody may be typing in."""
        self._editable = False
        self._typed: dict[str, str] = {}
        self._places: dict[str, list[int]] = {}
        self.at = _NOWHERE
        """Section and row that are being written: nothing is said about them meanwhile."""
        self._problems: Mapping[Cell, tuple[str, str]] = {}
        self.changed: Callable[[WorkingCopy], object] = lambda _: None
        """Hears of every change."""
        self.gone: Callable[[], bool] = lambda: False
        """Whether nothing can be shown any more; what is undone then is only kept."""

    def open(self, copy: WorkingCopy, *, editable: bool) -> None:
        """Another copy, every table anew."""
        self.copy = copy
        self.begun = True
        self._editable = editable
        self.at = _NOWHERE
        for section in TABLES:
            self._show(section)

    def change(self, copy: WorkingCopy) -> None:
        """Something else than a table differs."""
        if copy != self.copy:
            self.copy = copy
            self.changed(copy)

    # cells

    def edit(self, section: str, shown: int, key: str, text: str) -> None:
        """A key was pressed in a cell."""
        row = self._places[section][shown]
        self.at = (section, row)
        self._write(section, row, key, text)

    def left(self, section: str, shown: int, key: str) -> None:
        """The cursor went elsewhere: the text in its full form."""
        places = self._places.get(section, [])
        if not self._editable or shown >= len(places):
            return
        row, member = places[shown], _member(section, key)
        held = self.copy.tablas[section][row].get(key, "")
        text = self._reader.settled(member, held)
        if text != held:
            self._view.show_cell(section, shown, key, text)
            self._write(section, row, key, text)

    def settle_all(self) -> None:
        """Nobody is typing any more: everything that is wrong may be said."""
        self.at = _NOWHERE
        self.show_problems(self._problems)

    def paste(self, section: str, shown: int, key: str, lines: Sequence[Sequence[str]]) -> None:
        """Cells of a spreadsheet, from one cell on; rows are added where they do not suffice."""
        spec = TABLES[section]
        members = spec.members[spec.keys.index(key) :]
        places, rows = [*self._places[section]], [*self.copy.tablas[section]]
        for at, cells in enumerate(lines, start=shown):
            if at >= len(places):
                if len(rows) >= spec.most:
                    break
                places.append(len(rows))
                rows.append(blank_row(section, self._ids.new_id()))
            texts = {
                member.key: text
                for member, cell in zip(members, cells, strict=False)
                if (text := self._pasted(member, cell)) is not None
            }
            rows[places[at]] = {**rows[places[at]], **texts}
        before = self.copy.tablas[section]
        self._set(section, tuple(rows))
        self._show(section)
        told = say("catalogar.pasted", cantidad=len(lines))
        self._go.tell(told, undo=lambda: self._replace(section, before))

    def _pasted(self, member: Member, cell: str) -> str | None:
        """A choice is found by its words; what is not one is left out."""
        text = " ".join(cell.split())
        if member.kind != "choice":
            return self._reader.settled(member, text)
        wanted = fold(text)
        for value, words in self.options(member):
            if wanted in (fold(value), fold(words)):
                return value
        return None

    # rows

    def add(self, section: str) -> None:
        """One more row at the end, its first cell with the focus."""
        spec, rows = TABLES[section], self.copy.tablas[section]
        if len(rows) >= spec.most:
            self._go.tell(say("catalogar.list_full", maximo=thousands(spec.most)), tone="warn")
            return
        if self._typed.pop(section, ""):
            self._view.clear_search(section)
        row = blank_row(section, self._ids.new_id())
        self._set(section, (*rows, row))
        self.at = (section, len(rows))
        self._show(section)
        self._view.go_to(section, len(rows), spec.keys[0])

    def remove(self, section: str, shown: int) -> None:
        """Take a row out at once; *Deshacer* for ten seconds."""
        row = self._places[section][shown]
        rows = self.copy.tablas[section]
        self._set(section, (*rows[:row], *rows[row + 1 :]))
        self.at = _NOWHERE
        self._show(section)
        left = len(self._places[section])
        if left:
            self._view.go_to(section, min(shown, left - 1), TABLES[section].keys[0])
        told = say("catalogar.removed", fila=row + 1)
        self._go.tell(told, undo=lambda: self._put_back(section, row, rows[row]))

    def search(self, section: str, text: str) -> None:
        """Only rows that hold these words."""
        self._typed[section] = text
        self._show(section)

    def go_to(self, cell: Cell) -> None:
        """Show a cell, also one that a search hides."""
        places = self._places.get(cell.section)
        if places is not None and cell.row >= 0 and cell.row not in places:
            self._typed.pop(cell.section, None)
            self._view.clear_search(cell.section)
            self._show(cell.section)
            places = self._places[cell.section]
        shown = places.index(cell.row) if places and cell.row in places else 0
        self._view.go_to(cell.section, shown, cell.key)

    def options(self, member: Member) -> list[tuple[str, str]]:
        """What a choice offers now."""
        return column_options(member, self._indicators() if member.reads == "indicador" else ())

    def show_problems(self, problems: Mapping[Cell, tuple[str, str]]) -> None:
        """What is wrong, but in the row that is being written."""
        self._problems = problems
        for section, places in self._places.items():
            shown = {row: n for n, row in enumerate(places)}
            self._view.show_problems(
                section,
                {
                    (shown[cell.row], cell.key): told
                    for cell, told in problems.items()
                    if cell.section == section
                    and cell.row in shown
                    and (section, cell.row) != self.at
                },
            )

    # inside

    def _indicators(self) -> list[tuple[str, str]]:
        rows = self.copy.tablas.get("indicadores", ())
        named = ((row.get("codigo", ""), row.get("nombre", "")) for row in rows)
        return [(code, f"{code} {name}".strip()) for code, name in named if code]

    def _write(self, section: str, row: int, key: str, text: str) -> None:
        rows = self.copy.tablas[section]
        changed = {**rows[row], key: text}
        self._set(section, (*rows[:row], changed, *rows[row + 1 :]))

    def _set(self, section: str, rows: Rows) -> None:
        self.copy = replace(self.copy, tablas={**self.copy.tablas, section: rows})
        self.changed(self.copy)

    def _put_back(self, section: str, row: int, gone: Mapping[str, str]) -> None:
        """A removed row returns; what was typed since stays."""
        rows = self.copy.tablas[section]
        self._replace(section, (*rows[:row], gone, *rows[row:]))

    def _replace(self, section: str, rows: Rows) -> None:
        self.at = _NOWHERE
        self._set(section, rows)
        if not self.gone():
            self._show(section)

    def _show(self, section: str) -> None:
        rows = self.copy.tablas.get(section, ())
        typed = self._typed.get(section, "")
        places = matching(rows, typed)
        self._places[section] = places
        words = [rows[place] for place in places]
        if not self._editable:
            named = dict(self._indicators())
            words = [_in_words(section, row, named) for row in words]
        count = (
            say("catalogar.found", cantidad=thousands(len(places)), total=thousands(len(rows)))
            if typed.strip()
            else ""
        )
        empty = "no_matches" if rows else "empty" if self._editable else "empty_read"
        sentence = say(f"catalogar.{empty}") if rows else say(f"catalogar.{empty}_{section}")
        self._view.show_table(TableShown(section, words, count, sentence))
        self.show_problems(self._problems)


def _member(section: str, key: str) -> Member:
    return next(member for member in TABLES[section].members if member.key == key)


def _in_words(section: str, row: Mapping[str, str], named: Mapping[str, str]) -> dict[str, str]:
    return {
        member.key: named.get(row.get(member.key, ""), row.get(member.key, ""))
        if member.reads == "indicador"
        else cell_words(member, row.get(member.key, ""))
        for member in TABLES[section].members
    }
