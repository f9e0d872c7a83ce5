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
from fichaat.gui.pages.ficha.undo import History, Step
from fichaat.gui.routes import Navigator
from fichaat.gui.text import say, thousands

_NOWHERE: Final = ("", -1)


class Editing:
    """Rows are named by their place among those that are shown: a search hides the others."""

    def __init__(  # what a page is made of
        self,
        view: BodyView,
        reader: Reader,
        ids: IdGenerator,
        go: Navigator,
        seconds: Callable[[], float],
    ) -> None:
        self._view = view
        self.reader = reader
        self._ids = ids
        self._go = go
        self._seconds = seconds
        self.history: History[WorkingCopy] = History()
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
        self.turned: Callable[[WorkingCopy], object] = lambda _: None
        """Hears of a step back or forward: more than a table may differ."""
        self.gone: Callable[[], bool] = lambda: False
        """Whether nothing can be shown any more; what is undone then is only kept."""

    def open(self, copy: WorkingCopy, *, editable: bool) -> None:
        """Another copy, every table anew; nothing before it can be undone."""
        self.history = History()
        self._editable = editable
        self.begun = True
        self.show(copy)

    def show(self, copy: WorkingCopy) -> None:
        """The same copy written otherwise, or what another one says instead of it."""
        self.copy = copy
        self.at = _NOWHERE
        for section in TABLES:
            self._show(section)

    def put(self, copy: WorkingCopy) -> object:
        """Another content altogether, which can be undone; the mark of that step."""
        mark = self._remember("", whole=True)
        self.show(copy)
        return mark

    def change(self, copy: WorkingCopy, path: str, *, whole: bool = True) -> None:
        """Something else than a table differs.

        Args:
            copy: with the change.
            path: where it was made, as "section/row/key".
            whole: see `History.remember`.
        """
        if copy != self.copy:
            self._remember(path, whole=whole)
            self.copy = copy
            self.changed(copy)

    def undo(self) -> None:
        """One step back."""
        self._turn(self.history.undo(self.copy))

    def redo(self) -> None:
        """One step forward again."""
        self._turn(self.history.redo(self.copy))

    def _turn(self, step: Step[WorkingCopy] | None) -> None:
        if step is None:
            return
        before, self.copy, self.at = self.copy, step.form, _NOWHERE
        for section in TABLES:
            if before.tablas.get(section) != step.form.tablas.get(section):
                self._show(section)
        self.turned(step.form)
        self.changed(step.form)
        section, row, key = ([*step.path.split("/"), "", ""])[:3]
        last = len(step.form.tablas.get(section, ())) - 1
        if section and (section not in TABLES or last >= 0):
            self.go_to(Cell(section, min(int(row or 0), max(last, 0)), key or _first(section)))

    def _remember(self, path: str, *, whole: bool) -> object:
        return self.history.remember(self.copy, path, self._seconds(), whole=whole)

    # cells

    def edit(self, section: str, shown: int, key: str, text: str) -> None:
        """A key was pressed in a cell."""
        row = self._places[section][shown]
        self.at = (section, row)
        self._remember(f"{section}/{row}/{key}", whole=False)
        self._write(section, row, key, text)

    def left(self, section: str, shown: int, key: str) -> None:
        """The cursor went elsewhere: the text in its full form."""
        places = self._places.get(section, [])
        if not self._editable or shown >= len(places):
            return
        row, member = places[shown], _member(section, key)
        held = self.copy.tablas[section][row].get(key, "")
        text = self.reader.settled(member, held)
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
                if (text := _pasted(member, cell, self.reader, self.options)) is not None
            }
            rows[places[at]] = {**rows[places[at]], **texts}
        before = self.copy
        if tuple(rows) == before.tablas[section]:
            return
        mark = self._remember(f"{section}/{places[shown]}/{key}", whole=True)
        self._set(section, tuple(rows))
        self._show(section)
        told = say("catalogar.pasted", cantidad=len(lines))
        old = before.tablas[section]
        self._go.tell(told, undo=lambda: self._take_back(mark, section, lambda _: old))

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
        self._remember(f"{section}/{len(rows)}", whole=True)
        self._set(section, (*rows, row))
        self.at = (section, len(rows))
        self._show(section)
        self._view.go_to(section, len(rows), spec.keys[0])

    def remove(self, section: str, shown: int) -> None:
        """Take a row out at once; *Deshacer* for ten seconds."""
        row = self._places[section][shown]
        rows = self.copy.tablas[section]
        mark = self._remember(f"{section}/{row}", whole=True)
        self._set(section, (*rows[:row], *rows[row + 1 :]))
        self.at = _NOWHERE
        self._show(section)
        left = len(self._places[section])
        if left:
            self._view.go_to(section, min(shown, left - 1), TABLES[section].keys[0])

        def put_back(left: Rows) -> Rows:
            """What was typed since stays."""
            return (*left[:row], rows[row], *left[row:])

        told = say("catalogar.removed", fila=row + 1)
        self._go.tell(told, undo=lambda: self._take_back(mark, section, put_back))

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
        return column_options(member, _indicators(self.copy) if member.reads == "indicador" else ())

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

    def _write(self, section: str, row: int, key: str, text: str) -> None:
        rows = self.copy.tablas[section]
        changed = {**rows[row], key: text}
        self._set(section, (*rows[:row], changed, *rows[row + 1 :]))

    def _set(self, section: str, rows: Rows) -> None:
        self.copy = replace(self.copy, tablas={**self.copy.tablas, section: rows})
        self.changed(self.copy)

    def _take_back(self, mark: object, section: str, again: Callable[[Rows], Rows]) -> None:
        """A step back where nothing was done since; else one more step, to these rows again."""
        if not self.history.holds(mark):
            return  # the keys undid it already
        self.at = _NOWHERE
        if self.history.is_last(mark) and not self.gone():
            self.undo()
            return
        self._remember(section, whole=True)
        self._set(section, again(self.copy.tablas[section]))
        if not self.gone():
            self._show(section)

    def _show(self, section: str) -> None:
        rows = self.copy.tablas.get(section, ())
        typed = self._typed.get(section, "")
        places = matching(rows, typed)
        self._places[section] = places
        words = [rows[place] for place in places]
        if not self._editable:
            named = dict(_indicators(self.copy))
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


def _pasted(
    member: Member,
    cell: str,
    reader: Reader,
    options: Callable[[Member], Sequence[tuple[str, str]]],
) -> str | None:
    """A choice is found by its words; what is not one is left out."""
    text = " ".join(cell.split())
    if member.kind != "choice":
        return reader.settled(member, text)
    wanted = fold(text)
    for value, words in options(member):
        if wanted in (fold(value), fold(words)):
            return value
    return None


def _indicators(copy: WorkingCopy) -> list[tuple[str, str]]:
    rows = copy.tablas.get("indicadores", ())
    named = ((row.get("codigo", ""), row.get("nombre", "")) for row in rows)
    return [(code, f"{code} {name}".strip()) for code, name in named if code]


def _first(section: str) -> str:
    spec = TABLES.get(section)
    return "" if spec is None else spec.keys[0]


def _member(section: str, key: str) -> Member:
    return next(member for member in TABLES[section].members if member.key == key)


def _in_words(section: str, row: Mapping[str, str], named: Mapping[str, str]) -> dict[str, str]:
    return {
        member.key: named.get(row.get(member.key, ""), row.get(member.key, ""))
        if member.reads == "indicador"
        else cell_words(member, row.get(member.key, ""))
        for member in TABLES[section].members
    }
