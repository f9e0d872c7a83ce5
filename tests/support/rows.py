"""Rows of a JSONL file as another program would write them."""

import json
from typing import Any

from tests.support.fichas import QUINUA, uuid7

Row = dict[str, Any]


def row(**changes: Any) -> Row:  # noqa: ANN401  # any JSON value
    """A visit that nothing but its signatures keeps from being sealed."""
    return {
        "gobierno_regional": "05",
        "fecha": "2026-11-20",
        "hora_inicio": "09:00",
        "hora_fin": "11:30",
        "modalidad": "presencial",
        "lugar": "Sala de regidores",
        "distritos": [{"ubigeo": QUINUA, "sesion": "diagnostico"}],
        "temas": ["salud"],
        "responsables": [{"entidad": "GORE Ayacucho", "nombre": "Marleni Ñahui", "cargo": "Esp."}],
        "destinatarios": [
            {
                "distrito": QUINUA,
                "entidad": "Municipalidad Distrital de Quinua",
                "nombre": "Wilber Ayme",
                "cargo": "Gerente",
            }
        ],
        "nudos_criticos": [{"descripcion": "14 niñas sin DNI", "orientacion": "Jornada"}],
        "acuerdos": [
            {"descripcion": "Jornada", "responsable": "Wilber Ayme", "plazo": "2026-12-15"}
        ],
        **changes,
    }


def pending_row(number: int, **changes: Any) -> Row:  # noqa: ANN401  # any JSON value
    """A visit of its own hour and day that a reason for two missing signatures lets seal."""
    base = row(
        fecha=f"2026-11-{1 + number % 20:02d}",
        observaciones=f"Visita número {number}",
        **changes,
    )
    people = [*base["responsables"], *base["destinatarios"]]
    for place, person in enumerate(people):
        person["id"] = uuid7(10_000 + 100 * number + place)
    base["responsables"][0]["nombre"] += f" {number}"
    base["firmas"] = [
        {"participante": person["id"], "tipo": "pendiente", "motivo": "Estuvo de viaje"}
        for person in people
    ]
    return base


def jsonl(*rows: Row) -> bytes:
    """The lines of a file."""
    return b"".join(json.dumps(item, ensure_ascii=False).encode() + b"\n" for item in rows)


STROKE = json.dumps({"ancho": 100, "alto": 50, "trazos": [[[1, 2], [30, 40], [99, 5]]]}).encode()
