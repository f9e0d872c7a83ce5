"""Commands about the inbox: what arrived, what contradicts or misses, who waits."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Final

import typer

from fichaat.application.answers import Waiting
from fichaat.application.find_case import Case, find_cases
from fichaat.application.party import Party
from fichaat.application.reception import (
    Apart,
    Conflict,
    Copy,
    Delivered,
    Fork,
    Missing,
    Reception,
    Twice,
)
from fichaat.cli.answer import Answer, shown
from fichaat.cli.command import command
from fichaat.cli.credencial import device_shape
from fichaat.cli.ficha_view import place
from fichaat.cli.progress import busy
from fichaat.cli.shapes import Shape, gap_range, party_shape, say, shortened
from fichaat.cli.state import Cli
from fichaat.domain.paquete import MAX_MEMBERS
from fichaat.domain.record import Kind
from fichaat.domain.territorio import Territorio
from fichaat.texts.answers_words import why_words

_KINDS: Final = {kind.value: f"paquetes.kind_{kind.value}" for kind in Kind}
"""What a copy is that has no code."""

_NAMED = 3
"""Lines of each list that a person gets; --json has all of them."""


Copias = Annotated[list[str], typer.Argument(metavar="COPIA")]


def register(group: typer.Typer) -> None:
    command(group, "mostrar")(mostrar)
    command(group, "dejar-de-lado")(dejar_de_lado)
    command(group, "volver-a-la-lista")(volver_a_la_lista)


def mostrar(cli: Cli) -> Answer:
    with cli.session() as session, busy(say("cli.doing_reception")):
        found = session.reception(MAX_MEMBERS)
        territorio = session.here.territorio
    return Answer(reception_shape(found), shortened(_lines(found, territorio)))


def dejar_de_lado(cli: Cli, *, copias: Copias) -> Answer:
    return _set_aside(cli, copias, aside=True)


def volver_a_la_lista(cli: Cli, *, copias: Copias) -> Answer:
    return _set_aside(cli, copias, aside=False)


def _set_aside(cli: Cli, copies: Sequence[str], *, aside: bool) -> Answer:
    with cli.session() as session:
        with busy(say("cli.doing_reception")):
            cases = find_cases(session.reception(MAX_MEMBERS), copies)
        matters = [case.matter for case in cases if (case.visto_en is not None) != aside]
        if matters:
            (session.set_aside if aside else session.set_aside.again)(matters)
        territorio = session.here.territorio
    done = "de_lado" if aside else "en_lista"
    estado = done if matters else "ya_estaba"
    shape = {
        "estado": estado,
        "tipo": "bifurcacion" if isinstance(cases[0], Fork) else "duplicado",
        "lados": [_copy_shape(side) for side in _sides(cases)],
    }
    code = f"cli.aside_{done}" if matters else f"cli.aside_{done}_before"
    lines = [f"    {_side(side, territorio)}" for side in _sides(cases)]
    return Answer(shape, [say(code), *lines])


def _sides(cases: Sequence[Case]) -> list[Copy]:
    """Each copy once, also where it stands in several pairs."""
    return list({side.sha256: side for case in cases for side in case.lados}.values())


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
        "duplicados": [[_copy_shape(side) for side in pair.lados] for pair in found.duplicados],
        "duplicados_vistos": [_pair_shape(pair) for pair in found.duplicados_vistos],
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


def _pair_shape(pair: Twice) -> Shape:
    return {
        "lados": [_copy_shape(side) for side in pair.lados],
        "visto_en": None if pair.visto_en is None else pair.visto_en.isoformat(),
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
        "revocados": item.novedades.revocados,
    }


def _lines(found: Reception, territorio: Territorio) -> list[str]:
    return [
        say("cli.reception_devices", cantidad=len(found.por_aprobar)),
        *_some(_name(row.device, (row.grant or row.solicitud)) for row in found.por_aprobar),
        say("cli.reception_apart", cantidad=found.cuarentena_total),
        *_some(_apart_line(item) for item in found.cuarentena),
        say("cli.reception_conflicts", cantidad=found.conflictos_total),
        *_some(_clash(item.codigo, item.lados, territorio) for item in found.conflictos),
        say("cli.reception_forks", cantidad=found.bifurcaciones_total),
        *_some(_fork_words(item, territorio) for item in found.bifurcaciones),
        say("cli.reception_gaps", cantidad=found.huecos_total, omitidos=found.omitidos),
        *_some(_gap_line(item) for item in found.huecos),
        say("cli.reception_twice", cantidad=len(found.duplicados)),
        *_some("  ".join(side.codigo for side in pair.lados) for pair in found.duplicados),
        say("cli.reception_received", cantidad=found.entregas_total),
        say("cli.reception_answers", cantidad=len(found.por_responder)),
        *_some(_waiting_line(item) for item in found.por_responder),
        *_aside_lines(found),
    ]


def _aside_lines(found: Reception) -> list[str]:
    """What was put aside stays within reach."""
    cases: list[Case] = [*found.dejadas, *found.duplicados_vistos]
    if not cases:
        return []
    return [
        say("cli.reception_aside", cantidad=len(cases)),
        *_some(_aside_line(case) for case in cases),
    ]


def _aside_line(case: Case) -> str:
    """With what `volver-a-la-lista` wants of it."""
    if isinstance(case, Fork):
        return "  ".join([_holder(case.quien), *(side.sha256[:8] for side in case.lados)])
    return "  ".join(side.codigo for side in case.lados)


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


def _fork_words(item: Fork, territorio: Territorio) -> str:
    head = say("cli.reception_fork", equipo=_holder(item.quien), registro=item.sequence)
    return _clash(head, item.lados, territorio)


def _clash(head: str, sides: Sequence[Copy], territorio: Territorio) -> str:
    """What contradicts, and each side on a line of its own."""
    return "\n".join([head, *(f"    {_side(side, territorio)}" for side in sides)])


def _side(side: Copy, territorio: Territorio) -> str:
    """Whose copy it is and of which visit, with what `revision elegir --sha256` wants of it."""
    where = ", ".join(place(territorio, ubigeo) for ubigeo in side.distritos)
    what = side.codigo or say(_KINDS.get(side.kind, "paquetes.kind_other"))
    parts = (side.sha256[:8], _holder(side.quien), what, where, side.fecha)
    return "  ".join(filter(None, parts))


def _holder(who: Party) -> str:
    """«Rosa Huamaní (Gobierno Regional)», or the first digits of a device nobody vouches for."""
    if not who.verified:
        return who.device[:8]
    entidad = f" ({shown(who.entidad)})" if who.entidad else ""
    return shown(who.nombre) + entidad


def _gap_line(item: Missing) -> str:
    gap = item.gap
    return say(
        "cli.reception_gap",
        equipo=item.quien.device[:8],
        cantidad=gap.hasta - gap.desde + 1,
        tramo=gap_range(gap),
    )
