"""The catalogue as the coordinator leaves it between two versions: kept here, it never travels."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from fichaat.application.changes import Changes
from fichaat.application.installation import Installation
from fichaat.domain.codec import decode_as, encode
from fichaat.domain.text import clean, defect

WORKING_COPY_SETTING: Final = "catalogo_en_preparacion"
"""Of this installation: the working copy."""

Rows = tuple[Mapping[str, str], ...]
"""Texts by the name of a member, as they stand in the cells of a table."""


class WorkingCopy(Struct, frozen=True, forbid_unknown_fields=True):
    """What was typed since a version was published, unreadable cells included."""

    version: int
    """Of the catalogue that it began with."""
    sha256: str
    """Of the record of that catalogue."""
    tablas: Mapping[str, Rows]
    """Rows by the member of `CatalogueContent` that they become."""
    provincias: tuple[str, ...]
    inicio_plan: str
    updated_at: datetime


class EditCatalogue:
    def __init__(self, here: Installation) -> None:
        self._here = here

    def open(self) -> WorkingCopy | None:
        """The working copy as it was left; None where nothing was changed.

        Raises:
            SchemaError: another version of the program wrote it.
        """
        with self._here.store.read() as reader:
            text = reader.setting(WORKING_COPY_SETTING)
        return decode_as(text.encode(), WorkingCopy) if text else None

    def save(self, copy: WorkingCopy) -> tuple[WorkingCopy, Changes]:
        """Keep it; no page but its own shows it.

        Raises:
            UserFacingError: those of `Store.write`.
        """
        tablas = {name: tuple(map(_normal, rows)) for name, rows in copy.tablas.items()}
        kept = replace(
            copy,
            tablas=tablas,
            inicio_plan=_clean(copy.inicio_plan),
            updated_at=self._here.clock.now(),
        )
        with self._here.store.write() as tx:
            tx.set_setting(WORKING_COPY_SETTING, encode(kept).decode())
        return kept, Changes()

    def discard(self) -> tuple[None, Changes]:
        """Only what is published is left.

        Raises:
            UserFacingError: those of `Store.write`.
        """
        with self._here.store.write() as tx:
            tx.set_setting(WORKING_COPY_SETTING, "")
        return None, Changes()


def _normal(row: Mapping[str, str]) -> Mapping[str, str]:
    """A row as it can be kept: whoever types has a blank at the end of most words."""
    return {key: _clean(text) for key, text in row.items()}


def _clean(text: str) -> str:
    return text if defect(text, multiline=False) is None else clean(text, multiline=False)
