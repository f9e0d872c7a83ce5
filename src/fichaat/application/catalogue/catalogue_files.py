"""Files of a catalogue: JSON for programs, XLSX for people; and an empty template."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import asdict, replace

from fichaat.application.catalogue import sheets
from fichaat.application.catalogue.columns import Scope
from fichaat.application.catalogue.content import (
    MAX_FILE,
    CatalogueContent,
    activity_ids,
    content_of,
    write_json,
)
from fichaat.application.catalogue.json_content import read_json
from fichaat.application.catalogue.rules import RulesContext, place_problems
from fichaat.application.catalogue.update_ubigeo import ReadFile
from fichaat.application.installation import Installation
from fichaat.application.ports.papers import Workbooks
from fichaat.application.sheet_table import CellProblem
from fichaat.domain.codec import convert
from fichaat.domain.errors import SchemaError, UserFacingError
from fichaat.domain.problem import Problem, Severity
from fichaat.domain.text import fold

WriteFile = Callable[[Path, bytes], None]

SHEET_START: Final = b"PK\x03\x04"
"""How every .xlsx begins."""


class FilePlace(Struct, frozen=True):
    """A cell of a workbook, as people name it."""

    hoja: str
    celda: str


class FileProblem(Struct, frozen=True):
    """A problem, and the cell it is in where the content came from a workbook."""

    problem: Problem
    place: FilePlace | None = None


_RESTS_ON: Final[Mapping[str, str]] = {
    "catalogo.inicio_plan_missing": "inicio_plan",
    "catalogo.firmantes_empty": "firmantes",
    "catalogo.meta_distrito": "firmantes",
    "catalogo.indicador_kept": "indicadores",
    "catalogo.meta_indicador": "indicadores",
    "catalogo.meta_retired": "indicadores",
}
"""Problems that say that something is missing -> the section in which it would be. Where a part of
that section cannot be read, they say nothing certain.
"""


class CatalogueFile(Struct, frozen=True):
    """What a file holds."""

    content: CatalogueContent | None
    """None where something of it cannot be read: nothing of it is used."""
    problems: tuple[FileProblem, ...] = ()
    """Why not; the rules (`PublishCatalogue.preview`) have not looked yet."""
    cells: Mapping[str, sheets.SectionCells] = {}
    """Where the entries of each section stand, of a workbook."""
    partial: CatalogueContent | None = None
    """What can be read of a file that cannot be used: only to be judged."""
    kept: Mapping[str, tuple[int, ...]] = {}
    """Of JSON: which of its entries each entry of `partial` is."""
    short: frozenset[str] = frozenset()
    """Sections that lack something in `partial`."""

    def located(self, problems: Iterable[Problem]) -> tuple[FileProblem, ...]:
        """Problems of its content, each with its cell where it has one."""
        return tuple(
            FileProblem(replace(item, path=self._path(item.path)), self._place(item.path))
            for item in problems
        )

    def all_problems(self, judged: Iterable[Problem]) -> tuple[FileProblem, ...]:
        """Why it cannot be used: what cannot be read, and which rules its other entries break.

        Args:
            judged: what the rules say of `partial`.
        """
        certain = [
            item
            for item in judged
            if item.severity is not Severity.WARNING and _RESTS_ON.get(item.code) not in self.short
        ]
        return (*self.problems, *self.located(certain))

    def _path(self, path: str) -> str:
        """A pointer into the file, of one into what was read of it."""
        _, section, row, *rest = (*path.split("/", 3), "", "")
        kept = self.kept.get(section)
        if kept is None or not row.isdecimal() or int(row) >= len(kept):
            return path
        return "/".join(("", section, str(kept[int(row)]), *filter(None, rest)))

    def _place(self, path: str) -> FilePlace | None:
        section, _, rest = path.removeprefix("/").partition("/")
        place = self.cells.get(section)
        if place is None:
            return None
        return FilePlace(place.hoja, place.cell(rest) or "A1")


class CatalogueFiles:
    def __init__(
        self, here: Installation, workbooks: Workbooks, read_file: ReadFile, write_file: WriteFile
    ) -> None:
        """
        Args:
            here: whose catalogue stays where a file is silent.
            workbooks: reads and writes XLSX.
            read_file: reads what the person chose.
            write_file: writes a whole file, or leaves the old one.
        """
        self._here = here
        self._workbooks = workbooks
        self._read_file = read_file
        self._write_file = write_file

    def read(self, path: Path) -> CatalogueFile:
        """The content of a .json or .xlsx. A member or a sheet that the file does not have stays as
        it is in force; one that it has is taken whole.

        Raises:
            UserFacingError: "system.*" (the file), "hoja.*" (no workbook), "catalogo.file_kind".
        """
        data = self._read_file(path, MAX_FILE)
        base = self._in_force()
        if data.startswith(SHEET_START):
            return self._read_sheets(data, base)
        if path.suffix.lower() == ".xlsx":
            raise UserFacingError("hoja.unreadable")
        if path.suffix.lower() != ".json":
            raise UserFacingError("catalogo.file_kind", archivo=path.name)
        here = self._here
        contexto = RulesContext(here.clock.now().date(), here.profile.region, here.territorio, base)
        found = read_json(data, base, here.ids, partial(place_problems, contexto=contexto))
        if not found.problems:
            return CatalogueFile(found.content)
        told = tuple(map(FileProblem, found.problems))
        return CatalogueFile(None, told, {}, found.content, found.kept, found.short)

    def write(self, path: Path, content: CatalogueContent | None = None) -> bytes:
        """Write a content (the one in force where None) as its suffix says; the bytes written.

        Raises:
            UserFacingError: "catalogo.file_kind", "system.*".
        """
        whole = self._in_force() if content is None else content
        suffix = path.suffix.lower()
        if suffix == ".json":
            data = write_json(whole)
        elif suffix == ".xlsx":
            data = self._workbooks.write(sheets.workbook_of(whole, self._scope()))
        else:
            raise UserFacingError("catalogo.file_kind", archivo=path.name)
        self._write_file(path, data)
        return data

    def template(self, path: Path) -> bytes:
        """Write an empty template; its verification periods are those of ART-01. The bytes written.

        Raises:
            UserFacingError: "catalogo.template_kind", "system.*".
        """
        if path.suffix.lower() != ".xlsx":
            raise UserFacingError("catalogo.template_kind", archivo=path.name)
        data = self.template_bytes()
        self._write_file(path, data)
        return data

    def template_bytes(self) -> bytes:
        """The same, unwritten."""
        return self._workbooks.write(sheets.template(self._scope()))

    def _read_sheets(self, data: bytes, base: CatalogueContent) -> CatalogueFile:
        known = activity_ids(base)
        found = sheets.read_sheets(
            self._workbooks.read(data),
            lambda name: known.get(fold(name)) or self._here.ids.new_id(),
        )
        told = tuple(map(_told, found.problems))
        try:
            content = convert({**asdict(base), **found.sections}, CatalogueContent)
        except SchemaError as error:
            params = {key: value for key, value in error.params.items() if key != "path"}
            problem = Problem(error.code, Severity.REFUSED, error.path, params)
            return CatalogueFile(None, (*told, FileProblem(problem)), found.cells)
        if told:
            short = found.short
            return CatalogueFile(None, told, found.cells, partial=content, short=short)
        return CatalogueFile(content, (), found.cells)

    def _in_force(self) -> CatalogueContent:
        with self._here.store.read() as reader:
            found = reader.catalogo()
        return CatalogueContent() if found is None else content_of(found[0])

    def _scope(self) -> Scope:
        return Scope(self._here.profile.region, self._here.territorio)


def _told(item: CellProblem) -> FileProblem:
    path = str(item.params.get("path", ""))
    problem = Problem(item.code, Severity.REFUSED, path, item.params)
    return FileProblem(problem, FilePlace(item.hoja, item.celda))
