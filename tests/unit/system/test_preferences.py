import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fichaat.system.preferences import (
    IDLE_MINUTES,
    MAX_FOLDERS,
    Preferences,
    read_preferences,
    remember_folder,
    write_preferences,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "preferencias.json"


def test_what_is_written_is_read_again(file: Path) -> None:
    kept = Preferences(idle_minutes=0).with_folder(Path("/datos/ñ"), "2026-11-20")
    write_preferences(kept, file)
    assert read_preferences(file) == kept
    assert file.stat().st_mode & 0o077 == 0


def test_the_folder_opened_last_stands_first_and_once(file: Path) -> None:
    for number in (*range(MAX_FOLDERS + 3), 5):
        remember_folder(Path(f"/d{number}"), "2026-11-20", file)
    found = [known.path for known in read_preferences(file).folders]
    assert found[0] == "/d5"
    assert len(found) == len(set(found)) == MAX_FOLDERS


def test_a_file_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    blocked = tmp_path / "archivo"
    blocked.write_text("")
    remember_folder(Path("/datos"), "2026-11-20", blocked / "preferencias.json")
    assert read_preferences(blocked / "preferencias.json") == Preferences()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '{"minutos": "10", "carpetas": 3}',
        '{"minutos": true}',
        '{"minutos": 9999}',
        '{"carpetas": [1, {"ruta": ""}, {"ruta": "relativa"}, {"ruta": "/a\\u0000b"}]}',
        "[" * 100_000,
    ],
)
def test_a_broken_file_counts_as_none(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text)
    assert read_preferences(file) == Preferences((), IDLE_MINUTES)


@given(
    st.binary(max_size=300)
    | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(
        lambda value: json.dumps({"minutos": value, "carpetas": value}).encode()
    )
)
def test_nothing_in_the_file_can_break_the_start(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "preferencias.json"
    file.write_bytes(data)
    assert isinstance(read_preferences(file), Preferences)
