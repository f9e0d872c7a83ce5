"""The one rule about a file that a person told the program to write.

Its folder must be there, and neither it nor any folder around it a data folder. What already has
the name is replaced only where it is empty or of the kind that is written: a PDF takes the place of
a PDF, never that of a key.
"""

import codecs
import zipfile
from enum import Enum, auto
from pathlib import Path
from typing import Final

import msgspec

from fichaat.domain.errors import UserFacingError
from fichaat.system.atomic import atomic_write, system_error, told_name
from fichaat.system.profile_files import DATABASE, SLOTS

_PDF: Final = b"%PDF-"
_ZIP: Final = b"PK\x03\x04"
_ENVELOPE: Final = b"age-encryption.org/"
_BEGINNING: Final = 32
_MAX_JSON: Final = 64_000_000


class _Kind(Enum):
    PDF = auto()
    WORKBOOK = auto()
    BUNDLE = auto()
    JSON = auto()
    OTHER = auto()


_MEMBERS: Final = {"xl/workbook.xml": _Kind.WORKBOOK, "paquete.json": _Kind.BUNDLE}
"""What tells one ZIP from another."""


def write_chosen(path: Path, data: bytes, *, mode: int = 0o666) -> None:
    """Write a whole file where a person said.

    Args:
        path: the target.
        data: what is written; it says what kind of file it may replace.
        mode: as of `atomic_write`.

    Raises:
        UserFacingError: those of `demand_place`, "system.other_kind", "system.*": nothing was
            written and the old file stays.
    """
    demand_place(path)
    if _holds_something(path) and not _same_kind(path, data):
        raise UserFacingError("system.other_kind", archivo=told_name(path))
    atomic_write(path, data, mode=mode)


def demand_bundle_place(path: Path) -> None:
    """The same rule for a bundle, which is written piece by piece.

    Raises:
        UserFacingError: those of `demand_place`, "system.other_kind".
    """
    demand_place(path)
    if _holds_something(path) and _kind_of_file(path) is not _Kind.BUNDLE:
        raise UserFacingError("system.other_kind", archivo=told_name(path))


def demand_place(path: Path) -> None:
    """Raises:
    UserFacingError: "system.no_folder", "system.not_a_folder", "system.data_folder",
        "system.file_name", "system.*".
    """
    try:
        target = path.resolve()
        folder = target.parent
        if not folder.is_dir():
            gone = not folder.exists()
            code = "system.no_folder" if gone else "system.not_a_folder"
            raise UserFacingError(code, carpeta=told_path(path.parent))
    except (ValueError, RuntimeError):
        raise UserFacingError("system.file_name", archivo=told_name(path)) from None
    except OSError as error:
        raise system_error(error, path) from error
    demand_no_data(folder)


def demand_no_data(folder: Path) -> None:
    """Raises:
    UserFacingError: "system.data_folder", "system.in_data_folder": the program keeps its own
        files there, or in a folder around it. The folder itself may be missing yet.
    """
    whole = folder.resolve()
    if _keeps_data(whole):
        raise UserFacingError("system.data_folder", carpeta=told_path(folder))
    around = next((parent for parent in whole.parents if _keeps_data(parent)), None)
    if around is not None:
        raise UserFacingError(
            "system.in_data_folder", carpeta=told_path(folder), datos=told_path(around)
        )


def told_path(path: Path) -> str:
    """A whole path as a sentence can hold it."""
    text = str(path).encode("utf-8", "replace").decode()
    return "".join(char if char.isprintable() else "�" for char in text)


def _keeps_data(folder: Path) -> bool:
    try:
        return any((folder / name).exists() for name in (DATABASE, SLOTS))
    except OSError:
        return False


def _holds_something(path: Path) -> bool:
    """Whether a file with some content has that name; folders and devices are told by the write."""
    try:
        return path.is_file() and path.stat().st_size > 0
    except OSError as error:
        raise system_error(error, path) from error


def _same_kind(path: Path, data: bytes) -> bool:
    if data.startswith(_PDF):
        return _kind_of_file(path) is _Kind.PDF
    if data.startswith(_ZIP):
        # Bundles are written piece by piece.
        return _kind_of_file(path) is _Kind.WORKBOOK
    return _kind_of_file(path) is _Kind.JSON and _same_json(path, data)


def _kind_of_file(path: Path) -> _Kind:
    try:
        with path.open("rb") as file:
            beginning = file.read(_BEGINNING)
        if beginning.startswith(_ZIP):
            return _kind_of_zip(path)
    except OSError as error:
        raise system_error(error, path) from error
    if beginning.startswith(_PDF):
        return _Kind.PDF
    if beginning.startswith(_ENVELOPE):
        return _Kind.BUNDLE
    is_object = beginning.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{")
    return _Kind.JSON if is_object else _Kind.OTHER


def _kind_of_zip(path: Path) -> _Kind:
    try:
        with zipfile.ZipFile(path) as opened:
            names = frozenset(opened.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return _Kind.OTHER
    return next((kind for name, kind in _MEMBERS.items() if name in names), _Kind.OTHER)


def _same_json(path: Path, data: bytes) -> bool:
    """Files that say their format must say the same one, and none of them a key; others, which the
    program writes without one, must have a member in common.
    """
    try:
        with path.open("rb") as file:
            before = _object(file.read(_MAX_JSON))
    except OSError as error:
        raise system_error(error, path) from error
    after = _object(data)
    stated = [item.get("formato", item.get("format")) for item in (before, after)]
    if any(stated):
        return stated[0] == stated[1]
    return bool(before.keys() & after.keys())


def _object(data: bytes) -> dict[str, object]:
    try:
        return msgspec.json.decode(data.removeprefix(codecs.BOM_UTF8), type=dict[str, object])
    except (msgspec.DecodeError, RecursionError):
        return {}
