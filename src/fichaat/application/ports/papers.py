"""What is printed, and sheets."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from fichaat.application.sheets import RawSheet, Workbook
from fichaat.domain.ficha import Ficha
from fichaat.domain.firma import Adjunto, Firma, Trazo


class Workbooks(Protocol):
    """Writes and reads XLSX."""

    def write(self, workbook: Workbook) -> bytes:
        """The same workbook gives the same bytes. No text of a cell is ever a formula."""
        ...

    def read(self, data: bytes) -> tuple[RawSheet, ...]:
        """Every sheet with its values.

        Raises:
            UserFacingError: "hoja.unreadable" (no workbook), "hoja.too_large".
        """
        ...


class PaperFace(Struct, frozen=True):
    """Which of the faces of the Anexo N°3 is printed."""

    kind: str
    """"borrador" (watermark, no QR), "para_firmar" (QR, por sellar) or "sellada"."""
    version: int = 1
    sealed_at: datetime | None = None
    supersedes_reason: str | None = None


class PaperFirma(Struct, frozen=True):
    """A signature as the paper shows it."""

    firma: Firma
    void: bool = False
    trazo: Trazo | None = None
    late: bool = False
    """It came later, as `evidencia`."""


class FichaPaper(Struct, frozen=True):
    """Everything the paper needs, already looked up: the renderer decides nothing but layout."""

    ficha: Ficha
    face: PaperFace
    gobierno_regional: str
    """"Gobierno Regional de Ayacucho"."""
    distritos: Mapping[str, tuple[str, str]]
    """ubigeo -> (district, province)."""
    firmas: Sequence[PaperFirma] = ()
    acuerdos_anteriores: Mapping[str, tuple[str, str]] = {}
    """Agreement id -> (descripcion, plazo dd/mm/aaaa) of the earlier ones followed up here."""
    avisos: Sequence[tuple[str, str]] = ()
    """Warnings accepted when it was sealed, for the complementary page: (statement, reason)."""
    indicadores: Mapping[str, tuple[str, str]] = {}
    """code -> (name, theme) where a catalogue is known."""
    firmantes: Mapping[str, str] = {}
    """ubigeo -> "Sí, 14/06/2023" or "No" where a catalogue is known."""
    practice: bool = False
    anulada: str | None = None
    """Reason of its annulment."""
    actividad: str = ""
    """What the plan calls the activity of `actividad_plan`, where a plan is known."""
    adjuntos_posteriores: Sequence[Adjunto] = ()
    """Of later `evidencia`; they count on after the ficha's own."""


class PaperRenderer(Protocol):
    @property
    def version(self) -> str:
        """Changes whenever the same input would print differently: names the kept papers."""
        ...

    def render(self, paper: FichaPaper) -> bytes:
        """The PDF of one ficha: same input, same bytes."""
        ...

    def render_many(self, papers: Sequence[FichaPaper]) -> Iterator[bytes]:
        """The PDF of each ficha, in order and one at a time: the same bytes as `render`."""
        ...

    def render_blank(self) -> bytes:
        """The blank official form."""
        ...


# --- storage -------------------------------------------------------------------------------------
