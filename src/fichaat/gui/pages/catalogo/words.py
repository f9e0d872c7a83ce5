"""How the page of the catalogue tells what is in force, what changes and what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from msgspec import Struct

from fichaat.application.catalogue.changes import CatalogueChange, Deed
from fichaat.application.catalogue.publish_catalogue import CataloguePreview
from fichaat.application.catalogue.read_catalogue import CatalogueView
from fichaat.domain.ficha import Tema
from fichaat.domain.problem import Problem, Severity
from fichaat.domain.territorio import Territorio
from fichaat.domain.typed_text import show_number
from fichaat.gui.pages.catalogo.cells import IN_FORCE, RETIRED, Member, Reader
from fichaat.gui.pages.catalogo.tables import SECTIONS, TABLES, WHOLE, Cell, Reading
from fichaat.gui.pages.ficha.board import Line
from fichaat.gui.text import hour, say, short_date
from fichaat.texts import MESSAGES, message

MOST_LINES: Final = 40
"""Problems or changes that are listed; more are counted."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One section in the list at the left."""

    name: str
    words: str
    tone: str
    """"error", "warn" or "" where nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The changes of one section."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What the page knows once the texts were read and judged."""

    reading: Reading
    preview: CataloguePreview | None
    """None where nobody may publish here."""
    problems: Mapping[Cell, tuple[str, str]]
    """Cell -> tone and sentence."""

    @property
    def errors(self) -> int:
        return sum(tone == "error" for tone, _ in self.problems.values())

    @property
    def changed(self) -> bool:
        """Whether anything differs from what is published, unreadable cells included."""
        preview = self.preview
        return bool(self.reading.unread) or (preview is not None and bool(preview.changes))


def found_of(reading: Reading, preview: CataloguePreview | None) -> Found:
    """Unreadable cells first, then what the rules say of the rest."""
    problems = {cell: ("error", sentence) for cell, sentence in reading.unread.items()}
    for problem in preview.problems if preview is not None else ():
        cell = reading.cell(problem.path)
        tone = "warn" if problem.severity is Severity.WARNING else "error"
        before = problems.get(cell)
        if before is None or (before[0] == "warn" and tone == "error"):
            problems[cell] = (tone, sentence_of(problem))
    return Found(reading, preview, problems)


def sentence_of(problem: Problem) -> str:
    return message(problem.code, {"path": problem.path, **problem.params})


def context_words(view: CatalogueView) -> str:
    """«Versión 3, desde el 02/11/2026 · publicada por Gladis Huarancca Rojas»."""
    return say(
        "catalogar.context",
        version=view.version,
        fecha=view.published_at.date().isoformat(),
        nombre=view.published_by.nombre,
    )


def facts(view: CatalogueView, territorio: Territorio) -> tuple[tuple[str, str], ...]:
    """Label and value, of what is in force."""
    catalogo, by = view.catalogo, view.published_by
    region = territorio.gobierno_regional(catalogo.gobierno_regional)
    moment = view.published_at
    return (
        (say("catalogar.fact_region"), region or catalogo.gobierno_regional),
        (say("catalogar.fact_version"), str(view.version)),
        (
            say("catalogar.fact_since"),
            say("catalogar.since", fecha=moment.date().isoformat(), hora=hour(moment)),
        ),
        (say("catalogar.fact_by"), ", ".join(part for part in (by.nombre, by.cargo) if part)),
    )


def entries(
    counts: Mapping[str, int], found: Found | None, at: tuple[str, int]
) -> tuple[Entry, ...]:
    """The sections, how much they hold and whether something is wrong in them, but for the row
    that is being written.
    """
    tones: dict[str, str] = {}
    for cell, (tone, _) in found.problems.items() if found is not None else ():
        if tones.get(cell.section) != "error" and (cell.section, cell.row) != at:
            tones[cell.section] = tone
    return tuple(
        Entry(name, _entry_words(name, counts.get(name)), tones.get(name, "")) for name in SECTIONS
    )


def _entry_words(name: str, count: int | None) -> str:
    words = say(f"catalogar.section_{name}")
    return words if count is None else f"{words} ({show_number(count)})"


def problem_lines(found: Found) -> tuple[Line, ...]:
    """Errors first, then in the order of the page."""
    order = {name: n for n, name in enumerate(SECTIONS)}
    ranked = sorted(
        found.problems.items(),
        key=lambda pair: (pair[1][0] != "error", order[pair[0].section], pair[0].row),
    )
    return tuple(
        Line(f"/{cell.section}/{cell.row}/{cell.key}", cell.section, tone, _place(cell), sentence)
        for cell, (tone, sentence) in ranked
    )


def cell_of(line: Line) -> Cell:
    """Where a problem of `problem_lines` stands."""
    section, row, key = line.path.split("/")[1:]
    return Cell(section, int(row), key)


