"""What the page and its presenter say to each other: no Qt here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple, Protocol

from fichaat.application.acuerdo_line import AcuerdoFilter, Segmento
from fichaat.application.acuerdos.add_evento import Evento, Moved
from fichaat.application.acuerdos.event_sheet import Imported, ReadEvents
from fichaat.application.acuerdos.list_acuerdos import AcuerdoListing
from fichaat.application.acuerdos.read_acuerdo import AcuerdoDetail
from fichaat.application.changes import Changes
from fichaat.domain.territorio import Territorio
from fichaat.gui.pages.acuerdos.words import DetailWords, RowWords


class Typed(NamedTuple):
    """The form as it is filled in."""

    estado: str
    avance: str = ""
    """Digits, or what cannot be read as a number."""
    cumplido_el: str | None = ""
    """ISO, "" for nothing, None for what cannot be read."""
    nuevo_plazo: str | None = ""
    motivo: str = ""
    comentario: str = ""


class Preview(NamedTuple):
    """What a file would bring."""

    name: str
    lines: tuple[str, ...]
    problems: tuple[tuple[str, str], ...]
    """Cell and what is wrong with it."""
    unchanged: int


class AcuerdosView(Protocol):
    def show_filters(
        self, provincias: Sequence[tuple[str, str]], municipios: Sequence[tuple[str, str]]
    ) -> None: ...
    def show_place(self, provincia: str, municipio: str) -> None: ...
    def show_counts(self, counts: Mapping[Segmento, int]) -> None: ...
    def show_rows(self, rows: Sequence[RowWords], chosen: str) -> None: ...
    def show_empty(self, sentence: str, *, filtered: bool) -> None: ...
    def show_detail(self, detail: DetailWords | None, hoy: date) -> None:
        """What is being typed stays while the agreement is the same."""
        ...

    def show_registered(self) -> None:
        """What was typed is sealed: the form is empty again."""
        ...

    def show_form_error(self, field: str, sentence: str) -> None:
        """Under the field it is about; "" for the whole form."""
        ...

    def show_error(self, sentence: str) -> None: ...
    def ask_where(self, name: str, on_chosen: Callable[[Path], object]) -> None: ...
    def ask_file(self, on_chosen: Callable[[Path], object]) -> None: ...
    def show_preview(self, preview: Preview) -> None: ...
    def close_preview(self) -> None: ...


@dataclass(frozen=True, slots=True)
class AcuerdosSources:
    """What the presenter asks of the program."""

    territorio: Territorio
    ambito: str
    """What the codes of the places begin with that this device works in."""
    listing: Callable[[AcuerdoFilter], AcuerdoListing]
    detail: Callable[[str], AcuerdoDetail]
    add: Callable[[Evento], tuple[Moved, Changes]]
    matrix: Callable[[AcuerdoFilter], bytes]
    template: Callable[[AcuerdoFilter], bytes]
    read_file: Callable[[Path], bytes]
    preview: Callable[[bytes], ReadEvents]
    apply: Callable[[bytes], tuple[Imported, Changes]]
    write: Callable[[Path, bytes], object]
