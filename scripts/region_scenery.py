"""The coordinator's computer, with everything in it that *Recepción* may have to show, and that of
a specialist who is asked for a correction. Nobody here exists.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from fichaat.application.acuerdo_line import AcuerdoFilter
from fichaat.application.acuerdos.add_evento import Evento
from fichaat.application.ports.keys import IdGenerator, RegionKey, RegionKeys
from fichaat.application.ports.slots import KeyWrapper
from fichaat.application.profiles import NewProfile
from fichaat.domain.acuerdo import EstadoAcuerdo
from fichaat.domain.revision import Veredicto
from fichaat.domain.rol import Rol
from scripts.region_catalogue import a_content
from scripts.scenery import (
    EDWIN,
    GORE,
    MARLENI,
    PASSPHRASE,
    Stage,
    Visit,
    draft_of,
    seal_visit,
    sign,
)

GLADIS: Final = NewProfile(
    Rol.COORDINADOR, "05", None, "Gladis Huarancca Rojas", "Coordinadora regional", GORE
)
WILDER: Final = NewProfile(
    Rol.PROVINCIAL,
    "05",
    "0504",
    "Wilder Quispe Cconislla",
    "Responsable provincial",
    "Municipalidad Provincial de Huanta",
)
KEY_PASSPHRASE: Final = "puna ichu viento trueno"  # noqa: S105  # of a region that does not exist

_ROSMERY: Final = ("Rosmery Taipe Cuba", "Subgerenta de Programas Sociales")
_OSCAR: Final = ("Óscar Bellido Yance", "Coordinador de la Instancia de Articulación Local")


@dataclass
class RegionScenery:
    """Where to look for what."""

    folder: Path
    """Of the coordinator."""
    clave: Path
    llave: Path
    specialist: Path
    """Marleni's data folder: one of her fichas is observed."""
    waiting: str = ""
    """Device that waits for approval."""
    observed: str = ""
    disputed: str = ""
    arriving: tuple[Path, ...] = ()
    """A request, a package with news, a broken one."""


@dataclass
class _Makers:
    root: Path
    keys: KeyWrapper | None
    ids: IdGenerator | None
    region_keys: RegionKeys | None
    made: dict[str, Stage] = field(default_factory=dict)

    def stage(self, name: str, who: NewProfile) -> Stage:
        stage = Stage(
            self.root / name, who, keys=self.keys, ids=self.ids, region_keys=self.region_keys
        )
        self.made[name] = stage
        return stage


def furnish_region(
    root: Path,
    *,
    keys: KeyWrapper | None = None,
    ids: IdGenerator | None = None,
    region_keys: RegionKeys | None = None,
) -> RegionScenery:
    """Gladis's computer on the morning of TODAY, and Marleni's.

    Args:
        root: an empty folder.
        keys: how passphrases are turned into keys; as the program does it where None.
        ids: where ids come from.
        region_keys: how the file of the region's key is made, likewise.
    """
    root.mkdir(parents=True, exist_ok=True)
    makers = _Makers(root, keys, ids, region_keys)
    made = RegionScenery(
        root / "gladis", root / "clave.txt", root / "region.llave", root / "marleni"
    )
    made.clave.write_text(PASSPHRASE + "\n", encoding="utf-8")
    gladis = makers.stage("gladis", GLADIS)
    with gladis.day("2026-11-01T08:00:00-05:00") as session:
        key, _ = session.create_region(made.llave, KEY_PASSPHRASE)
        session.publish_catalogue(a_content(session.here.territorio))
    marleni, edwin = makers.stage("marleni", MARLENI), makers.stage("edwin", EDWIN)
    second = makers.stage("marleni-otra", MARLENI)
    for stage in (marleni, edwin, second):
        _approve(gladis, key, stage)
    twice = Visit("050109", "2026-11-05", (_ROSMERY,))
    made.observed = seal_visit(marleni, twice)
    seal_visit(second, twice)
    made.disputed = _dispute(makers, gladis, marleni)
    _lose_one(gladis, edwin)
    _steal(gladis, key, edwin)
    _receive(gladis, second, "2026-11-17T09:00:00-05:00")
    _agree(gladis, marleni)
    _review(gladis, marleni, made)
    made.waiting = _ask(makers, gladis)
    made.arriving = _arriving(makers, marleni)
    return made


