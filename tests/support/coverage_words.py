"""What the program says of coverage, in the plain words of `coverage_oracle`."""

from typing import Any, Final

from fichaat.application.coverage import CoverageView
from fichaat.domain.cobertura import Alcance, Cifra, Exclusion, Ventana

REASONS: Final = {
    Exclusion.EJECUTOR_OTRO: "otro_ejecutor",
    Exclusion.CASCADA_SIN_RECIBIR: "cascada_no_recibida",
    Exclusion.FUERA_DE_PERIODO: "fuera_de_ventana",
}
"""Where the oracle has a word of its own."""


def program_says(view: CoverageView) -> dict[str, Any]:
    """In the shape that the oracle answers."""
    found = view.cobertura
    return {
        "firmantes": found.firmantes,
        **_window(found.periodo),
        "acumulada": None if found.acumulada is None else _window(found.acumulada),
        "gl": {
            gl.ubigeo: {
                "acciones": sorted(
                    (item.ficha, item.fecha.isoformat(), item.sesion.value, _step(item.alcance))
                    for item in gl.acciones
                ),
                "falta": [what.value for what in gl.falta],
                "antes": gl.seguimiento_antes,
            }
            for gl in found.gl
        },
        "excluidas": sorted(
            (item.ficha, item.ubigeo or "", REASONS.get(item.motivo, item.motivo.value))
            for item in found.excluidas
        ),
    }


def _window(window: Ventana) -> dict[str, dict[str, int]]:
    return {
        "estricta": _figures(window.estricta),
        "dos_acciones": _figures(window.dos_acciones),
    }


def _figures(cifra: Cifra) -> dict[str, int]:
    return {"aprobadas": cifra.aprobadas, "recibidas": cifra.recibidas, "todas": cifra.todas}


def _step(alcance: Alcance) -> str:
    return alcance.name.lower()
