"""Rules about the visit: when, where, with whom (Anexo N°3, down to the recipients)."""

from collections.abc import Iterator

from fichaat.domain.ficha import Ficha, Modalidad, Nivel, Origen, Sesion
from fichaat.domain.persona import Destinatario, Responsable
from fichaat.domain.problem import ContextoValidacion, Problem, blank, error, warning

OLD_DAYS = 30
LONG_HOURS = 6


def distrito_params(ubigeo: str, contexto: ContextoValidacion) -> dict[str, str | int]:
    """How a sentence may name a district; an unknown one has only its code."""
    known = contexto.distritos_conocidos.get(ubigeo)
    if known is None:
        return {"ubigeo": ubigeo, "distrito": ubigeo, "provincia": ubigeo[:4]}
    return {"ubigeo": ubigeo, "distrito": known.distrito, "provincia": known.provincia}


def check_gobierno_regional(ficha: Ficha, _: ContextoValidacion) -> Iterator[Problem]:
    """«Gobierno Regional» is filled in, also in cascade (R096)."""
    if ficha.gobierno_regional is None:
        yield error("ficha.gobierno_regional_required", "/gobierno_regional")


def check_ejecutor(ficha: Ficha, contexto: ContextoValidacion) -> Iterator[Problem]:
    """Whoever acts belongs to the region (R003, R091)."""
    ubigeo = ficha.ejecutor.ubigeo
    if ubigeo is not None and ubigeo[:2] != contexto.region:
        yield error("ficha.ejecutor_outside_region", "/ejecutor/ubigeo", ubigeo=ubigeo)


def check_fecha(ficha: Ficha, contexto: ContextoValidacion) -> Iterator[Problem]:
    """«Fecha» is filled in and not after today (R097); a late registration says why."""
    if ficha.fecha is None:
        yield error("ficha.fecha_required", "/fecha")
        return
    days = (contexto.hoy - ficha.fecha).days
    if days < 0:
        yield error("ficha.fecha_future", "/fecha", fecha=ficha.fecha.isoformat())
    elif days > OLD_DAYS and ficha.origen is Origen.PROGRAMA:
        yield warning("ficha.fecha_old", "/fecha", fecha=ficha.fecha.isoformat(), dias=days)


def check_possible_duplicate(_: Ficha, contexto: ContextoValidacion) -> Iterator[Problem]:
    """Another ficha says the same of the same hours (each action is registered once, R093)."""
    for codigo in contexto.posibles_duplicados:
        yield warning("ficha.possible_duplicate", "/fecha", codigo=codigo)


