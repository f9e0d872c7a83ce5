from pathlib import Path

import pytest

from fichaat.domain.errors import UserFacingError
from fichaat.system.settings import Settings
from fichaat.texts import message


def test_the_person_decides_before_the_environment() -> None:
    settings = Settings.of({"FICHAAT_DATOS": "/a"})
    assert settings.folder(None) == Path("/a").absolute()
    assert settings.folder("b") == Path("b").absolute()
    assert settings.practice_folder(None) == Path("/a").absolute()


def test_practice_lives_apart() -> None:
    settings = Settings.of({"FICHAAT_DATOS": "  "})
    assert settings.folder(None) != settings.practice_folder(None)


@pytest.mark.parametrize(
    ("data", "passphrase"),
    [
        (b"clave\n", "clave"),
        (b"clave", "clave"),
        (b"clave \r\nnota\r\n", "clave "),
        (b"\xef\xbb\xbf\xc3\xb1and\xc3\xba\n", "ñandú"),
        (b"", ""),
        (b"\n", ""),
    ],
)
def test_the_passphrase_is_the_first_line(tmp_path: Path, data: bytes, passphrase: str) -> None:
    file = tmp_path / "clave"
    file.write_bytes(data)
    assert Settings(clave_archivo=str(file)).passphrase() == passphrase


def test_a_passphrase_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    binary = tmp_path / "binario"
    binary.write_bytes(b"\xff\xfe")
    for path, code in (
        (binary, "system.passphrase_file"),
        (tmp_path / "nada", "system.passphrase_missing"),
        (binary / "nada", "system.passphrase_missing"),
        (tmp_path, "system.passphrase_folder"),
        (tmp_path / ("x" * 5000), "system.passphrase_unreadable"),
        ("a\x00b", "system.passphrase_file"),
    ):
        with pytest.raises(UserFacingError) as refused:
            Settings(clave_archivo=str(path)).passphrase()
        assert refused.value.code == code
        told = message(code, refused.value.params)
        assert code == "system.passphrase_file" or Path(path).name[:100] in told


def test_without_a_file_nothing_is_known() -> None:
    assert Settings.of({}).passphrase() is None


def test_the_region_key_has_a_passphrase_of_its_own_or_the_same(tmp_path: Path) -> None:
    own, region = tmp_path / "propia", tmp_path / "region"
    own.write_text("una\n", encoding="utf-8")
    region.write_text("otra\n", encoding="utf-8")
    environ = {"FICHAAT_CLAVE_ARCHIVO": str(own)}
    assert Settings.of({}).region_passphrase() is None
    assert Settings.of(environ).region_passphrase() == "una"
    environ["FICHAAT_CLAVE_REGION_ARCHIVO"] = str(region)
    assert Settings.of(environ).region_passphrase() == "otra"
    assert Settings.of(environ).passphrase() == "una"
    environ["FICHAAT_CLAVE_REGION_ARCHIVO"] = str(tmp_path / "no-hay")
    with pytest.raises(UserFacingError) as refused:
        Settings.of(environ).region_passphrase()
    assert refused.value.code == "system.passphrase_missing"
