"""Commands about the agreements of visits."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated

import typer

from fichaat.application.acuerdo_line import AcuerdoFilter, AcuerdoLine, Segmento
from fichaat.application.acuerdos.add_evento import Evento
from fichaat.application.acuerdos.event_sheet import ReadEvents
from fichaat.application.acuerdos.list_acuerdos import AcuerdoListing
from fichaat.application.acuerdos.read_acuerdo import AcuerdoDetail, AcuerdoEvent
from fichaat.application.sheet_table import CellProblem
from fichaat.cli.answer import OK, REFUSED, Answer, WrongUsageError, shown
from fichaat.cli.command import command
from fichaat.cli.ficha import read_number
from fichaat.cli.files import Reemplazar, read_file, workbook_file
from fichaat.cli.moments import read_day
from fichaat.cli.progress import busy
from fichaat.cli.shapes import Shape, file_shape, party_shape, say, shortened
from fichaat.cli.state import Cli
from fichaat.domain.acuerdo import EstadoAcuerdo
from fichaat.domain.territorio import Territorio
from fichaat.texts import message
from fichaat.texts.acuerdos import ESTADOS

MATRIX_NAME = "matriz-acuerdos.xlsx"
_SHORT = 8
"""Last letters of an id, which name it in the list: they are random."""
_UBIGEO = re.compile(r"[0-9]{2}(?:[0-9]{2}){0,2}")

Estado = Annotated[str | None, typer.Option("--estado", metavar="ESTADO")]
Distrito = Annotated[str | None, typer.Option("--distrito", metavar="UBIGEO")]
Provincia = Annotated[str | None, typer.Option("--provincia", metavar="UBIGEO")]
Acuerdo = Annotated[str, typer.Argument(metavar="ACUERDO")]
Ver = Annotated[str | None, typer.Option("--ver", metavar="CUALES")]
Texto = Annotated[str, typer.Option("--buscar")]
Responsable = Annotated[str, typer.Option("--responsable")]
Ficha = Annotated[str, typer.Option("--ficha", metavar="CODIGO")]
Vencidos = Annotated[bool, typer.Option("--vencidos")]


def register(group: typer.Typer) -> None:
    command(group, "listar")(listar)
    command(group, "mostrar")(mostrar)
    command(group, "evento")(evento)
    command(group, "matriz")(matriz)
    command(group, "importar")(importar)


def listar(
    cli: Cli,
    *,
    ver: Ver = None,
    vencidos: Vencidos = False,
    estado: Estado = None,
    distrito: Distrito = None,
    provincia: Provincia = None,
    responsable: Responsable = "",
    buscar: Texto = "",
    ficha: Ficha = "",
) -> Answer:
    wanted = AcuerdoFilter(
        _segment(ver, overdue=vencidos, estado=estado),
        _place(distrito, provincia),
        responsable,
        buscar,
        _estado(estado),
        ficha,
    )
    with cli.session() as session:
        listing = session.list_acuerdos(wanted)
        territorio = session.here.territorio
        lines = [_line(line, listing.hoy, territorio) for line in listing.lines]
    return Answer(_listing_shape(listing), shortened(lines) or [say("cli.acuerdo_none")])


def mostrar(cli: Cli, *, acuerdo: Acuerdo) -> Answer:
    with cli.session() as session:
        line = session.list_acuerdos.find(acuerdo)
        detail = session.read_acuerdo(line.id)
        lines = [_line(line, detail.hoy, session.here.territorio), *_story(detail)]
    return Answer(_detail_shape(line, detail), lines)


def evento(
    cli: Cli,
    *,
    acuerdo: Acuerdo,
    estado: Annotated[str, typer.Option("--estado", metavar="ESTADO")],
    avance: Annotated[str | None, typer.Option("--avance", metavar="N")] = None,
    cumplido_el: Annotated[str | None, typer.Option("--cumplido-el", metavar="AAAA-MM-DD")] = None,
    nuevo_plazo: Annotated[str | None, typer.Option("--nuevo-plazo", metavar="AAAA-MM-DD")] = None,
    motivo: Annotated[str, typer.Option("--motivo")] = "",
    comentario: Annotated[str, typer.Option("--comentario")] = "",
) -> Answer:
    said = _estado(estado)
    assert said is not None  # the option is required
    percent = None if avance is None else read_number(avance, "--avance", 0, 100)
    done = _day(cumplido_el, "--cumplido-el")
    moved = _day(nuevo_plazo, "--nuevo-plazo")
    with cli.session() as session:
        line = session.list_acuerdos.find(acuerdo)
        made, _ = session.add_evento(
            Evento(line.id, said, percent, done, comentario, moved, motivo)
        )
        after = session.list_acuerdos.find(line.id)
        told = _line(after, session.here.clock.now().date(), session.here.territorio)
    shape = {
        "acuerdo": line.id,
        "sha256": made.record.sha256,
        "espera": made.espera,
        "contradiccion": after.contradiccion,
        "estado": after.estado,
        "plazo": after.plazo or None,
    }
    lines = [say("cli.acuerdo_moved"), told]
    return Answer(shape, [*lines, *([say("cli.acuerdo_waits")] if made.espera else [])])


def matriz(
    cli: Cli,
    *,
    salida: Annotated[str | None, typer.Option("-o", "--salida", metavar="ARCHIVO")] = None,
    ver: Ver = None,
    distrito: Distrito = None,
    provincia: Provincia = None,
    reemplazar: Reemplazar = False,
) -> Answer:
    wanted = AcuerdoFilter(_segment(ver or Segmento.TODOS.value), _place(distrito, provincia))
    target = workbook_file(salida, MATRIX_NAME, replace=reemplazar)
    with cli.session() as session, busy(say("cli.doing_matrix")):
        book = session.write_matrix(wanted)
        data = session.workbooks.write(book)
        cli.program.write_file(target, data)
    shape = file_shape(target, data)
    shape["acuerdos"] = len(book.sheets[0].rows)
    shape["eventos"] = len(book.sheets[1].rows)
    return Answer(shape, [say("cli.written", archivo=shown(str(target)))])


def importar(
    cli: Cli,
    *,
    archivo: Annotated[str, typer.Argument(metavar="ARCHIVO")],
    previa: Annotated[bool, typer.Option("--previa")] = False,
) -> Answer:
    data = read_file(archivo)
    with cli.session() as session, busy(say("cli.doing_acuerdos")):
        if previa:
            found, waiting = session.event_sheet.read(data), 0
        else:
            imported, _ = session.event_sheet(data)
            found = imported.read
            waiting = sum(moved.espera for moved in imported.moved)
        territorio = session.here.territorio
    applied = not previa and not found.problems
    lines = [_problem_line(problem) for problem in found.problems]
    if found.problems:
        lines.append(say("cli.acuerdos_refused", cantidad=len(found.problems)))
    else:
        lines += [_event_line(item, line, territorio) for item, line in _pairs(found)]
        code = "cli.acuerdos_imported" if applied else "cli.acuerdos_preview"
        lines.append(say(code, cantidad=len(found.eventos), iguales=found.sin_cambio))
    lines += [say("cli.acuerdo_waits")] if waiting else []
    return Answer(
        _import_shape(found, applied=applied, waiting=waiting),
        shortened(lines),
        REFUSED if found.problems else OK,
    )


def _pairs(found: ReadEvents) -> Iterable[tuple[Evento, AcuerdoLine]]:
    return zip(found.eventos, found.lines, strict=True)


def _import_shape(found: ReadEvents, *, applied: bool, waiting: int) -> Shape:
    return {
        "aplicado": applied,
        "novedades": len(found.eventos),
        "sin_cambio": found.sin_cambio,
        "esperan": waiting,
        "problemas": [
            {
                "hoja": problem.hoja,
                "celda": problem.celda,
                "code": problem.code,
                "mensaje": message(problem.code, problem.params),
            }
            for problem in found.problems
        ],
        "detalle": [
            {"acuerdo": item.acuerdo, "estado": item.estado.value, "avance": item.avance}
            for item in found.eventos
        ],
    }


def _problem_line(problem: CellProblem) -> str:
    return say(
        "cli.acuerdo_cell",
        hoja=shown(problem.hoja),
        celda=problem.celda,
        problema=message(problem.code, problem.params),
    )


def _event_line(item: Evento, line: AcuerdoLine, territorio: Territorio) -> str:
    return say(
        "cli.acuerdo_event",
        lugar=_places(line, territorio),
        acuerdo=_one_line(line.descripcion),
        estado=ESTADOS[item.estado],
    )


def _segment(ver: str | None, *, overdue: bool = False, estado: str | None = None) -> Segmento:
    if ver is None:
        # A state is looked for among all: a fulfilled one is never open.
        usual = Segmento.ABIERTOS if estado is None else Segmento.TODOS
        return Segmento.VENCIDOS if overdue else usual
    if ver not in tuple(Segmento):
        raise WrongUsageError("cli.bad_choice", valor=shown(ver), opciones=", ".join(Segmento))
    return Segmento(ver)


def _estado(text: str | None) -> EstadoAcuerdo | None:
    if text is None:
        return None
    if text not in tuple(EstadoAcuerdo):
        options = ", ".join(EstadoAcuerdo)
        raise WrongUsageError("cli.bad_choice", valor=shown(text), opciones=options)
    return EstadoAcuerdo(text)


def _place(distrito: str | None, provincia: str | None) -> str:
    for text, option, length in ((distrito, "--distrito", 6), (provincia, "--provincia", 4)):
        if text is None:
            continue
        if len(text) != length or not _UBIGEO.fullmatch(text):
            code = "cli.bad_district" if length == 6 else "cli.bad_province"
            raise WrongUsageError(code, valor=shown(text), opcion=option)
    return distrito or provincia or ""


def _day(text: str | None, option: str) -> date | None:
    return None if text is None else read_day(text, option)


def _places(line: AcuerdoLine, territorio: Territorio) -> str:
    found = [(ubigeo, territorio.known(ubigeo)) for ubigeo in line.distritos]
    return ", ".join(
        ubigeo if place is None else f"{place.distrito} ({place.provincia})"
        for ubigeo, place in found
    )


def _one_line(text: str) -> str:
    return shown(" ".join(text.split()))


def _line(line: AcuerdoLine, hoy: date, territorio: Territorio) -> str:
    estado = "contradiccion" if line.contradiccion else line.estado
    return say(
        "cli.acuerdo_line",
        id=line.id[-_SHORT:],
        plazo=line.plazo or say("cli.acuerdo_no_date"),
        atraso=say("cli.acuerdo_late", dias=late) if (late := line.atraso(hoy)) else "—",
        estado=say("cli.acuerdo_disputed") if line.contradiccion else ESTADOS[estado],
        lugar=_places(line, territorio),
        acuerdo=_one_line(line.descripcion),
        responsable=_one_line(line.responsable),
    )


def _story(detail: AcuerdoDetail) -> list[str]:
    born = say(
        "cli.acuerdo_born",
        codigo=detail.state.codigo,
        fecha="" if detail.fecha is None else detail.fecha.isoformat(),
        nudo=_one_line(detail.nudo),
    )
    return [born, *(_told(event) for event in detail.eventos)]


def _told(event: AcuerdoEvent) -> str:
    words = say(
        "cli.acuerdo_told",
        fecha=event.en.date().isoformat(),
        quien=shown(event.quien.nombre or event.autor.nombre),
        estado=ESTADOS[event.estado],
        comentario=_one_line(event.comentario or event.motivo),
    )
    return words if event.aparte is None else f"{words} {say('cli.acuerdo_apart')}"


def _listing_shape(listing: AcuerdoListing) -> Shape:
    return {
        "hoy": listing.hoy.isoformat(),
        "cantidades": {segmento.value: count for segmento, count in listing.counts.items()},
        "acuerdos": [_line_shape(line, listing.hoy) for line in listing.lines],
    }


def _line_shape(line: AcuerdoLine, hoy: date) -> Shape:
    return {
        "id": line.id,
        "ficha": line.codigo,
        "fecha": line.nacio or None,
        "distritos": list(line.distritos),
        "descripcion": line.descripcion,
        "responsable": line.responsable,
        "plazo_original": line.plazo_original or None,
        "plazo": line.plazo or None,
        "estado": line.estado,
        "abierto": line.abierto,
        "contradiccion": line.contradiccion,
        "avance": line.avance,
        "cumplido_el": line.cumplido_el or None,
        "dias_de_atraso": line.atraso(hoy),
        "registrado_en": line.movido_en or None,
        "registrado_por": line.movido_por or None,
    }


def _detail_shape(line: AcuerdoLine, detail: AcuerdoDetail) -> Shape:
    return {
        **_line_shape(line, detail.hoy),
        "nudo": detail.nudo or None,
        "cabezas": list(detail.state.heads),
        "eventos": [
            {
                "sha256": event.sha256,
                "sellado_en": event.en.isoformat(),
                "equipo": party_shape(event.quien),
                "autor": event.autor.nombre,
                "ficha": event.codigo or None,
                "estado": event.estado.value,
                "avance": event.avance,
                "cumplido_el": None if event.cumplido_el is None else event.cumplido_el.isoformat(),
                "nuevo_plazo": None if event.nuevo_plazo is None else event.nuevo_plazo.isoformat(),
                "motivo": event.motivo or None,
                "comentario": event.comentario or None,
                "cabeza": event.cabeza,
                "aparte": None if event.aparte is None else event.aparte.value,
            }
            for event in detail.eventos
        ],
    }
