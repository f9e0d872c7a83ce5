"""Attack 41: an approved device that does more than its role and its scope allow (bundle.md)."""

from collections.abc import Callable, Sequence

import pytest

from fichaat.domain.acuerdo import EstadoAcuerdo, EventoAcuerdo
from fichaat.domain.ficha import Ejecutor, Ficha, Nivel
from fichaat.domain.record import Kind
from fichaat.domain.revision import Revision, Veredicto
from fichaat.texts import MESSAGES
from tests.support import region
from tests.support.attack_table import attack_row
from tests.support.fault_stage import opened
from tests.support.hostile import Parcel, Target
from tests.support.program import Machine
from tests.support.records import make_ficha
from tests.support.region_scene import RegionScene, estados, outcome, rebuilt_alike, state

OUT_OF_SCOPE = "out_of_scope record.out_of_scope"
WRONG_SIGNER = "wrong_signer record.wrong_signer"


def provincial(number: int, province: str, districts: Sequence[str]) -> Ficha:
    ejecutor = Ejecutor(Nivel.PROVINCIAL, province, "Municipalidad Provincial")
    return make_ficha(number, distritos=districts, ejecutor=ejecutor)


def review(target: Target, veredicto: Veredicto) -> Revision:
    motivo = "" if veredicto in (Veredicto.VISADA, Veredicto.APROBADA) else "porque sí"
    return Revision(target.subject, veredicto, motivo, None)


def shown_estado(machine: Machine, codigo: str) -> str:
    """What the window shows of a ficha."""
    with opened(machine) as session:
        return str(session.read_sealed(codigo).estado)


Attack = tuple[str, str, Callable[[RegionScene], list[Parcel]], str]

ATTACKS: tuple[Attack, ...] = (
    (
        "41a",
        "province seals a ficha of another province",
        lambda s: [s.huanta.seal(provincial(1, "0501", ["050101"]))],
        OUT_OF_SCOPE,
    ),
    (
        "41b",
        "province seals a ficha of two provinces",
        lambda s: [s.huanta.seal(provincial(1, "0504", ["050401", "050101"]))],
        OUT_OF_SCOPE,
    ),
    (
        "41c",
        "province seals as if it were the region",
        lambda s: [s.huanta.seal(make_ficha(1, distritos=["050401"]))],
        OUT_OF_SCOPE,
    ),
    (
        "41d",
        "specialist seals a ficha of another region's district",
        lambda s: [s.ana.seal(make_ficha(1, distritos=["030101"]))],
        OUT_OF_SCOPE,
    ),
    (
        "41e",
        "specialist approves the own ficha",
        lambda s: [
            first := s.ana.seal(make_ficha(1)),
            s.ana.seal(review(Target.of(first), Veredicto.APROBADA), Kind.REVISION),
        ],
        WRONG_SIGNER,
    ),
    (
        "41f",
        "specialist approves somebody else's",
        lambda s: [s.ana.seal(review(s.own, Veredicto.APROBADA), Kind.REVISION)],
        WRONG_SIGNER,
    ),
    (
        "41g",
        "specialist marks as seen",
        lambda s: [s.ana.seal(review(s.own, Veredicto.VISADA), Kind.REVISION)],
        WRONG_SIGNER,
    ),
    (
        "41h",
        "province approves",
        lambda s: [s.huanta.seal(review(s.own, Veredicto.APROBADA), Kind.REVISION)],
        WRONG_SIGNER,
    ),
    (
        "41i",
        "province rejects",
        lambda s: [s.huanta.seal(review(s.own, Veredicto.RECHAZADA), Kind.REVISION)],
        WRONG_SIGNER,
    ),
    (
        "41j",
        "province decides a conflict",
        lambda s: [s.huanta.seal(review(s.own, Veredicto.ELEGIDA), Kind.REVISION)],
        WRONG_SIGNER,
    ),
    (
        "41k",
        "coordinator marks as seen, which is the province's",
        lambda s: [s.jefe.seal(review(s.own, Veredicto.VISADA), Kind.REVISION)],
        WRONG_SIGNER,
    ),
    (
        "41l",
        "specialist publishes a catalogue",
        lambda s: [s.ana.seal(region.catalogo(s.root.root, 2), Kind.CATALOGO)],
        WRONG_SIGNER,
    ),
    (
        "41m",
        "province publishes a catalogue",
        lambda s: [s.huanta.seal(region.catalogo(s.root.root, 2), Kind.CATALOGO)],
        WRONG_SIGNER,
    ),
    (
        "41n",
        "coordinator who issues none publishes a catalogue",
        lambda s: [s.jefe.seal(region.catalogo(s.root.root, 2), Kind.CATALOGO)],
        WRONG_SIGNER,
    ),
    (
        "41o",
        "specialist annuls another's ficha",
        lambda s: [s.ana.seal(s.own.annulment(), Kind.ANULACION)],
        WRONG_SIGNER,
    ),
    (
        "41p",
        "province annuls a specialist's ficha",
        lambda s: [s.huanta.seal(s.own.annulment(), Kind.ANULACION)],
        WRONG_SIGNER,
    ),
    (
        "41q",
        "province corrects a specialist's ficha",
        lambda s: [
            s.huanta.seal(
                provincial(1, "0504", ["050401"]),
                id=s.own.id,
                version=2,
                supersedes=s.own.superseded,
            )
        ],
        WRONG_SIGNER,
    ),
    (
        "41r",
        "coordinator corrects a specialist's ficha",
        lambda s: [s.jefe.seal(make_ficha(1), id=s.own.id, version=2, supersedes=s.own.superseded)],
        WRONG_SIGNER,
    ),
    (
        "41s",
        "specialist adds evidence to another's ficha",
        lambda s: [s.ana.seal(s.own.evidence(region_person(s)), Kind.EVIDENCIA)],
        WRONG_SIGNER,
    ),
)