def _approve(gladis: Stage, key: RegionKey, stage: Stage) -> None:
    with stage.day("2026-11-02T08:00:00-05:00") as session:
        request = session.request(stage.folder.parent / f"{stage.folder.name}-solicitud.fichaat")
    with gladis.day("2026-11-02T09:00:00-05:00") as session:
        session.import_bundle(request.path)
        session.approve_devices(key, [session.read_request(request.path)])


def _handed_in(stage: Stage, moment: str, size: int | None = None) -> Sequence[Path]:
    folder = stage.folder.parent / f"{stage.folder.name}-usb-{moment[5:10]}-{moment[11:13]}"
    folder.mkdir(exist_ok=True)
    with stage.day(moment) as session:
        files, _ = session.export(folder, everything=True, plain=True, volume_bytes=size)
    return [file.path for file in files]


def _receive(gladis: Stage, stage: Stage, moment: str) -> None:
    files = _handed_in(stage, moment)
    with gladis.day(moment) as session:
        for path in files:
            session.import_bundle(path)


def _dispute(makers: _Makers, gladis: Stage, marleni: Stage) -> str:
    """Her folder was copied while a ficha was a draft, and sealed on both sides."""
    with marleni.day("2026-11-09T10:00:00-05:00") as session:
        codigo = draft_of(session, Visit("050106", "2026-11-09", (_OSCAR,)))
        sign(session, codigo, None)
    copied = makers.root / "marleni-copia"
    shutil.copytree(marleni.folder, copied)
    with marleni.day("2026-11-09T17:00:00-05:00") as session:
        session.seal([codigo], "Así fue.")
    _receive(gladis, marleni, "2026-11-10T09:00:00-05:00")
    folder, marleni.folder = marleni.folder, copied
    with marleni.day("2026-11-09T18:00:00-05:00") as session:
        draft, _ = session.edit.open(codigo)
        session.save_draft(codigo, replace(draft.ficha, hora_fin="12:15"))
        sign(session, codigo, None)
        session.seal([codigo], "Así fue.")
    _receive(gladis, marleni, "2026-11-10T10:00:00-05:00")
    marleni.folder = folder
    return codigo


def _lose_one(gladis: Stage, edwin: Stage) -> None:
    """Of two volumes only the second arrives."""
    for day in ("2026-11-04", "2026-11-06", "2026-11-10"):
        seal_visit(edwin, Visit("050404", day, (_OSCAR,)))
    volumes = _handed_in(edwin, "2026-11-12T09:00:00-05:00", size=200_000)
    with gladis.day("2026-11-12T10:00:00-05:00") as session:
        session.import_bundle(volumes[-1])


def _steal(gladis: Stage, key: RegionKey, edwin: Stage) -> None:
    """His laptop is stolen; whoever has it seals, and hands in."""
    with gladis.day("2026-11-13T10:00:00-05:00") as session:
        session.revoke_device(key, _device(edwin), "La laptop fue robada en Huanta.")
    seal_visit(edwin, Visit("050407", "2026-11-14", (_ROSMERY,)))
    volumes = _handed_in(edwin, "2026-11-16T09:00:00-05:00", size=200_000)
    with gladis.day("2026-11-16T10:00:00-05:00") as session:
        session.import_bundle(volumes[-1])


