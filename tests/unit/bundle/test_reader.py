import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from fichaat.application.jobs import CancelToken, no_progress
from fichaat.application.ports.bundles import BundleMember, BundleReader, BundleWriter, OpenBundle
from fichaat.bundle import names
from fichaat.bundle.reader import StrictBundleReader
from fichaat.bundle.writer import StrictBundleWriter
from fichaat.domain import codec
from fichaat.domain.errors import CancelledError, UserFacingError
from fichaat.domain.paquete import Solicitud
from fichaat.domain.record import SealedRecord, sha256_hex
from fichaat.domain.rol import Rol
from fichaat.trust.service import TrustService
from tests.support import bundles
from tests.support.bundles import members, seal, seal_chain, uuid7
from tests.support.keys import SeededKey

KEY, OTHER = SeededKey(1), SeededKey(2)
READER: BundleReader = StrictBundleReader(TrustService())
WRITER: BundleWriter = StrictBundleWriter()
BLOBS = [b"foto", b"", bytes(100)]


def write(folder: Path, parts: list[BundleMember], key: SeededKey = KEY) -> Path:
    path = folder / "paquete.fichaat"
    WRITER.write(path, parts, key, bundles.AT)
    return path


def read(path: Path) -> list[SealedRecord]:
    with READER.open(path, no_progress, CancelToken()) as bundle:
        return list(bundle.records())


def refused(path: Path) -> str:
    with pytest.raises(UserFacingError) as refusal:
        read(path)
    return refusal.value.code


def test_what_is_written_is_read(tmp_path: Path) -> None:
    records = seal_chain(KEY, 3) + seal_chain(OTHER, 2, uuid7(2))
    parts = members(KEY, records, blobs=BLOBS, certificates=[KEY, OTHER])
    path = write(tmp_path, parts)
    with READER.open(path, no_progress, CancelToken()) as bundle:
        assert bundle.sha256 == sha256_hex(path.read_bytes())
        assert bundle.info == bundles.info(KEY, records)
        assert bundle.exporter == KEY.device
        assert dict(bundle.certificates) == {
            key.device: key.certificate_pem for key in (KEY, OTHER)
        }
        assert dict(bundle.blobs) == {sha256_hex(blob): len(blob) for blob in BLOBS}
        assert bundle.record_count == 5
        assert sorted(bundle.records(), key=lambda sealed: sealed.sha256) == sorted(
            records, key=lambda sealed: sealed.sha256
        )
        assert [bundle.blob(sha256_hex(blob)) for blob in BLOBS] == BLOBS
        assert len(list(bundle.records())) == 5
        with pytest.raises(KeyError):
            bundle.blob("0" * 64)


def test_records_and_blobs_may_be_read_in_turns(tmp_path: Path) -> None:
    path = write(tmp_path, members(KEY, seal_chain(KEY, 3), blobs=BLOBS))
    with READER.open(path, no_progress, CancelToken()) as bundle:
        for _ in bundle.records():
            assert [bundle.blob(sha256_hex(blob)) for blob in BLOBS] == BLOBS


def test_a_fork_travels(tmp_path: Path) -> None:
    first = seal(KEY)
    branches = [
        seal(KEY, 2, first.sha256, record_id=uuid7(n), observaciones=str(n)) for n in (5, 6)
    ]
    records = [first, *branches]
    assert {sealed.sha256 for sealed in read(write(tmp_path, members(KEY, records)))} == {
        sealed.sha256 for sealed in records
    }


def test_records_may_be_forwarded_without_the_exporters_certificate(tmp_path: Path) -> None:
    parts = members(KEY, seal_chain(OTHER, 2), certificates=[OTHER])
    assert len(read(write(tmp_path, parts))) == 2


