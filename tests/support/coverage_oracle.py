"""Who received assistance, by hand: the pautas of Anexo N°2 and decision 0014 read again.

Nothing of the program is imported and nothing of it was read: whoever doubts a figure reads these
lines beside the document. Everything is a plain dict.

A ficha, as its newest version stands::

    {"id": "f1", "fecha": "2026-11-20", "ejecutor": "regional|provincial|otro",
     "distritos": {"050101": "diagnostico|seguimiento|especifica"}, "temas": ["salud"],
     "destino": "vigente|anulada|conflicto|cuarentena|disputada",
     "equipo_aprobado": True, "recibida": True,
     "veredicto": None | "visada" | "aprobada" | "observada" | "rechazada"}

A withdrawn verdict is none. A catalogue: ``{"firmantes": {"050101": "2026-01-15"}, "inicio_plan":
"2026-03-01" | None}``. Dates are compared as text, which ISO 8601 allows.
"""

from typing import Any

Facts = dict[str, Any]

STEPS = ("aprobadas", "recibidas", "todas")
"""Each holds the one before."""


def answers_to(ficha: Facts) -> tuple[str, str]:
    """The narrowest step a ficha counts in, and why it counts in none; one of both is empty."""
    if ficha["destino"] != "vigente":
        return "", "conflicto" if ficha["destino"] == "disputada" else ficha["destino"]
    if ficha["veredicto"] == "rechazada":
        return "", "rechazada"
    if ficha["ejecutor"] == "otro":
        # «ha recibido la asistencia técnica del GORE»; provinces act in its name (question 5).
        return "", "otro_ejecutor"
    if ficha["ejecutor"] == "provincial" and not ficha["recibida"]:
        # «son informadas al nivel Regional y cuentan».
        return "", "cascada_no_recibida"
    if not ficha["equipo_aprobado"]:
        return "todas", ""
    if ficha["veredicto"] == "aprobada":
        return "aprobadas", ""
    if ficha["veredicto"] == "observada" or not ficha["recibida"]:
        return "todas", ""
    return "recibidas", ""


def actions_of(
    fichas: list[Facts], catalogue: Facts, to: str, theme: str | None = None
) -> tuple[list[Facts], list[tuple[str, str, str]]]:
    """Each (ficha, district) that may count until ``to``, and what is left out: (id, ubigeo, why);
    the reason of a whole ficha is said once, without a district.
    """
    actions: list[Facts] = []
    left_out: list[tuple[str, str, str]] = []
    for ficha in fichas:
        step, reason = answers_to(ficha)
        if not reason and ficha["fecha"] > to:
            reason = "fuera_de_ventana"
        if not reason and theme is not None and theme not in ficha["temas"]:
            reason = "otro_tema"
        if reason:
            left_out.append((ficha["id"], "", reason))
            continue
        for ubigeo, session in ficha["distritos"].items():
            if catalogue["firmantes"].get(ubigeo, "9999") > to:
                left_out.append((ficha["id"], ubigeo, "no_firmante"))
            else:
                action = {"ficha": ficha["id"], "gl": ubigeo, "sesion": session}
                actions.append({**action, "fecha": ficha["fecha"], "paso": step})
    return actions, left_out


def held(actions: list[Facts], ubigeo: str, step: str, since: str, to: str) -> list[str]:
    """Sessions one local government had in a window, at one step or better."""
    return [
        action["sesion"]
        for action in actions
        if action["gl"] == ubigeo
        and since <= action["fecha"] <= to
        and STEPS.index(action["paso"]) <= STEPS.index(step)
    ]


def received_strictly(sessions: list[str]) -> bool:
    """Question 2: at least a) a session of diagnosis and b) one of follow-up."""
    return "diagnostico" in sessions and "seguimiento" in sessions


def figures(actions: list[Facts], signatories: list[str], since: str, to: str) -> Facts:
    """Local governments at each step, in both readings."""
    table: Facts = {"estricta": {}, "dos_acciones": {}}
    for step in STEPS:
        sessions = [held(actions, ubigeo, step, since, to) for ubigeo in signatories]
        table["estricta"][step] = sum(received_strictly(had) for had in sessions)
        table["dos_acciones"][step] = sum(len(had) >= 2 for had in sessions)
    return table


def lacks(actions: list[Facts], ubigeo: str, since: str, to: str) -> list[str]:
    """What stands between one local government and the headline."""
    everything = held(actions, ubigeo, "todas", since, to)
    missing = [name for name in ("diagnostico", "seguimiento") if name not in everything]
    if not missing and not received_strictly(held(actions, ubigeo, "aprobadas", since, to)):
        missing.append("aprobacion")
    if len(everything) < 2:
        missing.append("accion")
    return missing


def follows_nothing(actions: list[Facts], ubigeo: str, since: str, to: str) -> bool:
    """It had both sessions, and every follow-up before the first diagnosis: counted and marked."""
    own = [item for item in actions if item["gl"] == ubigeo and since <= item["fecha"] <= to]
    diagnoses = [item["fecha"] for item in own if item["sesion"] == "diagnostico"]
    follow_ups = [item["fecha"] for item in own if item["sesion"] == "seguimiento"]
    return bool(diagnoses and follow_ups) and all(day < min(diagnoses) for day in follow_ups)


def within(districts: dict[str, str], province: str) -> dict[str, str]:
    """Those of one province, by the first four digits of their ubigeo."""
    return {ubigeo: held for ubigeo, held in districts.items() if ubigeo.startswith(province)}


def coverage(
    fichas: list[Facts],
    catalogue: Facts,
    since: str,
    to: str,
    *,
    theme: str | None = None,
    province: str = "",
) -> Facts:
    """Everything a page or a report may claim about one region and one period; of one province
    only what a ficha did there.
    """
    fichas = [{**ficha, "distritos": within(ficha["distritos"], province)} for ficha in fichas]
    fichas = [ficha for ficha in fichas if ficha["distritos"]]
    actions, left_out = actions_of(fichas, catalogue, to, theme)
    signatories = sorted(
        ubigeo
        for ubigeo, signed in catalogue["firmantes"].items()
        if signed <= to and ubigeo.startswith(province)
    )
    inside = [action for action in actions if since <= action["fecha"] <= to]
    left_out += [
        (ficha, "", "fuera_de_ventana")
        for ficha in {action["ficha"] for action in actions}
        - {action["ficha"] for action in inside}
    ]
    begins = catalogue["inicio_plan"]
    return {
        "firmantes": len(signatories),
        **figures(actions, signatories, since, to),
        "acumulada": None
        if begins is None or begins > to
        else figures(actions, signatories, begins, to),
        "gl": {
            ubigeo: {
                "acciones": sorted(
                    (action["ficha"], action["fecha"], action["sesion"], action["paso"])
                    for action in inside
                    if action["gl"] == ubigeo
                ),
                "falta": lacks(actions, ubigeo, since, to),
                "antes": follows_nothing(actions, ubigeo, since, to),
            }
            for ubigeo in signatories
        },
        "excluidas": sorted(left_out),
    }
