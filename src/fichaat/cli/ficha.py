"""Commands about fichas, from import to paper."""

import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from msgspec import to_builtins

from fichaat.application.entrega import Entrega
from fichaat.application.import_fichas import BlobSource, How, ImportReport
from fichaat.application.ports.rows import Draft, FichaFilter, FichaRow
from fichaat.application.queries import BORRADOR
from fichaat.application.read_content import read_content
from fichaat.application.seal_ficha import answer
from fichaat.application.session import Session
from fichaat.application.sign_ficha import people
from fichaat.cli.answer import OK, REFUSED, Answer, WrongUsageError, shown
from fichaat.cli.command import command
from fichaat.cli.ficha_view import (
    checked_paper,
    entrega_shape,
    explained_lines,
    ficha_lines,
    paper_line,
    place,
    reviews,
)
from fichaat.cli.files import Reemplazar, open_file, read_file, read_lines, target_file
from fichaat.cli.import_view import import_lines, import_shape
from fichaat.cli.progress import busy
from fichaat.cli.shapes import (
    Shape,
    file_shape,
    problem_lines,
    problem_shape,
    say,
    shortened,
)
from fichaat.cli.state import Cli
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import MAX_CONTENT, contenido_sha256, short_huella
from fichaat.domain.firma import MAX_BLOB
from fichaat.domain.lineage import Estado
from fichaat.domain.problems import waiting
from fichaat.domain.text import fold
from fichaat.system.chosen_target import write_chosen
from fichaat.texts.ordenes import SEEN, STATES

MAX_LISTED = 1_000_000
_PAGE = 500
_SHEET = b"PK\x03\x04"
"""How every .xlsx begins."""

Codigo = Annotated[str, typer.Argument(metavar="CODIGO")]
Motivo = Annotated[str | None, typer.Option("--motivo")]


def register(group: typer.Typer) -> None:
    command(group, "importar")(importar)
    command(group, "listar")(listar)
    command(group, "mostrar")(mostrar)
    command(group, "validar")(validar)
    command(group, "rectificar")(rectificar)
    command(group, "anular")(anular)
    command(group, "descartar")(descartar)
    command(group, "recuperar")(recuperar)
    command(group, "pdf")(pdf)


def importar(
    cli: Cli,
    *,
    archivo: Annotated[str, typer.Argument(metavar="ARCHIVO")],
    sellar: Annotated[bool, typer.Option("--sellar")] = False,
    parcial: Annotated[bool, typer.Option("--parcial")] = False,
    previa: Annotated[bool, typer.Option("--previa")] = False,
    motivo: Motivo = None,
    adjuntos: Annotated[str | None, typer.Option("--adjuntos", metavar="DIR")] = None,
) -> Answer:
    blobs = _blob_source(adjuntos)
    how = How(sellar, motivo, parcial, previa)
    if _is_sheet(archivo):
        if adjuntos is not None:
            raise WrongUsageError("cli.sheet_with_attachments")
        report = _import_sheets(cli, archivo, how)
    else:
        report = _import_lines(cli, archivo, how, blobs)
    if not report.filas:
        raise UserFacingError("cli.no_rows", archivo=shown(archivo))
    asked = "sellada" if sellar else BORRADOR
    done = all(row.estado == asked for row in report.detalle)
    lines = import_lines(report, asked, preview=previa)
    return Answer(import_shape(report), lines, OK if done else REFUSED)


def _import_lines(cli: Cli, archivo: str, how: How, blobs: BlobSource) -> ImportReport:
    with _rows(archivo) as file, cli.session() as session, busy(say("cli.doing_import")) as job:
        report, _ = session.import_fichas(
            job.awaited.each(read_lines(file)),
            seal=how.seal,
            motivo=how.motivo,
            partial=how.partial,
            preview=how.preview,
            blobs=blobs,
            progress=job.progress,
            cancel=job.cancel,
        )
    return report


def _import_sheets(cli: Cli, archivo: str, how: How) -> ImportReport:
    data = read_file(archivo)
    with cli.session() as session, busy(say("cli.doing_import")) as job:
        report, _ = session.fichas_book(
            data, replace(how, progress=job.progress, cancel=job.cancel)
        )
    return report


