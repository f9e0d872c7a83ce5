"""Attack 43: records in order that deserve no trust (bundle.md): kept, shown, without effect.

Anyone may seal anything with a key of their own. `casa` keeps such records apart, goes on showing
its own ficha as it was, and hands them on byte for byte.
"""

import shutil
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fichaat.domain import codec
from fichaat.domain.recepcion import Recepcion, Recibido, Remitente, Resultado
from fichaat.domain.record import Kind
from fichaat.texts import MESSAGES
from tests.support.attack_table import attack_row
from tests.support.hostile import Parcel, Sealer, Target
from tests.support.program import Machine
from tests.support.records import make_ficha, make_uuid7
from tests.support.rows import jsonl, pending_row
from tests.support.scene import Scene, verdicts

NEW = ("new", "record.device_pending")


def apart(
    scene: Scene, request: pytest.FixtureRequest, number: str, title: str, *parcels: Parcel
) -> str:
    """Import the stranger's records; the code of the last, which is in the table."""
    answer = scene.take(scene.from_stranger(*parcels))
    (found,) = [item for item in answer["registros"] if item["sha256"] == parcels[-1].sha256]
    attack_row(request, number, title, 3, found["codigo"])
    assert found["codigo"] in MESSAGES
    again = scene.casa.done("paquete", "importar", scene.file(), code=3)
    assert {result for result, _ in verdicts(again)} == {"known"}
    scene.rebuilt_alike()
    return f"{found['resultado']} {found['codigo']}"


def home_is_as_it_was(scene: Scene, before: Any) -> None:  # noqa: ANN401  # of ficha mostrar
    """The person at home sees the own ficha, sealed, with the same signatures."""
    assert before["estado"] == "sellada"
    assert scene.shown() == before
    (row,) = [item for item in scene.listed() if item["sha256"] == scene.own.sha256]
    assert row["estado"] == "sellada"


def test_an_old_package_sent_again(scene: Scene, request: pytest.FixtureRequest) -> None:
    first = scene.ana.seal(make_ficha(1))
    target = Target.of(first)
    old = scene.from_ana(first, name="enero")
    second = scene.ana.seal(
        make_ficha(1, lugar="corregida"), id=target.id, version=2, supersedes=target.superseded
    )
    annulled = scene.ana.seal(Target.of(second).annulment(), Kind.ANULACION)
    scene.take(old)
    scene.take(scene.from_ana(second, annulled, name="marzo"))
    before = scene.state()
    answer = scene.take(old)
    attack_row(request, "43.60", "old package sent again", 3, answer["codigo"])
    assert verdicts(answer) == [("known", None)]
    assert scene.state() == before
    assert scene.shown(target.codigo)["estado"] == "anulada"


def test_records_in_any_order(scene: Scene, request: pytest.FixtureRequest) -> None:
    """A correction, a signature and an annulment before what they are about."""
    first = scene.ana.seal(make_ficha(1))
    target = Target.of(first)
    second = scene.ana.seal(
        make_ficha(1, lugar="corregida"), id=target.id, version=2, supersedes=target.superseded
    )
    person = codec.decode_record(first.raw).record.content.responsables[0].id  # type: ignore[attr-defined]  # a ficha
    proof = scene.ana.seal(Target.of(second).evidence(person), Kind.EVIDENCIA)
    annulled = scene.ana.seal(Target.of(second).annulment(), Kind.ANULACION)
    answer = scene.take(scene.from_ana(proof, annulled, name="3"))
    attack_row(request, "43.61", "annulment before its ficha", 3, answer["codigo"])
    assert verdicts(answer) == [NEW, NEW]
    assert [(gap["desde"], gap["hasta"]) for gap in answer["huecos"]] == [(1, 2)]
    answer = scene.take(scene.from_ana(second, name="2"))
    assert verdicts(answer) == [("new_version", "record.device_pending")]
    assert [(gap["desde"], gap["hasta"]) for gap in answer["huecos"]] == [(1, 1)]
    answer = scene.take(scene.from_ana(first, name="1"))
    assert verdicts(answer) == [NEW]
    assert answer["huecos"] == []
    shown = scene.shown(target.codigo)
    assert shown["estado"] == "anulada"
    assert shown["registro"]["version"] == 2
    assert [firma["participante"] for firma in shown["firmas"]] == [person]
    scene.rebuilt_alike()


