"""Rules about what was said: nudos, orientations, agreements, their follow-up, attachments."""

from collections.abc import Iterator

from fichaat.domain.acuerdo import EstadoAcuerdo
from fichaat.domain.ficha import Ficha, Sesion
from fichaat.domain.problem import ContextoValidacion, Problem, blank, error, warning
from fichaat.domain.problems_visita import distrito_params


def check_indicadores(ficha: Ficha, contexto: ContextoValidacion) -> Iterator[Problem]:
    """Indicators are those of the catalogue (R083). Silent while no catalogue is known."""
    known = contexto.indicadores
    if known is None:
        return
    for row, code in enumerate(ficha.indicadores):
        if code not in known:
            yield warning("ficha.indicador_unknown", f"/indicadores/{row}", indicador=code)
    for section in ("nudos_criticos", "acuerdos"):
        for row, item in enumerate(getattr(ficha, section)):
            if item.indicador is not None and item.indicador not in known:
                path = f"/{section}/{row}/indicador"
                yield warning("ficha.indicador_unknown", path, indicador=item.indicador)


def check_nudos(ficha: Ficha, contexto: ContextoValidacion) -> Iterator[Problem]:
    """«Nudo crítico» paired with its «Orientaciones brindadas» (R104, R105)."""
    if not ficha.nudos_criticos:
        yield error("ficha.nudo_required", "/nudos_criticos")
    listed = {item.ubigeo for item in ficha.distritos}
    for row, nudo in enumerate(ficha.nudos_criticos):
        path = f"/nudos_criticos/{row}"
        if blank(nudo.descripcion):
            yield error("ficha.nudo_descripcion_required", f"{path}/descripcion", fila=row + 1)
        if blank(nudo.orientacion):
            yield error("ficha.orientacion_required", f"{path}/orientacion", fila=row + 1)
        if nudo.distrito is not None and nudo.distrito not in listed:
            params = distrito_params(nudo.distrito, contexto)
            yield error("ficha.nudo_distrito_unlisted", f"{path}/distrito", fila=row + 1, **params)


def check_acuerdos(ficha: Ficha, contexto: ContextoValidacion) -> Iterator[Problem]:
    """«Acuerdos/compromisos» with responsible and full date (R060, R061, R106)."""
    if not ficha.acuerdos:
        yield warning("ficha.acuerdos_empty", "/acuerdos")
    listed = {item.ubigeo for item in ficha.distritos}
    for row, acuerdo in enumerate(ficha.acuerdos):
        path = f"/acuerdos/{row}"
        if acuerdo.id in contexto.acuerdos_ajenos:
            codigo = contexto.acuerdos_ajenos[acuerdo.id]
            yield error(
                "ficha.acuerdo_of_other", f"{path}/descripcion", fila=row + 1, codigo=codigo
            )
        if blank(acuerdo.descripcion):
            yield error("ficha.acuerdo_descripcion_required", f"{path}/descripcion", fila=row + 1)
        if blank(acuerdo.responsable):
            yield error("ficha.acuerdo_responsable_required", f"{path}/responsable", fila=row + 1)
        if acuerdo.plazo is None:
            yield error("ficha.acuerdo_plazo_required", f"{path}/plazo", fila=row + 1)
        elif ficha.fecha is not None and acuerdo.plazo < ficha.fecha:
            yield error(
                "ficha.acuerdo_plazo_before_fecha",
                f"{path}/plazo",
                fila=row + 1,
                fecha=ficha.fecha.isoformat(),
            )
        if acuerdo.distrito is not None and acuerdo.distrito not in listed:
            params = distrito_params(acuerdo.distrito, contexto)
            yield error(
                "ficha.acuerdo_distrito_unlisted", f"{path}/distrito", fila=row + 1, **params
            )


def check_seguimientos(ficha: Ficha, contexto: ContextoValidacion) -> Iterator[Problem]:
    """«Seguimiento de acuerdos/compromisos anteriores»: what each state must say (R107)."""
    for row, event in enumerate(ficha.seguimientos):
        path = f"/seguimientos/{row}"
        if event.acuerdo is None:
            if blank(event.descripcion):
                yield error(
                    "ficha.seguimiento_descripcion_required", f"{path}/descripcion", fila=row + 1
                )
        elif event.acuerdo not in contexto.acuerdos_conocidos:
            yield warning("ficha.seguimiento_unknown_acuerdo", f"{path}/acuerdo", fila=row + 1)
        if event.estado is EstadoAcuerdo.CUMPLIDO and event.cumplido_el is None:
            yield error(
                "ficha.seguimiento_cumplido_el_required", f"{path}/cumplido_el", fila=row + 1
            )
        if event.estado is EstadoAcuerdo.REPROGRAMADO:
            if event.nuevo_plazo is None:
                yield error(
                    "ficha.seguimiento_nuevo_plazo_required", f"{path}/nuevo_plazo", fila=row + 1
                )
            if blank(event.motivo):
                yield error("ficha.seguimiento_motivo_required", f"{path}/motivo", fila=row + 1)


def check_seguimientos_plausible(ficha: Ficha, contexto: ContextoValidacion) -> Iterator[Problem]:
    """What may be a slip and would move the agreement for good: a day that has not come, a date
    that had already passed, two answers to one agreement.
    """
    answered: set[str] = set()
    for row, event in enumerate(ficha.seguimientos):
        path, fila = f"/seguimientos/{row}", row + 1
        done, again = event.cumplido_el, event.nuevo_plazo
        if done is not None and done > contexto.hoy:
            yield warning("ficha.seguimiento_cumplido_el_future", f"{path}/cumplido_el", fila=fila)
        if again is not None and ficha.fecha is not None and again < ficha.fecha:
            yield warning(
                "ficha.seguimiento_nuevo_plazo_before_fecha", f"{path}/nuevo_plazo", fila=fila
            )
        if event.acuerdo is not None:
            if event.acuerdo in answered:
                yield warning("ficha.seguimiento_repeated", f"{path}/acuerdo", fila=fila)
            answered.add(event.acuerdo)


def check_open_acuerdos(ficha: Ficha, contexto: ContextoValidacion) -> Iterator[Problem]:
    """A follow-up session answers every open agreement of its local governments (R107).

    An agreement of several districts is counted once.
    """
    if not contexto.acuerdos_abiertos:
        return
    answered = {event.acuerdo for event in ficha.seguimientos}
    left: set[str] = set()
    names = []
    for item in ficha.distritos:
        if item.sesion is Sesion.SEGUIMIENTO:
            unanswered = contexto.acuerdos_abiertos.get(item.ubigeo, frozenset()) - answered
            if unanswered:
                left |= unanswered
                names.append(str(distrito_params(item.ubigeo, contexto)["distrito"]))
    if left:
        yield warning(
            "ficha.open_acuerdos_not_followed",
            "/seguimientos",
            cantidad=len(left),
            distritos=", ".join(names),
        )


def check_adjuntos(ficha: Ficha, contexto: ContextoValidacion) -> Iterator[Problem]:
    """What the ficha says to have attached is here, byte for byte."""
    for row, adjunto in enumerate(ficha.adjuntos):
        if adjunto.sha256 not in contexto.blobs:
            yield error("ficha.blob_missing", f"/adjuntos/{row}", nombre=adjunto.nombre)
