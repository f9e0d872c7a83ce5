"""Hostile envelopes, through the commands: cut, bent, for others, around what is no container."""

from collections.abc import Callable
from pathlib import Path

import pytest

from fichaat.texts import MESSAGES
from fichaat.trust.age_key import create_age_identity
from tests.support.attack_table import attack_row
from tests.support.attacks import flip
from tests.support.envelopes import in_envelope
from tests.support.fault_table import exhaustive
from tests.support.program import Machine
from tests.support.records import make_ficha
from tests.support.region_scene import RegionScene, estados, outcome, state

DAMAGED, OTHERS = "bundle.encrypted_damaged", "bundle.encrypted_for_others"


def good(scene: RegionScene) -> bytes:
    """What a specialist may send: the coordinator takes it without a word."""
    return scene.package(scene.ana, scene.ana.seal(make_ficha(1)), name="bueno").read_bytes()


def to_region(scene: RegionScene, plain: bytes) -> bytes:
    return in_envelope(plain, scene.root.root.age_recipient)


def for_somebody_else(scene: RegionScene, plain: bytes) -> bytes:
    del scene
    return in_envelope(plain, create_age_identity()[1])


def header_of(data: bytes) -> int:
    """Where the pieces of an envelope begin."""
    return data.index(b"\n", data.index(b"\n--- ") + 1) + 1


def another_body(scene: RegionScene, plain: bytes) -> bytes:
    """The header of one envelope around the pieces of another, both for the region."""
    one, other = to_region(scene, plain), to_region(scene, plain)
    return one[: header_of(one)] + other[header_of(other) :]


def without_last_piece(scene: RegionScene, plain: bytes) -> bytes:
    """Cut between two pieces, where no single one is damaged."""
    data = to_region(scene, plain + bytes(200_000))
    return data[: header_of(data) + 16 + 2 * (65_536 + 16)]


def another_version(scene: RegionScene, plain: bytes) -> bytes:
    return to_region(scene, plain).replace(b"/v1", b"/v2", 1)


def added_stanza(scene: RegionScene, plain: bytes) -> bytes:
    """Somebody else's stanza in the header, so that they could say it was for them."""
    data = to_region(scene, plain)
    end = data.index(b"\n--- ")
    stanza = for_somebody_else(scene, b"")
    stanza = stanza[stanza.index(b"\n-> ") : stanza.index(b"\n--- ")]
    return data[:end] + stanza + data[end:]


DEEP = "bundle.encrypted"
STRANGE = "bundle.not_a_bundle"
ENDLESS = b"age-encryption.org/v1\n" + b"-> x\n" * 99_999

