"""What lists and single views ask: plain values, nothing that writes."""

from collections.abc import Collection, Sequence
from typing import Any

from msgspec import Struct

from fichaat.application.entrega import Entrega, entregas
from fichaat.application.installation import Installation
from fichaat.application.paper_code import CheckedPaper, PaperCode, check_paper
from fichaat.application.ports.rows import Draft, FichaFilter, FichaRow
from fichaat.application.save_draft import is_void
from fichaat.application.seal_ficha import Validator
from fichaat.application.sealed import find_lineage
from fichaat.domain.ficha import Ficha, contenido_sha256
from fichaat.domain.firma import Evidencia, Firma, TipoFirma
from fichaat.domain.lineage import Lineage
from fichaat.domain.problems import Problem
from fichaat.domain.record import Record

BORRADOR = "borrador"


class FirmaView(Struct, frozen=True):
    """Whether one signature holds, and the code of why not."""

    participante: str
    vale: bool
    codigo: str | None
    tipo: TipoFirma
    motivo: str | None = None


class FichaView(Struct, frozen=True):
    """One ficha: a draft, or the newest version of a lineage."""

    estado: str
    contenido: Ficha
    firmas: tuple[FirmaView, ...]
    registro: Record[Any] | None = None
    lineage: Lineage | None = None
    draft: Draft | None = None
    entrega: Entrega | None = None
    """Of what is sealed."""


class Queries:
    def __init__(self, here: Installation) -> None:
        self._here = here
        self._store = here.store
        self._device = here.key.device
        self._validator = Validator(here)

    def drafts(self, *, discarded: bool = False) -> list[Draft]:
        """Drafts of this installation, or those in the bin."""
        with self._store.read() as reader:
            return reader.drafts(discarded=discarded)

    def fichas(
        self, wanted: FichaFilter, *, after: str | None = None, limit: int = 50
    ) -> list[FichaRow]:
        """One page of the list of sealed fichas, newest first."""
        with self._store.read() as reader:
            return reader.fichas(wanted, after=after, limit=limit)

    def search(self, text: str, *, limit: int = 50) -> list[FichaRow]:
        """Sealed fichas whose text holds every word, accents and case ignored."""
        with self._store.read() as reader:
            return reader.search(text, limit=limit)

    def entregas(self, rows: Collection[FichaRow]) -> dict[str, Entrega]:
        """Whether these arrived, by the hash of their newest version."""
        with self._store.read() as reader:
            return entregas(reader, self._here, [row.sha256 for row in rows])

    def ficha(self, codigo: str) -> FichaView:
        """A ficha by its code: an open rectification shows as its draft.

        Raises:
            UserFacingError: "ficha.unknown".
        """
        with self._store.read() as reader:
            draft = reader.draft(codigo)
            if draft is not None:
                return _draft_view(draft)
            line = find_lineage(reader, codigo, self._device)
            head = line.head.sha256
            return FichaView(
                estado=line.estado.value,
                contenido=line.ficha,
                firmas=tuple(firma_views(line.ficha, late_firmas(line))),
                registro=line.head.record,
                lineage=line,
                entrega=entregas(reader, self._here, [head]).get(head),
            )

    def paper(self, code: PaperCode) -> CheckedPaper:
        """Whether a printed ficha shows what is held here.

        Raises:
            UserFacingError: those of `check_paper`.
        """
        with self._store.read() as reader:
            return check_paper(reader, self._device, code)

    def problems(self, codigo: str) -> list[Problem]:
        """What the rules say of a draft now; nothing for a sealed ficha.

        Raises:
            UserFacingError: "ficha.unknown".
        """
        with self._store.read() as reader:
            draft = reader.draft(codigo)
            if draft is not None:
                return self._validator(reader, draft)
            find_lineage(reader, codigo, self._device)
            return []


def firma_views(ficha: Ficha, late: Sequence[Firma] = ()) -> list[FirmaView]:
    """Whether each signature holds for this content."""
    contenido = contenido_sha256(ficha)
    return [_firma_view(firma, void=is_void(firma, contenido)) for firma in (*ficha.firmas, *late)]


def _firma_view(firma: Firma, *, void: bool) -> FirmaView:
    code = "ficha.firma_void" if void else None
    return FirmaView(firma.participante, not void, code, firma.tipo, firma.motivo)


def late_firmas(line: Lineage) -> list[Firma]:
    """Signatures that came after the seal of the newest version."""
    return [
        firma
        for item in line.evidencias
        if isinstance(item.record.content, Evidencia)
        and item.record.content.sujeto.sha256 == line.head.sha256
        for firma in item.record.content.firmas
    ]


def _draft_view(draft: Draft) -> FichaView:
    void = [_firma_view(firma, void=True) for firma in draft.void_firmas]
    firmas = (*firma_views(draft.ficha), *void)
    return FichaView(BORRADOR, draft.ficha, firmas, draft=draft)
