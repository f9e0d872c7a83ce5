"""Use case: contents of other programs, one JSON object a line, and those that people wrote in a
workbook become drafts or sealed records.

All or nothing unless the person asks for the good rows only; every row is reported.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial as partial_of
from hashlib import sha256

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from fichaat.application.changes import Changes, Kind
from fichaat.application.contexto import blobs_of
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress, no_progress
from fichaat.application.known_rows import UNBORN, Row, refuse_known
from fichaat.application.one_a_line import one_a_line
from fichaat.application.ports.rows import Draft
from fichaat.application.ports.store import Transaction
from fichaat.application.read_fichas_sheets import SheetFichas, row_of
from fichaat.application.save_draft import new_codigos, new_draft
from fichaat.application.seal_ficha import SealFicha, Validator
from fichaat.application.sheet_table import CellProblem
from fichaat.application.strokes import demand_signature, read_stroke
from fichaat.domain.codec import convert
from fichaat.domain.errors import SchemaError, UserFacingError
from fichaat.domain.ficha import Ficha, contenido_sha256
from fichaat.domain.firma import MAX_BLOB, Firma, TipoFirma
from fichaat.domain.foreign_json import parse_foreign
from fichaat.domain.problems import Problem, Severity, waiting
from fichaat.domain.text import normalise

MAX_LINE_BYTES = 8_000_000
"""A longer line is refused before anything is parsed."""

MAX_ROWS = 20_000
"""Lines of one file: they are judged together, all or nothing."""

BlobSource = Callable[[str], bytes | None]
"""The bytes of a blob by its SHA-256, or None where the person gave none."""


class ImportedRow(Struct, frozen=True):
    """What became of one line, or of one ficha of a workbook."""

    fila: int
    codigo: str | None
    estado: str
    """borrador, sellada, rechazada or no_importada."""
    problemas: tuple[Problem, ...]
    celdas: tuple[str, ...] = ()
    """Of a workbook: where each of the problems stands, "Nudos!C7"."""
    hoja: str = ""
    """Of a workbook: the sheet whose rows `fila` counts."""


class ImportReport(Struct, frozen=True):
    filas: int
    importadas: int
    selladas: int
    rechazadas: int
    detalle: tuple[ImportedRow, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing was refused."""
        return self.rechazadas == 0


_State = tuple[str | None, bool, tuple[Problem, ...]]
"""Code, whether it was sealed, and the problems of one imported row."""


@dataclass(frozen=True, slots=True)
class How:
    """What is to become of the contents."""

    seal: bool = False
    motivo: str | None = None
    partial: bool = False
    """Take the good ones although others are refused."""
    preview: bool = False
    """Only say what would happen."""
    progress: Progress = no_progress
    cancel: CancelToken = field(default_factory=CancelToken)


class _PreviewedError(Exception):
    """Ends a transaction of which nothing is to stay."""


