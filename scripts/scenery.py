"""Data folders in which every page of the window has something to show. Nobody here exists.

Made through the use cases of the program, day by day: the pictures of docs/capturas and the tests
that walk every page look at the same people.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from fichaat.application.ports.keys import IdGenerator, RegionKeys
from fichaat.application.ports.slots import KeyWrapper
from fichaat.application.profiles import NewProfile
from fichaat.application.save_draft import new_codigos, new_draft
from fichaat.bootstrap import Program, Session
from fichaat.domain.acuerdo import Acuerdo, EstadoAcuerdo, Seguimiento
from fichaat.domain.ficha import (
    DistritoAtendido,
    Ejecutor,
    Ficha,
    Modalidad,
    Nivel,
    NudoCritico,
    Sesion,
    Tema,
)
from fichaat.domain.firma import ClaseAdjunto, TipoFirma
from fichaat.domain.persona import Destinatario, Responsable
from fichaat.domain.rol import Rol
from fichaat.system.paths import resource
from fichaat.system.settings import Settings
from scripts import books

PASSPHRASE: Final = "queso puente lluvia maíz"  # noqa: S105  # of people who do not exist
TODAY: Final = "2026-11-20T10:32:00-05:00"
GORE: Final = "Gobierno Regional de Ayacucho"
MARLENI: Final = NewProfile(
    Rol.ESPECIALISTA,
    "05",
    None,
    "Marleni Ccorahua Tineo",
    "Especialista en articulación territorial",
    GORE,
)
EDWIN: Final = NewProfile(
    Rol.ESPECIALISTA,
    "05",
    None,
    "Edwin Janampa Lagos",
    "Coordinador de la etapa de vida niño",
    GORE,
)

_PHOTO: Final = b"\xff\xd8\xff" + b"".join(
    hashlib.sha256(str(number).encode()).digest() for number in range(1280)
)
_NUDOS: Final = (
    NudoCritico(
        "14 niñas y niños menores de 12 meses no tienen DNI.",
        "Programar la jornada de DNI en Patahuayco y Ccollpa.",
    ),
    NudoCritico(
        "El cloro residual no se registra todos los meses.",
        "Se practicó el llenado del cuaderno de cloración con el área técnica.",
    ),
    NudoCritico(
        "Las gestantes de zonas alejadas no completan los controles.",
        "Se orientó a coordinar la visita de actores sociales antes de fin de mes.",
    ),
)
_LONG: Final = (
    "El padrón nominal no coincide con el registro del puesto de salud en los centros poblados "
    "alejados, y la diferencia crece cada trimestre porque nadie compara las dos listas. "
)


@dataclass(frozen=True)
class Visit:
    """What differs between one visit and the next."""

    ubigeo: str
    day: str
    people: tuple[tuple[str, str], ...]
    """Who received it: name and position."""
    agreements: tuple[tuple[str, int, str], ...] = ()
    """What, who of those people, until when."""
    sesion: Sesion = Sesion.DIAGNOSTICO
    modalidad: Modalidad = Modalidad.PRESENCIAL
    hours: tuple[str, str] = ("09:00", "11:30")
    nudos: tuple[NudoCritico, ...] = _NUDOS[:2]


@dataclass
class Scenery:
    """Where to look for what."""

    folder: Path
    clave: Path
    wrong: str = ""
    """A draft with errors."""
    unsigned: str = ""
    """One that lacks a signature."""
    ready: str = ""
    """One that lacks nothing but the reasons for its warnings."""
    crowd: str = ""
    """One of thirty people and long texts."""
    sealed: str = ""
    corrected: str = ""
    """Sealed twice."""
    correcting: str = ""
    """Sealed, and a correction of it begun."""
    annulled: str = ""
    pending: str = ""
    """Sealed while a signature was pending."""
    arriving: tuple[Path, ...] = ()
    """Packages that another person brings: with news and a gap, in conflict, broken."""
    books: tuple[Path, ...] = ()
    """Workbooks of fichas: as they should be, and with slips."""


_WILBER: Final = ("Wilber Ayme Palomino", "Gerente de Desarrollo Social")
_YESENIA: Final = ("Yesenia Rúa Mendívil", "Responsable del Área Técnica Municipal")
_ROSMERY: Final = ("Rosmery Taipe Cuba", "Subgerenta de Programas Sociales")
_ELMER: Final = ("Elmer Pariona Cconislla", "Gerente de Desarrollo Social")
_OSCAR: Final = ("Óscar Bellido Yance", "Coordinador de la Instancia de Articulación Local")

_SEALED: Final = (
    Visit("050109", "2026-10-29", (_ROSMERY,), (("Homologar el padrón nominal", 0, "2026-10-30"),)),
    Visit(
        "050405",
        "2026-11-03",
        (_ELMER,),
        (("Publicar el calendario de visitas domiciliarias", 0, "2026-11-18"),),
    ),
    Visit(
        "050102",
        "2026-11-04",
        (_ROSMERY,),
        (("Entregar el listado de gestantes al puesto de salud", 0, "2026-11-20"),),
        modalidad=Modalidad.MIXTA,
    ),
    Visit("050404", "2026-11-06", (_ELMER,), hours=("08:00", "10:15")),
    Visit("050407", "2026-11-10", (_OSCAR,), sesion=Sesion.ESPECIFICA, modalidad=Modalidad.VIRTUAL),
    Visit(
        "050401",
        "2026-11-12",
        (_OSCAR,),
        (("Convocar a la Instancia de Articulación Local", 0, "2026-11-22"),),
    ),
    Visit(
        "050108", "2026-11-13", (_WILBER,), (("Designar al responsable del ATM", 0, "2026-11-27"),)
    ),
)
_THEIRS: Final = (
    Visit("050105", "2026-11-09", (_ELMER,)),
    Visit("050103", "2026-11-11", (_OSCAR,)),
    Visit(
        "050112", "2026-11-13", (_ROSMERY,), (("Enviar el cuaderno de cloración", 0, "2026-12-04"),)
    ),
    Visit("050114", "2026-11-16", (_WILBER,)),
)


class Stage:
    """Makes one day after the other on somebody's computer."""

    def __init__(
        self,
        folder: Path,
        who: NewProfile,
        *,
        keys: KeyWrapper | None = None,
        ids: IdGenerator | None = None,
        region_keys: RegionKeys | None = None,
    ) -> None:
        self.folder = folder
        self._keys = keys
        self._ids = ids
        self._region_keys = region_keys
        program = self._program("2026-10-28T08:00:00-05:00")
        program.create(folder, who, PASSPHRASE)
        program.close()

    @contextmanager
    def day(self, moment: str) -> Iterator[Session]:
        """The open data folder at that moment."""
        program = self._program(moment)
        with program.open(self.folder, PASSPHRASE) as session:
            yield session
        program.close()

    def _program(self, moment: str) -> Program:
        program = Program(Settings(reloj=moment))
        if self._keys is not None:
            program.keys = self._keys
        if self._ids is not None:
            program.ids = self._ids
        if self._region_keys is not None:
            program.region_keys = self._region_keys
        return program