# --- what is no container ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "bundle.empty"),
        (b"%PDF-1.7", "bundle.not_a_bundle"),
        (b"PK\3\4", "bundle.truncated"),
        (b"age-encryption.org/v1\n-> X25519 x", "bundle.encrypted"),
        (b"-----BEGIN AGE ENCRYPTED FILE-----\n", "bundle.encrypted"),
        (b"PK\5\6" + bytes(18), "bundle.not_a_bundle"),
    ],
)
def test_other_files(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "x.fichaat"
    path.write_bytes(content)
    assert refused(path) == code


def test_no_file_at_all(tmp_path: Path) -> None:
    assert refused(tmp_path / "no.fichaat") == "bundle.not_found"
    assert refused(tmp_path / "no" / "hay.fichaat") == "bundle.not_found"
    assert refused(Path("con\0nulo")) == "bundle.not_found"
    assert refused(tmp_path) == "bundle.not_a_file"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tubo.fichaat")
    assert refused(tmp_path / "tubo.fichaat") == "bundle.not_a_file"


def test_an_ordinary_zip(tmp_path: Path) -> None:
    path = tmp_path / "x.fichaat"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hola.txt", "hola")
    assert refused(path) == "bundle.name"


# --- the file changes meanwhile ------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps an open file in its place")
def test_the_name_may_vanish_or_become_another_file(tmp_path: Path) -> None:
    records = seal_chain(KEY, 3)
    path = write(tmp_path, members(KEY, records, blobs=BLOBS))
    with READER.open(path, no_progress, CancelToken()) as bundle:
        path.unlink()
        path.write_bytes(b"otra cosa")
        assert list(bundle.records()) == records
        assert bundle.blob(sha256_hex(BLOBS[0])) == BLOBS[0]


def test_a_file_cut_while_it_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, members(KEY, seal_chain(KEY, 3), blobs=BLOBS))
    with READER.open(path, no_progress, CancelToken()) as bundle:
        os.truncate(path, 500)
        with pytest.raises(UserFacingError, match=r"bundle\.changed_while_reading"):
            list(bundle.records())
        with pytest.raises(UserFacingError, match=r"bundle\.changed_while_reading"):
            bundle.blob(sha256_hex(BLOBS[2]))


def test_a_file_overwritten_while_it_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, members(KEY, seal_chain(KEY, 3), blobs=BLOBS))
    with READER.open(path, no_progress, CancelToken()) as bundle:
        with path.open("r+b") as file:
            file.write(b"\1" * path.stat().st_size)
        with pytest.raises(UserFacingError, match=r"bundle\.record_"):
            list(bundle.records())
        with pytest.raises(UserFacingError, match=r"bundle\.changed_while_reading"):
            bundle.blob(sha256_hex(BLOBS[2]))


def test_cancelling(tmp_path: Path) -> None:
    path = write(tmp_path, members(KEY, seal_chain(KEY, 3)))
    cancel = CancelToken()
    with READER.open(path, no_progress, cancel) as bundle:
        records = bundle.records()
        next(records)
        cancel.cancel()
        with pytest.raises(CancelledError):
            next(records)
    with pytest.raises(CancelledError), READER.open(path, no_progress, cancel):
        pass


def test_a_failing_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, members(KEY, seal_chain(KEY, 1)))

    class Failing:
        def __init__(self, bundle: OpenBundle) -> None:
            self.bundle = bundle

        def seek(self, *_: int) -> int:
            raise OSError(5, "Input/output error")

    with READER.open(path, no_progress, CancelToken()) as bundle:
        monkeypatch.setattr(bundle, "_file", Failing(bundle))
        with pytest.raises(UserFacingError, match=r"bundle\.unreadable"):
            list(bundle.records())
        monkeypatch.undo()


# --- paquete.json --------------------------------------------------------------------------------

SOLICITUD = Solicitud(
    "María Quispe", "Especialista", "GORE", Rol.ESPECIALISTA, "05", "age1" + "q" * 58
)


def with_info(folder: Path, records: list[SealedRecord], **fields: object) -> Path:
    info = msgspec.structs.replace(bundles.info(KEY, records), **fields)
    return write(folder, members(KEY, records, paquete=info))


