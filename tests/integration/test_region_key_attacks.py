"""Attacks 38 and 40: keys that seal what is not theirs to seal (bundle.md), through the commands.

What depends on whom the region believes stands elsewhere: here every file is refused by its form.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from fichaat.application.ports.keys import RecordKey
from fichaat.domain.record import Kind, SealedRecord
from fichaat.domain.rol import Rol
from tests.support import bundles, region
from tests.support.attack_table import attack_row
from tests.support.keys import SeededKey
from tests.support.region import catalogo, credencial, revocacion, seal
from tests.support.scene import Scene, code_of

DEVICE, OTHER = SeededKey(1), SeededKey(2)
REGION, IMPOSTOR, NEIGHBOUR = region.region_key(), region.region_key(), region.region_key("06")

Attack = tuple[str, str, RecordKey, str, Callable[[], SealedRecord]]

ATTACKS: tuple[Attack, ...] = (
    (
        "38a",
        "certificate of an impostor of the same name in a credential",
        REGION,
        "bundle.credential_certificate",
        lambda: seal(REGION, Kind.CREDENCIAL, credencial(IMPOSTOR, DEVICE)),
    ),
    (
        "39a",
        "a credential with another validity than its certificate",
        REGION,
        "bundle.credential_certificate",
        lambda: seal(
            REGION,
            Kind.CREDENCIAL,
            replace(credencial(REGION, DEVICE), hasta=region.HASTA.replace(year=2099)),
        ),
    ),
    (
        "40a",
        "a region key seals a ficha",
        REGION,
        "bundle.region_key_kind",
        lambda: bundles.seal(REGION),
    ),
    (
        "40b",
        "a region key seals a catalogue",
        REGION,
        "bundle.region_key_kind",
        lambda: seal(REGION, Kind.CATALOGO, catalogo(REGION)),
    ),
    (
        "40c",
        "a device seals its own credential",
        DEVICE,
        "bundle.device_key_kind",
        lambda: seal(DEVICE, Kind.CREDENCIAL, credencial(REGION, DEVICE, Rol.COORDINADOR)),
    ),
    (
        "40d",
        "a device revokes another",
        DEVICE,
        "bundle.device_key_kind",
        lambda: seal(DEVICE, Kind.REVOCACION, revocacion(OTHER)),
    ),
    (
        "40e",
        "the region key of a neighbour revokes a device",
        NEIGHBOUR,
        "bundle.region_key_region",
        lambda: seal(NEIGHBOUR, Kind.REVOCACION, revocacion(OTHER)),
    ),
    (
        "40f",
        "a credential for another key than its certificate's",
        REGION,
        "bundle.credential_certificate",
        lambda: seal(
            REGION, Kind.CREDENCIAL, replace(credencial(REGION, DEVICE), device=OTHER.device)
        ),
    ),
    (
        "40g",
        "a catalogue that names a device's certificate as the region's",
        DEVICE,
        "bundle.catalog_certificate",
        lambda: seal(
            DEVICE,
            Kind.CATALOGO,
            replace(catalogo(REGION), certificado=credencial(REGION, DEVICE).certificado),
        ),
    ),
)


def package(folder: Path, sealed: SealedRecord, sealer: RecordKey) -> Path:
    path = folder / "ataque.fichaat"
    certificates = [DEVICE] if sealer is DEVICE else [DEVICE, sealer]
    bundles.write(path, DEVICE, bundles.members(DEVICE, [sealed], certificates=certificates))
    return path


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack[0])
def test_a_key_seals_only_what_is_its_own(
    attack: Attack, scene: Scene, request: pytest.FixtureRequest
) -> None:
    number, title, sealer, code, make = attack
    path = package(scene.folder, make(), sealer)
    before = scene.state()
    for command in ("verificar", "importar"):
        answer = scene.casa.json("paquete", command, path)
        assert (answer.code, code_of(answer.json)) == (1, code)
        attack_row(request, number, title, answer.code, code_of(answer.json))
    assert scene.state() == before
