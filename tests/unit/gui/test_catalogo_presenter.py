"""The catalogue on its page: what is typed, judged, published, loaded and taken back; no Qt."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from msgspec.structs import replace

from fichaat.application.catalogue.catalogue_files import CatalogueFile, FilePlace, FileProblem
from fichaat.application.catalogue.changes import changes
from fichaat.application.catalogue.content import CatalogueContent, keep_retired
from fichaat.application.catalogue.edit_catalogue import WorkingCopy
from fichaat.application.catalogue.publish_catalogue import CataloguePreview
from fichaat.application.catalogue.read_catalogue import CatalogueView
from fichaat.application.catalogue.rules import RulesContext, judge
from fichaat.application.catalogue.sheets import SectionCells
from fichaat.application.catalogue.update_ubigeo import Renamed, UbigeoPreview, UbigeoState
from fichaat.application.changes import Changes, Kind
from fichaat.domain.catalogo import Catalogo, Firmante, PeriodoVerificacion
from fichaat.domain.errors import SchemaError, UserFacingError
from fichaat.domain.persona import Autor
from fichaat.domain.problem import Problem, Severity, warning
from fichaat.domain.territorio import Territorio
from fichaat.gui.pages.catalogo.cells import Member, Reader
from fichaat.gui.pages.catalogo.files_presenter import FilesPresenter
from fichaat.gui.pages.catalogo.presenter import CatalogoPresenter
from fichaat.gui.pages.catalogo.tables import SECTIONS, TABLES, Cell, matching, read, working_copy
from fichaat.gui.pages.catalogo.ubigeo_presenter import UbigeoPresenter
from fichaat.gui.pages.catalogo.view import Asked, CatalogoSources, Head, Pending, TableShown
from fichaat.gui.pages.catalogo.words import Entry
from fichaat.gui.pages.ficha.view import Question
from fichaat.gui.saving.status import Status
from fichaat.system.territorio_file import load_territorio
from scripts.region_catalogue import a_content
from tests.support.editor import HandClock, HandGo, HandTasks
from tests.support.fichas import LIMA

TERRITORIO = load_territorio()
NOW = datetime(2026, 11, 20, 10, 32, tzinfo=LIMA)
READER = Reader(TERRITORIO, "05", NOW.date())
CONTENT = a_content(TERRITORIO)
TICLLAS = "San José de Ticllas (Huamanga) · 050109"


class Clock:
    def now(self) -> datetime:
        return NOW


class Ids:
    def __init__(self) -> None:
        self._count = 0

    def new_id(self) -> str:
        self._count += 1
        return f"0190a0de-0000-7000-9000-{self._count:012x}"


class Region:
    """What is published and what is kept, as the use cases would have it."""

    def __init__(self, content: CatalogueContent | None = CONTENT) -> None:
        self.content = content
        self.version = 2
        self.forbidden: str | None = None
        self.kept: WorkingCopy | None = None
        self.unreadable = False
        self.refusal: UserFacingError | None = None
        self.file = CatalogueFile(CONTENT)
        self.written: list[tuple[Path, CatalogueContent | None]] = []

    def __call__(
        self, content: CatalogueContent | None = None, *, version: int | None = None
    ) -> Any:  # noqa: ANN401  # it reads, and publishes
        if content is None:
            return self._view()
        if self.refusal is not None:
            raise self.refusal
        assert version == self.version + 1
        self.content, self.version = content, version
        return None, Changes.of(Kind.CATALOGUE)

    def _view(self) -> CatalogueView | None:
        if self.content is None:
            return None
        bare = Catalogo(self.version, "05", "c", "a", ())
        whole = replace(bare, **{n: getattr(self.content, n) for n in CONTENT.__struct_fields__})
        author = Autor("Gladis Huarancca Rojas", "Coordinadora", "GORE")
        digest = str(self.version) * 64
        return CatalogueView(whole, self.content, digest, NOW, author, self.forbidden)

    def why_not(self) -> str | None:
        return self.forbidden

    def preview(self, content: CatalogueContent) -> CataloguePreview:
        assert self.content is not None
        whole, retired = keep_retired(content, self.content)
        contexto = RulesContext(NOW.date(), "05", TERRITORIO, self.content)
        return CataloguePreview(
            self.version + 1,
            whole,
            tuple(judge(content, contexto)),
            changes(self.content, whole),
            retired,
        )

    def open(self) -> WorkingCopy | None:
        if self.unreadable:
            raise SchemaError("schema.shape")
        return self.kept

    def save(self, copy: WorkingCopy) -> tuple[WorkingCopy, Changes]:
        self.kept = replace(copy, updated_at=NOW)
        return self.kept, Changes()

    def discard(self) -> tuple[None, Changes]:
        self.kept = None
        return None, Changes()

    def read(self, path: Path) -> CatalogueFile:
        del path
        return self.file

    def write(self, path: Path, content: CatalogueContent | None = None) -> bytes:
        self.written.append((path, content))
        return b""

    def template(self, path: Path) -> bytes:
        raise UserFacingError("catalogo.template_kind", archivo=path.name)


class Screen:
    """Remembers what is shown."""

    def __init__(self) -> None:
        self.none: tuple[str, bool] | None = None
        self.editable: bool | None = None
        self.head = Head("", "", "")
        self.facts: Sequence[tuple[str, str]] = ()
        self.inicio = self.inicio_error = ""
        self.entries: Sequence[Entry] = ()
        self.tables: dict[str, TableShown] = {}
        self.problems: dict[str, Mapping[tuple[int, str], tuple[str, str]]] = {}
        self.provincias: Sequence[tuple[str, str, bool]] = ()
        self.pending: Pending | None = None
        self.saving: list[str] = []
        self.cleared: list[str] = []
        self.at: tuple[str, int, str] | None = None
        self.cells: list[tuple[str, int, str, str]] = []
        self.questions: list[Question] = []
        self.asked: list[Asked] = []
        self.ubigeo: tuple[str, bool] = ("", False)
        self.steps = (False, False)

    def show_none(self, sentence: str, *, to_settings: bool) -> None:
        self.none = sentence, to_settings

    def lay(self, *, editable: bool) -> None:
        self.editable = editable

    def show_head(self, head: Head) -> None:
        self.head = head

    def show_facts(self, facts: Sequence[tuple[str, str]], inicio_plan: str) -> None:
        self.facts, self.inicio = facts, inicio_plan

    def show_inicio_error(self, sentence: str) -> None:
        self.inicio_error = sentence

    def show_entries(self, entries: Sequence[Entry]) -> None:
        self.entries = entries

    def show_table(self, shown: TableShown) -> None:
        self.tables[shown.section] = shown

    def show_cell(self, section: str, row: int, key: str, text: str) -> None:
        self.cells.append((section, row, key, text))

    def show_problems(
        self, section: str, problems: Mapping[tuple[int, str], tuple[str, str]]
    ) -> None:
        self.problems[section] = problems

    def show_provincias(self, rows: Sequence[tuple[str, str, bool]]) -> None:
        self.provincias = rows

    def show_pending(self, pending: Pending) -> None:
        self.pending = pending

    def show_steps(self, *, undo: bool, redo: bool) -> None:
        self.steps = undo, redo

    def show_saving(self, status: Status) -> None:
        self.saving.append(status.words)

    def clear_search(self, section: str) -> None:
        self.cleared.append(section)

    def go_to(self, section: str, row: int, key: str) -> None:
        self.at = section, row, key

    def ask(self, question: Question) -> None:
        self.questions.append(question)

    def ask_all(self, asked: Asked) -> None:
        self.asked.append(asked)

    def show_ubigeo(self, sentence: str, *, can_restore: bool) -> None:
        self.ubigeo = sentence, can_restore

    def tone(self, section: str) -> str:
        return next(entry.tone for entry in self.entries if entry.name == section)


class Bench:
    def __init__(
        self,
        region: Region | None = None,
        *,
        coordinates: bool = True,
        territorio: Territorio = TERRITORIO,
    ) -> None:
        self.region = region or Region()
        self.screen, self.tasks, self.go = Screen(), HandTasks(), HandGo()
        self.clock = HandClock()
        sources = CatalogoSources(
            "05",
            coordinates,
            territorio,
            Clock(),
            Ids(),
            cast(Any, self.region),
            cast(Any, self.region),
            self.region,
            self.region,
            cast(Any, None),
            self.tasks,
            lambda: self.gone,
        )
        self.gone = False
        self.page = CatalogoPresenter(
            self.screen, self.screen, self.tasks, self.clock, self.go, sources
        )
        self.files = FilesPresenter(self.screen, self.tasks, self.go, sources, self.page)
        self.page.look_up()
        self.rest()

    def rest(self) -> None:
        """Nobody types for a second."""
        self.clock.turn(1)

    def type(self, section: str, row: int, key: str, text: str) -> None:
        self.page.editing.edit(section, row, key, text)
        self.page.editing.left(section, row, key)

    def add(self, section: str, **cells: str) -> int:
        self.page.editing.add(section)
        row = len(self.screen.tables[section].rows) - 1
        for key, text in cells.items():
            self.type(section, row, key, text)
        self.rest()
        return row

    @property
    def behind(self) -> bool:
        return self.screen.head.behind

    @property
    def content(self) -> CatalogueContent:
        found = self.page.content
        assert found is not None
        return found


def test_what_is_published_is_read_back_from_its_cells_as_it_was() -> None:
    bare = WorkingCopy(2, "a" * 64, {}, (), "", NOW)
    found = read(working_copy(CONTENT, bare, READER), READER)
    assert found.unread == {}
    assert found.content == CONTENT


def test_every_member_of_the_content_has_its_place_on_the_page() -> None:
    assert set(CONTENT.__struct_fields__) == {*TABLES, "provincias", "inicio_plan"}
    assert set(TABLES) < set(SECTIONS)
    for spec in TABLES.values():
        assert set(spec.makes.__struct_fields__) - {"id"} == set(spec.keys)


@pytest.mark.parametrize(
    ("reads", "text", "value"),
    [
        ("distrito", "050108", "050108"),
        ("distrito", "quinua", "050108"),
        ("distrito", "Quinua (Huamanga) · 050108", "050108"),
        ("distrito", "059999", "059999"),
        ("day", "14/6/25", date(2025, 6, 14)),
        ("day", "2025-06-14", date(2025, 6, 14)),
        ("cantidad", "62,50", "62.5"),
        ("cantidad", "1 234", "1234"),
        ("cantidad", "0", "0"),
        ("percent", "70 %", "70"),
        ("percent", "62,5", "62.5"),
        ("percent", "100", "100"),
        ("count", "2", 2),
        ("code", "AG-01", "AG-01"),
    ],
)
def test_a_text_is_read_as_people_write_it(reads: Any, text: str, value: object) -> None:  # noqa: ANN401
    assert READER.read(Member("x", reads), text) == value


@pytest.mark.parametrize(
    ("reads", "text"),
    [
        ("distrito", "Huancapi y Quinua"),
        ("distrito", "santa rosa de ninguna parte"),
        ("distrito", "050101 050102"),
        ("day", "31/02/2026"),
        ("day", "ayer"),
        ("cantidad", "-3"),
        ("cantidad", "1e9"),
        ("cantidad", "1,23456"),
        ("percent", "101"),
        ("percent", "7.125"),
        ("count", "100"),
        ("code", "con blanco"),
        ("line", "x" * 301),
        ("tema", "deporte"),
    ],
)
def test_what_cannot_be_read_is_refused(reads: Any, text: str) -> None:  # noqa: ANN401
    with pytest.raises(ValueError, match=r".*"):
        READER.read(Member("x", reads), text)


def test_a_search_ignores_accents_and_case_and_takes_every_word() -> None:
    rows = working_copy(CONTENT, WorkingCopy(1, "", {}, (), "", NOW), READER).tablas["firmantes"]
    assert [rows[n]["ubigeo"] for n in matching(rows, "JESUS naza")] == [
        "Jesús Nazareno (Huamanga) · 050115"
    ]
    assert len(matching(rows, "  ")) == len(rows)


def test_the_page_says_version_day_and_person() -> None:
    bench = Bench()
    assert bench.screen.head.context == (
        "Versión 2, desde el 20/11/2026 · la publicó Gladis Huarancca Rojas"
    )
    assert bench.screen.head.publish == "Publicar versión 3"
    assert bench.screen.editable is True
    assert bench.screen.inicio == "01/07/2026"
    words = {entry.name: entry.words for entry in bench.screen.entries}
    assert words["firmantes"] == "Firmantes del Pacto (48)"
    assert bench.screen.pending is not None
    assert not bench.screen.pending.anything


def test_who_may_not_publish_reads_and_is_told_who_does() -> None:
    region = Region()
    region.forbidden = "catalogo.not_issuer"
    bench = Bench(region)
    assert bench.screen.editable is False
    assert bench.screen.head.publish == ""
    assert "Gladis Huarancca Rojas" in bench.screen.head.note
    assert bench.screen.tables["indicadores"].rows[0]["tema"] == "Salud"
    assert bench.content == CONTENT
    reader = Bench(region, coordinates=False)
    assert reader.screen.head.note == "Solo lectura: lo publica la coordinación regional."


@pytest.mark.parametrize(
    ("forbidden", "coordinates", "word", "settings"),
    [
        ("region.none", True, "Cree la región", True),
        ("region.none", False, "pida la aprobación", True),
        ("catalogo.none", False, "impórtela en Paquetes", False),
    ],
)
def test_without_a_catalogue_everybody_is_told_what_to_do(
    forbidden: str,
    coordinates: bool,  # noqa: FBT001  # of the table
    word: str,
    settings: bool,  # noqa: FBT001
) -> None:
    region = Region(None)
    region.forbidden = forbidden
    bench = Bench(region, coordinates=coordinates)
    assert bench.screen.none is not None
    assert word in bench.screen.none[0]
    assert bench.screen.none[1] is settings
    assert bench.page.content is None


def test_a_signatory_is_added_kept_and_told_as_a_change() -> None:
    bench = Bench()
    row = bench.add("firmantes", ubigeo="san jose de ticllas", firmo_el="20/10/26")
    assert ("firmantes", row, "ubigeo", TICLLAS) in bench.screen.cells
    assert bench.content.firmantes[-1] == Firmante("050109", date(2026, 10, 20))
    assert bench.region.kept is not None
    assert bench.screen.saving[-1] == "Guardado 10:32"
    pending = bench.screen.pending
    assert pending is not None
    assert pending.count == "1 cambio sobre la versión en vigor."
    assert pending.changes[0].title == "Firmantes del Pacto: 1 agregado"
    assert pending.changes[0].lines == (f"Se agrega: {TICLLAS}, firmó el 20/10/2026",)


def test_it_is_found_again_on_the_next_day() -> None:
    bench = Bench()
    bench.add("firmantes", ubigeo="san jose de ticllas", firmo_el="20/1")
    again = Bench(bench.region)
    last = again.screen.tables["firmantes"].rows[-1]
    assert last == {"ubigeo": TICLLAS, "firmo_el": "20/01/2027"}


def test_what_another_version_of_the_program_kept_does_not_stand_in_the_way() -> None:
    region = Region()
    region.unreadable = True
    assert Bench(region).content == CONTENT


def test_the_row_being_written_is_not_blamed_until_it_is_left() -> None:
    bench = Bench()
    row = bench.add("firmantes", ubigeo="050109")
    assert bench.screen.problems["firmantes"] == {}
    assert bench.screen.tone("firmantes") == ""
    bench.page.section_shown()
    assert bench.screen.problems["firmantes"] == {(row, "firmo_el"): ("error", "Falta este dato.")}
    assert bench.screen.tone("firmantes") == "error"
    assert bench.screen.pending is not None
    assert bench.screen.pending.count == "Corrija lo que no se entiende para ver qué cambia."
    assert bench.content.firmantes == CONTENT.firmantes


def test_a_blank_row_is_nobody() -> None:
    bench = Bench()
    bench.add("firmantes")
    bench.page.section_shown()
    assert bench.screen.problems["firmantes"] == {}
    assert bench.content == CONTENT


def test_a_rule_points_at_its_cell_also_below_a_blank_row() -> None:
    bench = Bench()
    bench.add("firmantes")
    row = bench.add("firmantes", ubigeo="050101", firmo_el="14/06/2025")
    bench.page.section_shown()
    tone, sentence = bench.screen.problems["firmantes"][row, "ubigeo"]
    assert tone == "error"
    assert "está dos veces" in sentence


def test_errors_are_gone_to_instead_of_published() -> None:
    bench = Bench()
    bench.type("indicadores", 2, "codigo", "AG 01")
    bench.page.publish()
    assert bench.screen.asked == []
    assert bench.screen.at == ("indicadores", 2, "codigo")
    assert bench.go.told[-1].startswith("Corrija 1 error")
    assert bench.region.version == 2


def test_nothing_changed_is_nothing_to_publish() -> None:
    bench = Bench()
    bench.page.publish()
    assert bench.screen.asked == []
    assert "es igual al catálogo en vigor" in bench.go.told[-1]


def test_publishing_asks_once_with_everything_that_changes() -> None:
    bench = Bench()
    bench.add("firmantes", ubigeo="050109", firmo_el="20/10/2026")
    bench.page.editing.remove("directorio", 0)
    bench.page.general.choose_provincia("0501", on=False)
    bench.page.publish()
    asked = bench.screen.asked[-1]
    assert asked.verb == "Publicar versión 3"
    assert [group.title for group in asked.changes] == [
        "Provincias en cascada: 1 quitado",
        "Firmantes del Pacto: 1 agregado",
        "Directorio: 1 quitado",
    ]
    asked.on_yes()
    assert bench.region.version == 3
    assert bench.region.content is not None
    assert len(bench.region.content.firmantes) == 49
    assert "0501" not in bench.region.content.provincias
    assert bench.region.kept is None
    assert bench.screen.head.publish == "Publicar versión 4"
    bench.rest()
    assert bench.screen.pending is not None
    assert not bench.screen.pending.anything


def test_a_refusal_while_publishing_loses_nothing() -> None:
    bench = Bench()
    bench.add("firmantes", ubigeo="050109", firmo_el="20/10/2026")
    bench.region.refusal = UserFacingError("catalogo.overtaken", version=7)
    bench.page.publish()
    bench.screen.asked[-1].on_yes()
    assert "catálogo versión 7" in bench.go.told[-1]
    assert len(bench.content.firmantes) == 49
    bench.region.refusal = None
    bench.screen.asked[-1].on_yes()
    assert bench.region.version == 3


def test_another_version_that_came_meanwhile_is_told() -> None:
    bench = Bench()
    bench.add("firmantes", ubigeo="050109", firmo_el="20/10/2026")
    bench.region.version = 3
    bench.page.changed(Changes.of(Kind.CATALOGUE))
    assert (bench.behind, len(bench.content.firmantes)) == (True, 49)
    bench.page.changed(Changes.of(Kind.ACUERDO))
    bench.page.discard()
    bench.screen.questions[-1].on_yes()
    bench.rest()
    assert (bench.behind, bench.content) == (False, CONTENT)


def test_who_loses_the_right_reads_what_is_published_and_finds_the_copy_again() -> None:
    bench = Bench()
    bench.add("firmantes", ubigeo="050109", firmo_el="20/10/2026")
    bench.region.forbidden = "catalogo.expired"
    bench.page.changed(Changes.of(Kind.DEVICE))
    assert bench.screen.editable is False
    assert len(bench.screen.tables["firmantes"].rows) == 48
    assert bench.content == CONTENT
    bench.region.forbidden = None
    bench.page.changed(Changes.of(Kind.DEVICE))
    assert len(bench.content.firmantes) == 49


def test_a_catalogue_that_goes_and_comes_back_is_read_anew() -> None:
    bench = Bench()
    kept, bench.region.content = bench.region.content, None
    bench.region.forbidden = "region.none"
    bench.page.changed(Changes.of(Kind.DEVICE))
    assert bench.screen.none is not None
    bench.region.content, bench.region.forbidden = kept, None
    bench.page.changed(Changes.of(Kind.DEVICE))
    assert bench.content == CONTENT


def test_discarding_asks_and_can_be_undone() -> None:
    bench = Bench()
    bench.add("firmantes", ubigeo="050109", firmo_el="20/10/2026")
    bench.page.discard()
    bench.screen.questions[-1].on_yes()
    assert bench.content == CONTENT
    assert bench.go.undo is not None
    bench.go.undo()
    bench.rest()
    assert len(bench.content.firmantes) == 49
    assert bench.region.kept is not None
    assert len(bench.region.kept.tablas["firmantes"]) == 49


def test_a_removed_row_returns_and_what_was_typed_since_stays() -> None:
    bench = Bench()
    bench.page.editing.remove("firmantes", 3)
    undo = bench.go.undo
    bench.type("firmantes", 0, "firmo_el", "15/06/2025")
    assert undo is not None
    undo()
    bench.rest()
    assert [item.ubigeo for item in bench.content.firmantes] == [
        item.ubigeo for item in CONTENT.firmantes
    ]
    assert bench.content.firmantes[0].firmo_el == date(2025, 6, 15)


def test_what_is_undone_once_the_page_is_left_is_kept_too() -> None:
    bench = Bench()
    bench.page.editing.remove("firmantes", 3)
    undo = bench.go.undo
    bench.page.keeping.leave()
    bench.gone = True
    tables = dict(bench.screen.tables)
    assert undo is not None
    undo()
    assert bench.screen.tables == tables
    assert Bench(bench.region).content == CONTENT


def test_a_load_is_taken_back_from_the_next_page() -> None:
    bench = Bench()
    bench.region.file = CatalogueFile(replace(CONTENT, metas=()))
    bench.files.load(Path("/x/catalogo.xlsx"))
    bench.screen.asked[-1].on_yes()
    bench.page.keeping.leave()
    bench.gone = True
    assert bench.go.undo is not None
    bench.go.undo()
    assert Bench(bench.region).content == CONTENT


def test_what_was_typed_is_undone_field_by_field_and_made_again() -> None:
    bench = Bench()
    editing = bench.page.editing
    assert bench.screen.steps == (False, False)
    for text in ("1", "15/06", "15/06/2025"):
        editing.edit("firmantes", 0, "firmo_el", text)
    editing.left("firmantes", 0, "firmo_el")
    bench.rest()
    bench.type("metas", 0, "meta", "7")
    bench.rest()
    editing.undo()
    assert bench.content.metas == CONTENT.metas
    assert bench.content.firmantes[0].firmo_el == date(2025, 6, 15)
    assert bench.screen.at == ("metas", 0, "meta")
    editing.undo()
    bench.rest()
    assert bench.content == CONTENT
    assert bench.screen.at == ("firmantes", 0, "firmo_el")
    assert bench.screen.steps == (False, True)
    editing.undo()  # there is nothing before
    editing.redo()
    editing.redo()
    bench.rest()
    assert (bench.content.metas[0].meta, bench.screen.steps) == ("7", (True, False))
    assert bench.region.kept is not None
    assert bench.region.kept.tablas["metas"][0]["meta"] == "7"


def test_rows_provinces_and_files_are_undone_as_one_step_each() -> None:
    bench = Bench()
    editing = bench.page.editing
    codes = CONTENT.provincias
    editing.remove("firmantes", 0)
    editing.add("actividades")
    editing.paste("firmantes", 0, "firmo_el", [["01/02/2024"], ["02/02/2024"]])
    bench.page.general.choose_provincia(codes[0], on=False)
    bench.page.general.type_inicio("05/05/2025")
    bench.region.file = CatalogueFile(replace(CONTENT, metas=()))
    bench.files.load(Path("/x/catalogo.xlsx"))
    bench.screen.asked[-1].on_yes()
    assert bench.content.metas == ()
    seen = []
    while editing.history.can_undo:
        editing.undo()
        seen.append(bench.content)
    assert len(seen) == 6
    assert seen[0].inicio_plan == date(2025, 5, 5)
    assert seen[1].inicio_plan == CONTENT.inicio_plan
    assert (seen[2].provincias, bench.screen.inicio) == (codes, f"{CONTENT.inicio_plan:%d/%m/%Y}")
    assert seen[3].firmantes == CONTENT.firmantes[1:]
    assert seen[-1] == CONTENT
    assert [row for row in bench.screen.provincias if row[2]] != []


def test_a_change_after_an_undo_ends_what_could_be_made_again() -> None:
    bench = Bench()
    bench.type("metas", 0, "meta", "7")
    bench.page.editing.undo()
    bench.type("metas", 0, "meta", "8")
    assert bench.screen.steps == (True, False)


def test_the_line_at_the_foot_and_the_keys_take_back_the_same_step_once() -> None:
    bench = Bench()
    bench.page.editing.remove("firmantes", 3)
    undo = bench.go.undo
    assert undo is not None
    bench.page.editing.undo()
    undo()
    assert bench.content == CONTENT
    assert bench.screen.steps == (False, True)
    bench.page.editing.redo()
    undo()
    assert bench.content == CONTENT
    bench.region.file = CatalogueFile(replace(CONTENT, metas=()))
    bench.files.load(Path("/x/catalogo.xlsx"))
    bench.screen.asked[-1].on_yes()
    bench.page.editing.undo()
    bench.type("metas", 0, "meta", "7")
    undo = bench.go.undo
    assert undo is not None
    undo()
    assert (bench.content.metas[0].meta, len(bench.content.metas)) == ("7", len(CONTENT.metas))


def test_what_is_published_is_not_undone_by_the_keys() -> None:
    bench = Bench()
    bench.add("firmantes", ubigeo="050109", firmo_el="20/10/2026")
    bench.page.publish()
    bench.screen.asked[-1].on_yes()
    assert bench.screen.steps == (False, False)
    bench.page.editing.undo()
    assert len(bench.content.firmantes) == 49


def test_another_list_of_districts_names_the_rows_at_once() -> None:
    territorio = TERRITORIO.copy()
    bench = Bench(territorio=territorio)
    bench.page.editing.edit("firmantes", 0, "ubigeo", "quin")
    rows = {**territorio.distritos}
    rows["050108"] = replace(rows["050108"], distrito="Quinua Nueva")
    del rows["050109"]
    territorio.renew(Territorio(rows.values(), TERRITORIO.distritos.values()))
    bench.page.changed(Changes.of(Kind.UBIGEO, Kind.CATALOGUE))
    shown = [row["ubigeo"] for row in bench.screen.tables["firmantes"].rows]
    assert "Quinua Nueva (Huamanga) · 050108" in shown
    assert shown[0] == "quin"
    assert TICLLAS not in bench.page.reader.distritos
    assert TERRITORIO.distritos["050108"].distrito == "Quinua"


def test_a_file_that_cannot_be_used_tells_the_rules_that_its_other_rows_break() -> None:
    """But nothing that an unreadable row may answer."""
    bench = Bench()
    twice = replace(
        CONTENT, firmantes=(CONTENT.firmantes[0],) * 2, metas=CONTENT.metas[:1], indicadores=()
    )
    wrong = Problem("catalogo.want_ubigeo", Severity.REFUSED, "/firmantes/1/ubigeo", {})
    bench.region.file = CatalogueFile(
        None,
        (FileProblem(wrong),),
        partial=twice,
        kept={"firmantes": (0, 2), "metas": (5,)},
        short=frozenset({"firmantes", "indicadores"}),
    )
    bench.files.load(Path("/x/catalogo.json"))
    asked = bench.screen.asked[-1]
    assert asked.verb == ""
    assert [line.place for line in asked.problems] == [
        "En /firmantes/1/ubigeo",
        "En /firmantes/2/ubigeo",
    ]
    assert "está dos veces" in asked.problems[1].sentence


def test_a_search_names_rows_by_what_is_shown() -> None:
    bench = Bench()
    bench.page.editing.search("firmantes", "quinua")
    assert [row["ubigeo"] for row in bench.screen.tables["firmantes"].rows] == [
        "Quinua (Huamanga) · 050108"
    ]
    assert bench.screen.tables["firmantes"].count == "1 de 48"
    bench.type("firmantes", 0, "firmo_el", "01/08/2025")
    quinua = next(item for item in bench.content.firmantes if item.ubigeo == "050108")
    assert quinua.firmo_el == date(2025, 8, 1)
    bench.page.editing.search("firmantes", "zzz")
    assert "Pruebe con menos letras" in bench.screen.tables["firmantes"].empty
    bench.page.editing.add("firmantes")
    assert bench.screen.cleared == ["firmantes"]
    assert len(bench.screen.tables["firmantes"].rows) == 49


def test_a_problem_that_a_search_hides_is_shown() -> None:
    bench = Bench()
    bench.type("firmantes", 5, "firmo_el", "x")
    bench.rest()
    bench.page.editing.search("firmantes", "quinua")
    assert bench.screen.pending is not None
    bench.page.jump(bench.screen.pending.problems[0])
    assert bench.screen.at == ("firmantes", 5, "firmo_el")


def test_rows_of_a_sheet_are_pasted_and_taken_back_together() -> None:
    bench = Bench()
    lines = [["050109", "20/10/2026"], ["santillana", "21/10/2026"], ["???", ""]]
    bench.page.editing.paste("firmantes", 47, "ubigeo", lines)
    rows = bench.screen.tables["firmantes"].rows
    assert len(rows) == 50
    assert rows[47] == {"ubigeo": TICLLAS, "firmo_el": "20/10/2026"}
    assert rows[48]["ubigeo"] == "Santillana (Huanta) · 050406"
    assert rows[49] == {"ubigeo": "???", "firmo_el": ""}
    assert bench.go.undo is not None
    bench.go.undo()
    assert bench.content == CONTENT


def test_a_choice_is_pasted_by_its_words_and_nothing_else() -> None:
    bench = Bench()
    lines = [["XX-01", "Otro", "agua", "retirado"], ["XX-02", "Otro más", "deporte", ""]]
    bench.page.editing.paste("indicadores", 7, "codigo", lines)
    rows = bench.screen.tables["indicadores"].rows
    assert rows[7] == {"codigo": "XX-01", "nombre": "Otro", "tema": "agua", "retirado": "retirado"}
    assert rows[8] == {"codigo": "XX-02", "nombre": "Otro más", "tema": "", "retirado": "vigente"}


def test_a_list_has_an_end() -> None:
    bench = Bench()
    for _ in range(200):
        bench.page.editing.add("verificaciones")
    assert len(bench.screen.tables["verificaciones"].rows) == 200
    assert "200 filas" in bench.go.told[-1]
    lines = [["1"], ["2"]]
    bench.page.editing.paste("verificaciones", 199, "numero", lines)
    assert len(bench.screen.tables["verificaciones"].rows) == 200


def test_goals_offer_the_indicators_of_the_copy() -> None:
    bench = Bench()
    bench.type("indicadores", 0, "nombre", "Con otro nombre")
    member = next(item for item in TABLES["metas"].members if item.key == "indicador")
    assert bench.page.editing.options(member)[0] == ("SA-01", "SA-01 Con otro nombre")


def test_the_beginning_of_the_plan_and_its_error() -> None:
    bench = Bench()
    bench.page.general.type_inicio("31/02")
    bench.rest()
    assert bench.screen.inicio_error == "Escriba día, mes y año: 20/11/2026."
    assert bench.screen.tone("resumen") == "error"
    bench.page.general.type_inicio("")
    bench.rest()
    assert bench.screen.inicio_error == ""
    assert bench.content.inicio_plan is None
    assert bench.screen.pending is not None
    assert bench.screen.pending.problems[0].place == "Inicio del plan"


def test_a_half_filled_period_is_told_cell_by_cell() -> None:
    bench = Bench()
    row = bench.add("verificaciones", numero="3", desde="1/7/2027", meta="120")
    bench.page.section_shown()
    wrong = bench.screen.problems["verificaciones"]
    assert wrong[row, "meta"] == ("error", "Escriba un porcentaje de 0 a 100.")
    assert {key for at, key in wrong if at == row} == {
        "hasta",
        "corte",
        "corte_acuerdos",
        "meta",
    }


def test_blank_thresholds_are_those_of_the_source() -> None:
    bench = Bench()
    days = dict.fromkeys(("hasta", "corte", "corte_acuerdos"), "31/12/2027")
    bench.add("verificaciones", numero="3", desde="1/7/2027", **days)
    made = bench.content.verificaciones[-1]
    end = date(2027, 12, 31)
    assert made == PeriodoVerificacion(3, date(2027, 7, 1), end, end, end)


# files


def test_a_file_is_shown_before_it_is_taken_and_can_be_taken_back() -> None:
    bench = Bench()
    fewer = replace(CONTENT, firmantes=CONTENT.firmantes[:40], metas=())
    bench.region.file = CatalogueFile(fewer)
    bench.files.load(Path("/x/catalogo.xlsx"))
    asked = bench.screen.asked[-1]
    assert asked.title == "Cargar catalogo.xlsx"
    assert [group.title for group in asked.changes] == [
        "Firmantes del Pacto: 8 quitados",
        "Metas: 12 quitados",
    ]
    assert bench.content == CONTENT
    asked.on_yes()
    assert bench.content == fewer
    assert bench.region.version == 2
    assert bench.go.undo is not None
    bench.go.undo()
    assert bench.content == CONTENT


def test_a_file_with_wrong_rows_says_sheet_and_cell_and_takes_nothing() -> None:
    bench = Bench()
    problem = Problem("schema.date", Severity.REFUSED, "/firmantes/0/firmo_el", {})
    other = Problem("schema.not_json", Severity.REFUSED, "", {})
    bench.region.file = CatalogueFile(
        None, (FileProblem(problem, FilePlace("Firmantes", "B7")), FileProblem(other))
    )
    bench.files.load(Path("/x/catalogo.xlsx"))
    asked = bench.screen.asked[-1]
    assert asked.verb == ""
    assert asked.sentence.startswith("No se cargó nada: el archivo tiene 2 errores")
    assert asked.problems[0].place == "Firmantes, celda B7"
    assert asked.problems[1].place == "El archivo"


def test_a_file_that_breaks_a_rule_is_loaded_to_be_mended_here() -> None:
    bench = Bench()
    twice = replace(CONTENT, firmantes=(*CONTENT.firmantes, CONTENT.firmantes[0]))
    cells = SectionCells("Firmantes", tuple(range(2, 51)), {"ubigeo": 0})
    bench.region.file = CatalogueFile(twice, cells={"firmantes": cells})
    bench.files.load(Path("/x/catalogo.xlsx"))
    asked = bench.screen.asked[-1]
    assert asked.problems[0].place == "Firmantes, celda A50"
    asked.on_yes()
    bench.rest()
    assert bench.screen.tone("firmantes") == "error"


def test_the_same_again_is_said() -> None:
    bench = Bench()
    bench.files.load(Path("/x/catalogo.json"))
    assert bench.screen.asked[-1].sentence == "Dice lo mismo que el catálogo en vigor."


def test_what_stands_on_the_page_is_saved_not_what_is_published() -> None:
    bench = Bench()
    bench.add("firmantes", ubigeo="050109", firmo_el="20/10/2026")
    bench.files.save(Path("/x/c.xlsx"))
    path, content = bench.region.written[-1]
    assert content is not None
    assert len(content.firmantes) == 49
    assert bench.go.told[-1] == f"Guardado en {path.name}."
    bench.files.save_template(Path("/x/c.json"))
    assert "termine en .xlsx" in bench.go.told[-1]


# the list of districts


class Lists:
    def __init__(self) -> None:
        self.found = UbigeoPreview(rows=())
        self.official = True
        self.done: list[str] = []

    def state(self) -> UbigeoState:
        return UbigeoState(self.official, 1891)

    def preview(self, path: Path) -> UbigeoPreview:
        del path
        return self.found

    def apply(self, path: Path) -> tuple[UbigeoPreview, Changes]:
        self.done.append(path.name)
        self.official = False
        return self.found, Changes()

    def preview_restore(self) -> UbigeoPreview:
        return self.found

    def restore(self) -> tuple[UbigeoPreview, Changes]:
        raise UserFacingError("ubigeo.unchanged")


@pytest.fixture
def lists() -> Lists:
    return Lists()


def ubigeo(lists: Lists) -> tuple[UbigeoPresenter, Screen, HandGo]:
    screen, go = Screen(), HandGo()
    made = UbigeoPresenter(screen, screen, HandTasks(), go, lists)
    made.arrived()
    return made, screen, go


def test_a_list_is_used_once_its_changes_were_seen(lists: Lists) -> None:
    quinua = TERRITORIO.distritos["050108"]
    lists.found = UbigeoPreview(
        rows=(),
        removed=(TERRITORIO.distritos["050109"],),
        renamed=(Renamed(quinua, replace(quinua, distrito="Quinua Nueva")),),
        problems=(
            warning("ubigeo.removed_fichas", "", ubigeo="050109", distrito="Ticllas", fichas=2),
        ),
    )
    page, screen, go = ubigeo(lists)
    assert screen.ubigeo == ("La que vino con el programa: 1\u2009891 distritos.", False)
    page.choose(Path("/x/inei.csv"))
    asked = screen.asked[-1]
    assert asked.verb == "Usar este archivo"
    assert [group.title for group in asked.changes] == [
        "Distritos que ya no están: 1",
        "Distritos con otro nombre: 1",
    ]
    assert "Quinua Nueva" in asked.changes[1].lines[0]
    assert asked.problems[0].tone == "warn"
    assert lists.done == []
    asked.on_yes()
    assert lists.done == ["inei.csv"]
    assert "Ya se usa" in go.told[-1]
    assert screen.ubigeo[1]


def test_a_list_with_wrong_rows_is_only_read(lists: Lists) -> None:
    wrong = Problem("ubigeo.row", Severity.ERROR, "", {"fila": 12})
    lists.found = UbigeoPreview(rows=(), problems=(wrong,))
    page, screen, _ = ubigeo(lists)
    page.choose(Path("/x/inei.csv"))
    assert screen.asked[-1].verb == ""
    assert screen.asked[-1].problems[0].place == "Fila 12"


def test_the_same_list_is_only_read(lists: Lists) -> None:
    page, screen, _ = ubigeo(lists)
    page.choose(Path("/x/inei.csv"))
    assert (screen.asked[-1].verb, screen.asked[-1].changes) == ("", ())


def test_going_back_where_there_is_nothing_to_go_back_from_is_told(lists: Lists) -> None:
    page, screen, go = ubigeo(lists)
    page.restore()
    screen.asked[-1].on_yes()
    assert go.told[-1]


def test_a_pointer_to_no_row_is_of_the_whole_section() -> None:
    bench = Bench()
    found = read(bench.page.editing.copy, READER)
    assert found.cell("/firmantes") == Cell("firmantes", -1, "ubigeo")
    assert found.cell("/indicadores/7") == Cell("indicadores", -1, "codigo")
    assert found.cell("/provincias/3").section == "provincias"
    assert found.cell("/inicio_plan") == Cell("resumen", 0, "inicio_plan")
