"""What *Paquetes* shows before anything is exported: what would leave, and what left before."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from fichaat.application.addressees import Addressees, addressees
from fichaat.application.changes import Changes
from fichaat.application.installation import Installation
from fichaat.application.ports.rows import Carried, PastExport, Sealed, Undelivered
from fichaat.application.ports.store import Reader
from fichaat.application.selection import is_coordinators, is_pending

FOLDER_SETTING = "export_folder"
"""Where the last bundle went; of this installation, it never travels."""

PAST = 5
"""Exports that are shown."""

_RECORD_BYTES = 4_500
"""What signature, certificate and the container's own lists add to a record, more or less."""

_PAPER_BYTES = 45_000
"""A printed ficha, where none has been printed yet."""


class Amount(Struct, frozen=True):
    """What a bundle would hold."""

    registros: int = 0
    fichas: int = 0
    """Versions of fichas among them."""
    bytes: int = 0
    """About: papers that were never printed have no size yet."""


class Delivery(Struct, frozen=True):
    """Everything at one moment."""

    now: datetime
    pendiente: Amount
    todo: Amount
    entrega: Undelivered
    anteriores: tuple[PastExport, ...]
    """The last first."""
    folder: Path | None
    """Where the last one went."""
    destino: Addressees = Addressees()
    """Who can open what leaves."""


class ReadDelivery:
    def __init__(self, here: Installation) -> None:
        self._here = here

    def __call__(self) -> Delivery:
        """Look everything up in one view of the database."""
        here = self._here
        with here.store.read() as reader:
            sealed, carried = reader.sealed_by(), reader.carried()
            waiting, authority = reader.sealed_by(pending=True), reader.authority()
            fichas = sum(part.fichas for part in sealed)
            folder = reader.setting(FOLDER_SETTING)
            return Delivery(
                now=here.clock.now(),
                pendiente=_amount(
                    [part for part in waiting if is_pending(here, part.device, authority)],
                    carried,
                    fichas,
                ),
                todo=_amount(sealed, carried, fichas),
                entrega=undelivered(reader, here),
                anteriores=tuple(reader.past_exports(PAST)),
                folder=Path(folder) if folder else None,
                destino=addressees(reader, here),
            )

    def remember_folder(self, folder: Path) -> tuple[None, Changes]:
        """Note where a bundle was written."""
        text = str(folder)
        # A name that is no Unicode text cannot be kept: it is only asked for again.
        if text.encode("utf-8", "replace").decode() == text:
            with self._here.store.write() as tx:
                tx.set_setting(FOLDER_SETTING, text)
        return None, Changes()


def undelivered(reader: Reader, here: Installation) -> Undelivered:
    """The fichas of this device that the region has not acknowledged; a coordinator's are where
    they belong.
    """
    found = reader.undelivered(here.key.device)
    if is_coordinators(here.key.device, reader.authority()):
        return Undelivered(found.fichas, 0, None)
    return found


def _amount(chosen: Sequence[Sealed], carried: Carried, all_fichas: int) -> Amount:
    """Attachments are shared out among the fichas: who has which is only in their bytes."""
    records = sum(part.registros for part in chosen)
    fichas = sum(part.fichas for part in chosen)
    paper = carried.paper_bytes // carried.papers if carried.papers else _PAPER_BYTES
    size = sum(part.bytes for part in chosen) + _RECORD_BYTES * records + paper * fichas
    if all_fichas:
        size += carried.blob_bytes * fichas // all_fichas
    return Amount(records, fichas, size)