def listar(
    cli: Cli,
    *,
    estado: Annotated[str | None, typer.Option("--estado", metavar="ESTADO")] = None,
    distrito: Annotated[str | None, typer.Option("--distrito", metavar="UBIGEO")] = None,
    buscar: Annotated[str | None, typer.Option("--buscar")] = None,
    limite: Annotated[str, typer.Option("--limite", metavar="N")] = "50",
) -> Answer:
    wanted = _wanted(estado, distrito)
    limit = read_number(limite, "--limite", 1, MAX_LISTED)
    with cli.session() as session:
        paper = None if buscar is None else checked_paper(session, buscar)
        buscar = buscar if paper is None else paper.codigo
        drafts = _drafts(session, estado, distrito, buscar)[:limit]
        found = [(_draft_row(draft), BORRADOR) for draft in drafts]
        if estado != BORRADOR:
            sealed = _sealed(session, wanted, buscar, limit)
            found += _told(session, islice(sealed, limit - len(found)))
        territorio = session.here.territorio
        places = {u: place(territorio, u) for row, _ in found for u in row["distritos"]}
    lines = [
        say(
            "cli.ficha_line",
            codigo=row["codigo"],
            estado=SEEN[state],
            fecha=row["fecha"] or "",
            distritos=", ".join(places[ubigeo] for ubigeo in row["distritos"]),
            responsable=row["responsable"],
        )
        for row, state in found
    ]
    if paper is not None:
        lines.append(paper_line(paper))
    return Answer({"fichas": [row for row, _ in found]}, lines or [say("cli.no_fichas")])


def mostrar(cli: Cli, *, codigo: Codigo) -> Answer:
    with cli.session() as session:
        paper = checked_paper(session, codigo)
        view = session.queries.ficha(codigo if paper is None else paper.codigo)
        lines = shortened(list(ficha_lines(view, session.here.territorio)))
    if paper is not None:
        lines.insert(0, paper_line(paper))
    record = view.registro
    data = {
        "estado": view.estado,
        "huella": short_huella(contenido_sha256(view.contenido)),
        "papel": None if paper is None else to_builtins(paper),
        "entrega": entrega_shape(view.entrega),
        "registro": None if record is None else to_builtins(record),
        "contenido": to_builtins(view.contenido),
        "firmas": [to_builtins(firma) for firma in view.firmas],
        "revisiones": [to_builtins(said) for said in reviews(view)],
    }
    return Answer(data, lines)


def validar(cli: Cli, *, codigo: Codigo) -> Answer:
    with cli.session() as session:
        problems = session.queries.problems(codigo)
        view = session.queries.ficha(codigo)
        territorio = session.here.territorio
    ficha, record = view.contenido, view.registro
    left = waiting(ficha, problems)
    shapes = [problem_shape(problem) for problem in problems]
    data = {"codigo": codigo, "estado": view.estado, "problemas": shapes}
    # What somebody explained already is told, and not asked again.
    explained = ficha if record is not None else answer(ficha, problems, None)
    moment = None if record is None else record.sealed_at
    lines = problem_lines(left)
    lines += explained_lines(explained, moment, territorio)
    if record is not None:
        lines.insert(0, say("cli.validate_sealed", codigo=codigo, estado=STATES[view.estado]))
    return Answer(data, lines or [say("cli.no_problems", codigo=codigo)], REFUSED if left else OK)


def rectificar(
    cli: Cli,
    *,
    codigo: Codigo,
    motivo: Annotated[str, typer.Option("--motivo")],
    contenido: Annotated[str | None, typer.Option("--contenido", metavar="ARCHIVO")] = None,
) -> Answer:
    data = None if contenido is None else read_file(contenido, 2 * MAX_CONTENT)
    with cli.session() as session:
        content = None
        if data is not None:
            current = session.queries.ficha(codigo).contenido
            content = read_content(data, current, session.here.ids)
        draft, _ = session.rectify(codigo, motivo, content)
    shape = {"codigo": codigo, "version": draft.version, "estado": BORRADOR}
    return Answer(shape, [say("cli.rectified", codigo=codigo, version=draft.version)])


def anular(cli: Cli, *, codigo: Codigo, motivo: Annotated[str, typer.Option("--motivo")]) -> Answer:
    with cli.session() as session:
        record, _ = session.annul(codigo, motivo)
    shape = {"codigo": codigo, "estado": Estado.ANULADA.value, "sha256": record.sha256}
    return Answer(shape, [say("cli.annulled", codigo=codigo)])


def descartar(cli: Cli, *, codigo: Codigo) -> Answer:
    with cli.session() as session:
        session.discard(codigo)
    return Answer({"codigo": codigo, "estado": "descartada"}, [say("cli.discarded", codigo=codigo)])


def recuperar(cli: Cli, *, codigo: Codigo) -> Answer:
    with cli.session() as session:
        session.restore_draft(codigo)
    sentence = say("cli.restored_draft", codigo=codigo)
    return Answer({"codigo": codigo, "estado": BORRADOR}, [sentence])


def pdf(
    cli: Cli,
    *,
    codigo: Annotated[str | None, typer.Argument(metavar="CODIGO")] = None,
    en_blanco: Annotated[bool, typer.Option("--en-blanco")] = False,
    salida: Annotated[str | None, typer.Option("-o", "--salida", metavar="ARCHIVO")] = None,
    reemplazar: Reemplazar = False,
) -> Answer:
    if en_blanco == (codigo is not None):
        raise WrongUsageError("cli.codigo_or_blank")
    if codigo is None:
        target = target_file(salida, "anexo-3-en-blanco.pdf", replace=reemplazar)
        data = cli.program.blank_form()
    else:
        target = target_file(salida, f"{codigo}.pdf", replace=reemplazar)
        with cli.session() as session, busy(say("cli.doing_paper")):
            data = session.print_ficha(codigo)
    write_chosen(target, data)
    return Answer(file_shape(target, data), [say("cli.written", archivo=shown(str(target)))])


