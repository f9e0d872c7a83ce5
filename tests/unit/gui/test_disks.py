"""What the system is asked about disks; files that vanish or are no files never raise."""

from pathlib import Path

import pytest

from fichaat.gui import disks


def test_only_what_a_person_plugs_in_is_a_stick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disks, "_says_removable", lambda device: device == "/dev/sdz1")
    assert disks._is_removable("/media/ana/TRABAJO", "/dev/sdb1")
    assert disks._is_removable("/run/media/ana/TRABAJO", "/dev/sdb1")
    assert disks._is_removable("/mnt/x", "/dev/sdz1")
    assert not disks._is_removable("/", "/dev/sda1")
    assert not disks._is_removable("/mediateca", "/dev/sda1")


@pytest.mark.parametrize("device", ["", "tmpfs", "/dev/no-such-disk", "\0"])
def test_a_disk_that_nobody_knows_is_no_stick(device: str) -> None:
    assert disks._says_removable(device) is False


def test_the_disk_of_a_folder_has_room(tmp_path: Path) -> None:
    found = disks.disk_of(tmp_path)
    assert found is not None
    assert found.free > 0
    assert disks.disk_of(tmp_path / "nada" / "de" / "esto") is None or not found.removable


def test_sizes_are_of_files_only(tmp_path: Path) -> None:
    file = tmp_path / "a.fichaat"
    file.write_bytes(b"12345")
    assert disks.file_size(file) == 5
    assert disks.file_size(tmp_path) is None
    assert disks.file_size(tmp_path / "nada") is None
    assert disks.file_size(Path("\0")) is None
    assert disks.is_folder(tmp_path)
    assert not disks.is_folder(file)


def test_documents_are_always_somewhere() -> None:
    assert disks.documents().is_dir()
