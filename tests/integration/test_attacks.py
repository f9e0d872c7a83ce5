"""Hostile containers: the attacks 1 to 37 of the list, bombs, flipped bytes, random damage."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fichaat.application.jobs import CancelToken, no_progress
from fichaat.application.ports.keys import RecordVerifier
from fichaat.bundle import names
from fichaat.bundle.checked_bundle import CheckedBundle
from fichaat.bundle.reader import StrictBundleReader
from fichaat.domain import codec
from fichaat.domain.errors import UserFacingError
from fichaat.domain.paquete import PaqueteInfo
from fichaat.domain.recepcion import Remitente
from fichaat.domain.record import MAX_OPAQUE_VALUES, SIGNED_BYTES_MAX, SealedRecord, sha256_hex
from fichaat.texts import MESSAGES
from fichaat.trust.service import TrustService
from tests.support import attacks, bundles
from tests.support.attack_table import attack_row
from tests.support.attacks import Attack, Kit, flip
from tests.support.envelopes import in_envelope
from tests.support.keys import SeededKey
from tests.support.program import Machine
from tests.support.raw_zip import Member, assemble
from tests.support.region_scene import state

MEMORY_LIMIT = 200_000_000
ACCEPTED = "accepted"


class RememberingTrust(TrustService):
    """The real thing; the same question is asked once, as its answer depends on nothing else."""

    def __init__(self) -> None:
        self._known: dict[tuple[bytes, bytes], RecordVerifier] = {}

    def verify_container(self, manifest: bytes, signature: bytes) -> RecordVerifier:
        question = (manifest, signature)
        if question not in self._known:
            self._known[question] = super().verify_container(manifest, signature)
        return self._known[question]


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    good = bundles.good(tmp_path_factory.mktemp("bueno"), SeededKey(1))
    return attacks.make_kit(good, SeededKey(2))


@pytest.fixture(scope="module")
def reader() -> StrictBundleReader:
    return StrictBundleReader(RememberingTrust())


def outcome(reader: StrictBundleReader, data: bytes) -> str:
    """The code with which the whole container is refused, records included."""
    try:
        with reader.check(BytesIO(data), no_progress, CancelToken()) as bundle:
            read_all(bundle)
    except UserFacingError as error:
        return error.code
    return ACCEPTED


def read_all(bundle: CheckedBundle) -> None:
    for _ in bundle.records():
        pass
    for sha256 in bundle.blobs:
        bundle.blob(sha256)


def tree(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


def test_the_kit_is_made_of_a_good_container(kit: Kit, reader: StrictBundleReader) -> None:
    assert assemble(kit.members) == kit.good
    assert outcome(reader, kit.good) == ACCEPTED


@dataclass(frozen=True)
class Office:
    """A computer that nothing here may change, and to whom an envelope for it is sealed."""

    machine: Machine
    recipient: str


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    machine = Machine(tmp_path_factory.mktemp("oficina"))
    machine.create()
    path = machine.root / "solicitud.fichaat"
    machine.done("perfil", "solicitud", "-o", path)
    seen = machine.done("paquete", "verificar", path)
    return Office(machine, seen["paquete"]["solicitud"]["age"])


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the program runs: a name with ../.. would still be seen."""
    home = tmp_path / "a" / "b" / "casa"
    home.mkdir(parents=True)
    monkeypatch.chdir(home)
    return home


@pytest.mark.parametrize("attack", attacks.ALL, ids=lambda attack: attack.number)
def test_attack(
    attack: Attack, kit: Kit, office: Office, home: Path, request: pytest.FixtureRequest
) -> None:
    """Through the commands; with a profile, without one, and closed in an envelope."""
    path, closed = home / "ataque.fichaat", home / "cifrado.fichaat"
    path.write_bytes(attack.make(kit))
    closed.write_bytes(in_envelope(path.read_bytes(), office.recipient))
    nobody = Machine(home.parent, "nadie")
    before = whole(home, office.machine)
    for machine, command, file in (
        (nobody, "verificar", path),
        (office.machine, "verificar", path),
        (office.machine, "importar", path),
        (office.machine, "importar", closed),
    ):
        answer = machine.json("paquete", command, file)
        code = answer.json["codigo"]
        attack_row(request, attack.number, attack.title, answer.code, code)
        assert (answer.code, code) == (1, attack.code), (command, file.name)
    assert attack.code in MESSAGES
    assert whole(home, office.machine) == before


