"""What a person is told when a backup comes back, whole or not, or the folder is read-only."""

import shutil
from pathlib import Path

import pytest

from fichaat.storage.lock import FolderLock
from tests.support.program import Machine
from tests.support.rows import jsonl, pending_row


@pytest.fixture
def snapshot(office: Machine, tmp_path: Path) -> Path:
    """A backup of one sealed ficha with a photo."""
    data = jsonl(pending_row(1))
    row = office.done("ficha", "importar", "-", "--sellar", "--motivo", "m", stdin=data)
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(b"foto" * 1000)
    codigo = row["detalle"][0]["codigo"]
    office.done("ficha", "evidencia", codigo, "--adjunto", photo, "--clase", "foto")
    return Path(office.done("respaldo", "crear", "-o", tmp_path / "usb")["ruta"])


def test_the_earlier_data_is_named_and_opens(office: Machine, snapshot: Path) -> None:
    answer = office.done("respaldo", "restaurar", snapshot)
    assert answer["adjuntos_faltantes"] == 0
    aside = Path(answer["anterior"])
    assert aside.parent == office.folder
    assert office.done("ficha", "listar", "--datos", aside)["fichas"]
    office.environ["FICHAAT_RELOJ"] = "2026-11-21T11:00:00-05:00"
    told = office("respaldo", "restaurar", snapshot).out
    assert f"quedó en {office.folder / 'anterior-20261121T160000Z'}" in told
    assert "Aviso" not in told


def test_all_the_files_to_take_are_named(office: Machine, snapshot: Path, tmp_path: Path) -> None:
    made = office.done("respaldo", "crear", "-o", tmp_path / "otro")
    assert made["archivos"][0] == made["ruta"]
    assert {Path(file) for file in made["archivos"]} == set((tmp_path / "otro").iterdir())
    told = office("respaldo", "crear", "-o", tmp_path / "otro").out
    (newest,) = {path.name for path in (tmp_path / "otro").glob("ranuras-*")} - {
        Path(made["archivos"][1]).name
    }
    assert newest in told
    assert "blobs.db" in told
    # The snapshot alone is refused with the name of what it lacks; with the other two it comes.
    alone = tmp_path / "solo"
    alone.mkdir()
    shutil.copy(snapshot, alone)
    assert "«ranuras-….json»" in office("respaldo", "restaurar", alone / snapshot.name).err
    for file in made["archivos"]:
        shutil.copy(file, alone)
    found = office.done("respaldo", "restaurar", alone / Path(made["ruta"]).name)
    assert found["adjuntos_faltantes"] == 0


def test_missing_attachments_are_told(office: Machine, snapshot: Path) -> None:
    (snapshot.parent / "blobs.db").unlink()
    shutil.rmtree(office.folder)
    answer = office.done("respaldo", "restaurar", snapshot)
    assert (answer["anterior"], answer["adjuntos_faltantes"]) == (None, 1)
    assert "Aviso: falta 1 adjunto que" in office("respaldo", "restaurar", snapshot).out
    found = office.done("datos", "comprobar", code=1)["diferencias"]
    assert [item["codigo"] for item in found] == ["storage.blob_missing"]
    assert "Falta un adjunto" in office("datos", "comprobar").out


def test_damaged_attachments_are_told(office: Machine, snapshot: Path) -> None:
    (snapshot.parent / "blobs.db").write_bytes(b"")
    before = {path.name for path in office.folder.iterdir()}
    answer = office.json("respaldo", "restaurar", snapshot)
    assert (answer.code, answer.error) == (1, "storage.backup_corrupt")
    assert {path.name for path in office.folder.iterdir()} == before
    assert "blobs.db" in office("respaldo", "restaurar", snapshot).err
    assert office.done("datos", "comprobar")["diferencias"] == []


def test_a_read_only_folder_is_told_to_who_only_reads(
    office: Machine, snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = office.done("paquete", "exportar", "-o", tmp_path, "--todo")["archivos"]

    def refused(_: FolderLock) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(FolderLock, "acquire", refused)
    for command in (
        ("ficha", "listar"),
        ("perfil", "mostrar"),
        ("datos", "comprobar"),
        ("paquete", "verificar", file["ruta"]),
    ):
        answer = office(*command)
        assert answer.code == 1
        assert "la carpeta no deja escribir" in answer.err
        assert "también para leer" in answer.err
