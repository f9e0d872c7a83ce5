"""Packages as a colleague would hand them over: with everything that a preview has to tell."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from fichaat.domain.acuerdo import EstadoAcuerdo, EventoAcuerdo
from fichaat.domain.ficha import Sesion
from fichaat.domain.recepcion import Remitente
from fichaat.domain.record import Kind, Supersedes
from tests.support.hostile import Parcel, Sealer, Target
from tests.support.records import make_ficha, make_uuid7

SENDER = ("Marleni Ccorahua Tineo", "Gobierno Regional de Ayacucho")
PLACES = ("050405", "050404", "050407", "050108", "050401", "050109", "050505", "050101")


class Received(NamedTuple):
    """Two packages of one colleague; the first was imported before."""

    before: Path
    now: Path
    device: str


def received(folder: Path, *, more: int = 0) -> Received:
    """The second brings 1 conflict, 1 version, 7 (and `more`) new records, 2 known ones and a
    gap of three.
    """
    sealer = Sealer(7)
    fichas = [_ficha(sealer, number) for number in range(1, 5)]
    before = _package(sealer, folder / "fichaat-05-lote-uno.fichaat", fichas)
    for _ in range(3):
        _ficha(sealer, 90)  # sealed there, and left out of both
    first, second = Target.of(fichas[0]), Target.of(fichas[1])
    taken = fichas[2:]
    taken.append(
        sealer.seal(
            make_ficha(1, lugar="Otro local", distritos=("050408",)), id=first.id
        )  # the same id and version, another content
    )
    taken.append(
        sealer.seal(
            make_ficha(2, distritos=(PLACES[2],)),
            id=second.id,
            version=2,
            supersedes=Supersedes(1, second.sha256, "Corrige la hora de término"),
        )
    )
    taken += [_ficha(sealer, number) for number in range(11, 15 + more)]
    taken.append(
        sealer.seal(
            EventoAcuerdo(
                make_uuid7(("a", 3, 0)), EstadoAcuerdo.CUMPLIDO, cumplido_el=date(2026, 11, 19)
            ),
            Kind.SEGUIMIENTO,
        )
    )
    about = Target.of(fichas[3])
    taken.append(sealer.seal(about.evidence(make_uuid7(("d", 4, PLACES[4]))), Kind.EVIDENCIA))
    taken.append(sealer.seal(about.annulment(), Kind.ANULACION))
    now = _package(sealer, folder / "fichaat-05-lote-dos.fichaat", taken)
    return Received(before, now, sealer.device)


def _ficha(sealer: Sealer, number: int) -> Parcel:
    sesion = (Sesion.DIAGNOSTICO, Sesion.SEGUIMIENTO, Sesion.ESPECIFICA)[number % 3]
    place = PLACES[number % len(PLACES)]
    day = date(2026, 11, 1 + number % 20)
    return sealer.seal(make_ficha(number, fecha=day, distritos=(place,), sesion=sesion))


def _package(sealer: Sealer, path: Path, parcels: list[Parcel]) -> Path:
    return sealer.package(path, parcels, exportador=Remitente(sealer.device, *SENDER))
