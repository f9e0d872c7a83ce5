"""Use case: carry sealed work out as signed files that anyone can verify."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from fichaat.application.addressees import addressees, demand_answerable
from fichaat.application.bundle_members import BundleMembers, records_left_out
from fichaat.application.bundle_parts import Part, PrepareParts
from fichaat.application.bundle_volumes import file_name, room_in_envelope, split_volumes
from fichaat.application.changes import Changes
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress, no_progress
from fichaat.application.papers import Papers
from fichaat.application.party import party
from fichaat.application.ports.bundles import BundleFile, BundleMember, BundleNames, BundleWriter
from fichaat.application.selection import ANSWERED_SETTING, Selection, answer_to, pending
from fichaat.application.selection import everything as all_records
from fichaat.domain.errors import UserFacingError

WriterFor = Callable[[Sequence[str], CancelToken], BundleWriter]
"""A writer whose files only these age recipients can open; the token stops it."""


class ExportBundle:
    def __init__(
        self,
        here: Installation,
        writer: BundleWriter,
        names: BundleNames,
        papers: Papers,
        writer_for: WriterFor | None = None,
    ) -> None:
        """Without `writer_for` everything leaves plain."""
        self._here = here
        self._writer_for = writer_for
        self._writer = writer
        self._prepare = PrepareParts(here, names, papers)
        self._members = BundleMembers(here, names)

    def __call__(
        self,
        folder: Path,
        *,
        everything: bool = False,
        para: str | None = None,
        plain: bool = False,
        volume_bytes: int | None = None,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> tuple[list[BundleFile], Changes]:
        """Write the records into one or several volumes, each valid alone, encrypted to the
        region's addressees where a catalogue names them.

        Args:
            folder: where the files go; it must exist.
            everything: all records here; else those that no coordinator has acknowledged, the own
                ones for a specialist and all for who forwards.
            para: the device of a sender: what concerns it, as an answer that only it can open;
                with `everything` also all that it sealed.
            plain: leave them legible for whoever gets hold of the files.
            volume_bytes: largest size of a file; one file where None.
            progress: units are records, twice: prepared, then written.
            cancel: looked at between records; files already whole stay.

        Raises:
            UserFacingError: "bundle.nothing_to_export" (nothing is held),
                "bundle.nothing_pending" (all of it is acknowledged), "bundle.nothing_to_answer"
                (for a sender), "bundle.answer_*" (no answer is written here, or not to that
                device), "bundle.volume_too_small", "system.*" (no space, read-only, removed).
        """
        token = cancel or CancelToken()
        now = self._here.clock.now().replace(microsecond=0)
        with self._here.store.read() as reader:
            if para is not None:
                demand_answerable(reader, self._here, para)
            places = list(reader.places())
            to = () if plain else addressees(reader, self._here, para).recipients
            # The agreements of others leave in the open only where somebody chose that.
            wanted = _selection(para, everything=everything, shared=plain or bool(to))
            chosen = wanted(reader, self._here)
            to_whom = None if para is None else party(reader.authority(), para)
            last = reader.last_number()
        writer, volume_bytes = self._writer_to(to, volume_bytes, token)
        if not chosen:
            raise UserFacingError(_why_nothing(para, held=bool(places)))
        parts = self._prepare(chosen, progress, token)
        volumes = split_volumes(parts, self._blob_sizes(parts), volume_bytes)
        bundle_id = self._here.ids.new_id()
        stay = records_left_out(places, chosen)
        files = []
        with self._here.store.read() as reader:
            done = len(chosen)
            for number, volume in enumerate(volumes, 1):
                info = self._members.info(bundle_id, now, volume, (number, len(volumes)), stay)
                target = folder / file_name(info, now, to_whom)
                members = self._members.each(reader, info, volume)
                counted = _counting(members, done, 2 * len(chosen), progress, token)
                files.append(writer.write(target, counted, self._here.key, now))
                done += len(volume)
        with self._here.store.write() as tx:
            tx.mark_exported([place.sha256 for place in chosen], bundle_id, now)
            if para is not None:
                tx.set_setting(ANSWERED_SETTING + para, str(last))
        return files, Changes()

    def _writer_to(
        self, recipients: Sequence[str], volume_bytes: int | None, cancel: CancelToken
    ) -> tuple[BundleWriter, int | None]:
        """Who writes, and how much may be in one file."""
        if self._writer_for is None or not recipients:
            return self._writer, volume_bytes
        room = room_in_envelope(volume_bytes, len(recipients))
        return self._writer_for(recipients, cancel), room

    def _blob_sizes(self, parts: Sequence[Part]) -> dict[str, int]:
        named = frozenset[str]().union(*(part.blobs for part in parts))
        if not named:
            return {}
        with self._here.store.read() as reader:
            return reader.blob_sizes(named)


def _why_nothing(para: str | None, *, held: bool) -> str:
    if para is not None:
        return "bundle.nothing_to_answer"
    return "bundle.nothing_pending" if held else "bundle.nothing_to_export"


def _selection(para: str | None, *, everything: bool, shared: bool) -> Selection:
    if para is not None:
        return answer_to(para, own=everything, shared=shared)
    return all_records if everything else pending


def _counting(
    members: Iterator[BundleMember], done: int, total: int, progress: Progress, cancel: CancelToken
) -> Iterator[BundleMember]:
    """Tells of every record that passes, and lets the person stop."""
    for member in members:
        cancel.check()
        yield member
        if member.name.endswith(".json") and member.name != "paquete.json":
            done += 1
            progress(done, total)
