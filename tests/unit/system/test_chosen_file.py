"""A file that a person chose: its bytes, or a sentence."""

from pathlib import Path

import pytest

from fichaat.domain.errors import UserFacingError
from fichaat.system.chosen_file import read_chosen


def refused(path: Path, limit: int = 10) -> str:
    with pytest.raises(UserFacingError) as caught:
        read_chosen(path, limit)
    return caught.value.code


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"0123456789")
    assert read_chosen(path, 10) == b"0123456789"
    assert refused(path, 9) == "system.file_too_large"


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path) == "system.is_folder"
    assert refused(tmp_path / "no.csv") == "system.file_missing"
    (tmp_path / "a.csv").write_bytes(b"")
    assert refused(tmp_path / "a.csv" / "b.csv") == "system.file_missing"
    assert refused(Path("a\0b")) == "system.file_missing"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs /dev/zero")
def test_an_endless_file_is_not_read_to_its_end() -> None:
    assert refused(Path("/dev/zero"), 1000) == "system.file_too_large"
