"""Attacks 38 to 40: false regions, wrong times, keys in the wrong place (bundle.md).

Every package here is in order; what it says is not believed. What is refused by its form alone
stands in `test_region_key_attacks.py`.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyrage
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from msgspec.structs import replace

from fichaat.domain.catalogo import Catalogo
from fichaat.domain.recepcion import Recepcion, Recibido, Remitente, Resultado
from fichaat.domain.record import Kind
from fichaat.domain.rol import Rol
from fichaat.texts import MESSAGES
from fichaat.trust import region_certificate
from fichaat.trust.age_key import create_age_identity
from fichaat.trust.certificate_form import to_pem
from fichaat.trust.region_key import LocalRegionKey
from tests.support import region
from tests.support.attack_table import attack_row
from tests.support.hostile import Parcel, Sealer, Target, package
from tests.support.keys import CREATED_AT
from tests.support.program import CHEAP_REGION_KEYS, PASSPHRASE, Machine
from tests.support.records import make_ficha, make_uuid7
from tests.support.region_scene import (
    RegionScene,
    RegionSealer,
    estados,
    outcome,
    rebuilt_alike,
    state,
)
from tests.support.rows import jsonl, pending_row

Row = tuple[str, str]


def apart(
    scene: RegionScene,
    request: pytest.FixtureRequest,
    row: Row,
    exporter: Sealer,
    *parcels: Parcel,
) -> str:
    """Import at the coordinator; what becomes of the last record, which is in the table."""
    answer = scene.take(scene.package(exporter, *parcels), 3)
    found = outcome(answer, parcels[-1])
    code = found.partition(" ")[2] or answer["codigo"]
    attack_row(request, *row, 3, code)
    assert code in MESSAGES
    rebuilt_alike(scene.coord)
    return found


def approval(machine: Machine, device: str) -> str:
    """What the list of devices says of one."""
    rows = machine.done("credencial", "listar")["equipos"]
    return next((str(row["aprobacion"]) for row in rows if row["device"] == device), "")


def aprobacion(machine: Machine, parcel: Parcel) -> str:
    """What the list of fichas says of whoever sealed one."""
    rows = machine.done("ficha", "listar", "--limite", "500")["fichas"]
    (found,) = [row["aprobacion"] for row in rows if row["sha256"] == parcel.sha256]
    return str(found)


# --- 38: another region --------------------------------------------------------------------------


def test_an_unknown_region_is_not_believed_by_itself(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    scene = region_scene
    new = Machine(scene.folder, "nueva")
    new.create()
    work = scene.stranger.seal(make_ficha(1))
    path = scene.package(scene.stranger, scene.impostor.grant(scene.stranger), work)
    answer = scene.take(path, 3, new)
    attack_row(request, "38b", "an unknown region speaks to a new device", 3, answer["codigo"])
    assert answer["codigo"] == "trust.region_pending"
    shown = new.done("region", "mostrar")
    assert shown["llave_region"] is None
    assert [root["device"] for root in shown["otras_raices"]] == [scene.impostor.device]
    assert aprobacion(new, work) == "por_aprobar"


def test_a_credential_by_another_region(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    scene = region_scene
    row = "38c", "credential of a stranger by an impostor region"
    work = scene.stranger.seal(make_ficha(1))
    given = scene.impostor.grant(scene.stranger, Rol.COORDINADOR, emisor=True)
    assert apart(scene, request, row, scene.stranger, work, given) == (
        "wrong_signer record.wrong_signer"
    )
    assert approval(scene.coord, scene.stranger.device) == "por_aprobar"
    assert aprobacion(scene.coord, work) == "por_aprobar"
    shown = scene.coord.done("region", "mostrar")
    assert shown["llave_region"]["device"] == scene.root.device


def test_an_impostor_with_the_same_names(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    """The name in a package proves nothing, nor does a credential in that name by another key."""
    scene = region_scene
    work = scene.stranger.seal(make_ficha(1))
    given = scene.impostor.grant(scene.stranger)
    path = package(
        scene.folder / "ataque.fichaat",
        scene.stranger.key,
        [work, given],
        keys=[scene.impostor.root],
        exportador=Remitente(scene.stranger.device, "María Quispe Ñaupari", "GORE Ayacucho"),
    )
    answer = scene.take(path, 3)
    attack_row(request, "38d", "exporter of the same name and entity", 3, answer["codigo"])
    assert answer["codigo"] == "trust.other_region_key_own"
    assert answer["exportador"]["verificado"] is False
    honest = scene.take(scene.package(scene.ana, scene.ana.seal(make_ficha(2)), name="ana"), 0)
    assert honest["exportador"]["verificado"] is True
    assert honest["exportador"]["nombre"] == answer["exportador"]["nombre"]
    assert honest["exportador"]["palabras"] != answer["exportador"]["palabras"]


def test_another_region_takes_nothing_away(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    """Revoked, made a province elsewhere, made to expire: by a key that nobody believes."""
    scene = region_scene
    first = scene.ana.seal(make_ficha(1))
    scene.take(scene.package(scene.ana, first), 0)
    lowered = scene.impostor.grant(scene.ana, Rol.PROVINCIAL, "0504")
    ended = scene.impostor.grant(scene.ana, hasta=region.DESDE + timedelta(days=1), after=[lowered])
    row = "38f", "a victim revoked and demoted by an impostor region"
    revoked = scene.impostor.revoke(scene.ana, region.DESDE)
    assert apart(scene, request, row, scene.stranger, lowered, ended, revoked) == (
        "wrong_signer record.wrong_signer"
    )
    second = scene.ana.seal(make_ficha(2))
    assert scene.take(scene.package(scene.ana, second), 0)["codigo"] is None
    assert {aprobacion(scene.coord, parcel) for parcel in (first, second)} == {"aprobado"}
    assert approval(scene.coord, scene.ana.device) == "aprobado"


def test_a_relief_by_another_region(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    scene = region_scene
    first = scene.ana.seal(make_ficha(1))
    scene.take(scene.package(scene.ana, first), 0)
    target = Target.of(first)
    relief = scene.impostor.seal(region.relevo(scene.ana.key, scene.stranger.key), Kind.RELEVO)
    later = scene.stranger.seal(
        make_ficha(1, lugar="ajena"), id=target.id, version=2, supersedes=target.superseded
    )
    row = "38g", "a stranger takes over by the word of an impostor region"
    assert apart(scene, request, row, scene.stranger, relief, later) == (
        "wrong_signer record.wrong_signer"
    )
    assert estados(scene.coord)[first.sha256] == "sellada"


def false_catalogue(scene: RegionScene, version: int = 9) -> Catalogo:
    return replace(region.catalogo(scene.impostor.root), version=version)


def exported(machine: Machine) -> bytes:
    made = machine.done("paquete", "exportar", "--todo", "-o", machine.root / "salida")
    return Path(made["archivos"][0]["ruta"]).read_bytes()


def opens(data: bytes, identity: str) -> bool:
    try:
        plain = pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(identity)])
    except pyrage.DecryptError:
        return False
    return bytes(plain).startswith(b"PK")


@pytest.mark.parametrize(
    ("number", "title", "who"),
    [
        ("38h", "false recipient, catalogue by a stranger", "stranger"),
        ("38i", "false recipient, catalogue by an approved specialist", "ana"),
        ("38j", "false recipient, catalogue by a coordinator who issues none", "jefe"),
    ],
)
def test_exports_stay_closed_to_the_true_region(
    number: str,
    title: str,
    who: str,
    region_scene: RegionScene,
    request: pytest.FixtureRequest,
) -> None:
    scene = region_scene
    thief: Sealer = getattr(scene, who)
    given = scene.impostor.grant(thief, Rol.COORDINADOR, emisor=True)
    forged = thief.seal(false_catalogue(scene), Kind.CATALOGO)
    answer = scene.take(scene.package(thief, given, forged), 3, scene.esp)
    found = outcome(answer, forged)
    code = found.partition(" ")[2] or answer["codigo"]
    attack_row(request, number, title, 3, code)
    data = exported(scene.esp)
    assert opens(data, scene.root.root.age_identity)
    assert not opens(data, scene.impostor.root.age_identity)
    assert scene.esp.done("region", "mostrar")["catalogo"]["version"] == 1


def test_without_a_region_nothing_is_closed_to_a_false_one(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    scene = region_scene
    new = Machine(scene.folder, "nueva")
    new.create()
    new.done("ficha", "importar", "-", "--sellar", "--motivo", "Viaje", stdin=jsonl(pending_row(7)))
    given = scene.impostor.grant(scene.stranger, Rol.COORDINADOR, emisor=True)
    forged = scene.stranger.seal(false_catalogue(scene, 1), Kind.CATALOGO)
    answer = scene.take(scene.package(scene.stranger, given, forged), 3, new)
    attack_row(request, "38k", "false catalogue before any region", 3, answer["codigo"])
    assert not opens(exported(new), scene.impostor.root.age_identity)
    assert exported(new).startswith(b"PK")


def test_words_that_are_not_the_regions(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    scene = region_scene
    new = Machine(scene.folder, "nueva")
    new.create()
    words = scene.coord.done("region", "mostrar")["llave_region"]["palabras"]
    scene.take(scene.package(scene.stranger, scene.impostor.grant(scene.stranger)), 3, new)
    refused = new.json("region", "aceptar", *words)
    attack_row(request, "38l", "the true words, the false region's file", 1, refused.error)
    assert (refused.code, refused.error) == (1, "region.words")
    assert new.done("region", "mostrar")["llave_region"] is None


def test_a_second_region_is_not_accepted_in_passing(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    scene = region_scene
    scene.take(scene.package(scene.stranger, scene.impostor.grant(scene.stranger)), 3, scene.esp)
    (other,) = scene.esp.done("region", "mostrar")["otras_raices"]
    before = state(scene.esp)
    refused = scene.esp.json("region", "aceptar", *other["palabras"])
    attack_row(request, "38m", "words of a second region", refused.code, refused.error)
    assert (refused.code, refused.error) == (1, "region.other_root")
    assert state(scene.esp) == before


def test_the_key_file_of_another_region(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    scene = region_scene
    data, _ = CHEAP_REGION_KEYS.create("05", PASSPHRASE, CREATED_AT)
    (scene.folder / "falsa.llave").write_bytes(data)
    before = state(scene.coord)
    options = ("--llave", scene.folder / "falsa.llave")
    device = scene.ana.device[:12]
    refused = scene.coord.json("credencial", "revocar", device, "--motivo", "x", *options)
    attack_row(request, "38n", "a key file put in the place of another", 1, refused.error)
    assert (refused.code, refused.error) == (1, "region.other_key")
    opened = scene.coord.json("region", "abrir", *options)
    assert (opened.code, opened.error) == (1, "region.other_root")
    assert state(scene.coord) == before


# --- 39: the wrong time --------------------------------------------------------------------------

NOW = datetime(2026, 11, 21, 15, tzinfo=UTC)
"""What the clocks of the scene say."""

DAY = timedelta(days=1)


def granted(scene: RegionScene, **options: Any) -> None:  # noqa: ANN401  # of `grant`
    """The stranger is approved by the region, for some time."""
    given = scene.root.grant(scene.stranger, **options)
    scene.take(scene.package(scene.jefe, given, name="credencial"), 0)


LATE_OR_EARLY: dict[str, tuple[str, dict[str, datetime], datetime]] = {
    "39b": ("credential expired", {"hasta": NOW - 30 * DAY}, NOW),
    "39c": ("credential not valid yet", {"desde": NOW + 30 * DAY}, NOW),
    "39d": ("credential expired, record backdated", {"hasta": NOW - 30 * DAY}, NOW - 60 * DAY),
    "39e": ("not valid yet, record sealed ahead", {"desde": NOW + 30 * DAY}, NOW + 40 * DAY),
    "39f": ("expired a little over the tolerance", {"hasta": NOW - 4 * DAY}, NOW - 5 * DAY),
}


@pytest.mark.parametrize("number", LATE_OR_EARLY)
def test_the_moment_of_reception_decides(
    number: str, region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    title, validity, sealed_at = LATE_OR_EARLY[number]
    scene = region_scene
    granted(scene, **validity)
    work = scene.stranger.seal(make_ficha(1), sealed_at=sealed_at)
    assert apart(scene, request, (number, title), scene.stranger, work) == (
        "quarantined record.expired"
    )
    assert estados(scene.coord)[work.sha256] == "cuarentena"
    for other in (scene.prov, scene.esp):
        (heard,) = scene.send(scene.coord, other)
        assert outcome(heard, work) == "quarantined record.expired"
        assert heard["codigo"] == "trust.records_apart"
        assert estados(other)[work.sha256] == "cuarentena"


@pytest.mark.parametrize(
    ("number", "title", "who"),
    [
        ("39g", "reception backdated by the author", "stranger"),
        ("39h", "reception backdated by an approved specialist", "ana"),
        ("39i", "reception backdated by a province", "huanta"),
    ],
)
def test_only_a_coordinator_says_when(
    number: str,
    title: str,
    who: str,
    region_scene: RegionScene,
    request: pytest.FixtureRequest,
) -> None:
    scene = region_scene
    granted(scene, hasta=NOW - 30 * DAY)
    work = scene.stranger.seal(make_ficha(1))
    forger: Sealer = getattr(scene, who)
    earlier = NOW - 60 * DAY
    said = forger.seal(
        reception(scene.stranger, work, at=earlier), Kind.RECEPCION, sealed_at=earlier
    )
    path = scene.package(forger, *sorted((work, said), key=lambda item: item.sequence))
    answer = scene.take(path, 3)
    attack_row(request, number, title, 3, outcome(answer, work).partition(" ")[2])
    assert outcome(answer, work) == "quarantined record.expired"
    assert estados(scene.coord)[work.sha256] == "cuarentena"
    rebuilt_alike(scene.coord)


def reception(sender: Sealer, *received: Parcel, at: datetime) -> Recepcion:
    return Recepcion(
        paquete="ab" * 32,
        paquete_id=make_uuid7("paquete"),
        recibido_en=at,
        remitente=Remitente(sender.device, "", ""),
        registros=tuple(Recibido(parcel.sha256, Resultado.NEW, None) for parcel in received),
    )


def test_what_came_in_time_stands(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    scene = region_scene
    granted(scene, hasta=NOW + DAY)
    in_time = scene.stranger.seal(make_ficha(1))
    scene.take(scene.package(scene.stranger, in_time), 0)
    scene.at("2027-02-01T10:00:00-05:00")
    late = scene.stranger.seal(make_ficha(2), sealed_at=NOW)
    row = "39j", "sealed in time, as it says, and received too late"
    assert apart(scene, request, row, scene.stranger, late) == "quarantined record.expired"
    found = estados(scene.coord)
    assert (found[in_time.sha256], found[late.sha256]) == ("sellada", "cuarentena")


def test_wrong_clocks_are_told_and_tolerated(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    scene = region_scene
    granted(scene, hasta=NOW - 2 * DAY)
    work = scene.stranger.seal(make_ficha(1), sealed_at=NOW + 400 * DAY)
    answer = scene.take(scene.package(scene.stranger, work), 0)
    (clock,) = answer["relojes"]
    assert clock == {"device": scene.stranger.device, "dias": 400}
    assert estados(scene.coord)[work.sha256] == "sellada"
    attack_row(request, "39k", "a clock a year ahead, two days late", 0, "", held="told, tolerated")


# --- 40: keys in the wrong place -----------------------------------------------------------------


def region_of(device: Sealer, name: str = "05") -> LocalRegionKey:
    """A device's own key that calls itself a region: it costs nothing to make."""
    key = device.key.private
    spki = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    root = region_certificate.issue_root(key, spki, name, CREATED_AT)
    return LocalRegionKey(key, region_certificate.read_root(root), create_age_identity()[0])