def _agree(gladis: Stage, marleni: Stage) -> None:
    """A visit with agreements that fell due, fall due and are moved, one of them contradicted."""
    agreements = (
        ("Afiliar al SIS a las 9 niñas y niños sin seguro de Parco.", 0, "2026-11-12"),
        ("Reponer los insumos de cloración del sistema de Suso.", 1, "2026-11-16"),
        ("Enviar el padrón nominal homologado del mes.", 0, "2026-11-20"),
        ("Acondicionar el consultorio de CRED del puesto de salud.", 1, "2026-11-23"),
        ("Contratar a la segunda actora social de la zona alta.", 0, "2026-12-15"),
        ("Aprobar la ordenanza de la Instancia de Articulación Local.", 1, "2026-11-30"),
    )
    seal_visit(marleni, Visit("050111", "2026-11-11", (_ROSMERY, _OSCAR), agreements))
    _receive(gladis, marleni, "2026-11-17T11:00:00-05:00")
    with gladis.day("2026-11-18T08:00:00-05:00") as session:
        lines = {
            line.descripcion: line.id
            for line in session.list_acuerdos(AcuerdoFilter(ambito="050111")).lines
        }
    afiliar, cloro, _, consultorio, _, ordenanza = (lines[text] for text, _, _ in agreements)
    fulfilled = EstadoAcuerdo.CUMPLIDO
    with gladis.day("2026-11-18T08:10:00-05:00") as session:
        session.add_evento(
            Evento(
                afiliar,
                EstadoAcuerdo.NO_CUMPLIDO,
                motivo="La oficina del SIS solo registra cuatro afiliaciones.",
            )
        )
    with marleni.day("2026-11-18T08:20:00-05:00") as session:
        done = date(2026, 11, 17)
        note = "La gerenta mostró las nueve hojas de afiliación."
        session.add_evento(Evento(afiliar, fulfilled, cumplido_el=done, comentario=note))
        session.add_evento(Evento(consultorio, EstadoAcuerdo.EN_PROCESO, 60))
        session.add_evento(Evento(ordenanza, fulfilled, cumplido_el=done))
        session.add_evento(
            Evento(
                cloro,
                EstadoAcuerdo.REPROGRAMADO,
                nuevo_plazo=date(2026, 11, 18),
                motivo="El proveedor de Huamanga no tenía existencias.",
            )
        )
    _receive(gladis, marleni, "2026-11-18T08:40:00-05:00")


def _review(gladis: Stage, marleni: Stage, made: RegionScenery) -> None:
    """One of her fichas is observed; the answer reaches her."""
    folder = marleni.folder.parent / "respuestas"
    folder.mkdir()
    with gladis.day("2026-11-18T09:00:00-05:00") as session:
        session.review(
            made.observed,
            Veredicto.OBSERVADA,
            "La hora de término no coincide con la lista de asistencia. Corrija y vuelva a sellar.",
            plazo=date(2026, 11, 25),
        )
        answers, _ = session.answer_senders(folder, [_device(marleni)])
        words = session.read_region().root
    assert words is not None
    with marleni.day("2026-11-19T08:00:00-05:00") as session:
        for file in answers[0].files:
            session.import_bundle(file.path)
        session.accept_region(" ".join(words.palabras))


def _ask(makers: _Makers, gladis: Stage) -> str:
    """A province asks to be approved, and has handed in work."""
    wilder = makers.stage("wilder", WILDER)
    seal_visit(wilder, Visit("050401", "2026-11-17", (_OSCAR,)))
    with wilder.day("2026-11-18T08:00:00-05:00") as session:
        request = session.request(makers.root / "wilder-solicitud.fichaat")
    with gladis.day("2026-11-20T09:00:00-05:00") as session:
        session.import_bundle(request.path)
    _receive(gladis, wilder, "2026-11-20T09:30:00-05:00")
    return _device(wilder)


def _arriving(makers: _Makers, marleni: Stage) -> tuple[Path, ...]:
    folder = makers.root / "usb"
    folder.mkdir()
    new = makers.stage("nueva", replace(EDWIN, nombre="Yesenia Rúa Mendívil"))
    with new.day("2026-11-19T08:00:00-05:00") as session:
        request = session.request(folder / "solicitud.fichaat")
    seal_visit(marleni, Visit("050102", "2026-11-18", (_ROSMERY,)))
    news = _handed_in(marleni, "2026-11-19T18:00:00-05:00")[0]
    raw = bytearray(news.read_bytes())
    raw[len(raw) // 2] ^= 1
    broken = folder / "lote-dañado.fichaat"
    broken.write_bytes(bytes(raw))
    return (request.path, Path(shutil.copy(news, folder)), broken)


def _device(stage: Stage) -> str:
    with stage.day("2026-11-18T08:00:00-05:00") as session:
        return session.here.key.device
