"""Use case: show what a bundle would bring, record by record, before anything is applied."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress, no_progress
from fichaat.application.verdict import BundleVerdict, RecordVerdict
from fichaat.application.verify_bundle import VerifyBundle
from fichaat.domain.acuerdo import EventoAcuerdo
from fichaat.domain.credencial import Credencial
from fichaat.domain.ficha import Ficha, Sesion
from fichaat.domain.firma import Anulacion, Evidencia
from fichaat.domain.recepcion import Recepcion
from fichaat.domain.record import SealedRecord
from fichaat.domain.revision import Revision


class RecordLine(Struct, frozen=True):
    """As much of a record as a line of a list tells."""

    codigo: str = ""
    """Of the ficha that it is or is about, where that is known."""
    distritos: tuple[str, ...] = ()
    fecha: date | None = None
    """Of the visit, or of what happened to the agreement."""
    sesion: Sesion | None = None
    motivo: str = ""
    """Why a version replaces another, or why a ficha is annulled."""
    estado: str = ""
    """Of an agreement; of a review, its verdict."""
    avance: int | None = None
    nombre: str = ""
    """Of the holder of a credential."""
    cantidades: tuple[int, int] = (0, 0)
    """Signatures and attachments that come late; of a reception, its records and nothing."""


class BundlePreview(Struct, frozen=True):
    """The verdict about a file, and a line for each of its records."""

    verdict: BundleVerdict
    lines: tuple[RecordLine, ...]
    """In the order of `verdict.registros`."""

    @property
    def rows(self) -> Iterable[tuple[RecordVerdict, RecordLine]]:
        """Each record with its line."""
        return zip(self.verdict.registros, self.lines, strict=True)


class PreviewBundle:
    """Reads beside everything else: a verdict needs no transaction of the writer, which would
    keep the drafts that are being typed waiting.
    """

    def __init__(self, here: Installation, verify: VerifyBundle) -> None:
        self._here = here
        self._verify = verify

    def __call__(
        self, path: Path, progress: Progress = no_progress, cancel: CancelToken | None = None
    ) -> BundlePreview:
        """Judge one file as `VerifyBundle` does; of a refused one there are no lines.

        Args:
            path: the file.
            progress: records, once the file itself has been read.
            cancel: looked at between members.

        Raises:
            CancelledError: the person cancelled.
            UserFacingError: "storage.*": this installation's own database cannot be read.
        """
        found = _Lines()

        def seen(item: SealedRecord, total: int) -> None:
            found.add(item)
            progress(len(found.lines), total)

        verdict = self._verify(path, self._here, cancel=cancel, seen=seen)
        if verdict.refused:
            return BundlePreview(verdict, ())
        return BundlePreview(verdict, tuple(self._placed(found)))

    def _placed(self, found: "_Lines") -> list[RecordLine]:
        """What is about a ficha or an agreement gets its code and its districts."""
        with self._here.store.read() as reader:
            places = dict(found.fichas)
            for id_ in {about for about in found.about_fichas if about} - places.keys():
                rows = reader.fichas_with_id(id_)
                if rows:
                    places[id_] = (rows[0].codigo, rows[0].distritos)
            unknown = {about for about in found.about_acuerdos if about} - found.acuerdos.keys()
            acuerdos = dict(found.acuerdos)
            for id_, row in (reader.acuerdos(unknown) if unknown else {}).items():
                acuerdos[id_] = row.distritos
        return [
            _with_place(line, places.get(ficha), acuerdos.get(acuerdo))
            for line, ficha, acuerdo in zip(
                found.lines, found.about_fichas, found.about_acuerdos, strict=True
            )
        ]


class _Lines:
    """What the records of one bundle say; their contents are let go one by one."""

    def __init__(self) -> None:
        self.lines: list[RecordLine] = []
        self.about_fichas: list[str] = []
        self.about_acuerdos: list[str] = []
        self.fichas: dict[str, tuple[str, tuple[str, ...]]] = {}
        self.acuerdos: dict[str, tuple[str, ...]] = {}

    def add(self, item: SealedRecord) -> None:
        content = item.record.content
        ficha = acuerdo = ""
        if isinstance(content, Ficha):
            self._note(item.record.id, content)
            line = _ficha_line(item, content)
        elif isinstance(content, Evidencia):
            ficha = content.sujeto.id
            line = RecordLine(cantidades=(len(content.firmas), len(content.adjuntos)))
        elif isinstance(content, Anulacion):
            ficha = content.sujeto.id
            line = RecordLine(motivo=content.motivo)
        elif isinstance(content, Revision):
            ficha = content.sujeto.id
            line = RecordLine(motivo=content.motivo, estado=content.veredicto.value)
        elif isinstance(content, Credencial):
            line = RecordLine(nombre=content.nombre)
        elif isinstance(content, EventoAcuerdo):
            acuerdo = content.acuerdo
            line = _evento_line(content)
        elif isinstance(content, Recepcion):
            line = RecordLine(cantidades=(len(content.registros), 0))
        else:
            line = RecordLine()
        self.lines.append(line)
        self.about_fichas.append(ficha)
        self.about_acuerdos.append(acuerdo)

    def _note(self, id_: str, ficha: Ficha) -> None:
        distritos = _ubigeos(ficha)
        self.fichas[id_] = (ficha.codigo, distritos)
        for acuerdo in ficha.acuerdos:
            self.acuerdos[acuerdo.id] = (
                distritos if acuerdo.distrito is None else (acuerdo.distrito,)
            )


def _ubigeos(ficha: Ficha) -> tuple[str, ...]:
    return tuple(item.ubigeo for item in ficha.distritos)


def _ficha_line(item: SealedRecord, ficha: Ficha) -> RecordLine:
    replaced = item.record.supersedes
    return RecordLine(
        codigo=ficha.codigo,
        distritos=_ubigeos(ficha),
        fecha=ficha.fecha,
        sesion=next((item.sesion for item in ficha.distritos if item.sesion is not None), None),
        motivo="" if replaced is None else replaced.reason,
    )


def _evento_line(event: EventoAcuerdo) -> RecordLine:
    return RecordLine(
        estado=event.estado.value,
        fecha=event.cumplido_el or event.nuevo_plazo,
        motivo=event.motivo or "",
        avance=event.avance,
    )


def _with_place(
    line: RecordLine,
    ficha: tuple[str, tuple[str, ...]] | None,
    acuerdo: tuple[str, ...] | None,
) -> RecordLine:
    if ficha is not None:
        return replace(line, codigo=ficha[0], distritos=ficha[1])
    return line if acuerdo is None else replace(line, distritos=acuerdo)