def with_raw_info(folder: Path, raw: bytes) -> Path:
    parts = members(KEY)
    parts[0] = BundleMember(names.PAQUETE, raw)
    return write(folder, parts)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"registros": 1}, "bundle.info_records"),
        ({"cadenas": ()}, "bundle.info_chains"),
        ({"volumen": (2, 1)}, "bundle.info_volume"),
    ],
)
def test_it_must_say_what_the_file_holds(fields: dict[str, Any], code: str, tmp_path: Path) -> None:
    assert refused(with_info(tmp_path, seal_chain(KEY, 2), **fields)) == code


def test_ranges_must_be_exact(tmp_path: Path) -> None:
    records = seal_chain(KEY, 3)
    for change in ({"hasta": 4}, {"desde": 2}, {"chain": uuid7(77)}):
        right = bundles.info(KEY, records).cadenas
        wrong = tuple(msgspec.structs.replace(each, **change) for each in right)
        assert refused(with_info(tmp_path, records, cadenas=wrong)) == "bundle.info_chains"
        twice = (*right, *right)
        assert refused(with_info(tmp_path, records, cadenas=twice)) == "bundle.info_chains"


def test_it_names_the_device_that_signed(tmp_path: Path) -> None:
    exporter = bundles.info(OTHER).exportador
    assert refused(with_info(tmp_path, [], exportador=exporter)) == "bundle.info_exporter"


def test_a_request_holds_no_records(tmp_path: Path) -> None:
    assert read(with_info(tmp_path, [], solicitud=SOLICITUD)) == []
    records = seal_chain(KEY, 1)
    assert refused(with_info(tmp_path, records, solicitud=SOLICITUD)) == "bundle.info_request"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda raw: raw.replace(b'"formato":1', b'"formato":2'), "bundle.newer_format"),
        (lambda raw: b'{"formato":2,"todo":{"es":"nuevo"}}', "bundle.newer_format"),
        (lambda raw: raw.replace(b'"formato":1', b'"formato":0'), "bundle.info_form"),
        (lambda raw: raw.replace(b'"formato":1', b'"formato":"1"'), "bundle.info_form"),
        (lambda raw: raw.replace(b'"formato":1', b'"formato":' + b"9" * 5000), "bundle."),
        (lambda raw: raw + b"\n", "bundle.info_form"),
        (lambda raw: raw.replace(b":", b": ", 1), "bundle.info_form"),
        (lambda raw: raw.replace(b"}", b',"x":1}', 1), "bundle.info_form"),
        (lambda raw: b"", "bundle.info_form"),
        (lambda raw: b"\xff\xfe", "bundle.info_form"),
        (lambda raw: b"[" * 100_000, "bundle.info_form"),
        (lambda raw: raw.replace(b"Mar", b"M\xc0\x80r"), "bundle.info_form"),
    ],
)
def test_another_form(change: Callable[[bytes], bytes], code: str, tmp_path: Path) -> None:
    raw = codec.encode(bundles.info(KEY))
    assert change(raw) != raw
    assert refused(with_raw_info(tmp_path, change(raw))).startswith(code)


# --- certificates --------------------------------------------------------------------------------


def test_each_sealing_device_brings_its_certificate(tmp_path: Path) -> None:
    records = seal_chain(OTHER, 1)
    assert refused(write(tmp_path, members(KEY, records))) == "bundle.certificate_missing"
    parts = members(KEY, seal_chain(KEY, 1), certificates=[KEY, OTHER])
    assert refused(write(tmp_path, parts)) == "bundle.certificate_unused"


def test_a_certificate_stands_under_its_own_device(tmp_path: Path) -> None:
    parts = [
        member if not member.name.endswith(".pem") else BundleMember(member.name, pem)
        for pem in [OTHER.certificate_pem]
        for member in members(KEY, seal_chain(KEY, 1))
    ]
    assert refused(write(tmp_path, parts)) == "bundle.certificate_name"


