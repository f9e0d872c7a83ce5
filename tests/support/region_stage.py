"""The operations of a region that write, for fault injection: founded, approved, answered, told."""

from pathlib import Path
from typing import Final

from fichaat.application.profiles import NewProfile
from fichaat.domain.rol import Rol
from tests.support.fault_stage import PROFILE, Operation, new_machine, seal_rows
from tests.support.program import CHEAP_REGION_KEYS, PASSPHRASE, Machine

_COORDINATOR: Final = NewProfile(
    Rol.COORDINADOR, "05", None, "Rosa Ñaupari", "Coordinadora", "Gobierno Regional (ficticio)"
)


def _found(machine: Machine, shared: Path) -> None:
    machine.done("region", "crear", "--llave", shared / "region.llave")


def _key(machine: Machine) -> Path:
    return machine.root / "usb" / "region.llave"


def _demand_key(machine: Machine) -> None:
    """The file of the key that is believed, whole and alone in its folder."""
    (file,) = _key(machine).parent.iterdir()
    key = CHEAP_REGION_KEYS.open(file.read_bytes(), PASSPHRASE)
    shown = machine.done("region", "mostrar")
    assert shown["llave_region"]["device"] == key.device
    assert shown["aprobacion"] == "aprobado"


def _ask(machine: Machine, shared: Path, name: str) -> Path:
    path = shared / f"{name}.fichaat"
    machine.done("perfil", "solicitud", "-o", path)
    return path


def _carry(sender: Machine, receiver: Machine, shared: Path, code: int) -> None:
    made = sender.done("paquete", "exportar", "--todo", "--sin-cifrar", "-o", shared / "envio")
    receiver.done("paquete", "importar", made["archivos"][0]["ruta"], code=code)


def _before_create(machine: Machine, _shared: Path) -> None:
    (machine.root / "usb").mkdir()
    seal_rows(machine, 1, 1)


def _before_approve(machine: Machine, shared: Path) -> None:
    """Work of a device is here already: approving draws it anew."""
    _found(machine, shared)
    other = new_machine(shared / "otra")
    seal_rows(other, 11, 2)
    _ask(other, shared, "solicitud")
    _carry(other, machine, shared, 3)


def _before_answer(machine: Machine, shared: Path) -> None:
    _before_approve(machine, shared)
    llave = ("--llave", shared / "region.llave")
    machine.done("credencial", "aprobar", shared / "solicitud.fichaat", *llave)
    (row, *_) = machine.done("ficha", "listar")["fichas"]
    machine.done("revision", "observar", row["codigo"], "--motivo", "Falta el padrón")


def _before_receive(machine: Machine, shared: Path) -> None:
    """The answer that will come brings credentials, a revocation, a reception and a review."""
    coord = new_machine(shared / "coord", profile=_COORDINATOR)
    _found(coord, shared)
    llave = ("--llave", shared / "region.llave")
    other = new_machine(shared / "otra")
    coord.done("credencial", "aprobar", _ask(machine, shared, "solicitud"), *llave)
    _carry(coord, machine, shared, 3)
    words = coord.done("region", "mostrar")["llave_region"]["palabras"]
    machine.done("region", "aceptar", *words)
    seal_rows(machine, 1, 2)
    _carry(machine, coord, shared, 0)
    coord.done("credencial", "aprobar", _ask(other, shared, "otra"), *llave)
    device = other.done("perfil", "mostrar")["device"]
    coord.done("credencial", "revocar", device[:12], *llave, "--motivo", "Se perdió")
    (row, *_) = machine.done("ficha", "listar")["fichas"]
    coord.done("revision", "observar", row["codigo"], "--motivo", "Falta el padrón")
    own = machine.done("perfil", "mostrar")["device"]
    made = coord.done("paquete", "responder", "-o", shared / "respuestas")
    (answer,) = [item for item in made["respuestas"] if item["device"] == own]
    Path(answer["archivos"][0]["ruta"]).rename(shared / "recibido.fichaat")


CREATE: Final = Operation(
    "fundar",
    _before_create,
    lambda case, _shared: ("region", "crear", "--llave", case / "usb" / "region.llave"),
    again=1,
    profile=_COORDINATOR,
    demand=_demand_key,
)
APPROVE: Final = Operation(
    "aprobar",
    _before_approve,
    lambda case, shared: (
        *("credencial", "aprobar", shared / "solicitud.fichaat"),
        *("--llave", shared / "region.llave", "-o", case / "salida"),
    ),
    profile=_COORDINATOR,
    writes=True,
)
ANSWER: Final = Operation(
    "responder",
    _before_answer,
    lambda case, _shared: ("paquete", "responder", "-o", case / "salida"),
    again=1,
    profile=_COORDINATOR,
    writes=True,
)
RECEIVE: Final = Operation(
    "recibir",
    _before_receive,
    lambda _case, shared: ("paquete", "importar", shared / "recibido.fichaat"),
    profile=PROFILE,
)
REGION: Final = (CREATE, APPROVE, ANSWER, RECEIVE)