def _place(cell: Cell) -> str:
    section = say(f"catalogar.section_{cell.section}")
    column = f"catalogar.column_{cell.key}"
    if cell.row == WHOLE:
        return section
    if cell.section not in TABLES:
        return say(column) if column in MESSAGES else section
    place = say("catalogar.place_row", seccion=section, fila=cell.row + 1)
    return f"{place}, {say(column).lower()}" if column in MESSAGES else place


def change_groups(
    changes: Sequence[CatalogueChange], reader: Reader, territorio: Territorio
) -> tuple[Changed, ...]:
    """Everything that would change, by section."""
    by_section: dict[str, list[CatalogueChange]] = {}
    for change in changes:
        by_section.setdefault(change.section.value, []).append(change)
    return tuple(
        Changed(
            _group_title(name, held),
            tuple(_change_words(change, reader, territorio) for change in held[:MOST_LINES])
            + (
                (say("catalogar.changes_more", cantidad=len(held) - MOST_LINES),)
                if len(held) > MOST_LINES
                else ()
            ),
        )
        for name, held in by_section.items()
    )


def _group_title(name: str, held: Sequence[CatalogueChange]) -> str:
    counted = [
        say(f"catalogar.count_{deed.value}", cantidad=count)
        for deed in Deed
        if (count := sum(change.deed is deed for change in held))
    ]
    words = say("catalogar.section_inicio_plan" if name not in SECTIONS else _section(name))
    return f"{words}: {', '.join(counted)}"


def _section(name: str) -> str:
    return f"catalogar.section_{name}"


def _change_words(change: CatalogueChange, reader: Reader, territorio: Territorio) -> str:
    entry = change.after if change.after is not None else change.before
    name = _entry_name(change.section.value, entry, reader, territorio)
    if change.deed is not Deed.CAMBIADO:
        return say(f"catalogar.{change.deed.value}", nombre=name)
    if change.section.value not in TABLES:
        before = reader.show(_DAY, change.before)
        return say("catalogar.cambiado", nombre=before, detalle=reader.show(_DAY, change.after))
    members = {member.key: member for member in TABLES[change.section.value].members}
    differing = [
        say(
            "catalogar.field_changed",
            campo=say(f"catalogar.column_{key}").lower(),
            antes=_shown(members[key], change.before, reader),
            despues=_shown(members[key], change.after, reader),
        )
        for key in change.fields
        if key in members
    ]
    return say("catalogar.cambiado", nombre=name, detalle="; ".join(differing))


_DAY: Final = Member("inicio_plan", "day")


def _shown(member: Member, entry: Struct, reader: Reader) -> str:
    text = cell_words(member, reader.show(member, getattr(entry, member.key)))
    return text or say("catalogar.nothing")


def cell_words(member: Member, text: str) -> str:
    """What a cell shows of a text: a choice by its words."""
    if member.reads == "tema" and text:
        return say(f"editor.{text}")
    return say(f"catalogar.estado_{text}") if member.reads == "estado" and text else text


def _entry_name(section: str, entry: Any, reader: Reader, territorio: Territorio) -> str:  # noqa: ANN401  # one of eight shapes
    match section:
        case "inicio_plan":
            return short_date(entry) if isinstance(entry, date) else ""
        case "provincias":
            return territorio.provincia(entry) or str(entry)
        case "firmantes":
            signed = say("catalogar.signed", fecha=entry.firmo_el.isoformat())
            return f"{reader.distrito(entry.ubigeo)}, {signed}"
        case "indicadores":
            return f"{entry.codigo} {entry.nombre}"
        case "metas":
            return f"{entry.indicador}, {reader.distrito(entry.distrito)}: {entry.meta}"
        case "verificaciones":
            return say("catalogar.verification", numero=entry.numero)
        case "directorio":
            return ", ".join(part for part in (entry.nombre, entry.cargo, entry.entidad) if part)
    return str(entry.nombre)


def role_words(view: CatalogueView | None, why_not: str | None, *, coordinates: bool) -> str:
    """Why nothing can be changed here, and who may; "" where it can."""
    if why_not is None:
        return ""
    if why_not == "catalogo.not_issuer":
        code = "catalogar.only_issuer" if coordinates else "catalogar.read_only"
        return say(code, nombre=view.published_by.nombre if view is not None else "")
    return message(why_not, {})


def empty_words(why_not: str | None, *, coordinates: bool) -> str:
    """What to do while no catalogue is here."""
    if coordinates:
        return say("catalogar.none_coordinator")
    return say("catalogar.none_believed" if why_not != "region.none" else "catalogar.none_region")


def column_options(member: Member, indicators: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Values and words of a choice."""
    if member.reads == "indicador":
        return [*indicators]
    values = [item.value for item in Tema] if member.reads == "tema" else [IN_FORCE, RETIRED]
    return [(value, cell_words(member, value)) for value in values]