def read_number(text: str, option: str, low: int, high: int) -> int:
    """Raises:
    WrongUsageError: "cli.bad_number".
    """
    if not (text.isascii() and text.isdecimal() and len(text) < 12 and low <= int(text) <= high):
        raise WrongUsageError("cli.bad_number", opcion=option, minimo=low, maximo=high)
    return int(text)


@contextmanager
def _rows(archivo: str) -> Iterator[BinaryIO]:
    if archivo == "-":
        yield getattr(sys.stdin, "buffer", io.BytesIO())
        return
    with open_file(Path(archivo)) as file:
        yield file


def _is_sheet(archivo: str) -> bool:
    """By its name, or by how it begins."""
    path = Path(archivo)
    if archivo == "-":
        return False
    return path.suffix.lower() == ".xlsx" or _first_bytes(path, len(_SHEET)) == _SHEET


def _first_bytes(path: Path, count: int) -> bytes:
    with open_file(path) as file:
        return file.read(count) if path.is_file() else b""


def _blob_source(folder: str | None) -> BlobSource:
    if folder is None:
        return lambda _: None
    root = Path(folder)
    if not root.is_dir():
        raise UserFacingError("cli.not_a_folder", archivo=shown(folder))

    def read(digest: str) -> bytes | None:
        path = root / digest
        return read_file(str(path), MAX_BLOB) if path.is_file() else None

    return read


def _wanted(estado: str | None, distrito: str | None) -> FichaFilter:
    states = (BORRADOR, *(state.value for state in Estado))
    if estado is not None and estado not in states:
        options = ", ".join(states)
        raise WrongUsageError("cli.bad_choice", valor=shown(estado), opciones=options)
    if distrito is not None and not (distrito.isascii() and re.fullmatch(r"\d{6}", distrito)):
        raise WrongUsageError("cli.bad_district", valor=shown(distrito), opcion="--distrito")
    return FichaFilter(estado, distrito)


def _drafts(
    session: Session, estado: str | None, distrito: str | None, buscar: str | None
) -> list[Draft]:
    if estado not in (None, BORRADOR):
        return []
    words = fold(buscar or "").split()
    # By code where the day is the same, as they come; those without a day at the end.
    newest = sorted(session.queries.drafts(), key=lambda d: d.ficha.fecha or date.min, reverse=True)
    return [
        draft
        for draft in newest
        if (distrito is None or any(d.ubigeo == distrito for d in draft.ficha.distritos))
        and all(word in _searched(draft) for word in words)
    ]


def _searched(draft: Draft) -> str:
    named = [f"{person.nombre} {person.entidad}" for person in people(draft.ficha)]
    return fold(" ".join([draft.ficha.codigo, *named]))


def _sealed(
    session: Session, wanted: FichaFilter, buscar: str | None, limit: int
) -> Iterator[FichaRow]:
    if buscar is not None:
        for row in session.queries.search(buscar, limit=limit):
            in_district = wanted.distrito is None or wanted.distrito in row.distritos
            if in_district and wanted.estado in (None, row.estado):
                yield row
        return
    after: str | None = None
    found = 0
    while found < limit:
        page = session.queries.fichas(wanted, after=after, limit=min(_PAGE, limit - found))
        yield from page
        if not page:
            return
        after, found = page[-1].key, found + len(page)


def _told(session: Session, rows: Iterator[FichaRow]) -> Iterator[tuple[Shape, str]]:
    """Each with whether it arrived, and the state that the list of the window has for it."""
    while page := list(islice(rows, _PAGE)):
        found = session.queries.entregas(page)
        for row in page:
            entrega = found.get(row.sha256)
            yield _sealed_row(row, entrega), row.estado if entrega is None else entrega.visto


def _draft_row(draft: Draft) -> Shape:
    ficha = draft.ficha
    return {
        "codigo": ficha.codigo,
        "estado": BORRADOR,
        "version": draft.version,
        "fecha": None if ficha.fecha is None else ficha.fecha.isoformat(),
        "distritos": [item.ubigeo for item in ficha.distritos],
        "responsable": ficha.responsables[0].nombre if ficha.responsables else "",
        "id": draft.id,
        "sha256": None,
        "aprobacion": None,
        "revision": None,
        "entrega": None,
    }


def _sealed_row(row: FichaRow, entrega: Entrega | None) -> Shape:
    return {
        "codigo": row.codigo,
        "estado": row.estado,
        "version": row.version,
        "fecha": row.fecha or None,
        "distritos": list(row.distritos),
        "responsable": row.responsable,
        "id": row.id,
        "sha256": row.sha256,
        "aprobacion": row.aprobacion,
        "revision": row.revision or None,
        "entrega": entrega_shape(entrega),
    }
