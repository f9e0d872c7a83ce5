"""Everything the Anexo N°3 shows, looked up; the renderer only lays it out."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from fichaat.application.avisos import avisos, statement_codes
from fichaat.application.extracto import Extracto, ExtractoFicha
from fichaat.application.installation import Installation
from fichaat.application.known_catalogue import (
    paper_actividad,
    paper_firmantes,
    paper_indicadores,
)
from fichaat.application.ports.papers import FichaPaper, PaperFace, PaperFirma, PaperRenderer
from fichaat.application.ports.rows import AcuerdoRow, Draft
from fichaat.application.ports.store import Reader
from fichaat.application.save_draft import is_void
from fichaat.application.seal_ficha import Validator
from fichaat.application.strokes import read_stroke
from fichaat.domain.catalogo import Catalogo
from fichaat.domain.codec import encode
from fichaat.domain.errors import Param, UserFacingError
from fichaat.domain.ficha import Ficha, contenido_sha256
from fichaat.domain.firma import Anulacion, Evidencia, Firma, TipoFirma, Trazo
from fichaat.domain.problems import only_signature_errors
from fichaat.domain.record import Record, SealedRecord, sha256_hex

Sentence = Callable[[str, dict[str, Param]], str]
"""The Spanish sentence of a code (`texts.message`)."""

_Ficha = Ficha | ExtractoFicha
"""What decides a paper is looked up alike for its name and for its face."""


class Late(Struct, frozen=True):
    """What other records add to a sealed ficha on paper."""

    evidencias: Sequence[SealedRecord] = ()
    anulaciones: Sequence[SealedRecord] = ()
    catalogo: str | None = None
    """Hash of the catalogue it was written under (`written_under`); only `Papers.keys` asks."""


class _Looked(NamedTuple):
    """What was looked up for many papers at once."""

    strokes: Collection[str]
    acuerdos: Mapping[str, AcuerdoRow]
    catalogos: Mapping[str, Catalogo]


def written_under(record: Record[object] | Extracto[object]) -> str | None:
    """Hash of the catalogue that was in force where a record was sealed: it keeps that one,
    whatever is published later.
    """
    return None if record.catalog is None else record.catalog.sha256


class Papers:
    """Builds and renders the papers of drafts and records; keeps rendered ones."""

    def __init__(self, renderer: PaperRenderer, here: Installation, sentence: Sentence) -> None:
        self._renderer = renderer
        self._here = here
        self._sentence = sentence
        # What the program says of a code is the same for every paper.
        self._place_names: dict[str, tuple[str, str]] = {}
        self._region_names: dict[str, str] = {}

    def of_draft(self, reader: Reader, draft: Draft, validator: Validator) -> bytes:
        """BORRADOR, or *para firmar* where only signatures are missing."""
        kind = "borrador"
        if only_signature_errors(validator(reader, draft)):
            kind = "para_firmar"
        reason = None if draft.supersedes is None else draft.supersedes.reason
        face = PaperFace(kind, version=draft.version, supersedes_reason=reason)
        in_force = reader.catalogo()
        catalogo = None if in_force is None else in_force[0]
        practice = self._here.profile.practice
        paper = self._paper(reader, draft.ficha, face, Late(), catalogo, practice=practice)
        return self._renderer.render(paper)

    def of_record(self, reader: Reader, sealed: SealedRecord, late: Late) -> bytes:
        """The sealed face, with the signatures that came later. The same records print the same."""
        return self._renderer.render(self._sealed_paper(reader, sealed, late))

    def keys(
        self, reader: Reader, papers: Mapping[str, tuple[ExtractoFicha, Late]]
    ) -> dict[str, str]:
        """The name under which each rendered paper is kept, by the hash of its record.

        A name is the hash of all that decides what the paper shows. Records and strokes are named
        by their own hashes, so that none is read for it.

        Args:
            reader: where earlier agreements, strokes and catalogues are looked up, once for all
                papers.
            papers: fichas and what other records add to each, by the hash of the record.
        """
        signed = {blob for ficha, late in papers.values() for blob in _strokes(ficha, late) if blob}
        strokes = reader.blob_sizes(signed)
        known = _acuerdos(reader, [ficha for ficha, _ in papers.values()])
        catalogos = _catalogos(reader, [late.catalogo for _, late in papers.values()])
        return {
            sha256: self._key(sha256, ficha, late, _Looked(strokes, known, catalogos))
            for sha256, (ficha, late) in papers.items()
        }

    def _key(self, sha256: str, ficha: ExtractoFicha, late: Late, looked: "_Looked") -> str:
        decides = (
            sha256,
            [item.sha256 for item in (*late.evidencias, *late.anulaciones)],
            [blob in looked.strokes for blob in _strokes(ficha, late)],
            self._region_name(ficha),
            self._names(ficha),
            _earlier(ficha, looked.acuerdos),
            self._statements(ficha),
            _pacto(ficha, looked.catalogos.get(late.catalogo or "")),
        )
        return sha256_hex(self._renderer.version.encode() + encode(decides))

    def paper(self, reader: Reader, sealed: SealedRecord, late: Late) -> FichaPaper:
        """What `render_many` takes."""
        return self._sealed_paper(reader, sealed, late)

    def render_many(self, papers: Sequence[FichaPaper]) -> Iterator[bytes]:
        return self._renderer.render_many(papers)

    def blank(self) -> bytes:
        """The blank official form."""
        return self._renderer.render_blank()

    def _sealed_paper(self, reader: Reader, sealed: SealedRecord, late: Late) -> FichaPaper:
        record = sealed.record
        ficha = _ficha(sealed)
        reason = None if record.supersedes is None else record.supersedes.reason
        face = PaperFace("sellada", record.version, record.sealed_at, reason)
        named = written_under(record)
        catalogo = _catalogos(reader, [named]).get(named or "")
        return self._paper(reader, ficha, face, late, catalogo, practice=record.practice)

    def _paper(
        self,
        reader: Reader,
        ficha: Ficha,
        face: PaperFace,
        late: Late,
        catalogo: Catalogo | None,
        *,
        practice: bool,
    ) -> FichaPaper:
        firmantes, indicadores, actividad = _pacto(ficha, catalogo)
        return FichaPaper(
            ficha=ficha,
            face=face,
            gobierno_regional=self._region_name(ficha),
            distritos=self._names(ficha),
            firmas=self._firmas(reader, ficha, late),
            acuerdos_anteriores=_earlier(ficha, _acuerdos(reader, [ficha])),
            avisos=self._avisos(ficha, face),
            indicadores=indicadores,
            firmantes=firmantes,
            actividad=actividad,
            practice=practice,
            anulada=_annulment(late),
            adjuntos_posteriores=tuple(
                adjunto
                for sealed in late.evidencias
                if isinstance(sealed.record.content, Evidencia)
                for adjunto in sealed.record.content.adjuntos
            ),
        )

    def _avisos(self, ficha: Ficha, face: PaperFace) -> tuple[tuple[str, str], ...]:
        found = avisos(ficha, face.sealed_at, lambda ubigeo: self._place_name(ubigeo)[0])
        return tuple((self._sentence(item.code, item.params), item.motivo) for item in found)

    def _statements(self, ficha: _Ficha) -> list[str]:
        """What the program says of its warnings; the record and the names of places do the rest."""
        codes = {code for item in ficha.advertencias for code in statement_codes(item.code)}
        return [self._sentence(code, {}) for code in sorted(codes)]

    def _region_name(self, ficha: _Ficha) -> str:
        region = ficha.gobierno_regional
        if not region:
            return ""
        name = self._region_names.get(region)
        if name is None:
            name = self._here.territorio.gobierno_regional(region) or region
            self._region_names[region] = name
        return name

    def _names(self, ficha: _Ficha) -> dict[str, tuple[str, str]]:
        ubigeos = {item.ubigeo for item in ficha.distritos}
        ubigeos |= {d.distrito for d in ficha.destinatarios if d.distrito is not None}
        return {ubigeo: self._place_name(ubigeo) for ubigeo in sorted(ubigeos)}

    def _place_name(self, ubigeo: str) -> tuple[str, str]:
        name = self._place_names.get(ubigeo)
        if name is None:
            # A paper goes on saying what it said when the district was one.
            place = self._here.territorio.conocidos.get(ubigeo)
            name = (ubigeo, "") if place is None else (place.distrito, place.provincia)
            self._place_names[ubigeo] = name
        return name

    def _firmas(self, reader: Reader, ficha: Ficha, late: Late) -> tuple[PaperFirma, ...]:
        contenido = contenido_sha256(ficha)
        shown = [_paper_firma(reader, firma, contenido) for firma in ficha.firmas]
        for sealed in late.evidencias:
            content = sealed.record.content
            if isinstance(content, Evidencia):
                shown.extend(
                    _paper_firma(reader, firma, contenido, late=True) for firma in content.firmas
                )
        return tuple(shown)


def _pacto(
    ficha: _Ficha, catalogo: Catalogo | None
) -> tuple[dict[str, str], dict[str, tuple[str, str]], str]:
    """What the catalogue that a ficha was written under says of its districts, its indicators and
    its activity.
    """
    return (
        paper_firmantes(catalogo, [item.ubigeo for item in ficha.distritos]),
        paper_indicadores(catalogo, ficha.indicadores),
        paper_actividad(catalogo, ficha.actividad_plan),
    )


def _ficha(sealed: SealedRecord) -> Ficha:
    content = sealed.record.content
    if not isinstance(content, Ficha):
        raise UserFacingError("ficha.unknown", codigo="")
    return content


def _paper_firma(reader: Reader, firma: Firma, contenido: str, *, late: bool = False) -> PaperFirma:
    stroke: Trazo | None = None
    if firma.tipo is TipoFirma.TRAZO and firma.blob is not None:
        stroke = _stroke(reader, firma.blob)
    return PaperFirma(firma, void=is_void(firma, contenido), trazo=stroke, late=late)


def _stroke(reader: Reader, blob: str) -> Trazo | None:
    """The stroke, where its bytes are here and readable: what somebody else sealed badly must not
    keep anyone from printing.
    """
    data = reader.blob(blob)
    if data is None:
        return None
    try:
        return read_stroke(data)
    except UserFacingError:
        return None


def _strokes(ficha: ExtractoFicha, late: Late) -> list[str | None]:
    """The blob, where there is one, of each signature of the record, then of those that came
    later.
    """
    blobs = [firma.blob for firma in ficha.firmas]
    for item in late.evidencias:
        if isinstance(item.record.content, Evidencia):
            blobs += [firma.blob for firma in item.record.content.firmas]
    return blobs


def _followed(ficha: _Ficha) -> set[str]:
    return {item.acuerdo for item in ficha.seguimientos if item.acuerdo is not None}


def _acuerdos(reader: Reader, fichas: Iterable[_Ficha]) -> Mapping[str, AcuerdoRow]:
    """Every agreement that any of these follows up."""
    ids = set[str]().union(*map(_followed, fichas))
    return reader.acuerdos(ids) if ids else {}


def _catalogos(reader: Reader, sha256s: Iterable[str | None]) -> Mapping[str, Catalogo]:
    """Those of these that are here and believed."""
    wanted = {item for item in sha256s if item is not None}
    return reader.catalogos(wanted) if wanted else {}


def _earlier(ficha: _Ficha, known: Mapping[str, AcuerdoRow]) -> dict[str, tuple[str, str]]:
    """Agreements of earlier visits that this one follows up."""
    return {
        id_: (row.descripcion, f"{date.fromisoformat(row.plazo):%d/%m/%Y}" if row.plazo else "")
        for id_ in sorted(_followed(ficha))
        if (row := known.get(id_)) is not None
    }


def _annulment(late: Late) -> str | None:
    for sealed in late.anulaciones:
        content = sealed.record.content
        if isinstance(content, Anulacion):
            return content.motivo
    return None
