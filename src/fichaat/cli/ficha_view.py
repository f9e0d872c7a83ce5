"""One ficha as lines of text, in the order of the paper."""

from collections.abc import Iterator
from datetime import date, datetime

from msgspec import Struct

from fichaat.application.avisos import avisos
from fichaat.application.entrega import Entrega, Llegada
from fichaat.application.paper_code import CheckedPaper, read_paper_code
from fichaat.application.queries import FichaView, FirmaView
from fichaat.application.session import Session
from fichaat.application.sign_ficha import people
from fichaat.cli.shapes import Shape, say
from fichaat.domain.acuerdo import EstadoAcuerdo
from fichaat.domain.ficha import Ficha, contenido_sha256, short_huella
from fichaat.domain.firma import TipoFirma
from fichaat.domain.revision import Revision, Veredicto
from fichaat.domain.territorio import Territorio
from fichaat.system.clock import LIMA
from fichaat.texts.ordenes import ESTADOS_ACUERDO, SESIONES, SIGNATURES, STATES, VEREDICTOS


def place(territorio: Territorio, ubigeo: str) -> str:
    """District and province: names repeat."""
    found = territorio.known(ubigeo)
    return ubigeo if found is None else f"{found.distrito} ({found.provincia})"


class Review(Struct, frozen=True):
    """What somebody with the right to it said of one version."""

    veredicto: Veredicto
    version: int
    motivo: str
    plazo: date | None
    sha256: str
    """Of the record that says it."""


def reviews(view: FichaView) -> list[Review]:
    """In the order of their authors' clocks; none of a draft."""
    line = view.lineage
    if line is None:
        return []
    versions = {item.sha256: item.record.version for item in line.versions}
    found = []
    for item in sorted(line.revisiones, key=lambda item: (item.record.sealed_at, item.sha256)):
        said = item.record.content
        if isinstance(said, Revision) and said.sujeto.sha256 in versions:
            version = versions[said.sujeto.sha256]
            found.append(Review(said.veredicto, version, said.motivo, said.plazo, item.sha256))
    return found


def ficha_lines(view: FichaView, territorio: Territorio) -> Iterator[str]:
    """Head, people with their signatures, nudos, agreements and follow-ups."""
    ficha = view.contenido
    yield say("cli.view_head", codigo=ficha.codigo, estado=STATES[view.estado])
    if view.registro is not None and view.entrega is not None:
        yield _entrega_line(view.registro.version, view.entrega)
    yield from (_review_line(said) for said in reviews(view))
    yield say("cli.view_huella", huella=short_huella(contenido_sha256(ficha)))
    yield say(
        "cli.view_when",
        fecha=_day(ficha.fecha),
        inicio=ficha.hora_inicio or "…",
        fin=ficha.hora_fin or "…",
        modalidad=ficha.modalidad or "…",
    )
    for item in ficha.distritos:
        session = "…" if item.sesion is None else SESIONES[item.sesion]
        yield say("cli.view_where", distrito=place(territorio, item.ubigeo), sesion=session)
    yield from _people(view)
    yield from _rows(ficha)


def explained_lines(
    ficha: Ficha, sealed_at: datetime | None, territorio: Territorio
) -> Iterator[str]:
    """The warnings that somebody explained; `sealed_at` is None of a draft."""
    for told in avisos(ficha, sealed_at, lambda ubigeo: place(territorio, ubigeo)):
        aviso = say(told.code, **told.params)
        yield say("cli.warning_explained", aviso=aviso, motivo=told.motivo)


def checked_paper(session: Session, text: str) -> CheckedPaper | None:
    """Of the text of a paper's QR code, which must agree with what is here; None of another.

    Raises:
        UserFacingError: "ficha.paper_code", and those of `check_paper`.
    """
    code = read_paper_code(text)
    return None if code is None else session.queries.paper(code)


def paper_line(paper: CheckedPaper) -> str:
    """That a printed ficha shows what is here, and whether something newer is."""
    code = "cli.paper_agrees" if paper.version == paper.ultima else "cli.paper_agrees_old"
    return say(code, version=paper.version, ultima=paper.ultima)


def entrega_shape(entrega: Entrega | None) -> Shape | None:
    """Whether it arrived; None of a draft."""
    if entrega is None:
        return None
    return {
        "estado": entrega.estado.value,
        "region": _instant(entrega.region),
        "provincia": _instant(entrega.provincia),
        "exportada": _instant(entrega.exportada),
    }


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(LIMA).isoformat()


def _entrega_line(version: int, entrega: Entrega) -> str:
    match entrega.estado:
        case Llegada.REGION:
            moment = entrega.region
        case Llegada.PROVINCIA:
            moment = entrega.provincia
        case Llegada.EXPORTADA:
            moment = entrega.exportada
        case _:
            moment = None
    when = "" if moment is None else f"{moment.astimezone(LIMA):%d/%m/%Y, %H:%M}"
    return say(f"cli.view_entrega_{entrega.estado.value}", version=version, momento=when)


def _review_line(said: Review) -> str:
    code = "cli.view_review" if said.plazo is None else "cli.view_review_until"
    params: dict[str, str | int] = {
        "version": said.version,
        "veredicto": VEREDICTOS[said.veredicto],
        "motivo": said.motivo,
    }
    if said.plazo is not None:
        params["plazo"] = said.plazo.isoformat()
    return say(code if said.motivo else "cli.view_review_bare", **params)


def _people(view: FichaView) -> Iterator[str]:
    # The last one given by each person: a late signature stands behind the pending one.
    given = {firma.participante: firma for firma in view.firmas if firma.vale}
    void = {firma.participante for firma in view.firmas if not firma.vale}
    for person in people(view.contenido):
        yield say(
            "cli.view_person",
            id=person.id,
            nombre=person.nombre,
            entidad=person.entidad,
            firma=_firma(given.get(person.id), void=person.id in void),
        )


def _firma(firma: FirmaView | None, *, void: bool) -> str:
    if firma is None:
        return say("cli.view_void") if void else say("cli.view_unsigned")
    if firma.tipo in (TipoFirma.PENDIENTE, TipoFirma.NO_FIRMO):
        return f"{SIGNATURES[firma.tipo]}: {firma.motivo or '…'}"
    return SIGNATURES[firma.tipo]


def _rows(ficha: Ficha) -> Iterator[str]:
    for number, nudo in enumerate(ficha.nudos_criticos, 1):
        yield say(
            "cli.view_nudo",
            numero=number,
            descripcion=nudo.descripcion,
            orientacion=nudo.orientacion,
        )
    for number, acuerdo in enumerate(ficha.acuerdos, 1):
        yield say(
            "cli.view_acuerdo",
            numero=number,
            descripcion=acuerdo.descripcion,
            responsable=acuerdo.responsable,
            plazo=_day(acuerdo.plazo),
        )
    for number, event in enumerate(ficha.seguimientos, 1):
        yield say(
            "cli.view_seguimiento",
            numero=number,
            acuerdo=event.descripcion or event.acuerdo or "…",
            estado=ESTADOS_ACUERDO[EstadoAcuerdo(event.estado)],
            comentario=event.comentario,
        )


def _day(day: date | None) -> str:
    return "…" if day is None else f"{day:%d/%m/%Y}"
