"""Use case: the list of fichas, as it is filtered and sorted, as a workbook."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from fichaat.application.fichas_columns import Sentence
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress, no_progress
from fichaat.application.list_fichas import ListFichas
from fichaat.application.ports.papers import Workbooks
from fichaat.application.ports.rows import ListColumn, ListFilter, ListRow
from fichaat.application.sheets import CellKind, Column, Sheet, Value, Workbook

_AT_ONCE: Final = 500
_COLUMNS: Final = (
    (ListColumn.CODIGO, CellKind.TEXTO),
    (ListColumn.ESTADO, CellKind.TEXTO),
    (ListColumn.FECHA, CellKind.FECHA),
    (ListColumn.DISTRITO, CellKind.TEXTO_LARGO),
    (ListColumn.SESION, CellKind.TEXTO),
    (ListColumn.MODALIDAD, CellKind.TEXTO),
    (ListColumn.RESPONSABLE, CellKind.TEXTO_LARGO),
    (ListColumn.ACUERDOS, CellKind.ENTERO),
    (ListColumn.VERSION, CellKind.ENTERO),
)


class ExportList:
    def __init__(
        self,
        here: Installation,
        list_fichas: ListFichas,
        workbooks: Workbooks,
        write_file: Callable[[Path, bytes], None],
        sentence: Sentence,
    ) -> None:
        self._here = here
        self._list = list_fichas
        self._workbooks = workbooks
        self._write_file = write_file
        self._sentence = sentence

    def __call__(
        self,
        target: Path,
        wanted: ListFilter,
        column: ListColumn,
        *,
        ascending: bool,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> int:
        """Write every line that the list shows, in its order; how many they are.

        Raises:
            UserFacingError: "system.*": the old file stays.
        """
        numbers = self._list(wanted, column, ascending=ascending).numbers
        rows: list[Sequence[Value]] = []
        for first in range(0, len(numbers), _AT_ONCE):
            if cancel is not None:
                cancel.check()
            some = numbers[first : first + _AT_ONCE]
            found = self._list.rows(some)
            rows += [self._cells(found[number]) for number in some if number in found]
            progress(len(rows), len(numbers))
        self._write_file(target, self._workbooks.write(self._book(rows)))
        return len(rows)

    def _book(self, rows: Sequence[Sequence[Value]]) -> Workbook:
        title = self._say("title")
        made = self._here.clock.now()
        lead = (title, self._say("sheet_made", fecha=f"{made:%Y-%m-%d}", cantidad=len(rows)))
        columns = tuple(
            Column(self._say(f"column_{column.value}"), kind) for column, kind in _COLUMNS
        )
        return Workbook(title, (Sheet(title, columns, rows, lead),))

    def _cells(self, row: ListRow) -> Sequence[Value]:
        return (
            row.codigo,
            self._say(f"estado_{row.estado}"),
            date.fromisoformat(row.fecha) if row.fecha else None,
            "\n".join(map(self._place, row.distrito.split())) or None,
            ", ".join(self._say(sesion) for sesion in row.sesion.split()) or None,
            self._say(row.modalidad) if row.modalidad else None,
            row.responsable or None,
            row.acuerdos,
            row.version,
        )

    def _place(self, ubigeo: str) -> str:
        found = self._here.territorio.known(ubigeo)
        return ubigeo if found is None else f"{found.distrito} ({found.provincia})"

    def _say(self, code: str, **params: str | int) -> str:
        return self._sentence(f"lista.{code}", params)
