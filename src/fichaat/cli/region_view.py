"""The region as an installation sees it: for scripts and for people."""

from fichaat.application.region.believe_region import KnownRoot
from fichaat.application.region.read_region import RegionState
from fichaat.cli.shapes import Shape, say
from fichaat.texts.ordenes import APROBACIONES


def region_shape(state: RegionState) -> Shape:
    """What this installation knows of its region, and the region of it."""
    grant, catalogo = state.grant, state.catalogo
    return {
        "llave_region": None if state.root is None else _root_shape(state.root),
        "otras_raices": [_root_shape(root) for root in state.roots if not root.accepted],
        "aprobacion": state.aprobacion.value,
        "vigencia": None
        if grant is None
        else {"desde": grant.desde.isoformat(), "hasta": grant.hasta.isoformat()},
        "rol_aprobado": None if grant is None else grant.rol.value,
        "ambito_aprobado": None if grant is None else grant.ambito,
        "catalogo": None
        if catalogo is None
        else {"version": catalogo.version, "provincias": list(catalogo.provincias)},
        "abre_lo_cifrado": state.opens,
    }


def region_lines(state: RegionState) -> list[str]:
    """The same for people."""
    lines = [say("cli.region_state", estado=APROBACIONES[state.aprobacion])]
    grant = state.grant
    if grant is not None:
        span = {"desde": f"{grant.desde:%Y-%m-%d}", "hasta": f"{grant.hasta:%Y-%m-%d}"}
        lines.append(say("cli.region_validity", ambito=grant.ambito, **span))
    lines += [
        say(_root_code(root), palabras=" ".join(root.palabras))
        for root in sorted(state.roots, key=lambda root: not root.accepted)
    ]
    if state.catalogo is not None:
        lines.append(say("cli.region_catalog", version=state.catalogo.version))
    return lines


def _root_code(root: KnownRoot) -> str:
    if root.accepted:
        return "cli.region_root"
    return "cli.region_replaced_root" if root.replaced else "cli.region_other_root"


def _root_shape(root: KnownRoot) -> Shape:
    return {
        "device": root.device,
        "palabras": list(root.palabras),
        "reemplazada": root.replaced,
    }