def test_a_device_that_calls_itself_a_region(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    scene = region_scene
    double = RegionSealer(region_of(scene.ana), 55)
    given = double.grant(scene.stranger, Rol.COORDINADOR, emisor=True)
    path = package(
        scene.folder / "ataque.fichaat",
        scene.stranger.key,
        [given, scene.stranger.seal(make_ficha(1))],
        keys=[double.root],
    )
    answer = scene.take(path, 3)
    attack_row(request, "40h", "an approved device as certificate authority", 3, answer["codigo"])
    assert outcome(answer, given) == "wrong_signer record.wrong_signer"
    assert approval(scene.coord, scene.stranger.device) == "por_aprobar"
    rebuilt_alike(scene.coord)


def test_a_credential_under_the_certificate_of_a_device(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    """The true region's record around a leaf that a device issued: no region would seal it."""
    scene = region_scene
    content = region.credencial(region_of(scene.ana), scene.stranger.key, Rol.COORDINADOR)
    forged = scene.root.seal(content, Kind.CREDENCIAL)
    before = state(scene.coord)
    answer = scene.coord.json("paquete", "importar", scene.package(scene.stranger, forged))
    attack_row(request, "40i", "a leaf issued by a device", answer.code, answer.json["codigo"])
    assert answer.json["codigo"] == "bundle.credential_certificate"
    assert state(scene.coord) == before


@pytest.mark.parametrize("first", ["region", "device"])
def test_one_key_with_two_certificates_poisons_nothing(
    first: str, region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    """Its records as a region and as a device, in two packages: what the coordinator hands on must
    still be read by everybody.
    """
    scene = region_scene
    work = scene.stranger.seal(make_ficha(1))
    double = RegionSealer(region_of(scene.stranger), 55)
    given = double.grant(scene.ana)
    made: dict[str, Callable[[Path], Path]] = {
        "device": lambda path: package(path, scene.stranger.key, [work]),
        "region": lambda path: package(path, scene.jefe.key, [given], keys=[double.root]),
    }
    rest = "device" if first == "region" else "region"
    for name in (first, rest):
        scene.coord.done(
            "paquete", "importar", made[name](scene.folder / f"{name}.fichaat"), code=3
        )
    scene.send(scene.coord, scene.esp)
    assert state(scene.esp)[0] == state(scene.coord)[0] + 1  # its own reception
    rebuilt_alike(scene.esp)
    number = "40j" if first == "region" else "40k"
    held = "everybody reads what is handed on"
    attack_row(request, number, f"one key as region and device, {first} first", 3, "", held=held)


def test_a_region_of_two_names_poisons_nothing(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    scene = region_scene
    one = RegionSealer(region_of(scene.stranger), 55)
    other = RegionSealer(region_of(scene.stranger, "06"), 56)
    given = one.grant(scene.ana)
    scene.coord.done(
        "paquete",
        "importar",
        package(scene.folder / "una.fichaat", scene.jefe.key, [given], keys=[one.root]),
        code=3,
    )
    foreign = other.seal(region.revocacion(scene.ana.key), Kind.REVOCACION, region="06")
    path = package(
        scene.folder / "otra.fichaat", scene.jefe.key, [foreign], keys=[other.root], region="06"
    )
    answer = scene.coord.json("paquete", "importar", path)
    attack_row(request, "40l", "one key as two regions", answer.code, answer.json["codigo"])
    assert answer.json["codigo"] == "bundle.other_region"
    scene.send(scene.coord, scene.esp)


def test_the_certificate_of_a_region_is_no_certificate_of_a_device(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    scene = region_scene
    path = package(
        scene.folder / "ataque.fichaat",
        scene.stranger.key,
        [scene.stranger.seal(make_ficha(1))],
        certificates={scene.stranger.device: to_pem(region_of(scene.stranger).certificate_der)},
    )
    answer = scene.coord.json("paquete", "importar", path)
    attack_row(
        request, "40m", "work under a region's certificate", answer.code, answer.json["codigo"]
    )
    assert answer.code == 1
