"""The commands of docs/formato-paquete.md, run as they stand there."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from fichaat.bundle import names
from fichaat.domain import codec
from fichaat.domain.paquete import PaqueteInfo
from fichaat.domain.recepcion import Remitente
from fichaat.texts import MESSAGES
from tests.support import attacks, bundles
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
    assert done.stdout == "Paquete comprobado: 3 registros.\n"


def test_the_commands_accept_a_container_without_records(tmp_path: Path) -> None:
    key = SeededKey(1)
    data = bundles.write(tmp_path / "solicitud.fichaat", key, bundles.members(key))
    done = run(tmp_path, data)
    assert (done.returncode, done.stderr) == (0, "CAdES Verification successful\n")
    assert done.stdout == "Paquete comprobado: 0 registros.\n"


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
