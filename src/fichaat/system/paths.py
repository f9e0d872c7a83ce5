"""Where the program's own files are, in the repository and once installed."""

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent.parent


def resource(*parts: str) -> Path:
    """A file of `resources/`: inside the installed package, or at the root of the repository.

    Raises:
        FileNotFoundError: the program was installed without its files.
    """
    for root in (_PACKAGE / "resources", _PACKAGE.parent.parent / "resources"):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError("/".join(("resources", *parts)))


def migrations_dir() -> Path:
    """The folder of the database's migrations.

    Raises:
        FileNotFoundError: the program was installed without its files.
    """
    for root in (_PACKAGE, _PACKAGE.parent.parent):
        path = root / "migrations"
        if (path / "env.py").exists():
            return path
    raise FileNotFoundError("migrations")


def manual() -> Path:
    """The folder of the manual, in Markdown: of the package, or of the repository.

    Raises:
        FileNotFoundError: the program was installed without its files.
    """
    for path in (_PACKAGE / "resources" / "manual", _PACKAGE.parent.parent / "docs" / "manual"):
        if path.is_dir():
            return path
    raise FileNotFoundError("manual")
