"""Attack 42: a laptop that the region revoked, and whatever is done with it (bundle.md)."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fichaat.domain.acuerdo import EstadoAcuerdo, EventoAcuerdo
from fichaat.domain.ficha import Ejecutor, Nivel
from fichaat.domain.recepcion import Recepcion, Recibido, Remitente, Resultado
from fichaat.domain.record import Kind
from fichaat.domain.revision import Revision, Veredicto
from fichaat.domain.rol import Rol
from tests.support.attack_table import attack_row
from tests.support.fault_stage import opened
from tests.support.hostile import Parcel, Sealer, Target, package
from tests.support.program import Machine
from tests.support.records import make_ficha, make_uuid7
from tests.support.region_scene import RegionScene, estados, outcome, rebuilt_alike, scene_of

NOW = datetime(2026, 11, 21, 15, tzinfo=UTC)
DAY = timedelta(days=1)
AFTER = "2026-12-10T10:00:00-05:00"
"""What the clocks say once the laptop is lost."""

PAST = NOW - 200 * DAY

REVOKED = "quarantined record.revoked"
MOTIVO = ("--motivo", "Se perdió en el camino")


def lose(scene: RegionScene, device: str) -> None:
    """The coordinator revokes a device, and everybody hears of it."""
    scene.coord.done(
        "credencial", "revocar", device[:12], "--llave", scene.folder / "region.llave", *MOTIVO
    )
    scene.send(scene.coord, scene.prov, scene.esp)
    scene.at(AFTER)


def hand_in(scene: RegionScene, sealer: Sealer, *parcels: Parcel) -> None:
    """In the good days: the region receives, and the others hear of it."""
    scene.take(scene.package(sealer, *parcels, name="antes"), 0)
    scene.send(scene.coord, scene.prov, scene.esp)


def reception(sender: Sealer, *received: Parcel, at: datetime) -> Recepcion:
    return Recepcion(
        paquete="cd" * 32,
        paquete_id=make_uuid7("otro paquete"),
        recibido_en=at,
        remitente=Remitente(sender.device, "", ""),
        registros=tuple(Recibido(parcel.sha256, Resultado.NEW, None) for parcel in received),
    )


Thing = tuple[str, str, Callable[[RegionScene, Parcel, Target], Parcel]]
"""What a thief seals once the laptop is revoked, from the ficha that was handed in before."""

THINGS: tuple[Thing, ...] = (
    ("42a", "new ficha", lambda s, _, __: s.ladron.seal(make_ficha(7))),
    (
        "42b",
        "new ficha, backdated",
        lambda s, _, __: s.ladron.seal(make_ficha(7), sealed_at=NOW - 90 * DAY),
    ),
    (
        "42c",
        "correction of the own ficha, backdated",
        lambda s, _, own: s.ladron.seal(
            make_ficha(1, lugar="robada"),
            id=own.id,
            version=2,
            supersedes=own.superseded,
            sealed_at=NOW - 90 * DAY,
        ),
    ),
    (
        "42d",
        "annulment of the own ficha",
        lambda s, _, own: s.ladron.seal(own.annulment(), Kind.ANULACION),
    ),
    (
        "42e",
        "evidence for the own ficha",
        lambda s, _, own: s.ladron.seal(
            own.evidence(make_ficha(1).responsables[0].id), Kind.EVIDENCIA
        ),
    ),
    (
        "42f",
        "a second first version in the place of the first",
        lambda s, first, own: s.ladron.seal(
            make_ficha(1, lugar="otra"), id=own.id, sequence=1, previous=None
        ),
    ),
    (
        "42g",
        "a new chain, as after a restore",
        lambda s, _, __: s.ladron.seal(
            make_ficha(7), chain=make_uuid7("nueva"), sequence=1, previous=None
        ),
    ),
)


FORWARDED = ("42b", "42d", "42g")


@dataclass(frozen=True)
class Lost:
    """A region that received a ficha of a laptop and then revoked it; nothing in it changes."""

    folder: Path
    own: Target
    before: dict[str, object]


@pytest.fixture(scope="session")
def lost(region_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Lost:
    folder = tmp_path_factory.mktemp("perdida") / "region"
    shutil.copytree(region_template, folder)
    scene = scene_of(folder, Target("", "", ""))
    first = scene.ladron.seal(make_ficha(1))
    hand_in(scene, scene.ladron, first)
    lose(scene, scene.ladron.device)
    return Lost(folder, Target.of(first), seen(scene, Target.of(first)))


def seen(scene: RegionScene, target: Target) -> dict[str, object]:
    shown = scene.coord.done("ficha", "mostrar", target.codigo)
    shown["entrega"]["provincia"] = None  # what a province received itself it may say at any time
    return {"shown": shown, **{item.folder.name: estados(item) for item in scene.machines}}


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: thing[0])
def test_what_came_later_is_kept_apart(
    thing: Thing, lost: Lost, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Handed in directly, or through a province that heard of it and hands on what it is given."""
    number, title, make = thing
    folder = tmp_path / "region"
    shutil.copytree(lost.folder, folder)
    scene = scene_of(folder, lost.own)
    scene.at(AFTER)
    late = make(scene, scene.ladron.seal(make_ficha(1)), lost.own)
    file = scene.package(scene.ladron, late)
    if number in FORWARDED:
        title += ", through a province"
        assert outcome(scene.take(file, 3, scene.prov), late) == REVOKED
        made = scene.prov.done("paquete", "exportar", "-o", folder / "adelante")
        file = Path(made["archivos"][0]["ruta"])
    answer = scene.take(file, 3)
    attack_row(request, number, title, 3, outcome(answer, late).partition(" ")[2])
    assert outcome(answer, late) == REVOKED
    for name, after in seen(scene, lost.own).items():
        before = lost.before[name]
        assert isinstance(before, dict)
        assert isinstance(after, dict)
        assert {**after, late.sha256: None} == {**before, late.sha256: None}, name
    rebuilt_alike(scene.coord)


