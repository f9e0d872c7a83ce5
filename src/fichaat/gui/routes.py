"""The places of the window. A page asks to go to one; only the main window knows the pages."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Inicio:
    """What is unfinished, what is due, what to hand over."""


@dataclass(frozen=True, slots=True)
class NuevaVisita:
    """Choosing the municipality."""

    duplicar: str | None = None
    """Code of the ficha whose content the new one starts with."""
    copia: str = ""
    """SHA-256 of the sealed version of it that is meant, where one is on the screen."""


@dataclass(frozen=True, slots=True)
class EditarFicha:
    """A draft."""

    codigo: str
    path: str | None = None
    """Pointer to the field that gets the focus."""


@dataclass(frozen=True, slots=True)
class Firmar:
    """The signatures of a draft, or late ones of a sealed ficha."""

    codigo: str
    participante: str | None = None


@dataclass(frozen=True, slots=True)
class Sellar:
    """Summary, reasons and seal of a draft."""

    codigo: str


@dataclass(frozen=True, slots=True)
class VerFicha:
    """A sealed ficha: its paper, its history and what can be done with it."""

    codigo: str
    copia: str = ""
    """SHA-256 of the copy that is meant, where several contradict each other."""


@dataclass(frozen=True, slots=True)
class Fichas:
    """The list."""

    buscar: str = ""


@dataclass(frozen=True, slots=True)
class ImportarFichas:
    """The preview of a workbook of fichas before anything is applied."""

    archivo: Path


@dataclass(frozen=True, slots=True)
class Papelera:
    """Discarded drafts."""


@dataclass(frozen=True, slots=True)
class Paquetes:
    """Exporting, and choosing files to import."""


@dataclass(frozen=True, slots=True)
class ImportarPaquetes:
    """The preview of bundles before anything is applied."""

    archivos: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Recepcion:
    """The inbox: devices to approve, what is wrong, who waits for an answer."""


@dataclass(frozen=True, slots=True)
class Equipos:
    """The devices of the region: renewed, revoked, relieved."""


@dataclass(frozen=True, slots=True)
class Revision:
    """What waits for a verdict, beside its history."""

    codigo: str | None = None
    """The ficha that is shown first."""


@dataclass(frozen=True, slots=True)
class Municipalidades:
    """Coverage: who has received assistance, and what the others lack."""

    ubigeo: str | None = None
    """The municipality whose line is chosen."""


@dataclass(frozen=True, slots=True)
class Acuerdos:
    """Agreements of visits."""

    ubigeo: str | None = None
    """Only those of this district."""


@dataclass(frozen=True, slots=True)
class Catalogo:
    """What the region tells its devices."""


@dataclass(frozen=True, slots=True)
class Ajustes:
    """Profile, passphrase, backups."""


@dataclass(frozen=True, slots=True)
class Ayuda:
    """The manual, at the chapter of a page."""

    tema: str = ""


Route = (
    Inicio
    | NuevaVisita
    | EditarFicha
    | Firmar
    | Sellar
    | VerFicha
    | Fichas
    | ImportarFichas
    | Papelera
    | Paquetes
    | ImportarPaquetes
    | Recepcion
    | Equipos
    | Revision
    | Municipalidades
    | Acuerdos
    | Catalogo
    | Ajustes
    | Ayuda
)

PLACES: dict[str, Callable[[], Route]] = {
    "inicio": Inicio,
    "fichas": Fichas,
    "paquetes": Paquetes,
    "recepcion": Recepcion,
    "revision": Revision,
    "municipalidades": Municipalidades,
    "acuerdos": Acuerdos,
    "catalogo": Catalogo,
    "ajustes": Ajustes,
    "ayuda": Ayuda,
}
"""What the sidebar leads to."""


class Navigator(Protocol):
    """What a presenter may ask of the window."""

    def go(self, route: Route) -> None:
        """Show a place; the one left stays in the way back."""
        ...

    def back(self) -> None:
        """Show the place before, or *Inicio*."""
        ...

    def tell(
        self, text: str, *, tone: str = "ok", undo: Callable[[], object] | None = None
    ) -> None:
        """One sentence at the foot of the window for ten seconds, with *Deshacer* if possible.

        Args:
            text: what happened.
            tone: "ok", "info", "warn", or "error", which stays until it is closed.
            undo: takes back what was told.
        """
        ...