class ImportFichas:
    def __init__(self, here: Installation) -> None:
        self._here = here
        self._seal = SealFicha(here)
        self._validator = Validator(here)

    def __call__(
        self,
        lines: Iterable[bytes],
        *,
        seal: bool = False,
        motivo: str | None = None,
        partial: bool = False,
        blobs: BlobSource = lambda _: None,
        preview: bool = False,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> tuple[ImportReport, Changes]:
        """Import the lines of a JSONL file; blank lines are passed over but counted.

        Raises:
            UserFacingError: "ficha.too_many_rows", "ficha.one_each_line", and those of
                `Store.write`; a refused row is reported, never raised.
        """
        how = How(seal, motivo, partial, preview, progress, cancel or CancelToken())
        rows: list[Row] = []
        for number, line in enumerate(one_a_line(lines), 1):
            if number > MAX_ROWS:
                raise UserFacingError("ficha.too_many_rows", maximo=MAX_ROWS)
            how.cancel.check()
            if line.strip():
                rows.append(self._read(number, partial_of(_parse, line), blobs))
        how.cancel.check()  # what was cancelled may end without a line
        return self._import(rows, how, blobs)

    def sheets(self, book: SheetFichas, how: How) -> tuple[ImportReport, Changes]:
        """Import the fichas of a workbook. Where its sheets are not those of the template nothing
        is taken, however partial.

        Raises:
            UserFacingError: as for lines.
        """
        if len(book.fichas) > MAX_ROWS:
            raise UserFacingError("ficha.too_many_rows", maximo=MAX_ROWS)
        rows = []
        for item in book.fichas:
            how.cancel.check()
            if item.problems:
                rows.append(_refused(item.fila, item.places[0].hoja, item.problems))
                continue
            row = self._read(item.fila, partial_of(_same, item.content), _no_blobs)
            celdas = tuple(item.celda(problem.path) for problem in row.refusals)
            hoja = item.places[0].hoja
            rows.append(replace(row, celdas=celdas, hoja=hoja, source=item))
        rows.extend(
            _refused(row_of(problem.celda), problem.hoja, (problem,))
            for problem in (*book.structural, *book.loose)
        )
        return self._import(rows, how, _no_blobs)

    def _import(self, rows: list[Row], how: How, blobs: BlobSource) -> tuple[ImportReport, Changes]:
        by_row: dict[int, _State] = {}
        try:
            with self._here.store.write() as tx:
                rows = refuse_known(tx, rows)
                good = [number for number, row in enumerate(rows) if row.ficha is not None]
                if len(good) < len(rows) and not how.partial:
                    return _report(rows, {}), Changes()
                drafts = self._drafts(tx, [rows[number] for number in good], blobs)
                by_row = dict(zip(good, self._finish(tx, drafts, how), strict=True))
                if how.preview:
                    raise _PreviewedError
        except _PreviewedError:
            # The codes are given to others once this is taken back.
            unborn = {n: (None, *by_row[n][1:]) for n in by_row if rows[n].is_unborn}
            return _report(rows, {**by_row, **unborn}), Changes()
        changes = (Kind.DRAFT, Kind.FICHA, Kind.ACUERDO) if by_row else ()
        return _report(rows, by_row), Changes.of(*changes)

    def _read(self, fila: int, content: Callable[[], object], blobs: BlobSource) -> Row:
        try:
            said = content()
            ficha = convert(self._fill(said), Ficha)
            return Row(fila, ficha, _given_blobs(ficha, blobs), _given_acuerdos(ficha, said))
        except SchemaError as error:
            params = {key: value for key, value in error.params.items() if key != "path"}
            problem = Problem(error.code, Severity.REFUSED, error.path, params)
        except UserFacingError as error:
            path = str(error.params.get("path", ""))
            problem = Problem(error.code, Severity.REFUSED, path, dict(error.params))
        return Row(fila, None, refusals=(problem,))

    def _fill(self, value: object) -> object:
        """Normal texts, and what the profile knows where the row does not say it."""
        if not isinstance(value, dict):
            raise SchemaError("schema.not_object")
        row = {key: normalise_deep(child) for key, child in value.items()}
        identified = "codigo" in row and "ejecutor" in row and not _lacks_ids(row)
        if not identified and _has_given_signature(row):
            raise SchemaError("schema.firma_without_identity", "/firmas")
        _refuse_signed_absence(row)
        row.setdefault("codigo", UNBORN)
        row.setdefault("ejecutor", to_builtins(self._here.ejecutor))
        for section in ("responsables", "destinatarios", "acuerdos"):
            for item in _objects(row.get(section)):
                item.setdefault("id", self._here.ids.new_id())
        return row

    def _drafts(self, tx: Transaction, rows: Sequence[Row], source: BlobSource) -> list[Draft]:
        given = [row.ficha.codigo for row in rows if row.ficha is not None]
        unborn = given.count(UNBORN)
        fresh = iter(new_codigos(tx, self._here, unborn, given))
        drafts = []
        for row in rows:
            ficha = row.ficha
            if ficha is None:
                continue
            if ficha.codigo == UNBORN:
                ficha = replace(ficha, codigo=next(fresh))
            if row.source is not None:
                ficha = self._sign_on_paper(ficha, row.source.papel)
            for digest in row.blobs:
                tx.add_blob(digest, _read_blob(digest, source))
            drafts.append(new_draft(self._here, ficha))
        tx.put_drafts(drafts)
        return drafts

    def _sign_on_paper(self, ficha: Ficha, people: Iterable[str]) -> Ficha:
        """Of the content as it is now, its code included; the scan comes later."""
        contenido, now = contenido_sha256(ficha), self._here.clock.now().replace(microsecond=0)
        firmas = (
            Firma(id_, TipoFirma.PAPEL, firmado_en=now, contenido=contenido) for id_ in people
        )
        return replace(ficha, firmas=(*ficha.firmas, *firmas))

    def _finish(self, tx: Transaction, drafts: Sequence[Draft], how: How) -> list[_State]:
        if how.seal:
            outcomes = self._seal.seal_in(tx, drafts, how.motivo, how.progress, how.cancel)
            return [(o.codigo, o.record is not None, o.problems) for o in outcomes]
        states: list[_State] = []
        for done, draft in enumerate(drafts):
            how.cancel.check()
            states.append((draft.ficha.codigo, False, tuple(self._validator(tx, draft))))
            how.progress(done + 1, len(drafts))
        return states


def _parse(line: bytes) -> object:
    if len(line) > MAX_LINE_BYTES:
        raise SchemaError("schema.too_large", limit=MAX_LINE_BYTES)
    return parse_foreign(line)


def _same(content: object) -> object:
    return content


def _no_blobs(_: str) -> bytes | None:
    return None


def _refused(fila: int, hoja: str, problems: Sequence[CellProblem]) -> Row:
    return Row(
        fila,
        None,
        refusals=tuple(Problem(p.code, Severity.REFUSED, "", p.params) for p in problems),
        celdas=tuple(f"{p.hoja}!{p.celda}" for p in problems),
        hoja=hoja,
    )


_WITHOUT_SIGNATURE = (TipoFirma.PENDIENTE.value, TipoFirma.NO_FIRMO.value)
"""A tuple: any JSON value is compared with it."""


def normalise_deep(value: object) -> object:
    """Every text below a value in its normal form."""
    if isinstance(value, str):
        return normalise(value)
    if isinstance(value, dict):
        return {key: normalise_deep(child) for key, child in value.items()}
    if isinstance(value, list):
        return [normalise_deep(child) for child in value]
    return value


def _objects(value: object) -> list[dict[str, object]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _lacks_ids(row: Mapping[str, object]) -> bool:
    return any(
        "id" not in item
        for section in ("responsables", "destinatarios", "acuerdos")
        for item in _objects(row.get(section))
    )


def _has_given_signature(row: Mapping[str, object]) -> bool:
    return any(item.get("tipo") not in _WITHOUT_SIGNATURE for item in _objects(row.get("firmas")))


def _refuse_signed_absence(row: Mapping[str, object]) -> None:
    """Who has not signed has signed no content: `pendiente` and `no_firmo` carry neither."""
    for number, firma in enumerate(_objects(row.get("firmas"))):
        if firma.get("tipo") in _WITHOUT_SIGNATURE:
            for member in ("contenido", "blob"):
                if firma.get(member) is not None:
                    raise SchemaError("schema.firma_absent", f"/firmas/{number}/{member}")


def _given_acuerdos(ficha: Ficha, said: object) -> frozenset[str]:
    """Ids of agreements that the row says; the program gave the others."""
    items = _objects(said.get("acuerdos")) if isinstance(said, dict) else []
    pairs = zip(ficha.acuerdos, items, strict=True)
    return frozenset(acuerdo.id for acuerdo, item in pairs if "id" in item)


def _given_blobs(ficha: Ficha, source: BlobSource) -> list[str]:
    """The blobs a row names and the person gave, checked: hash, size, and shape of a stroke."""
    strokes = {f.blob for f in ficha.firmas if f.tipo is TipoFirma.TRAZO}
    sizes = {adjunto.sha256: adjunto.bytes for adjunto in ficha.adjuntos}
    given = []
    for digest in sorted(blobs_of(ficha)):
        if source(digest) is None:
            continue
        data = _read_blob(digest, source)
        if sizes.get(digest, len(data)) != len(data):
            raise UserFacingError("ficha.blob_size", path="/adjuntos", sha256=digest)
        if digest in strokes:
            demand_signature(read_stroke(data))
        given.append(digest)
    return given


def _read_blob(digest: str, source: BlobSource) -> bytes:
    data = source(digest) or b""
    if len(data) > MAX_BLOB:
        raise UserFacingError("ficha.blob_too_large", path="/adjuntos", sha256=digest)
    if sha256(data).hexdigest() != digest:
        raise UserFacingError("ficha.blob_mismatch", path="/adjuntos", sha256=digest)
    return data


def _asked(row: Row, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Without the warnings of which the row itself says why."""
    return tuple(problems if row.ficha is None else waiting(row.ficha, problems))


def _report(rows: Sequence[Row], states: Mapping[int, _State]) -> ImportReport:
    detail = []
    for number, row in enumerate(rows):
        if row.refusals:
            told = (row.refusals, row.celdas, row.hoja)
            detail.append(ImportedRow(row.fila, None, "rechazada", *told))
        elif number in states:
            codigo, sealed, problems = states[number]
            estado = "sellada" if sealed else "borrador"
            source = row.source
            if source is not None or not sealed:
                problems = _asked(row, problems)
            celdas = () if source is None else tuple(source.celda(p.path) for p in problems)
            detail.append(ImportedRow(row.fila, codigo, estado, problems, celdas, row.hoja))
        else:
            detail.append(ImportedRow(row.fila, None, "no_importada", (), hoja=row.hoja))
    return ImportReport(
        filas=len(rows),
        importadas=len(states),
        selladas=sum(sealed for _, sealed, _ in states.values()),
        rechazadas=sum(bool(row.refusals) for row in rows),
        detalle=tuple(detail),
    )