def whole(home: Path, machine: Machine) -> tuple[object, ...]:
    """Everything that an attack could touch."""
    return tree(home.parents[2]), tree(machine.folder), state(machine)


def test_the_list_is_complete() -> None:
    tried = {int("".join(filter(str.isdigit, attack.number))) for attack in attacks.ALL}
    assert tried == set(range(1, 38))
    numbers = [attack.number for attack in attacks.ALL]
    assert len(set(numbers)) == len(numbers)


# --- bombs ---------------------------------------------------------------------------------------

_METER = """
import json, os, re, sys
from pathlib import Path
from fichaat.application.jobs import CancelToken, no_progress
from fichaat.bundle.reader import StrictBundleReader
from fichaat.domain.errors import UserFacingError
from fichaat.trust.service import TrustService

def outcome(path):
    try:
        with StrictBundleReader(TrustService()).open(path, no_progress, CancelToken()) as bundle:
            for record in bundle.records():
                pass
            for sha256 in bundle.blobs:
                bundle.blob(sha256)
    except UserFacingError as error:
        return error.code
    return "accepted"

outcome(Path(sys.argv[1]))
for line in sys.stdin:
    if os.fork() == 0:
        code = outcome(Path(line.rstrip()))
        # Not ru_maxrss: a child inherits the peak of the process that started it.
        peak = re.search(r"VmHWM:\\s+([0-9]+) kB", Path("/proc/self/status").read_text())
        print(json.dumps([code, int(peak[1]) * 1024]), flush=True)
        os._exit(0)
    if os.wait()[1]:
        print("null", flush=True)
"""
"""Has read one good container, so that all is loaded; each file is then read by a child that
begins as small as this.
"""


class Meter:
    """A process whose children only read files."""

    def __init__(self, good: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", _METER, str(good)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": str(Path(codec.__file__).parents[2])},
        )

    def measured(self, path: Path) -> tuple[str, int]:
        """Outcome and peak memory of a process that only reads this file."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(f"{path}\n")
        stdin.flush()
        code, peak = json.loads(stdout.readline())
        return str(code), int(peak)

    def close(self) -> None:
        self._process.communicate()
        assert self._process.returncode == 0


@pytest.fixture(scope="module")
def meter(kit: Kit, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Meter]:
    good = tmp_path_factory.mktemp("medidor") / "bueno.fichaat"
    good.write_bytes(kit.good)
    made = Meter(good)
    yield made
    made.close()


def _huge_manifest(kit: Kit) -> bytes:
    index = kit.data("ASiCManifest")
    return assemble(attacks.signed(kit.members, index + b"\n" * 19_000_000, kit.stranger))


def _entity_manifest(kit: Kit) -> bytes:
    index = b"<!DOCTYPE a [" + b'<!ENTITY a "&a;&a;">' * 900_000 + b"]>"
    return assemble(attacks.signed(kit.members, index, kit.stranger))


def _nested_paquete(kit: Kit) -> bytes:
    return attacks.resigned(kit.changed("paquete", data=b"[" * 23_000_000), kit.stranger)


def _wide_paquete(kit: Kit) -> bytes:
    wide = b'{"cadenas":[' + b"[]," * 7_000_000 + b'[]],"formato":1}'
    return attacks.resigned(kit.changed("paquete", data=wide), kit.stranger)


def _many_members(kit: Kit) -> bytes:
    blobs = sorted(
        (names.blob_name(sha256_hex(data)).encode(), data)
        for data in (str(row).encode() for row in range(49_980))
    )
    members = [
        *(member for member in kit.members if not member.name.startswith(b"adjuntos/")),
    ]
    row = next(row for row, member in enumerate(members) if member.name.startswith(b"pdf/"))
    extra = [Member(name, data) for name, data in blobs]
    return attacks.resigned([*members[:row], *extra, *members[row:]], kit.stranger)


def _large_blob(kit: Kit) -> bytes:
    data = bytes(50_000_000)
    blob = Member(names.blob_name(sha256_hex(data)).encode(), data)
    return attacks.resigned([*kit.without("adjuntos/")[:-4], blob, *kit.members[-4:]], kit.stranger)


def _many_end_records(kit: Kit) -> bytes:
    return kit.good + b"PK\5\6" * 5_000_000


def _record(kit: Kit, content: bytes, kind: bytes = b"futuro") -> bytes:
    """A well-signed record of the stranger's with this content."""
    key = kit.stranger
    sealed = bundles.seal(key)
    head, _, tail = sealed.raw.partition(b'"content":')
    raw = head + b'"content":' + content + tail[tail.index(b',"device":') :]
    raw = raw.replace(b'"kind":"ficha"', b'"kind":"' + kind + b'"')
    place = (*sealed.place, sha256_hex(raw))
    return assemble(
        attacks.signed_like_the_program(
            key,
            codec.encode(bundles.info(key, [sealed])),
            [
                (names.record_name(*place), raw),
                (names.record_signature_name(*place), key.sign_record(raw)),
                (names.certificate_name(key.device), key.certificate_pem),
            ],
        )
    )


