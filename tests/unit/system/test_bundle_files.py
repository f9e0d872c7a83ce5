"""What a chosen folder stands for."""

from pathlib import Path

import pytest

from fichaat.domain.errors import UserFacingError
from fichaat.system.bundle_files import bundle_files


def test_a_folder_gives_its_packages_by_name(tmp_path: Path) -> None:
    for name in ("b.fichaat", "A.FICHAAT", "notas.txt", "c.fichaat"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "dentro.fichaat").mkdir()
    found = [path.name for path in bundle_files([tmp_path])]
    assert found == ["A.FICHAAT", "b.fichaat", "c.fichaat"]


def test_files_stay_as_they_were_named_each_once(tmp_path: Path) -> None:
    (tmp_path / "b.fichaat").write_bytes(b"")
    gone = tmp_path / "no-está.fichaat"
    wanted = [gone, tmp_path / "b.fichaat", tmp_path]
    assert bundle_files(wanted) == [gone, tmp_path / "b.fichaat"]


def test_a_folder_without_packages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match=r"system\.no_bundles") as refused:
        bundle_files([tmp_path])
    assert refused.value.params == {"carpeta": tmp_path.name}
