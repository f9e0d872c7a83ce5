"""The database, as use cases see it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from fichaat.application.acuerdo_line import AcuerdoLine
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.ports.keys import Trust
from fichaat.application.ports.rows import (
    AcuerdoRow,
    ApartRow,
    Arrival,
    Carried,
    Draft,
    ExportMark,
    FichaFilter,
    FichaRow,
    GapRow,
    Integrity,
    ListColumn,
    ListFilter,
    ListRow,
    News,
    PastExport,
    QueueFilter,
    QueueRow,
    QueueTab,
    RecordPlace,
    Sealed,
    Undelivered,
)
from fichaat.domain.authority import Authority
from fichaat.domain.catalogo import Catalogo
from fichaat.domain.chains import Gap, Link
from fichaat.domain.cobertura import Visita
from fichaat.domain.ficha import Ficha
from fichaat.domain.record import SealedRecord


class Reader(Protocol):
    """One consistent view of the database."""

    def setting(self, key: str) -> str | None: ...
    def settings(self, prefix: str) -> dict[str, str]:
        """Every setting whose key begins so."""
        ...

    # what the region says
    def authority(
        self, items: Iterable[SealedRecord] = (), extra: Collection[SealedRecord] = ()
    ) -> Authority:
        """What the accepted region key says of devices.

        Args:
            items: the records that will be judged by it.
            extra: records of region keys that are looked at as if they were held.
        """
        ...

    def catalogo(self) -> tuple[Catalogo, str] | None:
        """The catalogue in force, and the hash of its record."""
        ...

    def catalogos(self, sha256s: Collection[str]) -> dict[str, Catalogo]:
        """Those of these catalogues that are here and that who sealed them might publish, whether
        or not they are in force.
        """
        ...

    def region_records(self) -> list[SealedRecord]:
        """Everything that region keys said, whichever key is accepted."""
        ...

    # drafts
    def draft(self, codigo: str) -> Draft | None: ...
    def drafts(self, *, discarded: bool = False) -> list[Draft]: ...
    def taken_codigos(self, codigos: Collection[str]) -> set[str]:
        """Which of these codes a draft (those in the bin included) or a sealed ficha has."""
        ...

    def drafted_acuerdos(self, ids: Collection[str]) -> dict[str, str]:
        """The code of the draft (those in the bin included) that bears each of these agreements."""
        ...

    # records
    def record(self, sha256: str) -> SealedRecord | None: ...
    def known(self, sha256s: Collection[str]) -> set[str]:
        """Which of these records are here."""
        ...

    def records_about(self, subjects: Collection[str]) -> list[SealedRecord]:
        """Every record about any of these subjects (`subjects.subjects_of`), by sha256."""
        ...

    def records_at(
        self, device: str, chain: str, desde: int = 1, hasta: int | None = None
    ) -> list[Link]:
        """The places of a chain that are held, between two sequences."""
        ...

    def gaps_in(self, device: str, chain: str) -> list[Gap]:
        """What misses in one chain, in order."""
        ...

    def shared(self, subjects: Collection[str]) -> set[str]:
        """Which of these subjects more than one record is about."""
        ...

    def places(self) -> Iterator[RecordPlace]:
        """Where every record stands, by device, chain, sequence, sha256."""
        ...

    def records(self) -> Iterator[SealedRecord]:
        """All of them, decoded, in the order of `places`."""
        ...

    def signed_bytes(self, numbers: Collection[int]) -> dict[int, tuple[bytes, bytes]]:
        """Bytes and signature of the records with these numbers (`RecordPlace.n`), as they are
        kept, all at once: the caller asks for few.
        """
        ...

    def chain_head(self, device: str, chain: str) -> Link | None: ...
    def certificates(self, devices: Collection[str]) -> dict[str, bytes]: ...

    # blobs and papers
    def blob(self, sha256: str) -> bytes | None: ...
    def blobs(self, sha256s: Collection[str]) -> dict[str, bytes]:
        """Those of these that are here, all at once: the caller asks for few."""
        ...

    def blob_sizes(self, sha256s: Collection[str]) -> dict[str, int]:
        """Size of those that are here."""
        ...

    def papers(self, keys: Collection[str]) -> dict[str, bytes]:
        """PDFs rendered before, by the hash of all that decides them; the caller asks for few."""
        ...

    def paper_sizes(self, keys: Collection[str]) -> dict[str, int]:
        """Size of those that are kept."""
        ...

    # projections
    def fichas(
        self, wanted: FichaFilter, *, after: str | None = None, limit: int = 50
    ) -> list[FichaRow]: ...
    def fichas_with_codigo(self, codigo: str) -> list[FichaRow]: ...
    def fichas_with_id(self, id_: str) -> list[FichaRow]: ...
    def search(self, text: str, *, limit: int = 50) -> list[FichaRow]:
        """Newest first; accents and case ignored, every word must match from its beginning."""
        ...

    def listed(
        self, wanted: ListFilter, column: ListColumn = ListColumn.FECHA
    ) -> tuple[list[int], list[Any]]:
        """The number of every line that is wanted, newest first, and beside it one column (nothing
        for the date, by which they stand).
        """
        ...

    def list_rows(self, numbers: Collection[int]) -> dict[int, ListRow]:
        """The lines that these numbers name; one that is gone has none."""
        ...

    def list_number(self, codigo: str, *, draft: bool) -> int | None:
        """The number of a draft, or of the newest sealed ficha of this code."""
        ...

    def arrivals(self, sha256s: Collection[str]) -> dict[str, Arrival]:
        """How far each of these came; what is no newest version of a ficha is passed over."""
        ...

    def receptions_of(self, sha256s: Collection[str]) -> list[SealedRecord]:
        """The records in which installations say to have received any of these."""
        ...

    def exports_of(self, sha256s: Collection[str]) -> list[ExportMark]:
        """When any of these left in a bundle, oldest first."""
        ...

    def first_diagnosis(self, ubigeos: Collection[str], *, but: str) -> dict[str, date]:
        """Earliest known `diagnostico` of each district, the ficha with id `but` aside."""
        ...

    def fichas_of_day(self, day: date, ubigeos: Collection[str]) -> list[tuple[str, Ficha]]:
        """(id, content) of sealed, not annulled fichas of a day in any of these districts."""
        ...

    def acuerdos(self, ids: Collection[str]) -> dict[str, AcuerdoRow]: ...
    def open_acuerdos(self, ubigeos: Collection[str]) -> dict[str, frozenset[str]]:
        """Ids of the agreements of each district that are not closed."""
        ...

    def acuerdo_lines(self, ambito: str = "") -> list[AcuerdoLine]:
        """Every agreement with a district whose code begins so."""
        ...

    def disputed_acuerdos(self) -> int:
        """How many have events that contradict each other."""
        ...

    def acuerdo_heads(self, ids: Collection[str]) -> list[str]:
        """Hashes that the next event about these agreements has to name in `after`."""
        ...

    # what waits
    def newest_drafts(self, limit: int) -> tuple[list[Draft], int]:
        """The drafts saved last, newest first, and how many there are in all."""
        ...

    def open_plazos(self, origins: Collection[str] | None = None) -> list[tuple[str, str]]:
        """(date or "", id) of every agreement that is not closed, once each, by date; of those that
        these devices began where some are named.
        """
        ...

    def undelivered(self, device: str) -> Undelivered:
        """Fichas that a device began and no coordinator has said to have received as they are."""
        ...

    def sealed_since(self, device: str, moment: datetime, limit: int) -> int:
        """How many versions of fichas a device sealed after a moment; it stops at a limit."""
        ...

    def past_exports(self, limit: int) -> list[PastExport]:
        """The last bundles that were written here, the last first."""
        ...

    def sealed_by(self, *, pending: bool = False) -> list[Sealed]:
        """How much each device sealed, by device; `pending`: of what no coordinator received."""
        ...

    def acknowledged(self) -> set[str]:
        """The records that a coordinator says to have received."""
        ...

    def receptions(self) -> set[str]:
        """The records in which installations say to have received something."""
        ...

    def received_until(self, device: str, moment: datetime) -> int:
        """Number of the last record in which an installation said, not later than a moment, to
        have received something; what has a lower `RecordPlace.n` was held by then.
        """
        ...

    def senders(self, by: str | None = None) -> dict[str, int]:
        """Whoever handed in a bundle, and how many were received of it; by one device where it is
        named.
        """
        ...

    def answer_to(self, device: str) -> list[RecordPlace]:
        """Everything held that concerns one sender, in the order of `places`."""
        ...

    def shared_acuerdos(
        self, device: str, since: int = 0, *, again: bool = False
    ) -> list[RecordPlace]:
        """What a device needs to know the open agreements of its scope (ADR 0016).

        Args:
            device: an approved one; any other needs nothing.
            since: the highest number of a record that its last answer could hold.
            again: also what it says to have received.
        """
        ...

    def carried(self) -> Carried:
        """All attachments, and the papers that are kept."""
        ...

    # reception
    def apart(self, limit: int) -> tuple[list[ApartRow], int]:
        """What is kept without effect, the newest visits first, and how many there are in all."""
        ...

    def contested(self, limit: int) -> tuple[list[str], int]:
        """Ids of fichas of which several copies have an equal right, newest first, and how many
        there are in all.
        """
        ...

    def crowded_days(self) -> list[tuple[str, str]]:
        """(day, ubigeo) with more than one living ficha, newest first."""
        ...

    def namesakes(self, day: str, ubigeo: str) -> list[tuple[FichaRow, Ficha]]:
        """The living fichas of one day in one district that share a responsable with another, with
        what they say.
        """
        ...

    def own_receptions(self, device: str, limit: int) -> tuple[list[SealedRecord], int]:
        """The last receptions that a device sealed, the last first, and how many there are."""
        ...

    def news_for(self, device: str, since: int) -> News:
        """What a sender has not been told: records that came here after one with this number."""
        ...

    def held_of(self) -> dict[str, int]:
        """How many records of each device are here; no record is read."""
        ...

    def judged(
        self, verdict: str, origins: Collection[str], limit: int
    ) -> tuple[list[FichaRow], int]:
        """Living fichas that these devices began and of which this was said, newest first, and how
        many there are in all.
        """
        ...

    def last_number(self) -> int:
        """The number of the record that came last; 0 where there is none."""
        ...

    # review
    def review_queue(self, wanted: QueueFilter, device: str) -> list[QueueRow]:
        """What a filter leaves of a tab, corrections first, then what has waited longest; of what
        is decided the newest first.

        Args:
            wanted: the tab and its filters.
            device: whose receptions say when something arrived.
        """
        ...

    def review_counts(self, wanted: QueueFilter) -> dict[QueueTab, int]:
        """How many there are in each tab, whatever else is filtered."""
        ...

    def last_visits(self, ubigeos: Collection[str]) -> dict[str, date]:
        """The day of the newest sealed, not annulled visit of each district that has one."""
        ...

    def visit_count(self, ubigeo: str) -> int:
        """How many fichas of a district are here, annulled ones included."""
        ...

    def visitas(self, ubigeos: Collection[str] | None = None) -> list[Visita]:
        """The newest version of every sealed ficha, as coverage looks at it; no record is read.

        Args:
            ubigeos: only of fichas with any of these districts.
        """
        ...

    def gaps(self) -> list[GapRow]: ...
    def forks(self) -> list[tuple[str, str, int]]:
        """(device, chain, sequence) of every fork."""
        ...

    def record_count(self) -> int: ...


class Transaction(Reader, Protocol):
    """A reader that also writes; commits when its block ends, rolls back on any exception."""

    def set_setting(self, key: str, value: str) -> None: ...
    def set_root(self, device: str) -> None:
        """Believe this region key and no other, and draw anew what hangs on it."""
        ...

    def put_draft(self, draft: Draft) -> None: ...
    def put_drafts(self, drafts: Sequence[Draft]) -> None: ...
    def delete_drafts(self, ids: Collection[str]) -> None: ...
    def next_numbers(self, chain: str, year: int, count: int) -> int:
        """Reserve `count` consecutive numbers of a chain's year; the first of them."""
        ...

    def add_records(
        self, records: Sequence[SealedRecord], certificates: Mapping[str, bytes]
    ) -> None:
        """Insert records that are not here yet and bring the projections up to date."""
        ...

    def add_blob(self, sha256: str, data: bytes) -> None:
        """Idempotent; the hash is the caller's responsibility."""
        ...

    def put_paper(self, key: str, pdf: bytes) -> None: ...
    def mark_exported(self, sha256s: Collection[str], bundle: str, at: datetime) -> None:
        """A local mark, not a record."""
        ...


class Store(Protocol):
    """The encrypted database of one data folder."""

    def read(self) -> AbstractContextManager[Reader]: ...
    def write(self, cancel: CancelToken | None = None) -> AbstractContextManager[Transaction]:
        """The only writer (BEGIN IMMEDIATE).

        Args:
            cancel: looked at before every statement, and while many rows are written.

        Raises:
            CancelledError: nothing was changed.
            UserFacingError: "storage.no_space", "storage.read_only", "storage.corrupt"…
        """
        ...

    def check(self, trust: Trust, progress: Progress, cancel: CancelToken) -> Integrity:
        """Recompute every page, hash, signature, chain and projection, and tell what differs."""
        ...

    def rebuild(self, progress: Progress, cancel: CancelToken) -> Integrity:
        """Make every projection anew from the records."""
        ...

    def backup(self, folder: Path, now: datetime, progress: Progress) -> Path:
        """Write one snapshot (and the blobs not yet copied) into a folder of backups."""
        ...

    def close(self) -> None: ...