def _opaque_lists(kit: Kit) -> bytes:
    return _record(kit, b"[" + b"[]," * 5_300_000 + b"[]]")


def _opaque_texts(kit: Kit) -> bytes:
    return _record(kit, b"[" + b'"ab",' * 3_200_000 + b'"ab"]')


def _opaque_at_the_limit(kit: Kit) -> bytes:
    """As many values as are allowed, of the kind that grows most, and as many bytes."""
    values = b'{"a":[]},' * (MAX_OPAQUE_VALUES // 3 - 40)
    fill = b"x" * (SIGNED_BYTES_MAX - len(values) - 1000)
    return _record(kit, b"[" + values + b'"' + fill + b'"]')


def _opaque_depth(kit: Kit) -> bytes:
    return _record(kit, b"[" * 8_000_000 + b"]" * 8_000_000)


def _wide_reception(kit: Kit) -> bytes:
    line = b'{"codigo":null,"resultado":"new","sha256":"' + b"0" * 64 + b'"},'
    content = b'{"paquete":"' + b"0" * 64 + b'","paquete_id":"' + bundles.uuid7(1).encode()
    content += b'","recibido_en":"2026-11-20T11:35:12-05:00","registros":['
    content += (line * 140_000)[:-1] + b'],"remitente":{"device":"' + b"0" * 64
    return _record(kit, content + b'","entidad":"","nombre":""}}', b"recepcion")


def _wide_ficha(kit: Kit) -> bytes:
    return _record(kit, b'{"temas":[' + b'"agua",' * 2_200_000 + b'"agua"]}', b"ficha")


BOMBS = {
    "opaque record at its limit": (_opaque_at_the_limit, ACCEPTED),
    "opaque record of lists": (_opaque_lists, "bundle.record_form"),
    "opaque record of texts": (_opaque_texts, "bundle.record_form"),
    "opaque record, deep": (_opaque_depth, "bundle.record_form"),
    "wide reception": (_wide_reception, "bundle.record_form"),
    "wide ficha": (_wide_ficha, "bundle.record_form"),
    "overlap": (attacks.overlap_bomb, "bundle.overlap"),
    "ratio": (attacks._ratio_bomb, "bundle.method"),
    "huge manifest": (_huge_manifest, "bundle.manifest_form"),
    "manifest of entities": (_entity_manifest, "bundle.manifest_doctype"),
    "deep paquete.json": (_nested_paquete, "bundle.info_form"),
    "wide paquete.json": (_wide_paquete, "bundle.info_form"),
    "50,000 members": (_many_members, "bundle.info_exporter"),
    "50 MB in one member": (_large_blob, "bundle.info_exporter"),
    "end records without end": (_many_end_records, "bundle.truncated"),
}


MEASURABLE = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="peak memory is read from /proc"
)


@MEASURABLE
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_stays_small(bomb: str, kit: Kit, meter: Meter, tmp_path: Path) -> None:
    make, expected = BOMBS[bomb]
    path = tmp_path / "bomba.fichaat"
    path.write_bytes(make(kit))
    code, peak = meter.measured(path)
    print(bomb, code, f"{peak / 1e6:.0f} MB")
    assert code == expected
    assert peak < MEMORY_LIMIT


@MEASURABLE
def test_a_sparse_gigabyte_is_refused_without_reading_it_into_memory(
    meter: Meter, tmp_path: Path
) -> None:
    path = tmp_path / "bomba.fichaat"
    with path.open("wb") as out:
        out.write(b"PK\3\4")
        out.truncate(1 << 30)
    code, peak = meter.measured(path)
    assert code == "bundle.truncated"
    assert peak < MEMORY_LIMIT
    with path.open("ab") as out:
        out.write(b"\0")
    assert meter.measured(path)[0] == "bundle.too_large"


# --- flipped bytes -------------------------------------------------------------------------------


EVERY_BIT = os.environ.get("FICHAAT_FAULTS") == "all"


