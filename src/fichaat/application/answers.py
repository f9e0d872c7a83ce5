"""Use case: tell every sender what became of what it handed in."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from fichaat.application.changes import Changes, Kind
from fichaat.application.export_bundle import ExportBundle
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress, no_progress
from fichaat.application.party import Party, party
from fichaat.application.ports.bundles import BundleFile
from fichaat.application.ports.rows import News
from fichaat.application.ports.store import Reader
from fichaat.application.selection import ANSWERED_SETTING
from fichaat.domain.authority import Authority
from fichaat.domain.errors import UserFacingError
from fichaat.domain.rol import Rol
from fichaat.domain.text import fold


class Waiting(Struct, frozen=True):
    """A sender that has not been told everything."""

    quien: Party
    entregas: int
    """How many bundles of it were received."""
    novedades: News
    respondido: bool
    """Whether it was ever answered."""
    catalogo: int | None = None
    """Version of the catalogue in force, where that is newer than its last answer."""


class Answer(Struct, frozen=True):
    """What was written for one sender."""

    quien: Party
    files: tuple[BundleFile, ...]


class AnswerSenders:
    def __init__(self, here: Installation, export: ExportBundle) -> None:
        self._here = here
        self._export = export

    def __call__(
        self,
        folder: Path,
        devices: Sequence[str] | None = None,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> tuple[list[Answer], Changes]:
        """Write one answer for each sender, which only it can open.

        Args:
            folder: where the files go; it must exist.
            devices: who is answered; everybody that waits where None.
            progress: units are thousandths of an answer.
            cancel: looked at between records; answers already whole stay.

        Raises:
            UserFacingError: "bundle.nothing_to_answer" (nobody waits), as `ExportBundle`.
            CancelledError: the person cancelled.
        """
        token = cancel or CancelToken()
        with self._here.store.read() as reader:
            authority = reader.authority()
            chosen = [item.quien.device for item in due(reader, self._here)]
        if devices is not None:
            chosen = list(dict.fromkeys(devices))
        if not chosen:
            raise UserFacingError("bundle.nothing_to_answer")
        answers = []
        for number, device in enumerate(chosen):
            files, _ = self._export(
                folder,
                para=device,
                progress=share(progress, number, len(chosen)),
                cancel=token,
            )
            answers.append(Answer(party(authority, device), tuple(files)))
        return answers, Changes.of(Kind.RECEPTION)

    def due(self) -> list[Waiting]:
        """Who waits, by name."""
        with self._here.store.read() as reader:
            return due(reader, self._here)


def due(reader: Reader, here: Installation) -> list[Waiting]:
    """Approved devices that were not told what concerns them, by name: for a coordinator all that
    nobody took over from, for a province those that handed something in there. A new catalogue
    concerns whoever was answered before.
    """
    authority = reader.authority()
    own = authority.grant(here.key.device)
    if own is None:
        return []  # nobody here may answer for anybody
    found = []
    # A province holds receptions of the region, of whoever handed in there: those are not its own.
    senders = reader.senders(None if own.rol is Rol.COORDINADOR else here.key.device)
    answered = {
        key.removeprefix(ANSWERED_SETTING): int(last)
        for key, last in reader.settings(ANSWERED_SETTING).items()
    }
    # Also who was approved by a file that was never imported: its credential must reach it.
    all_approved = authority.grants if own.rol is Rol.COORDINADOR else ()
    begun = [device for device in all_approved if device not in authority.relevos]
    waiting = dict.fromkeys((*begun, *answered), 0)
    approved = {device: 0 for device in waiting if device in authority.grants}
    last = reader.last_number()
    in_force = reader.catalogo()
    for device, entregas in {**approved, **senders}.items():
        told = answered.get(device, 0)
        if told >= last or not _is_answered(device, here, authority):
            continue
        news = reader.news_for(device, told)
        if news.propios or (not told and news.registros):
            new = in_force is not None and in_force[1] in news.catalogos
            catalogo = in_force[0].version if in_force is not None and new else None
            who = party(authority, device)
            found.append(Waiting(who, entregas, news, bool(told), catalogo))
    return sorted(found, key=lambda item: (fold(item.quien.nombre), item.quien.device))


def _is_answered(device: str, here: Installation, authority: Authority) -> bool:
    """A stranger is answered once it is approved: before, nobody knows who would read it. What a
    province has to say to the region leaves with its deliveries.
    """
    grant = authority.grant(device)
    if grant is None or device in authority.revoked or device == here.key.device:
        return False
    own = authority.grant(here.key.device)
    among_coordinators = own is not None and own.rol is Rol.COORDINADOR
    return among_coordinators or grant.rol is not Rol.COORDINADOR


def share(progress: Progress, number: int, parts: int) -> Progress:
    """The part of a whole that one of several is."""

    def tell(done: int, total: int) -> None:
        progress(number * 1000 + (done * 1000 // total if total else 0), parts * 1000)

    return tell
