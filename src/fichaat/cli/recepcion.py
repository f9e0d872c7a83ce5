"""Commands about the inbox: what arrived, what contradicts or misses, who waits."""

from collections.abc import Iterable, Sequence

import typer

from fichaat.application.answers import Waiting
from fichaat.application.reception import (
    Apart,
    Conflict,
    Copy,
    Delivered,
    Fork,
    Missing,
    Reception,
)
from fichaat.cli.answer import Answer
from fichaat.cli.command import command
from fichaat.cli.credencial import device_shape
from fichaat.cli.progress import busy
from fichaat.cli.shapes import Shape, party_shape, say, shortened
from fichaat.cli.state import Cli
from fichaat.domain.paquete import MAX_MEMBERS
from fichaat.texts.answers_words import why_words

_NAMED = 3
"""Lines of each list that a person gets; --json has all of them."""


def register(group: typer.Typer) -> None:
    command(group, "mostrar")(mostrar)


def mostrar(cli: Cli) -> Answer:
    with cli.session() as session, busy(say("cli.doing_reception")):
        found = session.reception(MAX_MEMBERS)
    return Answer(reception_shape(found), shortened(_lines(found)))


def reception_shape(found: Reception) -> Shape:
    """Everything that waits or went wrong."""
    return {
        "por_aprobar": [device_shape(row) for row in found.por_aprobar],
        "cuarentena": [_apart_shape(item) for item in found.cuarentena],
        "conflictos": [_conflict_shape(item) for item in found.conflictos],
        "bifurcaciones": [_fork_shape(item) for item in found.bifurcaciones],
        "bifurcaciones_vistas": [_fork_shape(item) for item in found.dejadas],
        "huecos": [_missing_shape(item) for item in found.huecos],
        "omitidos": found.omitidos,
        "duplicados": [[_copy_shape(side) for side in pair] for pair in found.duplicados],
        "entregas": [_delivered_shape(item) for item in found.entregas],
        "por_responder": [_waiting_shape(item) for item in found.por_responder],
    }


def _apart_shape(item: Apart) -> Shape:
    row = item.row
    return {
        "sha256": row.sha256,
        "kind": row.kind,
        "version": row.version,
        "motivo": row.motivo,
        "ficha": row.ficha,
        "codigo": row.codigo or None,
        "distritos": list(row.distritos),
        "fecha": row.fecha or None,
        "equipo": party_shape(item.quien),
    }


def _copy_shape(copy: Copy) -> Shape:
    return {
        "sha256": copy.sha256,
        "kind": copy.kind,
        "version": copy.version,
        "codigo": copy.codigo or None,
        "distritos": list(copy.distritos),
        "fecha": copy.fecha or None,
        "sellada_en": None if copy.sellada_en is None else copy.sellada_en.isoformat(),
        "equipo": party_shape(copy.quien),
    }


def _conflict_shape(item: Conflict) -> Shape:
    return {
        "codigo": item.codigo,
        "por_aprobar": item.por_aprobar,
        "lados": [_copy_shape(side) for side in item.lados],
    }


def _fork_shape(item: Fork) -> Shape:
    return {
        "equipo": party_shape(item.quien),
        "chain": item.chain,
        "sequence": item.sequence,
        "lados": [_copy_shape(side) for side in item.lados],
        "visto_en": None if item.visto_en is None else item.visto_en.isoformat(),
    }


def _missing_shape(item: Missing) -> Shape:
    gap = item.gap
    return {
        "equipo": party_shape(item.quien),
        "chain": gap.chain,
        "desde": gap.desde,
        "hasta": gap.hasta,
    }


def _delivered_shape(item: Delivered) -> Shape:
    return {
        "sha256": item.sha256,
        "recibido_en": item.en.isoformat(),
        "remitente": {**party_shape(item.quien), "dice": item.dice},
        "registros": item.registros,
        "resultados": {result.value: count for result, count in item.resultados.items()},
    }


def _waiting_shape(item: Waiting) -> Shape:
    return {
        **party_shape(item.quien),
        "entregas": item.entregas,
        "novedades": item.novedades.registros,
        "propias": item.novedades.propios,
        "respondido": item.respondido,
        "catalogo": item.catalogo,
        "revocaciones": item.novedades.revocaciones,
    }


def _lines(found: Reception) -> list[str]:
    return [
        say("cli.reception_devices", cantidad=len(found.por_aprobar)),
        *_some(_name(row.device, (row.grant or row.solicitud)) for row in found.por_aprobar),
        say("cli.reception_apart", cantidad=found.cuarentena_total),
        *_some(_apart_line(item) for item in found.cuarentena),
        say("cli.reception_conflicts", cantidad=found.conflictos_total),
        *_some(_conflict_line(item) for item in found.conflictos),
        say("cli.reception_forks", cantidad=found.bifurcaciones_total),
        *_some(_about(str(item.sequence), item.quien.device) for item in found.bifurcaciones),
        say("cli.reception_gaps", cantidad=found.huecos_total, omitidos=found.omitidos),
        *_some(_gap_line(item) for item in found.huecos),
        say("cli.reception_twice", cantidad=len(found.duplicados)),
        *_some(f"{first.codigo}  {second.codigo}" for first, second in found.duplicados),
        say("cli.reception_received", cantidad=found.entregas_total),
        say("cli.reception_answers", cantidad=len(found.por_responder)),
        *_some(_waiting_line(item) for item in found.por_responder),
    ]


def _some(words: Iterable[str]) -> Sequence[str]:
    found = list(words)
    lines = [f"  {line}" for line in found[:_NAMED]]
    if len(found) > _NAMED:
        lines.append("  " + say("cli.more_lines", cantidad=len(found) - _NAMED))
    return lines


def _name(device: str, told: object) -> str:
    return f"{device[:8]}  {getattr(told, 'nombre', '')}".strip()


def _waiting_line(item: Waiting) -> str:
    why = why_words(item)
    return f"{_name(item.quien.device, item.quien)}  {why}"


def _about(what: str, device: str) -> str:
    return f"{what}  {device[:8]}".strip()


def _apart_line(item: Apart) -> str:
    about = _about(item.row.codigo, item.quien.device)
    return f"{about}  {say(f'recepcion.why_{item.row.motivo}')}"


def _conflict_line(item: Conflict) -> str:
    """With what `revision elegir --sha256` wants of each copy."""
    copies = (f"{side.sha256[:8]} ({side.quien.device[:8]})" for side in item.lados)
    return f"{item.codigo}  {', '.join(copies)}"


def _gap_line(item: Missing) -> str:
    gap = item.gap
    return say("cli.reception_gap", equipo=item.quien.device[:8], desde=gap.desde, hasta=gap.hasta)