MADE: dict[str, tuple[str, str, Callable[[RegionScene, bytes], bytes]]] = {
    "1e": ("envelope cut by one byte", DAMAGED, lambda s, p: to_region(s, p)[:-1]),
    "1f": ("envelope cut in half", DAMAGED, lambda s, p: to_region(s, p)[: len(p) // 2]),
    "1g": ("envelope cut in its header", DAMAGED, lambda s, p: to_region(s, p)[:60]),
    "1h": ("envelope cut between two pieces", DAMAGED, without_last_piece),
    "1i": ("cut, then closed in", "bundle.truncated", lambda s, p: to_region(s, p[:-1])),
    "2e": ("a byte behind the envelope", DAMAGED, lambda s, p: to_region(s, p) + b"\0"),
    "3e": ("data before the envelope", STRANGE, lambda s, p: b"\n" + to_region(s, p)),
    "4e": ("two envelopes in one file", DAMAGED, lambda s, p: to_region(s, p) * 2),
    "4f": ("a container behind the envelope", DAMAGED, lambda s, p: to_region(s, p) + p),
    "20e": ("envelope for somebody else", OTHERS, for_somebody_else),
    "20f": ("envelope in an envelope", DEEP, lambda s, p: to_region(s, to_region(s, p))),
    "20g": ("envelope of no container", STRANGE, lambda s, _: to_region(s, b"hola" * 9)),
    "20h": ("envelope of nothing", "bundle.empty", lambda s, _: to_region(s, b"")),
    "20i": ("header without end", DAMAGED, lambda _, __: ENDLESS),
    "20j": ("another version of envelope", DAMAGED, another_version),
    "23e": ("header of another envelope", DAMAGED, another_body),
    "23f": ("a stanza added to the header", DAMAGED, added_stanza),
}


@pytest.mark.parametrize("number", MADE)
def test_a_hostile_envelope_is_refused(
    number: str, region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    title, code, make = MADE[number]
    path = region_scene.folder / "ataque.fichaat"
    path.write_bytes(make(region_scene, good(region_scene)))
    before = state(region_scene.coord)
    kept = files_of(region_scene.coord.folder)
    for command in ("verificar", "importar"):
        answer = region_scene.coord.json("paquete", command, path)
        attack_row(request, number, title, answer.code, answer.json["codigo"])
        assert (answer.code, answer.json["codigo"]) == (1, code)
        assert code in MESSAGES
    assert state(region_scene.coord) == before
    assert files_of(region_scene.coord.folder) == kept


def files_of(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


def test_who_has_no_profile_learns_nothing(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    path = region_scene.folder / "ataque.fichaat"
    path.write_bytes(to_region(region_scene, good(region_scene)))
    nobody = Machine(region_scene.folder, "nadie")
    answer = nobody.json("paquete", "verificar", path)
    attack_row(request, "20k", "opened without a profile", answer.code, answer.json["codigo"])
    assert answer.json["codigo"] == "bundle.encrypted"
    assert answer.json["paquete"] is None


def test_the_specialist_cannot_open_what_is_for_the_region(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    path = region_scene.folder / "ataque.fichaat"
    path.write_bytes(to_region(region_scene, good(region_scene)))
    answer = region_scene.esp.json("paquete", "importar", path)
    attack_row(request, "20l", "opened by one it is not for", answer.code, answer.json["codigo"])
    assert answer.json["codigo"] == OTHERS


def test_no_flipped_bit_of_an_envelope_is_accepted(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    data = to_region(region_scene, good(region_scene))
    path = region_scene.folder / "ataque.fichaat"
    head = header_of(data)
    step = 1 if exhaustive() else 9
    positions = [*range(0, head + 16, step), *range(head, len(data), 1 if exhaustive() else 701)]
    before = state(region_scene.coord)
    codes = set()
    for position in positions:
        path.write_bytes(flip(data, position, position % 8))
        answer = region_scene.coord.json("paquete", "importar", path)
        code = answer.json["codigo"]
        attack_row(request, "23g", "a bit of the envelope flipped", answer.code, code)
        assert answer.code == 1, position
        codes.add(code)
    assert {DAMAGED, OTHERS} <= codes <= MESSAGES.keys()
    assert state(region_scene.coord) == before


def test_an_envelope_vouches_for_nothing(
    region_scene: RegionScene, request: pytest.FixtureRequest
) -> None:
    """Who closes it is not asked: the same container is judged the same in it and without it."""
    scene = region_scene
    parcel = scene.stranger.seal(make_ficha(2))
    path = scene.package(scene.stranger, parcel)
    closed = scene.folder / "cerrado.fichaat"
    closed.write_bytes(to_region(scene, path.read_bytes()))
    plain = scene.coord.done("paquete", "verificar", path, code=3)
    answer = scene.take(closed, 3)
    attack_row(request, "38e", "a stranger's work closed in for the region", 3, answer["codigo"])
    assert answer["cifrado"]
    assert outcome(answer, parcel) == outcome(plain, parcel) == "new record.device_pending"
    assert estados(scene.coord)[parcel.sha256] == "sellada"
    rows = scene.coord.done("ficha", "listar")["fichas"]
    assert {row["aprobacion"] for row in rows if row["sha256"] == parcel.sha256} == {"por_aprobar"}
    again = scene.coord.done("paquete", "importar", path, code=3)
    assert {item["resultado"] for item in again["registros"]} == {"known"}
