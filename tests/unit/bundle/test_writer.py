import hashlib
from datetime import timedelta
from pathlib import Path

import pytest

from fichaat.application.ports.bundles import BundleMember
from fichaat.bundle import names
from fichaat.bundle.writer import StrictBundleWriter
from fichaat.domain.errors import UserFacingError
from tests.support import bundles
from tests.support.keys import SeededKey
from tests.support.raw_zip import disassemble

KEY = SeededKey(1)


def test_it_says_what_it_wrote(tmp_path: Path) -> None:
    records = bundles.seal_chain(KEY, 3)
    target = tmp_path / "paquete.fichaat"
    written = StrictBundleWriter().write(target, bundles.members(KEY, records), KEY, bundles.AT)
    data = target.read_bytes()
    assert written.path == target
    assert written.sha256 == hashlib.sha256(data).hexdigest()
    assert (written.bytes, written.records) == (len(data), 3)
    assert list(tmp_path.iterdir()) == [target]


def test_members_may_be_made_as_they_are_written(tmp_path: Path) -> None:
    parts = bundles.members(KEY, bundles.seal_chain(KEY, 2))
    whole = bundles.write(tmp_path / "a.fichaat", KEY, parts)
    StrictBundleWriter().write(tmp_path / "b.fichaat", iter(parts), KEY, bundles.AT)
    assert (tmp_path / "b.fichaat").read_bytes() == whole


def test_another_instant_changes_only_the_signature(tmp_path: Path) -> None:
    parts = bundles.members(KEY, bundles.seal_chain(KEY, 2))
    first, second = tmp_path / "a.fichaat", tmp_path / "b.fichaat"
    StrictBundleWriter().write(first, parts, KEY, bundles.AT)
    StrictBundleWriter().write(second, parts, KEY, bundles.AT + timedelta(seconds=1))
    pairs = zip(disassemble(first.read_bytes()), disassemble(second.read_bytes()), strict=True)
    assert [a.name.decode() for a, b in pairs if a != b] == [names.SIGNATURE]


@pytest.mark.parametrize("name", [names.MIMETYPE, names.MANIFEST, names.SIGNATURE])
def test_the_writers_own_members_are_not_taken(name: str, tmp_path: Path) -> None:
    parts = [*bundles.members(KEY), BundleMember(name, b"")]
    with pytest.raises(ValueError, match="itself"):
        bundles.write(tmp_path / "paquete.fichaat", KEY, parts)
    assert list(tmp_path.iterdir()) == []


def test_a_container_describes_itself(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"begins with paquete\.json"):
        bundles.write(tmp_path / "paquete.fichaat", KEY, bundles.members(KEY)[1:])
    assert list(tmp_path.iterdir()) == []


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "paquete.fichaat"
    target.write_bytes(b"antes")
    parts = [*bundles.members(KEY), BundleMember(names.RESUMEN, bytes(50_000_001))]
    with pytest.raises(UserFacingError, match=r"bundle\.size"):
        bundles.write(target, KEY, parts)
    assert target.read_bytes() == b"antes"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match=r"system\.removed"):
        bundles.write(tmp_path / "usb" / "paquete.fichaat", KEY, bundles.members(KEY))