def bits(position: int) -> Iterable[int]:
    """One bit of a byte, another one in the next; every bit where there is time."""
    return range(8) if EVERY_BIT else (position % 8,)


@pytest.mark.faults
def test_no_flipped_bit_of_a_container_is_accepted(kit: Kit, reader: StrictBundleReader) -> None:
    accepted = [
        (position, bit)
        for position in range(len(kit.good))
        for bit in bits(position)
        if outcome(reader, flip(kit.good, position, bit)) == ACCEPTED
    ]
    assert accepted == []


@pytest.mark.faults
def test_no_flipped_bit_of_a_large_container_is_accepted(
    reader: StrictBundleReader, tmp_path: Path
) -> None:
    """Sampled: in a member that is read in pieces, among many records, in the directory."""
    key = SeededKey(1)
    parts = bundles.members(key, bundles.seal_chain(key, 300), blobs=[bytes(3_000_000)])
    data = bundles.write(tmp_path / "grande.fichaat", key, parts)
    assert outcome(reader, data) == ACCEPTED
    count = 4_000 if EVERY_BIT else 200
    positions = [len(data) * step // count for step in range(count)]
    positions += range(len(data) - 10 * count, len(data), 10)
    for position in positions:
        bit = position % 8
        assert outcome(reader, flip(data, position, bit)) != ACCEPTED, (position, bit)


@pytest.mark.faults
def test_no_flipped_bit_is_accepted_with_the_crcs_repaired(
    kit: Kit, reader: StrictBundleReader
) -> None:
    accepted = []
    for row, member in enumerate(kit.members):
        for position in range(len(member.data)):
            for bit in bits(position):
                changed = [*kit.members]
                changed[row] = member.change(data=flip(member.data, position, bit))
                if outcome(reader, assemble(changed)) == ACCEPTED:
                    accepted.append((member.name, position, bit))
    assert accepted == []


def as_exporter(kit: Kit) -> list[Member]:
    """The same records, exported by the stranger: forwarding is allowed, so this is accepted."""
    info = codec.decode_as(kit.data("paquete"), PaqueteInfo)
    info = msgspec.structs.replace(info, exportador=Remitente(kit.stranger.device))
    return kit.changed("paquete", data=codec.encode(info))


def renamed(members: list[Member], row: int, raw: bytes) -> list[Member]:
    """A record replaced together with the hash in its name and in that of its signature."""
    place = names.parse_record_name(members[row].name.decode())
    parts = (place.device, place.chain, place.sequence, sha256_hex(raw))
    changed = [*members]
    changed[row] = Member(names.record_name(*parts).encode(), raw)
    changed[row + 1] = members[row + 1].change(name=names.record_signature_name(*parts).encode())
    return changed


@pytest.mark.faults
def test_no_flipped_bit_of_a_record_is_accepted_when_a_stranger_signs_again(kit: Kit) -> None:
    """One bit of every byte through the whole reader, the manifest and the container fitting."""
    trust = TrustService()
    reader = StrictBundleReader(_WithoutSecondOpinion(trust))
    # Without its paper, which is named after the record and would be missed before it is read.
    members = [member for member in as_exporter(kit) if not member.name.startswith(b"pdf/")]
    assert outcome(reader, attacks.resigned(members, kit.stranger)) == ACCEPTED
    row = next(n for n, member in enumerate(members) if member.name.startswith(b"registros/"))
    raw, signature = members[row].data, members[row + 1].data
    codes = set()
    for position in range(len(raw)):
        for bit in bits(position):
            changed = renamed(members, row, flip(raw, position, bit))
            codes.add(outcome(reader, attacks.resigned(changed, kit.stranger)))
    for position in range(len(signature)):
        for bit in bits(position):
            changed = [*members]
            changed[row + 1] = members[row + 1].change(data=flip(signature, position, bit))
            codes.add(outcome(reader, attacks.resigned(changed, kit.stranger)))
    assert ACCEPTED not in codes
    assert all(code.startswith("bundle.record_") for code in codes), codes


def test_no_bit_of_a_record_or_its_signature_may_differ(
    kit: Kit, reader: StrictBundleReader
) -> None:
    """Every bit of every byte, where only the record itself is checked."""
    row = kit.find("registros/")
    raw, signature = kit.members[row].data, kit.members[row + 1].data
    name = kit.members[row].name.decode()

    def read(bundle: CheckedBundle, name: str, raw: bytes, signature: bytes) -> SealedRecord:
        sealed = bundle._record(name, raw, signature)
        (found,) = bundle._verified([sealed], bundle._begin([sealed]))
        return found

    with reader.check(BytesIO(kit.good), no_progress, CancelToken()) as bundle:
        assert read(bundle, name, raw, signature).raw == raw
        for changed in all_flips(raw):
            own = renamed([*kit.members], row, changed)[row].name.decode()
            with pytest.raises(UserFacingError):
                read(bundle, own, changed, signature)
        for changed in all_flips(signature):
            with pytest.raises(UserFacingError):
                read(bundle, name, raw, changed)


def all_flips(data: bytes) -> Iterator[bytes]:
    for position in range(len(data)):
        for bit in range(8):
            yield flip(data, position, bit)


class _WithoutSecondOpinion(TrustService):
    """The stranger's signature is good; that pyHanko agrees is not asked two thousand times."""

    def __init__(self, trust: TrustService) -> None:
        self._trust = trust

    def verify_container(self, manifest: bytes, signature: bytes) -> RecordVerifier:
        del manifest, signature
        return self._trust.verifier(SeededKey(2).certificate_pem)


# --- random damage -------------------------------------------------------------------------------

_FUZZ = settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

_EDITS = st.lists(
    st.tuples(
        st.sampled_from(["set", "delete", "insert", "repeat", "swap"]),
        st.floats(0, 1, allow_nan=False),
        st.floats(0, 1, allow_nan=False),
        st.binary(min_size=1, max_size=40) | st.sampled_from([b"PK\1\2", b"PK\3\4", b"PK\5\6"]),
    ),
    min_size=1,
    max_size=6,
)


def edited(data: bytes, edits: list[tuple[str, float, float, bytes]]) -> bytes:
    for kind, here, there, piece in edits:
        first, second = sorted((int(here * len(data)), int(there * len(data))))
        if kind == "set":
            data = data[:first] + piece + data[first + len(piece) :]
        elif kind == "delete":
            data = data[:first] + data[min(second, first + 200) :]
        elif kind == "insert":
            data = data[:first] + piece + data[first:]
        elif kind == "repeat":
            data = data[:second] + data[first:second] + data[second:]
        else:
            middle = data[first + 20 : second]
            data = data[:first] + data[second : second + 20] + middle + data[first : first + 20]
    return data


@_FUZZ
@given(edits=_EDITS)
def test_random_damage_is_refused_with_a_sentence(
    edits: list[tuple[str, float, float, bytes]], kit: Kit, reader: StrictBundleReader
) -> None:
    data = edited(kit.good, edits)
    code = outcome(reader, data)
    assert (code == ACCEPTED) == (data == kit.good)
    assert code == ACCEPTED or code in MESSAGES


@_FUZZ
@given(data=st.data(), edits=_EDITS, sign_again=st.booleans())
def test_random_damage_of_one_member_is_refused_with_a_sentence(
    data: st.DataObject,
    edits: list[tuple[str, float, float, bytes]],
    sign_again: bool,  # noqa: FBT001  # Hypothesis passes by name
    kit: Kit,
    reader: StrictBundleReader,
) -> None:
    members = as_exporter(kit) if sign_again else [*kit.members]
    row = data.draw(st.integers(1, len(members) - 3 if sign_again else len(members) - 1))
    changed = edited(members[row].data, edits)
    same = changed == members[row].data
    members[row] = members[row].change(data=changed)
    whole = attacks.resigned(members, kit.stranger) if sign_again else assemble(members)
    code = outcome(reader, whole)
    # The stranger may put any paper and any summary in a container of their own.
    own = sign_again and members[row].name.startswith((b"pdf/", b"resumen"))
    assert (code == ACCEPTED) == (same or own)
    assert code == ACCEPTED or code in MESSAGES


@_FUZZ
@given(data=st.binary(max_size=2000))
def test_arbitrary_bytes_are_refused_with_a_sentence(
    data: bytes, reader: StrictBundleReader
) -> None:
    for candidate in (data, b"PK\3\4" + data):
        assert outcome(reader, candidate) in MESSAGES


@MEASURABLE
def test_a_small_container_needs_little_memory(kit: Kit, meter: Meter, tmp_path: Path) -> None:
    path = tmp_path / "bueno.fichaat"
    path.write_bytes(kit.good)
    code, peak = meter.measured(path)
    assert code == ACCEPTED
    assert 10_000_000 < peak < MEMORY_LIMIT / 2