def test_two_first_versions_by_one_device(scene: Scene, request: pytest.FixtureRequest) -> None:
    first = scene.ana.seal(make_ficha(1))
    target = Target.of(first)
    scene.take(scene.from_ana(first, name="una"))
    double = scene.ana.seal(make_ficha(1, lugar="otro lugar"), id=target.id)
    answer = scene.take(scene.from_ana(double, name="otra"))
    attack_row(request, "43.62", "one id, two contents, one device", 3, "record.conflict")
    assert verdicts(answer) == [("conflict", "record.conflict")]
    assert scene.shown(target.codigo)["estado"] == "conflicto"
    assert [row["estado"] for row in scene.listed() if row["id"] == target.id] == ["conflicto"]
    scene.rebuilt_alike()


def test_a_stranger_copies_an_id(scene: Scene, request: pytest.FixtureRequest) -> None:
    before = scene.shown()
    copy = scene.stranger.seal(make_ficha(9, codigo=scene.own.codigo), id=scene.own.id)
    assert apart(scene, request, "43.63", "stranger's copy of an id", copy) == (
        "quarantined record.quarantined"
    )
    home_is_as_it_was(scene, before)
    assert len([row for row in scene.listed() if row["id"] == scene.own.id]) == 2
    # Elsewhere, where neither is known, both are kept apart and neither hides the other.
    third = Machine(scene.folder, "tercera")
    third.create()
    exported = scene.casa.done("paquete", "exportar", "-o", scene.folder / "x", "--todo")
    answer = third.done("paquete", "importar", exported["archivos"][0]["ruta"], code=3)
    about = [v for v in answer["registros"] if v["id"] == scene.own.id]
    assert [v["resultado"] for v in about] == ["quarantined", "quarantined"]


def test_a_stranger_corrects(scene: Scene, request: pytest.FixtureRequest) -> None:
    before = scene.shown()
    later = scene.stranger.seal(
        make_ficha(9, codigo=scene.own.codigo),
        id=scene.own.id,
        version=2,
        supersedes=scene.own.superseded,
        after=(scene.own.sha256,),
    )
    assert apart(scene, request, "43.64", "later version by another device", later) == (
        "wrong_signer record.wrong_signer"
    )
    home_is_as_it_was(scene, before)
    assert len(scene.listed()) == 1


def test_a_stranger_corrects_what_nobody_has(scene: Scene, request: pytest.FixtureRequest) -> None:
    """It replaces a version that never was, so as not to be measured against the real one."""
    before = scene.shown()
    made_up = Target(scene.own.id, "ab" * 32, scene.own.codigo, version=8)
    later = scene.stranger.seal(
        make_ficha(9, codigo=scene.own.codigo),
        id=scene.own.id,
        version=9,
        supersedes=made_up.superseded,
    )
    assert apart(scene, request, "43.65", "later version of one made up", later) == (
        "quarantined record.quarantined"
    )
    home_is_as_it_was(scene, before)


def test_a_stranger_annuls(scene: Scene, request: pytest.FixtureRequest) -> None:
    before = scene.shown()
    annulled = scene.stranger.seal(scene.own.annulment(), Kind.ANULACION)
    assert apart(scene, request, "43.66", "annulment by another device", annulled) == (
        "wrong_signer record.wrong_signer"
    )
    home_is_as_it_was(scene, before)


def test_a_stranger_adds_evidence(scene: Scene, request: pytest.FixtureRequest) -> None:
    before = scene.shown()
    person = before["contenido"]["responsables"][0]["id"]
    proof = scene.stranger.seal(scene.own.evidence(person), Kind.EVIDENCIA)
    assert apart(scene, request, "43.67", "evidence by another device", proof) == (
        "wrong_signer record.wrong_signer"
    )
    home_is_as_it_was(scene, before)


def test_what_a_stranger_says_first_gains_no_right(
    scene: Scene, request: pytest.FixtureRequest
) -> None:
    """The annulment arrives before the ficha: once the ficha is here, it still has no effect."""
    first = scene.ana.seal(make_ficha(1))
    target = Target.of(first)
    early = scene.stranger.seal(target.annulment(), Kind.ANULACION)
    answer = scene.take(scene.from_stranger(early))
    attack_row(request, "43.68", "annulment by another, ahead of its ficha", 3, answer["codigo"])
    assert verdicts(answer) == [NEW]
    scene.take(scene.from_ana(first))
    assert scene.shown(target.codigo)["estado"] == "sellada"
    scene.rebuilt_alike()


