"""Attack 43: records that are not what they say (bundle.md): each refuses its whole file.

Every package here has a container in order: whoever holds a key can make one.
"""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from fichaat.domain import codec
from fichaat.domain.record import Kind
from fichaat.texts import MESSAGES
from tests.support.attack_table import attack_row
from tests.support.program import Machine
from tests.support.records import make_ficha
from tests.support.scene import Scene, code_of

# --- refused: the file is not what it says -------------------------------------------------------

RECORD = b'"kind":"ficha"'
FORM = "bundle.record_form schema."


def respaced(raw: bytes) -> bytes:
    return raw.replace(b'":', b'": ', 1)


def unsorted(raw: bytes) -> bytes:
    value = json.loads(raw)
    turned = dict(reversed(value.items()))
    return json.dumps(turned, ensure_ascii=False, separators=(",", ":")).encode()


def decomposed(raw: bytes) -> bytes:
    return raw.replace("Peña".encode(), "Pen\u0303a".encode())


def swapped(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda raw: raw.replace(old, new, 1)


def without(member: str) -> Callable[[bytes], bytes]:
    def bend(raw: bytes) -> bytes:
        value = json.loads(raw)
        del value[member]
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()

    return bend


def content_without(member: str) -> Callable[[bytes], bytes]:
    def bend(raw: bytes) -> bytes:
        value = json.loads(raw)
        del value["content"][member]
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()

    return bend


BENT: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a space": (respaced, "bundle.record_not_canonical"),
    "a line end behind it": (lambda raw: raw + b"\n", "bundle.record_not_canonical"),
    "a byte order mark": (lambda raw: b"\xef\xbb\xbf" + raw, FORM + "not_json"),
    "keys in another order": (unsorted, "bundle.record_not_canonical"),
    "a key twice": (
        swapped(RECORD, RECORD + b"," + RECORD), "bundle.record_not_canonical"
    ),
    "a key twice, two values": (
        swapped(b'"version":1', b'"version":2,"version":1'), "bundle.record_not_canonical"
    ),
    "a float": (swapped(b'"sequence":1', b'"sequence":1.0'), FORM + "type"),
    "an exponent": (swapped(b'"sequence":1', b'"sequence":1e0'), FORM + "type"),
    "a number as a text": (swapped(b'"sequence":1', b'"sequence":"1"'), FORM + "type"),
    "a letter as an escape": (
        swapped("Peña".encode(), b"Pe\\u00f1a"), "bundle.record_not_canonical"
    ),
    "an escaped slash": (swapped(b"Gobierno", b"Gobierno\\/"), "bundle.record_not_canonical"),
    "decomposed letters": (decomposed, FORM + "not_nfc"),
    "blanks around a text": (swapped("Peña".encode(), "Peña ".encode()), FORM + "outer_blanks"),
    "a line end in a line": (swapped("Peña".encode(), b"Pe\\na"), FORM + "control_character"),
    "a null character": (swapped("Peña".encode(), b"Pe\\u0000a"), FORM + "control_character"),
    "half a character": (swapped("Peña".encode(), b"Pe\\ud800a"), FORM + "not_json"),
    "bytes that are no text": (swapped("Peña".encode(), b"Pe\xf1a"), FORM + "not_utf8"),
    "a member missing": (without("catalog"), FORM + "missing_member"),
    "a member of the content missing": (
        content_without("observaciones"), "bundle.record_not_canonical"
    ),
    "a required member missing": (content_without("ejecutor"), FORM + "missing_member"),
    "an unknown member": (swapped(b'{"after"', b'{"aaa":1,"after"'), FORM + "unknown_member"),
    "a first version that replaces another": (
        swapped(
            b'"supersedes":null',
            b'"supersedes":{"reason":"x","sha256":"' + b"a" * 64 + b'","version":1}',
        ),
        FORM + "supersedes",
    ),
    "a second version that replaces none": (
        swapped(b'"version":1}', b'"version":2}'), FORM + "supersedes"
    ),
    "the year 1899": (swapped(b"2026-11-20T11", b"1899-11-20T11"), FORM + "date"),
    "the year 2200": (swapped(b"2026-11-20T11", b"2200-11-20T11"), FORM + "date"),
    "a moment without its offset": (swapped(b"12-05:00", b"12"), FORM + "date"),
    "hours past midnight": (swapped(b'"09:00"', b'"25:00"'), FORM + "pattern"),
    "no JSON": (lambda raw: raw[:-1], FORM + "not_json"),
    "nothing": (lambda _: b"", FORM + "not_json"),
    "lists without end for a text": (
        swapped(b'"observaciones":""', b'"observaciones":' + b"[" * 50_000 + b"]" * 50_000),
        FORM + "type",
    ),
    "lists without end": (
        lambda raw: b"[" * 100_000, FORM + "type"
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", BENT)
def test_bytes_that_are_no_record(what: str, scene: Scene, request: pytest.FixtureRequest) -> None:
    bend, code = BENT[what]
    number = f"43.{list(BENT).index(what) + 1:02d}"
    refused(scene, request, (number, what), scene.from_stranger(scene.stranger.bent(bend)), code)


def refused(
    scene: Scene, request: pytest.FixtureRequest, row: tuple[str, str], path: Path, code: str
) -> None:
    """One bad record refuses its whole file, and everything stays as it was."""
    before = scene.state()
    answer = scene.casa.json("paquete", "importar", path)
    verdict = answer.json
    attack_row(request, *row, answer.code, code_of(verdict))
    assert (answer.code, code_of(verdict)) == (1, code)
    assert set(code.split()) <= MESSAGES.keys()
    assert "{" not in verdict["mensaje"]
    assert verdict["aplicado"] is False
    assert not verdict["valido"]
    assert scene.state() == before
    judged = scene.casa.json("paquete", "verificar", path)
    assert (judged.code, code_of(judged.json)) == (1, code)


def signature_of_another(scene: Scene) -> Path:
    parcel = scene.ana.seal(make_ficha(1))
    signature = scene.stranger.key.sign_record(parcel.raw)
    return scene.from_stranger(parcel.change(signature=signature), keys=[scene.ana.key])


def signature_of_a_sibling(scene: Scene) -> Path:
    one, two = scene.ana.seal(make_ficha(1)), scene.ana.seal(make_ficha(2))
    forged = two.change(signature=one.signature)
    return scene.from_stranger(one, forged, keys=[scene.ana.key])


def swapped_signatures(scene: Scene) -> Path:
    one, two = scene.ana.seal(make_ficha(1)), scene.ana.seal(make_ficha(2))
    pair = one.change(signature=two.signature), two.change(signature=one.signature)
    return scene.from_stranger(*pair, keys=[scene.ana.key])


def high_s_signature(scene: Scene) -> Path:
    """The twin of a signature that plain ECDSA accepts as well."""
    from cryptography.hazmat.primitives.asymmetric.utils import (
        decode_dss_signature,
        encode_dss_signature,
    )

    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    parcel = scene.stranger.seal(make_ficha(1))
    r, s = decode_dss_signature(parcel.signature)
    return scene.from_stranger(parcel.change(signature=encode_dss_signature(r, order - s)))


def in_anothers_name(scene: Scene) -> Path:
    record = scene.stranger.record(make_ficha(1), device=scene.ana.device)
    parcel = scene.stranger.sign(codec.encode(record), record).change(device=scene.ana.device)
    return scene.from_stranger(parcel, keys=[scene.ana.key])


def in_anothers_name_here(scene: Scene) -> Path:
    """The place says who signed, the record says someone else."""
    record = scene.stranger.record(make_ficha(1), device=scene.ana.device)
    return scene.from_stranger(scene.stranger.sign(codec.encode(record), record))


def in_the_victims_name(scene: Scene) -> Path:
    """A record of the very computer that imports, with its real certificate."""
    device = scene.casa.done("perfil", "mostrar")["device"]
    exported = scene.casa.done("paquete", "exportar", "-o", scene.folder / "out")
    with zipfile.ZipFile(exported["archivos"][0]["ruta"]) as archive:
        pem = archive.read(f"certificados/{device}.pem")
    record = scene.stranger.record(make_ficha(1), device=device)
    parcel = scene.stranger.sign(codec.encode(record), record).change(device=device)
    return scene.from_stranger(parcel, certificates={device: pem})


def wrong_certificate(scene: Scene) -> Path:
    parcel = scene.ana.seal(make_ficha(1))
    pem = scene.stranger.key.certificate_pem
    return scene.from_stranger(parcel, certificates={scene.ana.device: pem})


def no_certificate(scene: Scene) -> Path:
    return scene.from_stranger(scene.ana.seal(make_ficha(1)))


def broken_certificate(scene: Scene) -> Path:
    parcel = scene.ana.seal(make_ficha(1))
    pem = scene.ana.key.certificate_pem.replace(b"M", b"N", 1)
    return scene.from_stranger(parcel, certificates={scene.ana.device: pem})


def second_without_first(scene: Scene) -> Path:
    return scene.from_stranger(scene.stranger.seal(make_ficha(1), sequence=2, previous=None))


def another_place(scene: Scene) -> Path:
    parcel = scene.stranger.seal(make_ficha(1))
    return scene.from_stranger(parcel.change(sequence=7))


def another_hash(scene: Scene) -> Path:
    return scene.from_stranger(scene.stranger.seal(make_ficha(1)).change(named="ab" * 32))


def other_region_record(scene: Scene) -> Path:
    return scene.from_stranger(scene.stranger.seal(make_ficha(1), region="03"))


def other_region(scene: Scene) -> Path:
    return scene.from_stranger(scene.stranger.seal(make_ficha(1), region="03"), region="03")


def practice_record(scene: Scene) -> Path:
    return scene.from_stranger(scene.stranger.seal(make_ficha(1), practice=True))


def practice(scene: Scene) -> Path:
    return scene.from_stranger(scene.stranger.seal(make_ficha(1), practice=True), practice=True)


def too_large(scene: Scene) -> Path:
    """A ficha beyond a megabyte, every text of it within its own limit."""
    parcel = scene.stranger.seal(make_ficha(1))
    value = json.loads(parcel.raw)
    nudo = {**value["content"]["nudos_criticos"][0], "orientacion": "x" * 20_000}
    value["content"]["nudos_criticos"] = [nudo] * 60
    raw = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return scene.from_stranger(
        scene.stranger.sign(raw, scene.stranger.record(make_ficha(1), sequence=1))
    )


def known_kind_disguised(scene: Scene) -> Path:
    """A kind this version reads, in a form that it must not take for an unknown one."""
    return scene.from_stranger(scene.stranger.seal({"x": 1}, kind=Kind.ANULACION))


def schema_zero(scene: Scene) -> Path:
    return scene.from_stranger(scene.stranger.seal(make_ficha(1), schema=0))


def version_of_an_annulment(scene: Scene) -> Path:
    content = scene.own.annulment()
    supersedes = scene.own.superseded
    return scene.from_stranger(
        scene.stranger.seal(content, Kind.ANULACION, version=2, supersedes=supersedes)
    )


def float_in_an_unknown_kind(scene: Scene) -> Path:
    return scene.from_stranger(scene.stranger.seal({"x": 1.5}, kind="plan_at"))


def deep_unknown_kind(scene: Scene) -> Path:
    content: object = 1
    for _ in range(200):
        content = [content]
    return scene.from_stranger(scene.stranger.seal(content, kind="plan_at"))


def one_bad_among_good(scene: Scene) -> Path:
    good = [scene.ana.seal(make_ficha(number)) for number in range(1, 8)]
    bad = good[-1].change(signature=good[0].signature)
    return scene.from_ana(*good[:-1], bad)


REFUSED: dict[str, tuple[Callable[[Scene], Path], str]] = {
    "signature of another device": (signature_of_another, "bundle.record_signature"),
    "signature of another record": (signature_of_a_sibling, "bundle.record_signature"),
    "two signatures exchanged": (swapped_signatures, "bundle.record_signature"),
    "the signature's twin (high s)": (high_s_signature, "bundle.record_signature"),
    "record in another device's name": (in_anothers_name, "bundle.record_signature"),
    "record in another's name, own place": (in_anothers_name_here, "bundle.record_place"),
    "record in the importer's own name": (in_the_victims_name, "bundle.record_signature"),
    "certificate of another device": (wrong_certificate, "bundle.certificate_name"),
    "no certificate": (no_certificate, "bundle.certificate_missing"),
    "malformed certificate": (broken_certificate, "bundle.certificate"),
    "second of a chain without a predecessor": (second_without_first, FORM + "previous"),
    "record under another sequence": (another_place, "bundle.record_place"),
    "record under another hash": (another_hash, "bundle.record_hash"),
    "record of another region": (other_region_record, "bundle.record_region"),
    "package of another region": (other_region, "bundle.other_region"),
    "practice record in a real package": (practice_record, "bundle.record_practice"),
    "practice package into a real profile": (practice, "bundle.practice"),
    "content over its size": (too_large, FORM + "too_large"),
    "known kind with another content": (known_kind_disguised, FORM + "unknown_member"),
    "schema zero": (schema_zero, FORM + "range"),
    "second version of an annulment": (version_of_an_annulment, FORM + "version"),
    "unknown kind with a float": (float_in_an_unknown_kind, FORM + "float"),
    "unknown kind nested too deep": (deep_unknown_kind, FORM + "nesting"),
    "one bad record among good ones": (one_bad_among_good, "bundle.record_signature"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_records_that_are_not_what_they_say(
    what: str, scene: Scene, request: pytest.FixtureRequest
) -> None:
    make, code = REFUSED[what]
    number = f"43.{len(BENT) + list(REFUSED).index(what) + 1:02d}"
    refused(scene, request, (number, what), make(scene), code)


def test_real_work_does_not_enter_a_practice_profile(
    scene: Scene, request: pytest.FixtureRequest
) -> None:
    practice = Machine(scene.folder, "practica")
    practice.create("--practica")
    path = scene.from_ana(scene.ana.seal(make_ficha(1)))
    before = practice.done("datos", "comprobar")
    answer = practice.json("paquete", "importar", path)
    code = answer.json["codigo"]
    attack_row(request, "43.56", "real package into a practice profile", answer.code, code)
    assert code == "bundle.not_practice"
    assert practice.done("datos", "comprobar") == before
    exported = practice.json("paquete", "exportar", "-o", scene.folder / "p")
    assert exported.error == "bundle.nothing_to_export"


def test_practice_exports_never_enter_real_work(
    scene: Scene, request: pytest.FixtureRequest
) -> None:
    practice = Machine(scene.folder, "practica")
    practice.create("--practica")
    practice.done("datos", "sembrar", "--fichas", "2")
    (file,) = practice.done("paquete", "exportar", "-o", scene.folder / "p")["archivos"]
    path = Path(file["ruta"])
    row = "43.57", "practice work exported"
    refused(scene, request, row, path, "bundle.practice")
