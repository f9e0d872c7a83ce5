"""The places that *Paquetes* offers to write to: sticks, folders of before, the documents."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from fichaat.gui.disks import Disk
from fichaat.gui.text import say, size_words


class Target(NamedTuple):
    """A place to write to."""

    path: Path
    name: str
    detail: str
    icon: str


class Places(NamedTuple):
    """What one look brought."""

    sticks: Sequence[Disk]
    folders: Sequence[tuple[Path, Disk | None]]

    def targets(self, last: Path | None) -> list[Target]:
        """In words, sticks first.

        Args:
            last: where the last export went.
        """
        targets = [_stick_target(disk) for disk in self.sticks]
        return targets + [_folder_target(folder, disk, last) for folder, disk in self.folders]

    def disk(self, target: Path | None) -> Disk | None:
        """The one on which a target is; None where that is not known."""
        disks = {disk.path: disk for disk in self.sticks}
        disks |= {folder: disk for folder, disk in self.folders if disk is not None}
        return disks.get(target) if target is not None else None

    def on_stick(self, folder: Path) -> bool:
        """Whether it was on a stick at that look: afterwards the stick may be gone."""
        return any(folder.is_relative_to(disk.path) for disk in self.sticks)


def room_warning(disk: Disk | None, wanted: int) -> str:
    """What to say where so many bytes may not fit; "" where they do, or nobody knows."""
    if disk is None or disk.free >= wanted:
        return ""
    return say("paquetes.space", libre=size_words(disk.free), bytes=size_words(wanted))


def _stick_target(disk: Disk) -> Target:
    return Target(
        disk.path, say("paquetes.target_usb", nombre=disk.name), _room(disk.path, disk), "usb"
    )


def _folder_target(folder: Path, disk: Disk | None, last: Path | None) -> Target:
    code = "paquetes.target_last" if folder == last else "paquetes.target_folder"
    on_stick = disk is not None and disk.removable
    return Target(
        folder,
        say(code, nombre=folder.name or str(folder)),
        _room(folder, disk),
        "usb" if on_stick else "carpeta",
    )


def _room(folder: Path, disk: Disk | None) -> str:
    if disk is None:
        return str(folder)
    if disk.read_only:
        return say("paquetes.target_read_only", ruta=str(folder))
    return say("paquetes.target_detail", ruta=str(folder), libre=size_words(disk.free))