def region_person(scene: RegionScene) -> str:
    shown = scene.esp.done("ficha", "mostrar", scene.own.codigo)
    return str(shown["contenido"]["responsables"][0]["id"])


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack[0])
def test_more_than_it_may(
    attack: Attack, region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    number, title, make, expected = attack
    scene = region_scene
    before = scene.coord.done("ficha", "mostrar", scene.own.codigo)
    catalogo = scene.coord.done("region", "mostrar")["catalogo"]
    seen = shown_estado(scene.coord, scene.own.codigo)
    parcels = make(scene)
    sealer = next(
        item for item in (scene.ana, scene.huanta, scene.jefe) if item.device == parcels[0].device
    )
    answer = scene.take(scene.package(sealer, *parcels), 3)
    found = outcome(answer, parcels[-1])
    attack_row(request, number, title, 3, found.partition(" ")[2])
    assert found == expected
    assert found.partition(" ")[2] in MESSAGES
    assert scene.coord.done("ficha", "mostrar", scene.own.codigo) == before
    assert shown_estado(scene.coord, scene.own.codigo) == seen
    assert scene.coord.done("region", "mostrar")["catalogo"] == catalogo
    if expected == OUT_OF_SCOPE:
        assert estados(scene.coord)[parcels[0].sha256] == "cuarentena"
    else:
        assert set(estados(scene.coord).values()) == {"sellada"}
    rebuilt_alike(scene.coord)


def test_a_province_sees_for_its_own_only(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    """Its word about another's ficha is kept and says nothing; about its own it is heard."""
    scene = region_scene
    own = scene.ana.seal(make_ficha(1, distritos=["050401"]))
    both = scene.ana.seal(make_ficha(2, distritos=["050401", "050101"]))
    scene.take(scene.package(scene.ana, own, both), 0)
    words = [
        scene.huanta.seal(review(target, Veredicto.VISADA), Kind.REVISION)
        for target in (scene.own, Target.of(both), Target.of(own))
    ]
    answer = scene.coord.json("paquete", "importar", scene.package(scene.huanta, *words))
    targets = (scene.own.codigo, Target.of(both).codigo, Target.of(own).codigo)
    found = [shown_estado(scene.coord, codigo) for codigo in targets]
    assert found == ["recibida", "recibida", "visada"]
    attack_row(
        request, "41t", "province marks another's as seen", answer.code, "", held="not as seen"
    )
    rebuilt_alike(scene.coord)


def test_a_profile_is_not_a_credential(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    """Whoever says to be a coordinator at first start can review nothing, nor use the key."""
    scene = region_scene
    thief = Machine(scene.folder, "ladron")
    thief.create(
        "--rol=coordinador", "--region=05", "--nombre=Rosa Ñaupari", "--cargo=C", "--entidad=G"
    )
    scene.send(scene.coord, thief)
    thief.done(
        "region",
        "aceptar",
        *scene.coord.done("region", "mostrar")["llave_region"]["palabras"],
    )
    before = state(thief)
    refused = thief.json("revision", "aprobar", scene.own.codigo)
    attack_row(request, "41u", "coordinator by the own word reviews", refused.code, refused.error)
    assert (refused.code, refused.error) == (1, "revision.not_approved")
    assert state(thief) == before
    lowly = scene.esp.json("revision", "aprobar", scene.own.codigo)
    attack_row(request, "41v", "specialist reviews by command", lowly.code, lowly.error)
    assert (lowly.code, lowly.error) == (1, "revision.coordinator_only")
    key = scene.folder / "region.llave"
    device = scene.ana.device[:12]
    revoked = scene.esp.json("credencial", "revocar", device, "--motivo", "x", "--llave", key)
    attack_row(request, "41w", "specialist with a copy of the key file", 1, revoked.error)
    assert (revoked.code, revoked.error) == (1, "region.coordinator_only")


def test_what_others_say_of_an_agreement(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    """A device without a credential follows up nothing of an approved ficha."""
    scene = region_scene
    first = scene.ana.seal(make_ficha(1))
    scene.take(scene.package(scene.ana, first), 0)
    acuerdo = make_ficha(1).acuerdos[0].id
    before = agreement(scene.coord, acuerdo)
    event = scene.stranger.seal(EventoAcuerdo(acuerdo, EstadoAcuerdo.CUMPLIDO), Kind.SEGUIMIENTO)
    answer = scene.take(scene.package(scene.stranger, event), 3)
    after = agreement(scene.coord, acuerdo)
    assert after == before
    attack_row(request, "41x", "a stranger fulfils an agreement", 3, answer["codigo"])


def agreement(machine: Machine, acuerdo: str) -> str:
    """The state of an agreement as it is drawn."""
    with opened(machine) as session, session.store.read() as reader:
        return reader.acuerdos([acuerdo])[acuerdo].estado
