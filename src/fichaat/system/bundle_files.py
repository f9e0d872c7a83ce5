"""The files of packages behind what a person chose: a folder stands for all packages in it."""

from collections.abc import Iterable
from pathlib import Path

from fichaat.application.wanted import BUNDLE_SUFFIX
from fichaat.domain.errors import UserFacingError
from fichaat.system.atomic import system_error, told_name


def is_bundle(path: Path) -> bool:
    """Whether a name is that of a package; what is in it is seen later."""
    return path.name.casefold().endswith(BUNDLE_SUFFIX)


def bundle_files(chosen: Iterable[Path]) -> list[Path]:
    """Every file once; a folder gives the packages that lie directly in it, by name.

    Raises:
        UserFacingError: "system.no_bundles" (a folder without any), "system.*" (it cannot be
            listed).
    """
    found: list[Path] = []
    for path in chosen:
        found.extend(_in_folder(path) if path.is_dir() else [path])
    return list(dict.fromkeys(found))


def _in_folder(folder: Path) -> list[Path]:
    try:
        inside = [path for path in folder.iterdir() if is_bundle(path) and path.is_file()]
    except OSError as error:
        raise system_error(error, folder) from error
    if not inside:
        raise UserFacingError("system.no_bundles", carpeta=told_name(folder))
    return sorted(inside, key=lambda path: (path.name.casefold(), path.name))
