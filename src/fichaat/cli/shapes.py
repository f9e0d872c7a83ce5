"""The JSON shapes that scripts rely on, and the same things in lines for people."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import UNSET, to_builtins

from fichaat.application.party import Party
from fichaat.application.ports.bundles import BundleFile
from fichaat.application.ports.rows import Integrity
from fichaat.application.program import Program
from fichaat.application.verdict import CLOSED, BundleVerdict, OwnClock
from fichaat.cli.answer import NOT_TRUSTED, OK, REFUSED, shown
from fichaat.domain.chains import Gap
from fichaat.domain.paquete import PaqueteInfo
from fichaat.domain.problems import Problem, Severity
from fichaat.domain.recepcion import Resultado
from fichaat.domain.record import sha256_hex
from fichaat.texts import message
from fichaat.texts.clock_words import doubt_words, remedy_words
from fichaat.texts.ordenes import RESULTS, SEVERITIES, YES_NO

MAX_LINES = 200
"""Lines about rows that a person gets; --json has all of them."""

Shape = dict[str, Any]


def say(code: str, **params: str | int) -> str:
    """The Spanish sentence of a code."""
    return message(code, params)


def problem_shape(problem: Problem) -> Shape:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "path": shown(problem.path),
        "params": problem.params,
        "mensaje": problem_sentence(problem),
    }


def problem_sentence(problem: Problem) -> str:
    params: Mapping[str, str | int] = {"path": shown(problem.path), **problem.params}
    return message(problem.code, params)


def problem_lines(problems: Iterable[Problem]) -> list[str]:
    """Errors before warnings, as they stand otherwise."""
    ordered = sorted(problems, key=lambda p: p.severity is Severity.WARNING)
    return [f"  {SEVERITIES[p.severity]}: {problem_sentence(p)}" for p in ordered]


def shortened(lines: list[str]) -> list[str]:
    """A list that a terminal can show."""
    if len(lines) <= MAX_LINES:
        return lines
    return [*lines[:MAX_LINES], say("cli.more_lines", cantidad=len(lines) - MAX_LINES)]


def file_shape(path: Path, data: bytes) -> Shape:
    """A file that was just written."""
    return {"ruta": shown(str(path)), "sha256": sha256_hex(data), "bytes": len(data)}


def bundle_file_shape(file: BundleFile) -> Shape:
    return {
        "ruta": shown(str(file.path)),
        "sha256": file.sha256,
        "bytes": file.bytes,
        "registros": file.records,
        "cifrado": file.cifrado,
    }


def party_shape(who: Party) -> Shape:
    """A device, and its name where the region says it."""
    return {
        "device": who.device,
        "nombre": who.nombre or None,
        "entidad": who.entidad or None,
        "verificado": who.verified,
    }


def verdict_exit(verdict: BundleVerdict) -> int:
    if verdict.refused:
        return REFUSED
    return OK if verdict.confiable else NOT_TRUSTED


def verdict_sentence(verdict: BundleVerdict) -> str:
    if verdict.codigo is None:
        return say("cli.trusted" if verdict.remitente is None else "cli.trusted_region")
    return message(verdict.codigo, verdict.params)


def verdict_shape(verdict: BundleVerdict, program: Program) -> Shape:
    """As `paquete verificar` prints it; `paquete importar` adds what it applied."""
    doubt = verdict.reloj_propio
    return {
        "archivo": shown(verdict.archivo),
        "intacto": verdict.intacto,
        "valido": verdict.valido,
        "confiable": verdict.confiable,
        "cifrado": verdict.cifrado,
        "codigo": verdict.codigo,
        "mensaje": verdict_sentence(verdict),
        "exportador": None if verdict.info is None else _exporter_shape(verdict, program),
        "paquete": None if verdict.info is None else _info_shape(verdict.info),
        "registros": [to_builtins(item) for item in verdict.registros],
        "huecos": [to_builtins(gap) for gap in verdict.huecos],
        "relojes": [to_builtins(clock) for clock in verdict.relojes],
        "reloj_propio": None if doubt is None else _own_clock_shape(doubt),
    }


def _own_clock_shape(clock: OwnClock) -> Shape:
    return {
        "motivo": clock.motivo.value,
        "ahora": clock.ahora.isoformat(),
        "contra": None if clock.contra is None else clock.contra.isoformat(),
        "detiene": clock.detiene,
        "mensaje": doubt_words(clock),
    }


def _exporter_shape(verdict: BundleVerdict, program: Program) -> Shape:
    """By the names of its credential; without one by what the file says of itself."""
    info, known = verdict.info, verdict.remitente
    assert info is not None  # the caller looked
    sender = info.exportador
    return {
        "device": sender.device,
        "nombre": sender.nombre if known is None else known.nombre,
        "entidad": sender.entidad if known is None else known.entidad,
        "verificado": known is not None,
        "palabras": list(program.fingerprint_words(sender.device)),
    }


def _info_shape(info: PaqueteInfo) -> Shape:
    kept = ("formato", "id", "region", "creado", "volumen", "practice")
    shape = {name: to_builtins(getattr(info, name)) for name in kept}
    shape["registros"] = info.registros
    shape["omitidos"] = len(info.omitidos)
    shape["solicitud"] = None if info.solicitud is UNSET else to_builtins(info.solicitud)
    return shape


def applied_line(verdict: BundleVerdict) -> str:
    """What an import did, after `verdict_lines`."""
    if not verdict.aplicado:
        return say("cli.not_applied")
    return say("cli.nothing_new" if verdict.brings_nothing else "cli.applied")


def _sender_lines(info: PaqueteInfo, verdict: BundleVerdict, program: Program) -> list[str]:
    """Who made a bundle, by its credential or as it says itself; of a request, what it asks."""
    spoken = " ".join(program.fingerprint_words(info.exportador.device))
    words = "  " + say("cli.words", palabras=spoken)
    asked, known = info.solicitud, verdict.remitente
    if asked is UNSET:
        if known is not None:
            revoked = verdict.codigo == "trust.exporter_revoked"
            code = "cli.exporter_revoked" if revoked else "cli.exporter_known"
            head = say(code, nombre=known.nombre, entidad=known.entidad)
        else:
            sender = info.exportador
            head = say("cli.exporter", nombre=sender.nombre, entidad=sender.entidad)
        return [head, words]
    head = say("cli.request", nombre=asked.nombre, entidad=asked.entidad, rol=asked.rol.value)
    return [head, words, say("cli.request_next")]


def verdict_lines(verdict: BundleVerdict, program: Program) -> list[str]:
    """Three verdicts in words, who made it, what it brings, what misses."""
    lines = [say("cli.file", archivo=shown(verdict.archivo))]
    if verdict.codigo not in CLOSED:
        lines.append(
            say(
                "cli.verdicts",
                intacto=YES_NO[verdict.intacto],
                valido=YES_NO[verdict.valido],
                confiable=YES_NO[verdict.confiable],
            )
        )
    lines.append(f"  {verdict_sentence(verdict)}")
    info = verdict.info
    if info is not None:
        lines.extend(_sender_lines(info, verdict, program))
    counts = dict.fromkeys(Resultado, 0)
    for item in verdict.registros:
        counts[item.resultado] += 1
    told = [f"{RESULTS[result]}: {count}" for result, count in counts.items() if count]
    if told:
        lines.append("  " + "; ".join(told))
    for gap in verdict.huecos:
        cantidad = gap.hasta - gap.desde + 1
        lines.append(say("cli.gap", cantidad=cantidad, tramo=gap_range(gap), cadena=gap.chain))
    lines.extend(
        say("cli.clock_ahead", equipo=clock.device[:8], dias=clock.dias)
        for clock in verdict.relojes
    )
    if verdict.reloj_propio is not None:
        lines.append("  " + doubt_words(verdict.reloj_propio))
        lines.append("  " + remedy_words(verdict))
    return shortened(lines)


def gap_range(gap: Gap) -> str:
    """«21», «21–23»."""
    return str(gap.desde) if gap.desde == gap.hasta else f"{gap.desde}–{gap.hasta}"


def integrity_shape(found: Integrity) -> Shape:
    return {"registros": found.records, "proyecciones_sha256": found.projections_sha256}
