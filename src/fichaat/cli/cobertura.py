"""The command that says which local governments received assistance."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from fichaat.application.coverage import CoverageView
from fichaat.application.session import Session
from fichaat.cli.answer import Answer, WrongUsageError, shown
from fichaat.cli.cobertura_view import coverage_lines, coverage_shape
from fichaat.cli.command import command
from fichaat.cli.files import Reemplazar, demand_free
from fichaat.cli.moments import read_day
from fichaat.cli.progress import busy
from fichaat.cli.shapes import file_shape, say
from fichaat.cli.state import Cli
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import Tema
from fichaat.domain.text import fold

_XLSX, _PDF = ".xlsx", ".pdf"


def register(group: typer.Typer) -> None:
    command(group, "cobertura")(cobertura)


def cobertura(
    cli: Cli,
    *,
    desde: Annotated[str | None, typer.Option("--desde", metavar="AAAA-MM-DD")] = None,
    hasta: Annotated[str | None, typer.Option("--hasta", metavar="AAAA-MM-DD")] = None,
    tema: Annotated[str | None, typer.Option("--tema", metavar="TEMA")] = None,
    provincia: Annotated[str | None, typer.Option("--provincia", metavar="NNNN")] = None,
    salida: Annotated[str | None, typer.Option("-o", "--salida", metavar="ARCHIVO")] = None,
    reemplazar: Reemplazar = False,
) -> Answer:
    first = None if desde is None else read_day(desde, "--desde")
    last = None if hasta is None else read_day(hasta, "--hasta")
    about = None if tema is None else _tema(tema)
    target = None if salida is None else _target(salida, replace=reemplazar)
    place = None if provincia is None else shown(provincia)
    with cli.session() as session:
        period = _period(session, first, last)
        with busy(say("cli.doing_coverage")):
            view = session.coverage(*period, tema=about, provincia=place)
            data = None if target is None else _write(session, view, target)
        practice = session.here.profile.practice
        lines = coverage_lines(view, session.here.territorio, practice=practice)
    shape = coverage_shape(view, practice=practice)
    if target is not None and data is not None:
        shape["archivo"] = file_shape(target, data)
        lines.append(say("cli.written", archivo=shown(str(target))))
    return Answer(shape, lines)


def _period(session: Session, desde: date | None, hasta: date | None) -> tuple[date | None, date]:
    """What was asked for; the usual period where nothing was; until today where only its first day
    was.

    Raises:
        UserFacingError: "cobertura.desde_futuro", "cobertura.sin_catalogo".
    """
    if hasta is not None:
        return desde, hasta
    if desde is not None:
        today = session.here.clock.now().date()
        if desde > today:
            raise UserFacingError("cobertura.desde_futuro", desde=desde.isoformat())
        return desde, today
    return session.coverage.default_period()


def _tema(text: str) -> Tema:
    """Raises:
    WrongUsageError: "cli.bad_choice".
    """
    wanted = fold(text)
    if wanted not in tuple(Tema):
        raise WrongUsageError("cli.bad_choice", valor=shown(text), opciones=", ".join(Tema))
    return Tema(wanted)


def _target(name: str, *, replace: bool) -> Path:
    """Raises:
    WrongUsageError: "cli.cobertura_file".
    UserFacingError: those of `demand_free`.
    """
    path = Path(name)
    if path.suffix.lower() not in (_XLSX, _PDF):
        raise WrongUsageError("cli.cobertura_file", archivo=shown(path.name))
    demand_free(path, replace=replace)
    return path


def _write(session: Session, view: CoverageView, target: Path) -> bytes:
    export = session.export_coverage
    write = export.xlsx if target.suffix.lower() == _XLSX else export.pdf
    return write(view, target)