def furnish(
    root: Path, *, keys: KeyWrapper | None = None, ids: IdGenerator | None = None
) -> Scenery:
    """Marleni's computer on the morning of TODAY, and what Edwin brings.

    Args:
        root: an empty folder.
        keys: how passphrases are turned into keys; as the program does it where None.
        ids: where ids come from; the same ones give the same codes.
    """
    root.mkdir(parents=True, exist_ok=True)
    made = Scenery(root / "datos", root / "clave.txt")
    made.clave.write_text(PASSPHRASE + "\n", encoding="utf-8")
    stage = Stage(made.folder, MARLENI, keys=keys, ids=ids)
    codes = [seal_visit(stage, visit) for visit in _SEALED]
    made.sealed, made.annulled, made.corrected = codes[5], codes[4], codes[3]
    made.correcting = codes[2]
    with stage.day("2026-11-11T09:00:00-05:00") as session:
        session.annul(made.annulled, "Se registró dos veces la misma visita.")
    _correct(stage, made.corrected, "2026-11-12T15:00:00-05:00")
    folder = root / "salida"
    folder.mkdir()
    with stage.day("2026-11-16T17:05:00-05:00") as session:
        session.export(folder)
        session.backup(None, lambda _done, _total: None)
    made.pending = seal_visit(stage, Visit("050110", "2026-11-17", (_YESENIA, _WILBER)), signing=1)
    _leave_drafts(stage, made)
    made.arriving = _arriving(root, stage, keys, ids)
    made.books = _books(root, stage)
    return made


def seal_visit(stage: Stage, visit: Visit, *, signing: int | None = None) -> str:
    """Sealed in the evening of its day; the code."""
    with stage.day(f"{visit.day}T17:40:00-05:00") as session:
        codigo = draft_of(session, visit)
        sign(session, codigo, signing)
        outcomes, _ = session.seal([codigo], "Salió antes de terminar.")
        assert outcomes[0].record is not None, outcomes[0].problems
    return codigo


def _correct(stage: Stage, codigo: str, moment: str) -> None:
    """A second version, with its reason."""
    with stage.day(moment) as session:
        draft, _ = session.rectify(codigo, "La hora de término no coincide con la lista.")
        session.save_draft(codigo, replace(draft.ficha, hora_fin="10:45"))
        sign(session, codigo, None)
        outcomes, _ = session.seal([codigo], "Así quedó en la lista de asistencia.")
        assert outcomes[0].record is not None, outcomes[0].problems


