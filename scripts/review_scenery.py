"""The coordinator's computer on a morning with fichas to review: one corrected, others that need no
look or do. Nobody here exists.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from fichaat.application.ports.keys import IdGenerator, RegionKey, RegionKeys
from fichaat.application.ports.slots import KeyWrapper
from fichaat.bootstrap import Session
from fichaat.domain.acuerdo import EstadoAcuerdo, Seguimiento
from fichaat.domain.ficha import Ficha, Sesion
from fichaat.domain.revision import Veredicto
from scripts.region_catalogue import a_content
from scripts.region_scenery import GLADIS, KEY_PASSPHRASE
from scripts.scenery import EDWIN, MARLENI, PASSPHRASE, Stage, Visit, draft_of, sign

_ELMER: Final = ("Elmer Pariona Cconislla", "Gerente de Desarrollo Social")
_ROSMERY: Final = ("Rosmery Taipe Cuba", "Subgerenta de Programas Sociales")
_FIRST: Final = Visit(
    "050404",
    "2026-10-29",
    (_ELMER,),
    (
        ("Padrón nominal homologado", 0, "2026-11-13"),
        ("Comprar el cloro del trimestre", 0, "2026-11-10"),
    ),
)
_FOLLOWED: Final = Visit(
    "050404",
    "2026-11-14",
    (_ELMER,),
    (("Jornada de DNI en Llactapampa", 0, "2026-12-31"),),
    sesion=Sesion.SEGUIMIENTO,
    hours=("09:00", "12:30"),
)
_OTHERS: Final = (
    Visit("050104", "2026-11-10", (_ROSMERY,), (("Homologar el padrón", 0, "2026-12-11"),)),
    Visit("050406", "2026-11-12", (_ELMER,), (("Comprar el cloro", 0, "2026-12-05"),)),
    Visit("050201", "2026-11-13", (_ELMER,)),
    Visit(
        "050108", "2026-11-16", (_ROSMERY,), (("Enviar el cuaderno de cloración", 0, "2026-12-04"),)
    ),
)


@dataclass
class ReviewScenery:
    """Where to look for what."""

    folder: Path
    """Of the coordinator."""
    clave: Path
    specialist: Path
    corrected: str = ""
    """Observed, and sealed again."""
    waiting: tuple[str, ...] = ()
    """First versions, in the order of their arrival."""
    unsigned: str = ""
    """One of them: a signature is pending."""
    approved: str = ""


def furnish_review(
    root: Path,
    *,
    keys: KeyWrapper | None = None,
    ids: IdGenerator | None = None,
    region_keys: RegionKeys | None = None,
) -> ReviewScenery:
    """Gladis's computer on the morning of TODAY.

    Args:
        root: an empty folder.
        keys: how passphrases are turned into keys; as the program does it where None.
        ids: where ids come from.
        region_keys: how the file of the region's key is made, likewise.
    """
    root.mkdir(parents=True, exist_ok=True)
    made = ReviewScenery(root / "gladis", root / "clave.txt", root / "marleni")
    made.clave.write_text(PASSPHRASE + "\n", encoding="utf-8")
    gladis, marleni, edwin = (
        Stage(root / name, who, keys=keys, ids=ids, region_keys=region_keys)
        for name, who in (("gladis", GLADIS), ("marleni", MARLENI), ("edwin", EDWIN))
    )
    with gladis.day("2026-10-28T08:30:00-05:00") as session:
        key, _ = session.create_region(root / "region.llave", KEY_PASSPHRASE)
        session.publish_catalogue(a_content(session.here.territorio))
    for stage in (marleni, edwin):
        _approve(gladis, key, stage)
    made.approved = _seal(marleni, _FIRST)
    _hand_in(gladis, marleni, "2026-10-30T09:00:00-05:00")
    with gladis.day("2026-10-31T09:00:00-05:00") as session:
        session.review(made.approved, Veredicto.APROBADA)
    codes = []
    for visit in _OTHERS[:3]:
        codes.append(_seal(edwin, visit))
        _hand_in(gladis, edwin, f"{visit.day}T19:00:00-05:00")
    made.corrected = _seal(marleni, _FOLLOWED, follow=made.approved)
    _hand_in(gladis, marleni, "2026-11-16T09:00:00-05:00")
    with gladis.day("2026-11-18T10:00:00-05:00") as session:
        session.review(
            made.corrected,
            Veredicto.OBSERVADA,
            "La hora de término no coincide con la lista de asistencia.",
            plazo=date(2026, 11, 25),
        )
    _answer(gladis, marleni)
    made.unsigned = _seal(marleni, _OTHERS[3], signing=1)
    _seal_again(marleni, made.corrected)
    _hand_in(gladis, marleni, "2026-11-20T08:00:00-05:00")
    made.waiting = (*codes, made.unsigned)
    return made


def _approve(gladis: Stage, key: RegionKey, stage: Stage) -> None:
    with stage.day("2026-10-28T10:00:00-05:00") as session:
        request = session.request(stage.folder.parent / f"{stage.folder.name}-solicitud.fichaat")
    with gladis.day("2026-10-28T11:00:00-05:00") as session:
        session.import_bundle(request.path)
        session.approve_devices(key, [session.read_request(request.path)])


def _hand_in(gladis: Stage, sender: Stage, moment: str) -> None:
    folder = sender.folder.parent / f"{sender.folder.name}-usb-{moment[5:10]}"
    folder.mkdir(exist_ok=True)
    with sender.day(moment) as session:
        files, _ = session.export(folder, everything=True, plain=True)
    with gladis.day(moment) as session:
        for file in files:
            session.import_bundle(file.path)


def _answer(gladis: Stage, marleni: Stage) -> None:
    """What the region said reaches her, and she believes its key."""
    folder = marleni.folder.parent / "respuestas"
    folder.mkdir()
    with gladis.day("2026-11-18T11:00:00-05:00") as session:
        with marleni.day("2026-11-18T11:00:00-05:00") as hers:
            device = hers.here.key.device
        answers, _ = session.answer_senders(folder, [device])
        root = session.read_region().root
    assert root is not None
    with marleni.day("2026-11-19T08:00:00-05:00") as session:
        for file in answers[0].files:
            session.import_bundle(file.path)
        session.accept_region(" ".join(root.palabras))


def _seal(
    stage: Stage, visit: Visit, *, follow: str | None = None, signing: int | None = None
) -> str:
    """Sealed in the evening of its day; the code."""
    with stage.day(f"{visit.day}T17:40:00-05:00") as session:
        codigo = draft_of(session, visit)
        if follow is not None:
            _change(session, codigo, lambda ficha: _follow(session, ficha, follow))
        sign(session, codigo, signing)
        outcomes, _ = session.seal([codigo], "Así quedó en el acta.")
        assert outcomes[0].record is not None, outcomes[0].problems
    return codigo


def _seal_again(stage: Stage, codigo: str) -> None:
    """As the region asked."""
    with stage.day("2026-11-19T16:00:00-05:00") as session:
        session.rectify(codigo, "Se corrigió la hora de término según la lista de asistencia.")
        _change(session, codigo, _corrected)
        sign(session, codigo, None)
        outcomes, _ = session.seal([codigo], "Así quedó en la lista de asistencia.")
        assert outcomes[0].record is not None, outcomes[0].problems


def _change(session: Session, codigo: str, change: Callable[[Ficha], Ficha]) -> None:
    draft, _ = session.edit.open(codigo)
    session.save_draft(codigo, change(draft.ficha))


def _follow(session: Session, ficha: Ficha, earlier: str) -> Ficha:
    born = session.queries.ficha(earlier).contenido.acuerdos
    return replace(
        ficha,
        seguimientos=(
            Seguimiento(
                born[0].id,
                estado=EstadoAcuerdo.CUMPLIDO,
                cumplido_el=date(2026, 11, 12),
                comentario="Acta de homologación vista en la sesión.",
            ),
        ),
    )


def _corrected(ficha: Ficha) -> Ficha:
    nudo = ficha.nudos_criticos[1]
    words = "Se revisó el cuaderno de cloración de octubre en el reservorio."
    acuerdo = replace(ficha.acuerdos[0], plazo=date(2026, 12, 15))
    return replace(
        ficha,
        hora_fin="11:30",
        nudos_criticos=(ficha.nudos_criticos[0], replace(nudo, orientacion=words)),
        acuerdos=(acuerdo, *ficha.acuerdos[1:]),
    )
