"""Commands about credentials: what the region says of devices, with its key."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from fichaat.application.ports.keys import RegionKey
from fichaat.application.region.approve_devices import Approval, Terms
from fichaat.application.region.devices import DeviceRow
from fichaat.application.region.requests import Asked
from fichaat.application.session import Session
from fichaat.cli.answer import Answer, shown
from fichaat.cli.command import command
from fichaat.cli.moments import last_moment, read_day, read_moment
from fichaat.cli.paquete import told_answers, write_answers
from fichaat.cli.perfil import read_rol
from fichaat.cli.progress import busy
from fichaat.cli.region import Llave
from fichaat.cli.shapes import Shape, say, shortened
from fichaat.cli.state import Cli
from fichaat.cli.terminal import confirm, write_err
from fichaat.domain.errors import UserFacingError
from fichaat.system.clock import LIMA
from fichaat.texts.cobertura_words import moment_words
from fichaat.texts.ordenes import APROBACIONES, ROLES

Hasta = Annotated[str | None, typer.Option("--hasta", metavar="AAAA-MM-DD")]
Emisor = Annotated[bool, typer.Option("--emisor")]
Motivo = Annotated[str, typer.Option("--motivo")]


def register(group: typer.Typer) -> None:
    command(group, "aprobar")(aprobar)
    command(group, "renovar")(renovar)
    command(group, "revocar")(revocar)
    command(group, "relevo")(relevo)
    command(group, "listar")(listar)


def aprobar(
    cli: Cli,
    *,
    solicitudes: Annotated[list[str], typer.Argument(metavar="SOLICITUD")],
    llave: Llave,
    rol: Annotated[str | None, typer.Option("--rol", metavar="ROL")] = None,
    ambito: Annotated[str | None, typer.Option("--ambito", metavar="UBIGEO")] = None,
    hasta: Hasta = None,
    emisor: Emisor = False,
    salida: Annotated[str | None, typer.Option("-o", "--salida", metavar="DIR")] = None,
) -> Answer:
    terms = Terms(
        rol=None if rol is None else read_rol(rol),
        ambito=ambito,
        hasta=None if hasta is None else last_moment(read_day(hasta, "--hasta")),
        emisor=emisor,
    )
    with cli.session() as session:
        asked = _asked(session, solicitudes)
        _compare(cli, asked)
        key = cli.region_key(llave)
        with busy(say("cli.doing_approval")):
            approvals, _ = session.approve_devices(key, asked, terms)
        answers = []
        if salida is not None:
            devices = [approval.credencial.device for approval in approvals]
            answers = write_answers(session, salida, devices)
    told = _told(cli, approvals)
    if salida is None:
        return told
    shape, lines = told_answers(answers)
    data = {**shape, "equipos": _approval_shapes(cli, approvals)}
    return Answer(data, [*told.lines, *lines])


def renovar(
    cli: Cli,
    *,
    equipos: Annotated[list[str], typer.Argument(metavar="EQUIPO")],
    llave: Llave,
    hasta: Hasta = None,
    emisor: Emisor = False,
) -> Answer:
    until = None if hasta is None else last_moment(read_day(hasta, "--hasta"))
    with cli.session() as session:
        devices = [session.devices.find(text) for text in equipos]
        key = cli.region_key(llave)
        with busy(say("cli.doing_approval")):
            approvals, _ = session.renew_credential(key, devices, until, emisor=emisor)
    return _told(cli, approvals)


def revocar(
    cli: Cli,
    *,
    equipo: Annotated[str, typer.Argument(metavar="EQUIPO")],
    llave: Llave,
    motivo: Motivo,
    desde: Annotated[str | None, typer.Option("--desde", metavar="MOMENTO")] = None,
) -> Answer:
    since = None if desde is None else read_moment(desde, "--desde")
    with cli.session() as session:
        device = session.devices.find(equipo)
        if since is not None and not cli.json:
            whose = _name(_row(session, device))
            confirm(
                say("cli.ask_revoke_since", equipo=device[:8], nombre=whose, desde=_since(since))
            )
        key = cli.region_key(llave)
        with busy(say("cli.doing_approval")):
            record, _ = session.revoke_device(key, device, motivo, since)
        row = _row(session, device)
    backdated = since is not None
    since = row.revocado_desde
    shape = {
        "device": device,
        "palabras": list(row.palabras),
        "desde": None if since is None else since.isoformat(),
        "estado": "revocado" if record is not None else "ya_estaba",
        "sha256": None if record is None else record.sha256,
    }
    code = "cli.revoked_before"
    if record is not None:
        code = "cli.revoked_since" if backdated else "cli.revoked"
    return Answer(shape, [say(code, equipo=device[:8], nombre=_name(row), desde=_since(since))])


def relevo(
    cli: Cli,
    *,
    anterior: Annotated[str, typer.Argument(metavar="ANTERIOR")],
    nuevo: Annotated[str, typer.Argument(metavar="NUEVO")],
    llave: Llave,
    motivo: Motivo,
) -> Answer:
    with cli.session() as session:
        old, new = session.devices.find(anterior), session.devices.find(nuevo)
        key: RegionKey = cli.region_key(llave)
        with busy(say("cli.doing_approval")):
            record, _ = session.relieve_device(key, old, new, motivo)
        names = {"de": _name(_row(session, old)), "a": _name(_row(session, new))}
    shape = {
        "anterior": old,
        "nuevo": new,
        "estado": "relevado" if record is not None else "ya_estaba",
        "sha256": None if record is None else record.sha256,
    }
    code = "cli.relieved" if record is not None else "cli.relieved_before"
    return Answer(shape, [say(code, anterior=old[:8], nuevo=new[:8], **names)])


def listar(cli: Cli) -> Answer:
    with cli.session() as session:
        rows = session.devices()
    lines = [_device_line(row) for row in rows]
    return Answer({"equipos": [device_shape(row) for row in rows]}, shortened(lines))


def device_shape(row: DeviceRow) -> Shape:
    """One device as `credencial listar` tells it."""
    grant, asked = row.grant, row.solicitud
    told = grant or asked
    return {
        "device": row.device,
        "palabras": list(row.palabras),
        "aprobacion": row.aprobacion.value,
        "nombre": None if told is None else told.nombre,
        "cargo": None if told is None else told.cargo,
        "entidad": None if told is None else told.entidad,
        "rol": None if told is None else told.rol.value,
        "ambito": None if told is None else told.ambito,
        "emisor": grant is not None and grant.emisor,
        "desde": None if grant is None else grant.desde.isoformat(),
        "hasta": None if grant is None else grant.hasta.isoformat(),
        "revocado_desde": None if row.revocado_desde is None else row.revocado_desde.isoformat(),
        "relevado_por": list(row.relevado_por),
        "solicitud": asked is not None,
        "registros": row.registros,
        "este_equipo": row.own,
    }


def _asked(session: Session, names: Sequence[str]) -> list[Asked]:
    """From files, or from the requests that were imported, by device."""
    kept = session.read_request.kept()
    found = []
    for name in names:
        path = Path(name)
        if path.exists() or path.suffix:
            with busy(say("cli.doing_verify")) as job:
                found.append(session.read_request(path, job.progress, job.cancel))
            continue
        device = session.devices.find(name)
        if device not in kept:
            raise UserFacingError("credencial.not_asked", equipo=device[:8])
        found.append(kept[device])
    return found


def _compare(cli: Cli, asked: Sequence[Asked]) -> None:
    """Whoever sits here compares the words of each request with the person who sent it."""
    if cli.json:
        return
    for item in asked:
        solicitud = item.solicitud
        rol, entidad = ROLES[solicitud.rol], shown(solicitud.entidad)
        write_err(say("cli.asks", nombre=shown(solicitud.nombre), entidad=entidad, rol=rol))
        write_err(say("cli.words", palabras=" ".join(cli.program.fingerprint_words(item.device))))
    confirm(say("cli.ask_words_agree"))


def _told(cli: Cli, approvals: Sequence[Approval]) -> Answer:
    lines = []
    for approval in approvals:
        credencial = approval.credencial
        words = cli.program.fingerprint_words(credencial.device)
        code = "cli.approved_before" if approval.sealed is None else "cli.approved"
        lines.append(
            say(
                code,
                nombre=shown(credencial.nombre),
                rol=ROLES[credencial.rol],
                ambito=credencial.ambito,
                hasta=f"{credencial.hasta:%Y-%m-%d}",
            )
        )
        lines.append("  " + say("cli.words", palabras=" ".join(words)))
    return Answer({"equipos": _approval_shapes(cli, approvals)}, shortened(lines))


def _approval_shapes(cli: Cli, approvals: Sequence[Approval]) -> list[Shape]:
    return [
        {
            "device": approval.credencial.device,
            "palabras": list(cli.program.fingerprint_words(approval.credencial.device)),
            "nombre": approval.credencial.nombre,
            "rol": approval.credencial.rol.value,
            "ambito": approval.credencial.ambito,
            "emisor": approval.credencial.emisor,
            "desde": approval.credencial.desde.isoformat(),
            "hasta": approval.credencial.hasta.isoformat(),
            "estado": "ya_estaba" if approval.sealed is None else "aprobado",
            "sha256": None if approval.sealed is None else approval.sealed.sha256,
        }
        for approval in approvals
    ]


def _row(session: Session, device: str) -> DeviceRow:
    return next(row for row in session.devices() if row.device == device)


def _since(moment: datetime | None) -> str:
    return "" if moment is None else moment_words(moment.astimezone(LIMA))


def _name(row: DeviceRow) -> str:
    told = row.grant or row.solicitud
    return "" if told is None else shown(told.nombre)


def _device_line(row: DeviceRow) -> str:
    told = row.grant or row.solicitud
    if told is None:
        estado = APROBACIONES[row.aprobacion]
        return say("cli.device_unasked", equipo=row.device[:8], estado=estado)
    return say(
        "cli.device_line",
        equipo=row.device[:8],
        estado=APROBACIONES[row.aprobacion],
        nombre=_name(row),
        rol=ROLES[told.rol],
        ambito=told.ambito,
        hasta="" if row.grant is None else f"{row.grant.hasta:%Y-%m-%d}",
    )