def _leave_drafts(stage: Stage, made: Scenery) -> None:
    """What is unfinished on the morning of TODAY."""
    with stage.day("2026-11-17T18:10:00-05:00") as session:
        visit = Visit(
            "050403",
            "2026-11-17",
            (_ELMER, _ROSMERY),
            (("Revisar el padrón nominal con el puesto de salud", 0, "2026-12-10"),),
            hours=("07:00", "17:30"),
            nudos=_NUDOS,
        )
        made.ready = draft_of(session, visit)
        sign(session, made.ready, 2)
        people = session.signatures(made.ready).signers
        session.sign(made.ready, people[2].id, TipoFirma.PENDIENTE, motivo="Salió antes.")
        binned = draft_of(session, Visit("050111", "2026-11-16", (_OSCAR,)))
        session.discard(binned)
    with stage.day("2026-11-18T16:40:00-05:00") as session:
        visit = Visit(
            "050107",
            "2026-11-18",
            (_WILBER, _YESENIA),
            (("Comprar el cloro del trimestre", 1, "2026-12-05"),),
        )
        made.unsigned = draft_of(session, visit)
        responsable = session.signatures(made.unsigned).signers[0]
        session.sign(made.unsigned, responsable.id, TipoFirma.TRAZO, stroke=_strokes()[0])
        session.rectify(made.correcting, "El plazo del acuerdo era otro.")
    with stage.day("2026-11-19T12:00:00-05:00") as session:
        crowd = tuple((f"Participante Inventada Número {n}", "Regidora") for n in range(1, 30))
        long_texts = tuple(NudoCritico(_LONG * n, _LONG * (4 - n)) for n in (1, 2, 3))
        made.crowd = draft_of(session, Visit("050101", "2026-11-19", crowd, nudos=long_texts))
    with stage.day(TODAY) as session:
        made.wrong = _begin_wrong(session)


def _begin_wrong(session: Session) -> str:
    """Begun by *Nueva visita*, left in the middle."""
    draft, _ = session.start_visit("050108")
    ficha = draft.ficha
    people = ficha.destinatarios or (
        Destinatario(session.here.ids.new_id(), "050108", "Municipalidad Distrital de Quinua"),
    )
    acuerdos = (
        Acuerdo(
            session.here.ids.new_id(),
            descripcion="Realizar la jornada de DNI en Patahuayco y Ccollpa.",
            responsable=_WILBER[0],
            plazo=date(2026, 12, 15),
            nudo=0,
        ),
        Acuerdo(
            session.here.ids.new_id(),
            descripcion="Enviar el cuaderno de cloración de los 5 sistemas de agua.",
            responsable=_YESENIA[0],
            plazo=date(2026, 11, 30),
            nudo=1,
        ),
    )
    seguimientos = (
        Seguimiento(
            descripcion="Actualizar el padrón nominal con el puesto de salud (papel, octubre)",
            estado=EstadoAcuerdo.CUMPLIDO,
            cumplido_el=date(2026, 11, 12),
            comentario="Acta de homologación vista en la sesión.",
        ),
        *ficha.seguimientos,
    )
    changed = replace(
        ficha,
        hora_inicio="09:00",
        hora_fin="08:30",
        modalidad=Modalidad.PRESENCIAL,
        lugar="Sala de regidores de la Municipalidad Distrital de Quinua",
        temas=(Tema.SALUD, Tema.AGUA),
        destinatarios=tuple(replace(p, nombre=_WILBER[0], cargo=_WILBER[1]) for p in people[:1]),
        nudos_criticos=(*_NUDOS[:2], replace(_NUDOS[2], orientacion="")),
        acuerdos=acuerdos,
        seguimientos=seguimientos,
    )
    session.save_draft(ficha.codigo, changed)
    return ficha.codigo


