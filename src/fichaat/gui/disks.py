"""Memory sticks and the room that is left: asked of the system, never in the window's own thread
(a disk that went to sleep, or a share that is gone, answers late).
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from PySide6.QtCore import QStorageInfo

_STICK_FOLDERS: Final = ("/media/", "/run/media/", "/Volumes/")
"""Where Linux and macOS put what a person plugs in."""

_DRIVE_REMOVABLE: Final = 2


class Disk(NamedTuple):
    """A place where files can be carried."""

    path: Path
    """Its root."""
    name: str
    free: int
    """Bytes that this person may still write."""
    removable: bool
    read_only: bool


def sticks() -> list[Disk]:
    """What can be taken away, by name."""
    from PySide6.QtCore import QStorageInfo

    disks = [_disk(found) for found in QStorageInfo.mountedVolumes() if _is_usable(found)]
    return sorted(disk for disk in disks if disk.removable)


def disk_of(path: Path) -> Disk | None:
    """The disk that holds a folder or file; None for one that is gone."""
    from PySide6.QtCore import QStorageInfo

    found = QStorageInfo(str(path))
    return _disk(found) if _is_usable(found) else None


def file_size(path: Path) -> int | None:
    """Bytes of a file; None for what is no file or is gone."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_size if path.is_file() else None


def is_folder(path: Path) -> bool:
    """Whether files can be put there; a disk that fails has no folders."""
    try:
        return path.is_dir()
    except OSError:
        return False


def documents() -> Path:
    """Where this person keeps documents."""
    from PySide6.QtCore import QStandardPaths

    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(place) if place else Path.home()
    return folder if is_folder(folder) else Path.home()


def _is_usable(found: "QStorageInfo") -> bool:
    return found.isValid() and found.isReady()


def _disk(found: "QStorageInfo") -> Disk:
    root = found.rootPath()
    return Disk(
        Path(root),
        found.displayName() if found.displayName() != root else Path(root).name or root,
        found.bytesAvailable(),
        _is_removable(root, bytes(found.device().data()).decode("utf-8", "replace")),
        found.isReadOnly(),
    )


def _is_removable(root: str, device: str) -> bool:
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(root)) == _DRIVE_REMOVABLE
    return f"{root}/".startswith(_STICK_FOLDERS) or _says_removable(device)


def _says_removable(device: str) -> bool:
    """What Linux knows of the disk under a partition."""
    place = Path("/sys/class/block", Path(device).name)
    try:
        partition = place.resolve(strict=True)
        return any(
            (folder / "removable").read_text("ascii").strip() == "1"
            for folder in (partition, partition.parent)
            if (folder / "removable").is_file()
        )
    except (OSError, ValueError):
        return False
