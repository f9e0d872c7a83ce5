"""Commands about the catalogue of the region and the list of districts."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from msgspec import to_builtins

from fichaat.application.catalogue.catalogue_files import CatalogueFile, FileProblem
from fichaat.application.catalogue.changes import CatalogueChange
from fichaat.application.catalogue.columns import Scope
from fichaat.application.catalogue.publish_catalogue import CataloguePreview
from fichaat.application.catalogue.read_catalogue import CatalogueView
from fichaat.application.catalogue.update_ubigeo import UbigeoPreview
from fichaat.application.session import Session
from fichaat.cli.answer import OK, REFUSED, Answer, WrongUsageError, shown
from fichaat.cli.catalogo_changes import NAMED, change_lines
from fichaat.cli.command import command
from fichaat.cli.files import Reemplazar, target_file
from fichaat.cli.progress import busy
from fichaat.cli.shapes import (
    Shape,
    file_shape,
    problem_lines,
    problem_sentence,
    problem_shape,
    say,
    shortened,
)
from fichaat.cli.state import Cli
from fichaat.domain.errors import UserFacingError
from fichaat.domain.territorio import Distrito
from fichaat.texts.ordenes import SECCIONES, SEVERITIES

Salida = Annotated[str | None, typer.Option("-o", "--salida", metavar="ARCHIVO")]
Previa = Annotated[bool, typer.Option("--previa")]

_DEFAULT_NAME = "catalogo-vigente.xlsx"


def register(group: typer.Typer) -> None:
    command(group, "publicar")(publicar)
    command(group, "mostrar")(mostrar)
    command(group, "ubigeo")(ubigeo)


def publicar(
    cli: Cli,
    *,
    archivo: Annotated[str, typer.Argument(metavar="CATALOGO")],
    previa: Previa = False,
) -> Answer:
    with cli.session() as session, busy(say("cli.doing_catalogue")):
        return _publish(session, Path(archivo), preview=previa)


def mostrar(cli: Cli, *, salida: Salida = None, reemplazar: Reemplazar = False) -> Answer:
    with cli.session() as session:
        view = session.catalogue()
        if view is None:
            raise UserFacingError("catalogo.none")
        shape, lines = catalogue_shape(view), catalogue_lines(view)
        if salida is not None:
            target = target_file(salida, _DEFAULT_NAME, replace=reemplazar)
            data = session.catalogue_files.write(target, view.content)
            shape["archivo"] = file_shape(target, data)
            lines.append(say("cli.written", archivo=shown(str(target))))
    return Answer(shape, lines)


def ubigeo(
    cli: Cli,
    *,
    archivo: Annotated[str | None, typer.Argument(metavar="LISTA")] = None,
    oficial: Annotated[bool, typer.Option("--oficial")] = False,
    previa: Previa = False,
) -> Answer:
    if oficial and archivo is not None:
        raise WrongUsageError("cli.list_or_own")
    if previa and not oficial and archivo is None:
        raise WrongUsageError("cli.missing_argument", dato="LISTA")
    with cli.session() as session, busy(say("cli.doing_ubigeo")):
        update = session.update_ubigeo
        if not oficial and archivo is None:
            state = update.state()
            code = "cli.ubigeo_own" if state.official else "cli.ubigeo_given"
            shape = {"oficial": state.official, "distritos": state.distritos}
            return Answer(shape, [say(code, distritos=state.distritos)])
        if oficial:
            seen = update.preview_restore() if previa else update.restore()[0]
        else:
            path = Path(archivo or "")
            seen = update.preview(path)
            if not (previa or seen.errors):
                update.apply(path)
    applied = not (previa or seen.errors)
    return Answer(
        ubigeo_shape(seen, applied=applied),
        _ubigeo_lines(seen, applied=applied),
        REFUSED if seen.errors else OK,
    )


def _publish(session: Session, path: Path, *, preview: bool) -> Answer:
    forbidden = session.catalogue.why_not()
    if forbidden is not None:
        raise UserFacingError(forbidden)
    file = session.catalogue_files.read(path)
    if file.content is None:
        partial = file.partial
        judged = () if partial is None else session.publish_catalogue.preview(partial).problems
        return _refused(file.all_problems(judged), preview=preview)
    seen = session.publish_catalogue.preview(file.content)
    scope = Scope(session.here.profile.region, session.here.territorio)
    shape = preview_shape(seen, file)
    lines = [*_problem_lines(file.located(seen.problems)), *change_lines(seen.changes, scope)]
    if seen.errors:
        told = say(_bad(preview=preview), cantidad=seen.errors)
        return Answer(shape, shortened([told, *lines]), REFUSED)
    if not seen.changes:
        raise UserFacingError("catalogo.sin_cambios", version=seen.version - 1)
    if preview:
        return Answer(shape, shortened([say("cli.catalogue_would", version=seen.version), *lines]))
    record, _ = session.publish_catalogue(file.content, version=seen.version)
    shape |= {"publicado": True, "sha256": record.sha256}
    told = say("cli.catalogue_published", version=seen.version)
    return Answer(shape, shortened([told, *lines]))


def _bad(*, preview: bool) -> str:
    return "catalogo.would_have_errors" if preview else "catalogo.has_errors"


def _refused(problems: Sequence[FileProblem], *, preview: bool) -> Answer:
    shape = {
        "version": None,
        "publicado": False,
        "sha256": None,
        "cambios": [],
        "retirados": [],
        "problemas": [_problem_shape(item) for item in problems],
    }
    told = say(_bad(preview=preview), cantidad=len(problems))
    return Answer(shape, shortened([told, *_problem_lines(problems)]), REFUSED)


def preview_shape(seen: CataloguePreview, file: CatalogueFile) -> Shape:
    """What publishing would do, before it is done."""
    return {
        "version": seen.version,
        "publicado": False,
        "sha256": None,
        "cambios": [_change_shape(item) for item in seen.changes],
        "retirados": list(seen.retired),
        "problemas": [_problem_shape(item) for item in file.located(seen.problems)],
    }


def catalogue_shape(view: CatalogueView) -> Shape:
    """The catalogue in force."""
    return {
        "version": view.version,
        "sha256": view.sha256,
        "publicado_en": view.published_at.isoformat(),
        "publicado_por": to_builtins(view.published_by),
        "puede_publicar": view.can_publish,
        "motivo": view.why_not,
        "cantidades": view.counts,
        "contenido": to_builtins(view.content),
    }


def catalogue_lines(view: CatalogueView) -> list[str]:
    """The same for people, in numbers."""
    by = view.published_by
    head = say(
        "cli.catalogue_head",
        version=view.version,
        fecha=view.published_at.date().isoformat(),
        nombre=by.nombre,
        entidad=by.entidad,
    )
    begins = view.content.inicio_plan
    lines = [f"  {SECCIONES[name].capitalize()}: {count}" for name, count in view.counts.items()]
    if begins is not None:
        lines.append(say("cli.catalogue_begins", fecha=begins.isoformat()))
    return [head, *lines]


def ubigeo_shape(seen: UbigeoPreview, *, applied: bool) -> Shape:
    """What a list of districts changes."""
    return {
        "distritos": len(seen.rows),
        "aplicado": applied,
        "agregados": [to_builtins(row) for row in seen.added],
        "quitados": [to_builtins(row) for row in seen.removed],
        "renombrados": [_pair(item.before, item.after) for item in seen.renamed],
        "movidos": [_pair(item.before, item.after) for item in seen.moved],
        "problemas": [problem_shape(item) for item in seen.problems],
    }


def _pair(before: Distrito, after: Distrito) -> Shape:
    return {"antes": to_builtins(before), "despues": to_builtins(after)}


def _change_shape(item: CatalogueChange) -> Shape:
    return {
        "seccion": item.section.value,
        "accion": item.deed.value,
        "clave": list(item.key),
        "campos": list(item.fields),
        "antes": to_builtins(item.before),
        "despues": to_builtins(item.after),
    }


def _problem_shape(item: FileProblem) -> Shape:
    place = item.place
    return {
        **problem_shape(item.problem),
        "hoja": None if place is None else shown(place.hoja),
        "celda": None if place is None else place.celda,
    }


def _problem_lines(problems: Iterable[FileProblem]) -> list[str]:
    ordered = sorted(problems, key=lambda item: item.problem.severity == "warning")
    lines = []
    for item in ordered:
        severity = SEVERITIES[item.problem.severity]
        sentence, path = problem_sentence(item.problem), shown(item.problem.path)
        place = f" {path}" if path and path not in sentence else ""
        if item.place is not None:
            place = f" {shown(item.place.hoja)}!{item.place.celda}"
        lines.append(f"  {severity}{place}: {sentence}")
    return lines


def _ubigeo_lines(seen: UbigeoPreview, *, applied: bool) -> list[str]:
    if seen.errors:
        told = say("distritos.has_errors", cantidad=seen.errors)
        return shortened([told, *problem_lines(seen.problems)])
    head = "cli.ubigeo_applied" if applied else "cli.ubigeo_would"
    lines = [say(head, distritos=len(seen.rows))]
    lines += _named("cli.ubigeo_added", [_place(row) for row in seen.added])
    lines += _named("cli.ubigeo_removed", [_place(row) for row in seen.removed])
    for code, pairs in (("cli.ubigeo_renamed", seen.renamed), ("cli.ubigeo_moved", seen.moved)):
        lines += _named(code, [f"{_place(item.before)} → {_place(item.after)}" for item in pairs])
    return shortened([*lines, *problem_lines(seen.problems)])


def _named(code: str, rows: Sequence[str]) -> list[str]:
    if not rows:
        return []
    more = len(rows) - NAMED
    lines = [say(code, cantidad=len(rows)), *(f"    {row}" for row in rows[:NAMED])]
    return lines if more <= 0 else [*lines, f"    {say('cli.more_lines', cantidad=more)}"]


def _place(row: Distrito) -> str:
    return f"{row.ubigeo} {row.distrito} ({row.provincia}, {row.departamento})"