def draft_of(session: Session, visit: Visit) -> str:
    """A draft of a whole visit; its code."""
    here = session.here
    place = here.territorio.get(visit.ubigeo)
    assert place is not None, visit.ubigeo
    entity = here.territorio.municipalidad(visit.ubigeo) or ""
    virtual = visit.modalidad is not Modalidad.PRESENCIAL
    with here.store.write() as tx:
        codigo = new_codigos(tx, here, 1)[0]
        ficha = Ficha(
            codigo=codigo,
            ejecutor=Ejecutor(Nivel.REGIONAL, "05", GORE),
            gobierno_regional="05",
            fecha=date.fromisoformat(visit.day),
            hora_inicio=visit.hours[0],
            hora_fin=visit.hours[1],
            modalidad=visit.modalidad,
            lugar=None if visit.modalidad is Modalidad.VIRTUAL else "Sala de regidores",
            plataforma="Google Meet" if virtual else None,
            distritos=(DistritoAtendido(visit.ubigeo, visit.sesion),),
            temas=(Tema.SALUD, Tema.ARTICULACION),
            responsables=(
                Responsable(here.ids.new_id(), GORE, here.profile.nombre, here.profile.cargo),
            ),
            destinatarios=tuple(
                Destinatario(here.ids.new_id(), visit.ubigeo, entity, name, position)
                for name, position in visit.people
            ),
            nudos_criticos=visit.nudos,
            acuerdos=tuple(
                Acuerdo(
                    here.ids.new_id(),
                    descripcion=what,
                    responsable=visit.people[who][0],
                    plazo=date.fromisoformat(until),
                    nudo=0,
                )
                for what, who, until in visit.agreements
            ),
        )
        tx.put_draft(new_draft(here, ficha))
    session.attach(codigo, [("reunión.jpg", "image/jpeg", _PHOTO)], ClaseAdjunto.FOTO)
    return codigo


def sign(session: Session, codigo: str, count: int | None) -> None:
    """So many sign; the others stay away, once it is known how many sign."""
    strokes = _strokes()
    signers = session.signatures(codigo).signers
    for number, signer in enumerate(signers[:count]):
        stroke = strokes[number % len(strokes)]
        session.sign(codigo, signer.id, TipoFirma.TRAZO, stroke=stroke)
    if count is not None and count == 1:
        for signer in signers[count:]:
            session.sign(codigo, signer.id, TipoFirma.PENDIENTE, motivo="Salió antes.")


def _strokes() -> list[bytes]:
    return resource("demo", "trazos.jsonl").read_bytes().splitlines()


def _books(root: Path, stage: Stage) -> tuple[Path, ...]:
    """Twelve fichas each."""
    with stage.day(TODAY) as session:
        blank = session.fichas_book.blank()
        write = session.workbooks.write
    good, bad = root / "Fichas de octubre.xlsx", root / "Fichas de octubre (revisar).xlsx"
    good.write_bytes(write(books.fill(blank, books.visits(12))))
    bad.write_bytes(write(books.fill(blank, books.slips(12))))
    return good, bad


def _arriving(
    root: Path, ours: Stage, keys: KeyWrapper | None, ids: IdGenerator | None
) -> tuple[Path, ...]:
    """Edwin's packages: one of two volumes, one that contradicts what is here, a broken one."""
    stage = Stage(root / "edwin", EDWIN, keys=keys, ids=ids)
    for visit in _THEIRS[:2]:
        seal_visit(stage, visit)
    with stage.day("2026-11-12T08:00:00-05:00") as session:
        disputed = draft_of(session, Visit("050106", "2026-11-11", (_YESENIA,)))
        sign(session, disputed, None)
    copied = root / "edwin-copia"
    shutil.copytree(stage.folder, copied)
    first = _exported(stage, root / "primero", "2026-11-12T17:00:00-05:00", _seal_one(disputed))
    with ours.day("2026-11-18T09:00:00-05:00") as session:
        session.import_bundle(first[0])
    for visit in _THEIRS[2:]:
        seal_visit(stage, visit)
    volumes = _exported(stage, root / "usb", "2026-11-19T17:05:00-05:00", _nothing, size=200_000)
    stage.folder = copied
    contrary = _exported(stage, root / "copia", "2026-11-19T18:00:00-05:00", _seal_other(disputed))
    broken = root / "usb" / "lote-dañado.fichaat"
    raw = bytearray(volumes[0].read_bytes())
    raw[len(raw) // 2] ^= 1
    broken.write_bytes(bytes(raw))
    return (volumes[-1], contrary[0], broken)


def _exported(
    stage: Stage,
    folder: Path,
    moment: str,
    before: Callable[[Session], None],
    *,
    size: int | None = None,
) -> Sequence[Path]:
    folder.mkdir()
    with stage.day(moment) as session:
        before(session)
        files, _ = session.export(folder, volume_bytes=size)
    return [file.path for file in files]


def _nothing(_: Session) -> None:
    """There is nothing to do before."""


def _seal_one(codigo: str) -> Callable[[Session], None]:
    def seal(session: Session) -> None:
        session.seal([codigo], "Salió antes.")

    return seal


def _seal_other(codigo: str) -> Callable[[Session], None]:
    """The same draft, with another content."""

    def seal(session: Session) -> None:
        draft, _ = session.edit.open(codigo)
        session.save_draft(codigo, replace(draft.ficha, hora_fin="12:15"))
        sign(session, codigo, None)
        session.seal([codigo], "Salió antes.")

    return seal