def test_a_subject_of_another_ficha(scene: Scene, request: pytest.FixtureRequest) -> None:
    """The annulment names the stranger's own ficha and the hash of somebody else's."""
    before = scene.shown()
    mine = scene.stranger.seal(make_ficha(9))
    mixed = Target(Target.of(mine).id, scene.own.sha256, "")
    trick = scene.stranger.seal(mixed.annulment(), Kind.ANULACION)
    apart(scene, request, "43.69", "annulment of a mixed subject", mine, trick)
    home_is_as_it_was(scene, before)
    states = {row["id"]: row["estado"] for row in scene.listed()}
    assert states == {scene.own.id: "sellada", mixed.id: "sellada"}


def fork_lines(machine: Machine) -> list[str]:
    lines = machine("recepcion", "mostrar").out.splitlines()
    first = lines.index("Cadenas bifurcadas: 1") + 1
    return [line.strip() for line in lines[first : first + 3]]


def test_a_copied_data_folder_forks(scene: Scene, request: pytest.FixtureRequest) -> None:
    """One device, two computers: both branches are kept, and everyone sees that there are two."""
    twin = Machine(scene.folder, "gemela")
    shutil.copytree(scene.casa.folder, twin.folder)
    options = ("ficha", "importar", "-", "--sellar", "--motivo", "Sin luz")
    scene.casa.done(*options, stdin=jsonl(pending_row(2)))
    twin.done(*options, stdin=jsonl(pending_row(3)))
    files = [
        machine.done("paquete", "exportar", "-o", scene.folder / name, "--todo")["archivos"][0]
        for name, machine in (("a", scene.casa), ("b", twin))
    ]
    third = Machine(scene.folder, "tercera")
    third.create()
    third.done("paquete", "importar", files[0]["ruta"], code=3)
    answer = third.done("paquete", "importar", files[1]["ruta"], code=3)
    attack_row(request, "43.70", "copied data folder", 3, "record.fork")
    assert verdicts(answer) == [("known", None), ("fork", "record.fork")]
    assert answer["huecos"] == []
    # Which side is whose, of which visit: what a person needs to decide.
    head, *sides = fork_lines(third)
    assert head.endswith(": dos registros con el número 2")
    (found,) = third.done("recepcion", "mostrar")["bifurcaciones"]
    for line, side in zip(sides, found["lados"], strict=True):
        assert line.startswith(side["sha256"][:8])
        assert side["codigo"] in line
        assert line.endswith(side["fecha"])
    assert {row["estado"] for row in third.done("ficha", "listar")["fichas"]} == {"sellada"}
    assert len(third.done("ficha", "listar")["fichas"]) == 3
    back = scene.casa.done("paquete", "importar", files[1]["ruta"])
    assert verdicts(back) == [("known", None), ("fork", "record.fork")]
    # The fork is over once either branch goes on: nothing is lost, nothing is asked again.
    scene.casa.done(*options, stdin=jsonl(pending_row(4)))
    assert len(scene.listed()) == 4
    scene.rebuilt_alike()


def test_two_corrections_of_one_copied_folder(scene: Scene, request: pytest.FixtureRequest) -> None:
    twin = Machine(scene.folder, "gemela")
    shutil.copytree(scene.casa.folder, twin.folder)
    for machine, word in ((scene.casa, "uno"), (twin, "dos")):
        machine.done("ficha", "rectificar", scene.own.codigo, "--motivo", word)
        person = scene.shown()["contenido"]["responsables"][0]["id"]
        signing = ("ficha", "firmar", scene.own.codigo, "--participante", person)
        machine.done(*signing, "--pendiente", "--motivo", word)
        machine.done("ficha", "sellar", scene.own.codigo, "--motivo", word)
    (file,) = twin.done("paquete", "exportar", "-o", scene.folder / "b", "--todo")["archivos"]
    third = Machine(scene.folder, "tercera")
    third.create()
    (mine,) = scene.casa.done("paquete", "exportar", "-o", scene.folder / "a")["archivos"]
    third.done("paquete", "importar", mine["ruta"], code=3)
    answer = third.done("paquete", "importar", file["ruta"], code=3)
    attack_row(request, "43.71", "two corrections by a copied folder", 3, "record.conflict")
    assert verdicts(answer) == [("known", None), ("conflict", "record.conflict")]
    assert third.done("ficha", "mostrar", scene.own.codigo)["estado"] == "conflicto"
    # At home it is a conflict too, and nothing that only the exporter's own device could hide.
    told = scene.casa.done("paquete", "importar", file["ruta"], code=3)
    assert told["codigo"] == "trust.records_apart"
    assert scene.shown()["estado"] == "conflicto"