def test_what_came_before_stands_for_who_hears_of_it_later(lost: Lost, tmp_path: Path) -> None:
    """A new computer gets the revocation, the reception and the ficha in one package."""
    folder = tmp_path / "region"
    shutil.copytree(lost.folder, folder)
    scene = scene_of(folder, lost.own)
    new = Machine(folder, "nueva")
    new.create()
    scene.take(scene.package(scene.ana, scene.root.grant(scene.ana)), 3, new)
    words = scene.coord.done("region", "mostrar")["llave_region"]["palabras"]
    new.done("region", "aceptar", *words)
    (heard,) = scene.send(scene.coord, new)
    (found,) = [item for item in heard["registros"] if item["sha256"] == lost.own.sha256]
    assert (found["resultado"], found["codigo"]) == ("new", None)
    assert estados(new)[lost.own.sha256] == "sellada"


def test_an_honest_province_that_had_not_heard(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    """Its own reception of the thief's work, in good faith, fixes no moment."""
    scene = region_scene
    first = scene.ladron.seal(make_ficha(1))
    hand_in(scene, scene.ladron, first)
    scene.coord.done(
        "credencial", "revocar", scene.ladron.device[:12], "--llave",
        scene.folder / "region.llave", *MOTIVO,
    )  # fmt: skip
    late = scene.ladron.seal(make_ficha(7), sealed_at=NOW - 90 * DAY)
    good = scene.ana.seal(make_ficha(8))
    believed = scene.take(scene.package(scene.ladron, late), 0, scene.prov)
    assert outcome(believed, late) == "new"
    scene.take(scene.package(scene.ana, good, name="ana"), 0, scene.prov)
    scene.at(AFTER)
    made = scene.prov.done("paquete", "exportar", "-o", scene.folder / "adelante")
    answer = scene.take(made["archivos"][0]["ruta"], 3)
    attack_row(
        request, "42h", "through a province that had not heard", 3,
        outcome(answer, late).partition(" ")[2],
    )  # fmt: skip
    assert (outcome(answer, late), outcome(answer, good)) == (REVOKED, "new")
    assert estados(scene.coord)[late.sha256] == "cuarentena"
    assert estados(scene.coord)[good.sha256] == "sellada"
    scene.send(scene.coord, scene.prov)
    assert estados(scene.prov)[late.sha256] == "cuarentena"
    rebuilt_alike(scene.prov)


@pytest.mark.parametrize(
    ("number", "title"),
    [
        ("42i", "revocation left out of a later package"),
        ("42j", "older credential sent again"),
        ("42k", "credential renewed after the revocation"),
        ("42l", "credential that knew the revocation"),
        ("42m", "a milder revocation, from later on"),
    ],
)
def test_a_revocation_is_for_ever(
    number: str, title: str, region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    scene = region_scene
    granted = scene.root.grant(scene.ladron)
    scene.take(scene.package(scene.jefe, granted, name="credencial"), 0)
    revoked = scene.root.revoke(scene.ladron, NOW - DAY)
    scene.take(scene.package(scene.jefe, revoked, name="revocacion"), 0)
    late = scene.ladron.seal(make_ficha(7))
    more = {
        "42i": [],
        "42j": [granted],
        "42k": [scene.root.grant(scene.ladron, desde=NOW)],
        "42l": [scene.root.grant(scene.ladron, desde=NOW, after=[revoked])],
        "42m": [scene.root.revoke(scene.ladron, NOW + 365 * DAY)],
    }[number]
    path = scene.package(scene.ladron, *more, late)
    answer = scene.take(path, 3)
    attack_row(request, number, title, 3, outcome(answer, late).partition(" ")[2])
    assert outcome(answer, late) == REVOKED
    assert answer["codigo"] == "trust.exporter_revoked"
    # Elsewhere, in whatever order it comes, it is the same.
    for machine, order in (
        (scene.prov, ("revocacion", "ataque")),
        (scene.esp, ("ataque", "revocacion")),
    ):
        for name in order:
            machine.json("paquete", "importar", scene.folder / f"{name}.fichaat")
        assert estados(machine)[late.sha256] == "cuarentena"
        rebuilt_alike(machine)


def test_a_revoked_coordinator_says_nothing_any_more(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    """Receptions backdated, reviews, annulments, a catalogue: by the laptop that was stolen."""
    scene = region_scene
    before_loss = scene.jefe.seal(
        Revision(scene.own.subject, Veredicto.APROBADA, "", None), Kind.REVISION
    )
    hand_in(scene, scene.jefe, before_loss)
    assert shown(scene.coord, scene.own) == "aprobada"
    thief = Sealer(77)
    given = scene.root.grant(thief, hasta=NOW - 30 * DAY)
    scene.take(scene.package(scene.ana, given, name="vencida"), 0)
    lose(scene, scene.jefe.device)
    late = thief.seal(make_ficha(7))
    earlier = NOW - 60 * DAY
    forged = [
        scene.jefe.seal(reception(thief, late, at=earlier), Kind.RECEPCION, sealed_at=earlier),
        scene.jefe.seal(
            Revision(scene.own.subject, Veredicto.RECHAZADA, "no", None),
            Kind.REVISION,
            after=(before_loss.sha256,),
            sealed_at=earlier,
        ),
        scene.jefe.seal(scene.own.annulment(), Kind.ANULACION, sealed_at=earlier),
    ]
    path = package(
        scene.folder / "ataque.fichaat", scene.jefe.key, [late, *forged], keys=[thief.key]
    )
    answer = scene.take(path, 3)
    titles = ("reception", "review", "annulment")
    for number, title, parcel in zip(("42n", "42o", "42p"), titles, forged, strict=True):
        attack_row(request, number, f"{title} by a revoked coordinator, backdated", 3,
                   outcome(answer, parcel).partition(" ")[2])  # fmt: skip
        assert outcome(answer, parcel) == REVOKED
    assert outcome(answer, late) == "quarantined record.expired"
    for machine in scene.machines:
        if machine is not scene.coord:
            scene.send(scene.coord, machine)
        assert shown(machine, scene.own) == "aprobada"
        assert estados(machine)[late.sha256] == "cuarentena"
        rebuilt_alike(machine)


@pytest.mark.parametrize("accepts", [False, True], ids=["before", "after"])
def test_what_an_older_root_revoked_reaches_who_has_not_accepted_the_newer(
    region_scene: RegionScene, request: pytest.FixtureRequest, *, accepts: bool
) -> None:
    """The coordinator revokes, replaces the region's key, and only then answers."""
    scene = region_scene
    lose(scene, scene.ladron.device)
    late, earlier = scene.ladron.seal(make_ficha(7)), NOW - 60 * DAY
    scene.take(scene.package(scene.ladron, late, name="robo"), 3, scene.esp)
    revoke = ("credencial", "revocar", scene.jefe.device[:12], *MOTIVO)
    scene.coord.done(*revoke, "--llave", scene.folder / "region.llave")
    scene.coord.done("region", "crear", "--llave", scene.folder / "nueva.llave", "--reemplaza")
    device = scene.esp.done("perfil", "mostrar")["device"]
    made = scene.coord.done(
        "paquete", "exportar", "--para", device, "-o", scene.folder / "respuesta"
    )
    file = made["archivos"][0]["ruta"]
    assert scene.esp.done("paquete", "importar", file, code=3)["codigo"] == "trust.other_region_key"
    if accepts:
        words = scene.coord.done("region", "mostrar")["llave_region"]["palabras"]
        scene.esp.done("region", "aceptar", *words, "--reemplaza")
    devices = scene.esp.done("credencial", "listar")["equipos"]
    states = {row["device"]: row["aprobacion"] for row in devices}
    assert states[scene.jefe.device] == "revocado"
    told = reception(scene.ladron, late, at=earlier)
    forged = scene.jefe.seal(told, Kind.RECEPCION, sealed_at=earlier)
    answer = scene.take(scene.package(scene.jefe, late, forged), 3, scene.esp)
    attack_row(
        request, "42t" if accepts else "42s", "reception by who an older root revoked, backdated",
        3, outcome(answer, forged).partition(" ")[2],
    )  # fmt: skip
    assert outcome(answer, forged) == REVOKED
    assert estados(scene.esp)[late.sha256] == "cuarentena"
    rebuilt_alike(scene.esp)


def test_whom_a_replaced_root_approves_later_is_told_to_nobody(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    """The key was replaced because it was stolen: the region carries no credential of the thief's
    to those who believe it still.
    """
    scene, thief = region_scene, Sealer(77)
    scene.coord.done("region", "crear", "--llave", scene.folder / "nueva.llave", "--reemplaza")
    given = scene.root.grant(thief, Rol.COORDINADOR)
    revoked = scene.root.revoke(scene.jefe, NOW - DAY)
    path = scene.package(scene.ana, given, revoked)
    # Nothing new to be compared: this key was believed here once.
    assert scene.take(path, 3)["codigo"] == "trust.records_apart"
    device = scene.esp.done("perfil", "mostrar")["device"]
    target = scene.folder / "respuesta"
    made = scene.coord.done("paquete", "exportar", "--para", device, "-o", target)
    answer = scene.esp.done("paquete", "importar", made["archivos"][0]["ruta"], code=3)
    told = {item["sha256"] for item in answer["registros"]}
    attack_row(request, "42u", "credential by a replaced root", 3, answer["codigo"])
    assert given.sha256 not in told
    assert revoked.sha256 in told
    devices = scene.esp.done("credencial", "listar")["equipos"]
    assert thief.device not in {row["device"] for row in devices}


def test_a_revoked_province_marks_nothing_as_seen(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    scene = region_scene
    work = scene.ana.seal(make_ficha(3, distritos=["050401"]))
    hand_in(scene, scene.ana, work)
    lose(scene, scene.huanta.device)
    target = Target.of(work)
    seen = scene.huanta.seal(Revision(target.subject, Veredicto.VISADA, "", None), Kind.REVISION)
    answer = scene.take(scene.package(scene.huanta, seen), 3)
    attack_row(request, "42q", "marked as seen by a revoked province", 3, "record.revoked")
    assert outcome(answer, seen) == REVOKED
    assert shown(scene.coord, target) == "recibida"


def test_a_thief_with_a_revoked_laptop_gets_nothing_counted(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    """Seals, backdates and forwards through an honest province: at the coordinator, the province
    and the specialist, lists, states, agreements and acknowledgements are as they were.
    """
    scene = region_scene
    honest = scene.ladron.seal(make_ficha(1))
    others = scene.ana.seal(make_ficha(2, sigue=[make_ficha(1).acuerdos[0].id]))
    hand_in(scene, scene.ladron, honest)
    hand_in(scene, scene.ana, others)
    lose(scene, scene.ladron.device)
    own, agreements = Target.of(honest), [item.id for item in make_ficha(1).acuerdos]
    before = {machine.folder.name: counted(machine, agreements) for machine in scene.machines}
    loot = stolen(scene, own, agreements)
    told = reception(scene.ladron, honest, *loot, at=PAST)
    loot.append(scene.ladron.seal(told, Kind.RECEPCION, sealed_at=PAST))
    scene.take(scene.package(scene.ladron, *loot, name="botin"), 3, scene.prov)
    made = scene.prov.done("paquete", "exportar", "-o", scene.folder / "adelante")
    answer = scene.take(made["archivos"][0]["ruta"], 3)
    for parcel in loot:
        assert outcome(answer, parcel) in {REVOKED, "wrong_signer record.wrong_signer"}
    scene.send(scene.coord, scene.esp)
    scene.send(scene.coord, scene.prov)
    for machine in scene.machines:
        assert counted(machine, agreements) == before[machine.folder.name], machine.folder.name
        rebuilt_alike(machine)
    attack_row(
        request,
        "42r",
        "a thief seals, backdates, forwards: nothing is counted",
        3,
        "record.revoked",
    )


def stolen(scene: RegionScene, own: Target, agreements: list[str]) -> list[Parcel]:
    """Everything that a thief could want, backdated."""
    provincial = Ejecutor(Nivel.PROVINCIAL, "0501", "Municipalidad Provincial")
    corrected = {"id": own.id, "version": 2, "supersedes": own.superseded}
    wanted: list[tuple[object, Kind, dict[str, object]]] = [
        (make_ficha(20), Kind.FICHA, {}),
        (make_ficha(21, ejecutor=provincial), Kind.FICHA, {}),
        (make_ficha(1, lugar="robada"), Kind.FICHA, corrected),
        (own.annulment(), Kind.ANULACION, {}),
        (EventoAcuerdo(agreements[0], EstadoAcuerdo.CUMPLIDO), Kind.SEGUIMIENTO, {}),
        (EventoAcuerdo(agreements[1], EstadoAcuerdo.NO_CUMPLIDO), Kind.SEGUIMIENTO, {}),
        (make_ficha(22, sigue=agreements), Kind.FICHA, {}),
        (Revision(scene.own.subject, Veredicto.RECHAZADA, "no", None), Kind.REVISION, {}),
        (scene.own.annulment(), Kind.ANULACION, {}),
    ]
    return [
        scene.ladron.seal(content, kind, sealed_at=PAST, **changes)
        for content, kind, changes in wanted
    ]


def counted(machine: Machine, agreements: list[str]) -> dict[str, object]:
    """Everything that a person or a report would count."""
    listed = {
        sha256: estado for sha256, estado in estados(machine).items() if estado != "cuarentena"
    }
    codes = _codes(machine)
    with opened(machine) as session, session.store.read() as reader:
        found = reader.acuerdos(agreements)
        acknowledged = reader.acknowledged()
        states = {sha256: session.read_sealed(codigo).estado for codigo, sha256 in codes}
        open_ = {key: sorted(value) for key, value in reader.open_acuerdos(["050101"]).items()}
    living = set(listed)
    return {
        "list": listed,
        "states": {sha256: states[sha256] for sha256 in living},
        "agreements": {id_: (row.estado, row.plazo) for id_, row in found.items()},
        "open": open_,
        "acknowledged": acknowledged & living,
    }


def _codes(machine: Machine) -> list[tuple[str, str]]:
    rows = machine.done("ficha", "listar", "--limite", "500")["fichas"]
    return [(row["codigo"], row["sha256"]) for row in rows if row["estado"] != "cuarentena"]


def shown(machine: Machine, target: Target) -> str:
    with opened(machine) as session:
        return str(session.read_sealed(target.codigo).estado)
