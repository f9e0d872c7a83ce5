"""Commands that sign, seal and complete a ficha."""

from dataclasses import dataclass
from typing import Annotated

import typer

from fichaat.application.add_evidence import LateSignature
from fichaat.application.sign_ficha import Scan
from fichaat.application.strokes import MAX_STROKE
from fichaat.cli.answer import OK, REFUSED, Answer, WrongUsageError, shown
from fichaat.cli.command import command
from fichaat.cli.ficha import Codigo, Motivo
from fichaat.cli.files import read_file, read_scan
from fichaat.cli.progress import busy
from fichaat.cli.shapes import problem_lines, problem_shape, say, shortened
from fichaat.cli.state import Cli
from fichaat.domain.firma import ClaseAdjunto, TipoFirma
from fichaat.texts.ordenes import SIGNATURES

Trazos = Annotated[str | None, typer.Option("--trazos", metavar="ARCHIVO")]
Papel = Annotated[str | None, typer.Option("--papel", metavar="ESCANEO")]


def register(group: typer.Typer) -> None:
    command(group, "firmar")(firmar)
    command(group, "sellar")(sellar)
    command(group, "evidencia")(evidencia)


def firmar(
    cli: Cli,
    *,
    codigo: Codigo,
    participante: Annotated[str, typer.Option("--participante", metavar="ID")],
    trazos: Trazos = None,
    papel: Papel = None,
    pendiente: Annotated[bool, typer.Option("--pendiente")] = False,
    no_firmo: Annotated[bool, typer.Option("--no-firmo")] = False,
    motivo: Motivo = None,
) -> Answer:
    given = (trazos is not None, papel is not None, pendiente, no_firmo)
    if sum(given) != 1:
        raise WrongUsageError("cli.one_signature")
    proof = _read_proof(trazos, papel)
    tipo = proof.tipo
    if tipo is None:
        tipo = TipoFirma.PENDIENTE if pendiente else TipoFirma.NO_FIRMO
    with cli.session() as session:
        session.sign(
            codigo, participante, tipo, stroke=proof.stroke, scan=proof.scan, motivo=motivo
        )
    shape = {"codigo": codigo, "participante": participante, "tipo": tipo.value}
    return Answer(shape, [say("cli.signed", codigo=codigo, tipo=SIGNATURES[tipo])])


def sellar(
    cli: Cli,
    *,
    codigos: Annotated[list[str] | None, typer.Argument(metavar="CODIGO")] = None,
    todo: Annotated[bool, typer.Option("--todo")] = False,
    motivo: Motivo = None,
) -> Answer:
    if todo == bool(codigos):
        raise WrongUsageError("cli.codigos_or_all")
    with cli.session() as session, busy(say("cli.doing_seal")) as job:
        outcomes, _ = session.seal(
            None if todo else codigos, motivo, progress=job.progress, cancel=job.cancel
        )
    sealed = sum(outcome.record is not None for outcome in outcomes)
    data = {
        "selladas": sealed,
        "detalle": [
            {
                "codigo": outcome.codigo,
                "estado": "borrador" if outcome.record is None else "sellada",
                "sha256": None if outcome.record is None else outcome.record.sha256,
                "problemas": [problem_shape(problem) for problem in outcome.problems],
            }
            for outcome in outcomes
        ],
    }
    lines = []
    for outcome in outcomes:
        if outcome.record is None:
            lines.append(say("cli.not_sealed", codigo=outcome.codigo))
            lines.extend(problem_lines(outcome.waiting))
        else:
            lines.append(say("cli.sealed", codigo=outcome.codigo))
    code = OK if sealed == len(outcomes) else REFUSED
    return Answer(data, shortened(lines) or [say("cli.no_drafts")], code)


def evidencia(
    cli: Cli,
    *,
    codigo: Codigo,
    participante: Annotated[str | None, typer.Option("--participante", metavar="ID")] = None,
    trazos: Trazos = None,
    papel: Papel = None,
    adjunto: Annotated[list[str] | None, typer.Option("--adjunto", metavar="ARCHIVO")] = None,
    clase: Annotated[str, typer.Option("--clase", metavar="CLASE")] = "otro",
    comentario: Annotated[str, typer.Option("--comentario")] = "",
) -> Answer:
    if (participante is None) != (trazos is None and papel is None) or (
        trazos is not None and papel is not None
    ):
        raise WrongUsageError("cli.late_signature")
    if participante is None and not adjunto:
        raise WrongUsageError("cli.evidence_empty")
    kind = _clase(clase)
    signature = None
    if participante is not None:
        proof = _read_proof(trazos, papel)
        tipo = proof.tipo or TipoFirma.PAPEL
        signature = LateSignature(participante, tipo, proof.stroke, proof.scan)
    files = [(read_scan(name), kind) for name in adjunto or ()]
    with cli.session() as session:
        record, _ = session.add_evidence(
            codigo, signature=signature, files=files, comentario=comentario
        )
    shape = {"codigo": codigo, "sha256": record.sha256, "id": record.record.id}
    return Answer(shape, [say("cli.evidence_added", codigo=codigo)])


@dataclass(frozen=True, slots=True)
class _Proof:
    tipo: TipoFirma | None = None
    stroke: bytes | None = None
    scan: Scan | None = None


def _read_proof(trazos: str | None, papel: str | None) -> _Proof:
    if trazos is not None:
        return _Proof(TipoFirma.TRAZO, stroke=read_file(trazos, MAX_STROKE))
    if papel is not None:
        return _Proof(TipoFirma.PAPEL, scan=read_scan(papel))
    return _Proof()


def _clase(text: str) -> ClaseAdjunto:
    try:
        return ClaseAdjunto(text)
    except ValueError:
        options = ", ".join(item.value for item in ClaseAdjunto)
        raise WrongUsageError("cli.bad_choice", valor=shown(text), opciones=options) from None
