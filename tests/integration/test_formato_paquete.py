"""The commands of docs/formato-paquete.md, run as they stand there."""

import re
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from asn1crypto import pem, x509

from fichaat.application.ports.keys import RecordKey
from fichaat.bundle import names
from fichaat.domain import codec
from fichaat.domain.paquete import PaqueteInfo
from fichaat.domain.recepcion import Remitente
from fichaat.domain.record import Kind, SealedRecord
from fichaat.texts import MESSAGES
from fichaat.trust.region_certificate import read_root
from tests.support import attacks, bundles, region
from tests.support.attacks import Kit, flip
from tests.support.keys import SeededKey
from tests.support.raw_zip import Member, assemble

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the commands are of a POSIX shell")

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "formato-paquete.md"
COMMANDS = "".join(re.findall(r"^```sh\n(.*?)^```$", DOCUMENT.read_text("utf-8"), re.M | re.S))


def run(folder: Path, data: bytes) -> subprocess.CompletedProcess[str]:
    (folder / "paquete.fichaat").write_bytes(data)
    return subprocess.run(
        ["sh", "-c", COMMANDS], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    good = bundles.good(tmp_path_factory.mktemp("bueno"), SeededKey(1), 3)
    return attacks.make_kit(good, SeededKey(2))


def test_the_commands_accept_a_real_container(kit: Kit, tmp_path: Path) -> None:
    done = run(tmp_path, kit.good)
    assert (done.returncode, done.stderr) == (0, "CAdES Verification successful\n")
    assert done.stdout == "Paquete comprobado. Registros: 3.\n"


def test_the_commands_accept_a_container_without_records(tmp_path: Path) -> None:
    key = SeededKey(1)
    data = bundles.write(tmp_path / "solicitud.fichaat", key, bundles.members(key))
    done = run(tmp_path, data)
    assert (done.returncode, done.stderr) == (0, "CAdES Verification successful\n")
    assert done.stdout == "Paquete comprobado. Registros: 0.\n"


def _leaf_of_another_region(device: SeededKey) -> SealedRecord:
    """Sealed by one key, its certificate issued by another that calls itself the same."""
    content = region.credencial(region.region_key(), device)
    return region.seal(REGION, Kind.CREDENCIAL, content)


def _leaf_of_another_device(device: SeededKey) -> SealedRecord:
    other = region.credencial(REGION, SeededKey(3)).certificado
    content = msgspec.structs.replace(region.credencial(REGION, device), certificado=other)
    return region.seal(REGION, Kind.CREDENCIAL, content)


def _leaf_issued_by_a_device(device: SeededKey) -> SealedRecord:
    """The device takes the place of the region, with a certificate that is no authority's."""
    content = region.credencial(REGION, SeededKey(3))
    leaf = x509.Certificate.load(b64decode(content.certificado))
    issuer = x509.Certificate.load(pem.unarmor(device.certificate_pem)[2])
    leaf["tbs_certificate"]["issuer"] = issuer.subject
    leaf["signature_value"] = device.sign_record(leaf["tbs_certificate"].dump(force=True))
    issued = b64encode(leaf.dump(force=True)).decode()
    content = msgspec.structs.replace(content, certificado=issued)
    return region.seal(device, Kind.CREDENCIAL, content)


REGION = region.region_key()


def with_credential(folder: Path, sealed: SealedRecord, *sealers: RecordKey) -> bytes:
    key = SeededKey(1)
    parts = bundles.members(key, [sealed], certificates=[key, *sealers])
    return bundles.write(folder / "credencial.fichaat", key, parts)


def test_the_commands_check_a_credential(tmp_path: Path) -> None:
    device = SeededKey(2)
    sealed = region.seal(REGION, Kind.CREDENCIAL, region.credencial(REGION, device))
    done = run(tmp_path, with_credential(tmp_path, sealed, REGION))
    assert (done.returncode, done.stderr) == (0, "CAdES Verification successful\n")
    told = done.stdout.splitlines()
    assert told[:2] == [
        "Paquete comprobado. Registros: 1.",
        f"Credencial comprobada: {device.device}",
    ]
    assert told[3:] == ["notBefore=Jan  1 00:00:00 2026 GMT", "notAfter=Jan  1 00:00:00 2036 GMT"]
    key = sha256(read_root(REGION.certificate_der).spki).hexdigest()
    assert f"fichaat region 05 {key[:16]}" in told[2]


@pytest.mark.parametrize(
    ("forge", "sealers"),
    [
        (_leaf_of_another_region, [REGION]),
        (_leaf_of_another_device, [REGION]),
        (_leaf_issued_by_a_device, [SeededKey(2)]),
    ],
)
def test_the_commands_refuse_a_forged_credential(
    forge: Callable[[SeededKey], SealedRecord], sealers: list[RecordKey], tmp_path: Path
) -> None:
    done = run(tmp_path, with_credential(tmp_path, forge(SeededKey(2)), *sealers))
    assert done.returncode != 0
    assert "Credencial comprobada" not in done.stdout


def by_the_stranger(kit: Kit, members: list[Member]) -> bytes:
    """Exported again by the stranger, so that container and manifest fit."""
    row = next(row for row, member in enumerate(members) if member.name == names.PAQUETE.encode())
    info = codec.decode_as(members[row].data, PaqueteInfo)
    info = msgspec.structs.replace(info, exportador=Remitente(kit.stranger.device))
    members[row] = members[row].change(data=codec.encode(info))
    return attacks.resigned(members, kit.stranger)


def _flipped_record(kit: Kit) -> bytes:
    return assemble(kit.changed("registros/", data=flip(kit.data("registros/"), 40)))


def _flipped_record_signed_again(kit: Kit) -> bytes:
    return by_the_stranger(kit, kit.changed("registros/", data=flip(kit.data("registros/"), 40)))


def _flipped_record_signature(kit: Kit) -> bytes:
    row = kit.find("registros/") + 1
    members = [*kit.members]
    members[row] = members[row].change(data=flip(members[row].data, -1))
    return by_the_stranger(kit, members)


def _record_of_another_key(kit: Kit) -> bytes:
    """The stranger's certificate under the author's name, the records signed by the stranger."""
    members = kit.changed("certificados/", data=kit.stranger.certificate_pem)
    for row, member in enumerate(members):
        if member.name.endswith(b".sig"):
            signature = kit.stranger.sign_record(members[row - 1].data)
            members[row] = member.change(data=signature)
    return by_the_stranger(kit, members)


TAMPERED: dict[str, Callable[[Kit], bytes]] = {
    "cut": lambda kit: kit.good[:-30],
    "a record's byte": _flipped_record,
    "a record's byte, signed again": _flipped_record_signed_again,
    "a record's signature, signed again": _flipped_record_signature,
    "another key for the records": _record_of_another_key,
    "the manifest": lambda kit: assemble(
        kit.changed("ASiCManifest", data=flip(kit.data("ASiCManifest"), 400))
    ),
    "the signature": lambda kit: assemble(kit.changed("p7s", data=flip(kit.data("p7s"), -1))),
    "a member more": attacks._extra_blob,
    "a member less": lambda kit: assemble(kit.without("resumen")),
    "signed by another": lambda kit: attacks.resigned(kit.members, kit.stranger),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_the_commands_refuse_what_was_changed(what: str, kit: Kit, tmp_path: Path) -> None:
    done = run(tmp_path, TAMPERED[what](kit))
    assert done.returncode != 0
    assert "Paquete comprobado" not in done.stdout


def test_the_document_names_codes_that_exist() -> None:
    for code, star in re.findall(r"`(bundle\.[a-z_]+)(\*?)`", DOCUMENT.read_text("utf-8")):
        assert any(known == code or (star and known.startswith(code)) for known in MESSAGES), code