def test_a_gap_is_shown_until_it_is_filled(scene: Scene, request: pytest.FixtureRequest) -> None:
    parcels = [scene.ana.seal(make_ficha(number)) for number in range(1, 6)]
    answer = scene.take(scene.from_ana(parcels[0], parcels[3], name="con-hueco"))
    attack_row(request, "43.72", "records missing in between", 3, answer["codigo"])
    assert answer["huecos"] == [{"chain": scene.ana.chain, "desde": 2, "hasta": 3}]
    answer = scene.take(scene.from_ana(parcels[2], parcels[4], name="otro"))
    assert answer["huecos"] == [{"chain": scene.ana.chain, "desde": 2, "hasta": 2}]
    answer = scene.take(scene.from_ana(parcels[1], name="el-que-faltaba"))
    assert answer["huecos"] == []
    scene.rebuilt_alike()


@pytest.mark.parametrize(
    ("number", "title", "which"),
    [
        ("43.73", "predecessor that never was", None),
        ("43.74", "predecessor from another place of the chain", 0),
    ],
)
def test_a_broken_chain_is_shown(
    number: str, title: str, which: int | None, scene: Scene, request: pytest.FixtureRequest
) -> None:
    parcels = [scene.ana.seal(make_ficha(number)) for number in (1, 2)]
    previous = "ab" * 32 if which is None else parcels[which].sha256
    broken = scene.ana.seal(make_ficha(3), previous=previous)
    answer = scene.take(scene.from_ana(*parcels, broken))
    attack_row(request, number, title, 3, answer["codigo"])
    assert verdicts(answer) == [NEW, NEW, NEW]
    assert answer["huecos"] == [{"chain": scene.ana.chain, "desde": 2, "hasta": 2}]
    scene.rebuilt_alike()


def test_a_place_at_the_end_of_the_world(scene: Scene, request: pytest.FixtureRequest) -> None:
    far = scene.stranger.seal(make_ficha(9), sequence=99_999_999, previous="ab" * 32)
    began = time.monotonic()
    answer = scene.take(scene.from_stranger(far))
    attack_row(request, "43.75", "sequence 99,999,999", 3, answer["codigo"])
    assert answer["huecos"] == [{"chain": scene.stranger.chain, "desde": 1, "hasta": 99_999_998}]
    scene.rebuilt_alike()
    (file,) = scene.casa.done("paquete", "exportar", "-o", scene.folder / "x", "--todo")["archivos"]
    assert scene.casa.done("paquete", "verificar", file["ruta"], code=3)["intacto"]
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("year", [1900, 2199])
def test_clocks_decide_nothing(year: int, scene: Scene, request: pytest.FixtureRequest) -> None:
    moment = datetime(year, 12, 31, 23, 59, 59, tzinfo=UTC)
    first = scene.ana.seal(make_ficha(1), sealed_at=moment)
    target = Target.of(first)
    second = scene.ana.seal(
        make_ficha(1, lugar="corregida"),
        id=target.id,
        version=2,
        supersedes=target.superseded,
        sealed_at=datetime(4099 - year, 1, 1, tzinfo=UTC),
    )
    answer = scene.take(scene.from_ana(first, second))
    attack_row(
        request, f"43.{76 + (year > 2000)}", f"sealed in the year {year}", 3, answer["codigo"]
    )
    assert scene.shown(target.codigo)["registro"]["version"] == 2
    scene.rebuilt_alike()
    out = scene.casa.done("ficha", "pdf", target.codigo, "-o", scene.folder / "f.pdf")
    assert Path(out["ruta"]).read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("number", "title", "changes"),
    [
        ("43.78", "kind of a later version", {"kind": "acta_iar"}),
        ("43.79", "later schema of a known kind", {"schema": 2}),
        ("43.80", "plan of a later version", {"kind": "plan_at"}),
        ("43.81", "withdrawal of blobs by a stranger", {"kind": "purga"}),
    ],
)
def test_what_this_version_cannot_read_is_kept(
    number: str,
    title: str,
    changes: dict[str, Any],
    scene: Scene,
    request: pytest.FixtureRequest,
) -> None:
    before = scene.shown()
    content = {
        "zz": [1, {"ñ": "q'ispi", "n": None, "t": True}],
        "aa": {"sujeto": {"id": scene.own.id, "sha256": scene.own.sha256, "version": 1}},
        "device": scene.stranger.device,
    }
    ficha = scene.stranger.seal(make_ficha(9))
    opaque = scene.stranger.seal(content, **changes)
    assert apart(scene, request, number, title, ficha, opaque) == "opaque record.opaque"
    home_is_as_it_was(scene, before)
    (file,) = scene.casa.done("paquete", "exportar", "-o", scene.folder / "x", "--todo")["archivos"]
    with zipfile.ZipFile(file["ruta"]) as archive:
        for parcel in (ficha, opaque):
            for member in parcel.members:
                assert archive.read(member.name) == member.data
    third = Machine(scene.folder, "tercera")
    third.create()
    answer = third.done("paquete", "importar", file["ruta"], code=3)
    assert ("opaque", "record.opaque") in verdicts(answer)