def check_horas(ficha: Ficha, _: ContextoValidacion) -> Iterator[Problem]:
    """«Hora inicio» and «Hora fin», in this order within one day (R098)."""
    inicio, fin = ficha.hora_inicio, ficha.hora_fin
    if inicio is None:
        yield error("ficha.hora_inicio_required", "/hora_inicio")
    if fin is None:
        yield error("ficha.hora_fin_required", "/hora_fin")
    if inicio is None or fin is None:
        return
    minutes = _minutes(fin) - _minutes(inicio)
    if minutes <= 0:
        yield error("ficha.hora_fin_not_after_inicio", "/hora_fin", hora_inicio=inicio)
    elif minutes > LONG_HOURS * 60:
        yield warning("ficha.duration_long", "/hora_fin", horas=minutes // 60, minutos=minutes % 60)


def check_lugar(ficha: Ficha, _: ContextoValidacion) -> Iterator[Problem]:
    """«Lugar» where people meet in person, and only there (R085, R099)."""
    if ficha.modalidad in (Modalidad.PRESENCIAL, Modalidad.MIXTA) and blank(ficha.lugar):
        yield error("ficha.lugar_required", "/lugar")
    elif ficha.modalidad is Modalidad.VIRTUAL and not blank(ficha.lugar):
        yield warning("ficha.lugar_unexpected", "/lugar")


def check_plataforma(ficha: Ficha, _: ContextoValidacion) -> Iterator[Problem]:
    """The platform of a virtual part: meet, zoom or another (R086)."""
    if ficha.modalidad in (Modalidad.VIRTUAL, Modalidad.MIXTA) and blank(ficha.plataforma):
        yield error("ficha.plataforma_required", "/plataforma")


def check_distritos(ficha: Ficha, contexto: ContextoValidacion) -> Iterator[Problem]:
    """«Distrito(s)»: at least one, each once, known, of this region (R100)."""
    if not ficha.distritos:
        yield error("ficha.distrito_required", "/distritos")
    regions = {contexto.region, ficha.gobierno_regional or contexto.region}
    seen: set[str] = set()
    for row, item in enumerate(ficha.distritos):
        ubigeo, path = item.ubigeo, f"/distritos/{row}/ubigeo"
        if ubigeo in seen:
            params = distrito_params(ubigeo, contexto)
            yield error("ficha.distrito_duplicated", path, **params)
        seen.add(ubigeo)
        if ubigeo not in contexto.distritos_conocidos:
            yield error("ficha.distrito_unknown", path, ubigeo=ubigeo)
        if regions != {ubigeo[:2]}:
            params = distrito_params(ubigeo, contexto)
            yield error("ficha.distrito_outside_region", path, **params)


def check_provincia(ficha: Ficha, contexto: ContextoValidacion) -> Iterator[Problem]:
    """In cascade a province assists its own districts (R091)."""
    if ficha.ejecutor.nivel is not Nivel.PROVINCIAL:
        return
    province = (ficha.ejecutor.ubigeo or "")[:4]
    for row, item in enumerate(ficha.distritos):
        if item.ubigeo[:4] != province:
            params = distrito_params(item.ubigeo, contexto)
            yield error("ficha.provincial_outside_province", f"/distritos/{row}/ubigeo", **params)


def check_signatories(ficha: Ficha, contexto: ContextoValidacion) -> Iterator[Problem]:
    """Only signatories of the Pacto count; the visit to another is real all the same (R010, X13).

    Silent while no catalogue is known.
    """
    if contexto.firmantes is None:
        return
    for row, item in enumerate(ficha.distritos):
        if item.ubigeo not in contexto.firmantes:
            params = distrito_params(item.ubigeo, contexto)
            yield warning("ficha.distrito_not_signatory", f"/distritos/{row}/ubigeo", **params)


def check_sesiones(ficha: Ficha, contexto: ContextoValidacion) -> Iterator[Problem]:
    """The kind of session of each district (R079–R082), a follow-up after its diagnosis (R081)."""
    for row, item in enumerate(ficha.distritos):
        path = f"/distritos/{row}/sesion"
        if item.sesion is None:
            params = distrito_params(item.ubigeo, contexto)
            yield error("ficha.sesion_required", path, **params)
        elif item.sesion is Sesion.SEGUIMIENTO:
            first = contexto.primer_diagnostico.get(item.ubigeo)
            if first is None or (ficha.fecha is not None and first > ficha.fecha):
                params = distrito_params(item.ubigeo, contexto)
                yield warning("ficha.seguimiento_before_diagnostico", path, **params)


def check_modalidad(ficha: Ficha, _: ContextoValidacion) -> Iterator[Problem]:
    """«Modalidad»: one of three marks (R101)."""
    if ficha.modalidad is None:
        yield error("ficha.modalidad_required", "/modalidad")


def check_temas(ficha: Ficha, _: ContextoValidacion) -> Iterator[Problem]:
    """The themes of the assistance: salud, agua, educación, articulación (R083)."""
    if not ficha.temas:
        yield warning("ficha.temas_required", "/temas")


def check_responsables(ficha: Ficha, _: ContextoValidacion) -> Iterator[Problem]:
    """«Responsable de la asistencia técnica»: entity, name and position (R102)."""
    if not ficha.responsables:
        yield error("ficha.responsable_required", "/responsables")
    for row, person in enumerate(ficha.responsables):
        missing = _missing(person)
        if missing:
            yield error(
                "ficha.responsable_incomplete",
                f"/responsables/{row}/{missing[0]}",
                fila=row + 1,
                falta=", ".join(missing),
            )


def check_destinatarios(ficha: Ficha, contexto: ContextoValidacion) -> Iterator[Problem]:
    """«Destinatario(s)»: entity, name and position, one or more for each district (R103)."""
    attended = {person.distrito for person in ficha.destinatarios}
    for row, item in enumerate(ficha.distritos):
        if item.ubigeo not in attended:
            params = distrito_params(item.ubigeo, contexto)
            yield error("ficha.destinatario_required", f"/distritos/{row}/ubigeo", **params)
    listed = {item.ubigeo for item in ficha.distritos}
    for row, person in enumerate(ficha.destinatarios):
        missing = _missing(person)
        if person.distrito is None:
            missing.append("distrito")
        elif person.distrito not in listed:
            params = distrito_params(person.distrito, contexto)
            path = f"/destinatarios/{row}/distrito"
            yield error("ficha.destinatario_distrito_unlisted", path, fila=row + 1, **params)
        if missing:
            yield error(
                "ficha.destinatario_incomplete",
                f"/destinatarios/{row}/{missing[0]}",
                fila=row + 1,
                falta=", ".join(missing),
            )


def _missing(person: Responsable | Destinatario) -> list[str]:
    """The parts the paper asks for that are blank."""
    return [name for name in ("entidad", "nombre", "cargo") if blank(getattr(person, name))]


def _minutes(hour: str) -> int:
    return int(hour[:2]) * 60 + int(hour[3:])
