"""Where a person may have a file written, and what it may replace."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from fichaat.domain.errors import UserFacingError
from fichaat.system.chosen_target import demand_bundle_place, write_chosen

PDF = b"%PDF-1.7 nuevo"
ANSWER = b'{"formato": "respuesta", "version": 1}'
CATALOGUE = b'{"firmantes": [], "metas": []}'
ENVELOPE = b"age-encryption.org/v1\n..."


def zipped(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, b"x")
    return out.getvalue()


BOOK = zipped("[Content_Types].xml", "xl/workbook.xml")
BUNDLE = zipped("paquete.json")


def refused(path: Path, data: bytes = PDF) -> str:
    with pytest.raises(UserFacingError) as caught:
        write_chosen(path, data)
    return caught.value.code


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", PDF),
        (b"%PDF-1.4 viejo", PDF),
        (BOOK, BOOK),
        (b'\n{"version": 2, "formato": "respuesta"}', ANSWER),
        (b'\xef\xbb\xbf{"metas": [1]}', CATALOGUE),
    ],
)
def test_a_file_takes_the_place_of_its_own_kind(
    tmp_path: Path, before: bytes, after: bytes
) -> None:
    path = tmp_path / "a"
    path.write_bytes(before)
    write_chosen(path, after)
    assert path.read_bytes() == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"frase de acceso", PDF),
        (b"{}", PDF),
        (BOOK, PDF),
        (PDF, BOOK),
        (BUNDLE, BOOK),
        (zipped("foto.jpg"), BOOK),
        (BOOK[:-30], BOOK),
        (ENVELOPE, BOOK),
        (b'{"formato": "pedido", "version": 1}', ANSWER),
        (b'{"format": "fichaat-region-key"}', ANSWER),
        (b'{"format": "fichaat-region-key"}', CATALOGUE),
        (b'{"version": 1, "slots": []}', CATALOGUE),
        (b'{"version": 1, "slots": []}', ANSWER),
        (b"{" * 200_000, CATALOGUE),
        (b"hola", ANSWER),
    ],
)
def test_a_file_of_another_kind_stays(tmp_path: Path, before: bytes, after: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(before)
    assert refused(path, after) == "system.other_kind"
    assert path.read_bytes() == before


@pytest.mark.parametrize("before", [BUNDLE, ENVELOPE, b""])
def test_a_bundle_takes_the_place_of_a_bundle(tmp_path: Path, before: bytes) -> None:
    (tmp_path / "a").write_bytes(before)
    demand_bundle_place(tmp_path / "a")


@pytest.mark.parametrize("before", [BOOK, PDF, b"texto"])
def test_a_bundle_replaces_nothing_else(tmp_path: Path, before: bytes) -> None:
    (tmp_path / "a").write_bytes(before)
    with pytest.raises(UserFacingError) as caught:
        demand_bundle_place(tmp_path / "a")
    assert caught.value.code == "system.other_kind"


@pytest.mark.parametrize("kept", ["fichaat.db", "ranuras.json"])
def test_nothing_is_written_among_the_data(tmp_path: Path, kept: str) -> None:
    data = tmp_path / "datos"
    (data / "recibidos" / "más").mkdir(parents=True)
    (data / kept).write_bytes(b"")
    (tmp_path / "enlace").symlink_to(data)
    (tmp_path / "e.pdf").symlink_to(data / kept)
    (tmp_path / "dentro").symlink_to(data / "recibidos" / "más")
    for path in (data / kept, data / "a.pdf", tmp_path / "enlace" / "a.pdf"):
        assert refused(path) == "system.data_folder"
    for folder in (data / "recibidos", data / "recibidos" / "más", tmp_path / "dentro"):
        assert refused(folder / "a.pdf") == "system.in_data_folder"
        assert not (folder / "a.pdf").exists()
    assert refused(data / ".." / "datos" / "recibidos" / "a") == "system.in_data_folder"
    write_chosen(data / "recibidos" / ".." / ".." / "a.pdf", PDF)
    assert refused(tmp_path / "e.pdf") == "system.data_folder"
    assert (data / kept).read_bytes() == b""


def test_the_folder_of_a_file_must_be_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "no" / "a.pdf") == "system.no_folder"
    (tmp_path / "f").write_bytes(b"")
    assert refused(tmp_path / "f" / "a.pdf") == "system.not_a_folder"
    assert refused(Path("a\0b")) == "system.file_name"
    assert refused(tmp_path) == "system.is_folder"
    assert not (tmp_path / "no").exists()