@pytest.mark.parametrize("pem", [b"", b"hola", KEY.certificate_pem + b"\n"])
def test_a_malformed_certificate_refuses_the_file(pem: bytes, tmp_path: Path) -> None:
    parts = [
        BundleMember(member.name, pem) if member.name.endswith(".pem") else member
        for member in members(KEY, seal_chain(KEY, 1))
    ]
    assert refused(write(tmp_path, parts)) == "bundle.certificate"


# --- records and blobs ---------------------------------------------------------------------------


def placed(
    sealed: SealedRecord,
    *,
    raw: bytes | None = None,
    signature: bytes | None = None,
    **place: object,
) -> SealedRecord:
    """A record whose name will say something else."""
    data = sealed.raw if raw is None else raw
    record = msgspec.structs.replace(sealed.record, **place)
    return SealedRecord(data, signature or KEY.sign_record(data), sha256_hex(data), record)


@pytest.mark.parametrize(
    ("sealed", "code"),
    [
        (placed(seal(KEY), sequence=2), "bundle.record_place"),
        (placed(seal(KEY), chain=uuid7(2)), "bundle.record_place"),
        (placed(seal(OTHER), device=KEY.device), "bundle.record_place"),
        (placed(seal(KEY, region="06")), "bundle.record_region"),
        (placed(seal(KEY, practice=True)), "bundle.record_practice"),
        (placed(seal(KEY), raw=seal(KEY).raw + b"\n"), "bundle.record_not_canonical"),
        (placed(seal(KEY), raw=seal(KEY).raw.replace(b'"app"', b'"apq"')), "bundle.record_form"),
        (placed(seal(KEY), raw=b"{}"), "bundle.record_form"),
        (placed(seal(KEY), signature=OTHER.sign_record(seal(KEY).raw)), "bundle.record_signature"),
        (placed(seal(KEY), signature=KEY.sign_record(b"otro")), "bundle.record_signature"),
        (placed(seal(KEY), signature=b"x"), "bundle.record_signature"),
        (
            msgspec.structs.replace(seal(KEY), sha256="0" * 64),
            "bundle.record_hash",
        ),
    ],
)
def test_a_record_is_what_its_place_says(sealed: SealedRecord, code: str, tmp_path: Path) -> None:
    assert refused(write(tmp_path, members(KEY, [sealed]))) == code


def test_practice_is_practice(tmp_path: Path) -> None:
    info = msgspec.structs.replace(bundles.info(KEY, [seal(KEY)]), practice=True)
    practice = write(tmp_path, members(KEY, [seal(KEY, practice=True)], paquete=info))
    assert len(read(practice)) == 1
    assert refused(write(tmp_path, members(KEY, [seal(KEY)], paquete=info))) == (
        "bundle.record_practice"
    )


@pytest.mark.parametrize("ending", [".json", ".sig"])
def test_neither_a_record_nor_a_signature_comes_alone(ending: str, tmp_path: Path) -> None:
    for row in range(3):
        parts = members(KEY, seal_chain(KEY, 3))
        dropped = [
            member.name
            for member in parts
            if member.name.startswith("registros/") and member.name.endswith(ending)
        ][row]
        rest = [member for member in parts if member.name != dropped]
        assert refused(write(tmp_path, rest)) == "bundle.record_pair"


def test_a_blob_is_its_name(tmp_path: Path) -> None:
    parts = [
        msgspec.structs.replace(member, data=b"otra") if "adjuntos" in member.name else member
        for member in members(KEY, blobs=[b"foto"])
    ]
    assert refused(write(tmp_path, parts)) == "bundle.blob_hash"


def test_an_unknown_kind_is_kept(tmp_path: Path) -> None:
    raw = seal(KEY).raw.replace(b'"kind":"ficha"', b'"kind":"futuro"')
    (found,) = read(write(tmp_path, members(KEY, [placed(seal(KEY), raw=raw)])))
    assert found.opaque
    assert found.raw == raw