def test_a_forged_reception_informs_only(scene: Scene, request: pytest.FixtureRequest) -> None:
    before = scene.shown()
    device = scene.casa.done("perfil", "mostrar")["device"]
    forged = Recepcion(
        paquete="ab" * 32,
        paquete_id=make_uuid7("paquete"),
        recibido_en=datetime(2020, 1, 1, tzinfo=UTC),
        remitente=Remitente(device, "La región", "Gobierno Regional"),
        registros=(Recibido(scene.own.sha256, Resultado.REFUSED, "bundle.digest"),),
    )
    parcel = scene.stranger.seal(forged, Kind.RECEPCION)
    answer = scene.take(scene.from_stranger(parcel))
    attack_row(request, "43.82", "reception forged by a stranger", 3, "record.device_pending")
    assert verdicts(answer) == [NEW]
    home_is_as_it_was(scene, before)
    (file,) = scene.casa.done("paquete", "exportar", "-o", scene.folder / "x")["archivos"]
    assert file["registros"] == 1  # what no coordinator acknowledged still waits to be sent
    # Receptions are not answered: two computers would go on for ever.
    assert len(scene.casa.done("paquete", "verificar", scene.file(), code=3)["registros"]) == 1
    assert scene.state()[0] == 2


def test_papers_whose_short_names_collide(scene: Scene) -> None:
    """Eight letters of a hash are no identity: two records made to share them still travel."""
    pair = colliding(scene.stranger)
    scene.take(scene.from_stranger(*pair))
    (file,) = scene.casa.done("paquete", "exportar", "-o", scene.folder / "x", "--todo")["archivos"]
    answer = scene.casa.done("paquete", "verificar", file["ruta"], code=3)
    assert {parcel.sha256 for parcel in pair} <= {v["sha256"] for v in answer["registros"]}


def colliding(sealer: Sealer) -> tuple[Parcel, Parcel]:
    """Two records of one code and version whose hashes begin alike: 2^16 attempts, a second."""
    mark = "0000000000"
    raws = [
        codec.encode(
            sealer.record(make_ficha(9, observaciones=mark), id=make_uuid7(("papel", number)))
        )
        for number in range(2)
    ]
    from hashlib import sha256

    parts = [raw.split(mark.encode()) for raw in raws]
    seen: dict[str, int] = {}
    for number in range(10_000_000):
        text = b"%010d" % number
        short = sha256(parts[0][0] + text + parts[0][1]).hexdigest()[:8]
        if short in seen:
            chosen = (seen[short], number)
            break
        seen[short] = number
    else:
        raise AssertionError("no two begin alike")
    parcels = []
    for number in chosen:
        raw = parts[0][0] + b"%010d" % number + parts[0][1]
        parcels.append(sealer.sign(raw, codec.decode_record(raw).record))
    return parcels[0], parcels[1]


def test_a_look_sees_what_an_import_would(scene: Scene) -> None:
    """A package of several batches: verifying holds nothing, and still judges one record by
    another that stood far before it.
    """
    author, other = sorted((scene.ana, scene.stranger), key=lambda sealer: sealer.device)
    first = author.seal(make_ficha(1))
    target = Target.of(first)
    many = [author.seal(make_ficha(number)) for number in range(2, 510)]
    late = [
        other.seal(target.annulment(), Kind.ANULACION),
        other.seal(make_ficha(1), id=target.id, version=2, supersedes=target.superseded),
        other.seal(make_ficha(1), id=target.id),
    ]
    twin = author.record(make_ficha(2000), sequence=501, previous=many[498].sha256)
    fork = author.sign(codec.encode(twin), twin)
    path = scene.ana.package(
        scene.file(), [first, *many, fork, *late], keys=[author.key, other.key]
    )
    seen = scene.casa.done("paquete", "verificar", path, code=3)
    taken = scene.casa.done("paquete", "importar", path, code=3)
    assert taken.pop("aplicado")
    assert seen == taken
    results = {item["sha256"]: item["resultado"] for item in seen["registros"]}
    assert [results[parcel.sha256] for parcel in late] == [
        "wrong_signer",
        "wrong_signer",
        "quarantined",
    ]
    assert sorted(results.values()).count("fork") in {1, 2}
