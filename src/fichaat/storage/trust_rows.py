"""What the region has said, kept ready; and which subjects change when it says more.

Every drawn row is a function of the records and the accepted region key, whatever came first:
when a credential, a revocation or a coordinator's reception arrives late, what it speaks of is
drawn again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from fichaat.application.profiles import ACCEPTED_ROOT_SETTING
from fichaat.domain.authority import (
    Authority,
    Reception,
    draw_authority,
    fixes_moment,
    is_provinces,
)
from fichaat.domain.codec import decode_record
from fichaat.domain.record import REGION_KEY_KINDS, Kind, SealedRecord
from fichaat.storage.reception_rows import ReceptionRow, reception_rows
from fichaat.storage.session import Session, one_list

ROOT_SETTING: Final = "region_root"
"""The region key that the person accepted, by its device."""

TRUST_KINDS: Final = frozenset({*REGION_KEY_KINDS, Kind.CATALOGO})

REGIONS: Final = 2
PROVINCES: Final = 1
"""What a reception is worth: a coordinator's fixes the moment, a province's informs."""

Numbered = tuple[int, SealedRecord]
"""A record and its number in `records`."""


def load_authority(session: Session) -> Authority:
    """Everything but what belongs to single records (`judging`)."""
    root = session.value("SELECT value FROM settings WHERE key = ?", ROOT_SETTING)
    if root is None:
        return Authority()
    said = session.rows("SELECT n, sha256 FROM confianza ORDER BY n")
    return session.authorities.of(
        (root, tuple(said)), lambda: draw_authority(root, _records(session, [n for n, _ in said]))
    )


def judging(session: Session, core: Authority, items: Iterable[SealedRecord]) -> Authority:
    """The same with what it takes to judge these records."""
    if not (core.grants or core.revoked):
        return core
    records = {item.sha256: item.record.device for item in items}
    vouched = _vouched(session, core, set(records.values()))
    return replace(core, moments=_moments(session, records), vouched=vouched)


def take_trust(session: Session, fresh: Sequence[Numbered]) -> tuple[Authority, set[str]]:
    """Take in what these new records say of devices and of receptions.

    Returns:
        What the region says now, and the subjects of older records that it changes.
    """
    before = load_authority(session)
    said = [(n, item.sha256) for n, item in fresh if item.record.kind in TRUST_KINDS]
    session.run_many("INSERT INTO confianza (n, sha256) VALUES (?, ?)", said)
    core = load_authority(session) if said else before
    changed = before.changed_devices(core)
    # Whether a revoked device's record was known in time may hang on one that came only now.
    changed |= {item.record.device for _, item in fresh} & core.revoked.keys()
    received = _receive(session, core, fresh)
    if core.revoked:
        changed |= _doubted(session, core, _received_by([item for _, item in fresh]))
    return core, _redrawn(session, core, changed) | received


def change_root(session: Session, device: str) -> set[str]:
    """Believe this region key and no other; the subjects that it changes."""
    before = load_authority(session)
    settings = [(ROOT_SETTING, device)]
    if before.root is not None:
        last = session.value("SELECT coalesce(max(n), 0) FROM records")
        settings.append((ACCEPTED_ROOT_SETTING + before.root, str(last)))
    session.run_many(
        "INSERT INTO settings (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        settings,
    )
    core = load_authority(session)
    return _redrawn(session, core, before.changed_devices(core))


def replaced_roots(session: Session) -> dict[str, int]:
    """The region keys that were accepted here once and replaced, and the number of the last record
    that was here by then.
    """
    rows = session.rows(
        "SELECT substr(key, ?), CAST(value AS INTEGER) FROM settings WHERE substr(key, 1, ?) = ?",
        len(ACCEPTED_ROOT_SETTING) + 1,
        len(ACCEPTED_ROOT_SETTING),
        ACCEPTED_ROOT_SETTING,
    )
    return dict(rows)


def redraw_trust(session: Session) -> Authority:
    """Make the rows of this room anew, in empty tables, from all records."""
    rows = session.rows(
        "SELECT n, sha256 FROM records WHERE kind IN (SELECT value FROM json_each(?)) ORDER BY n",
        one_list(TRUST_KINDS),
    )
    session.run_many("INSERT INTO confianza (n, sha256) VALUES (?, ?)", rows)
    core = load_authority(session)
    numbers = session.rows(
        "SELECT n, device FROM records WHERE kind = ? ORDER BY n", Kind.RECEPCION
    )
    # What a revoked device says is weighed by what the others say of it.
    for n, _ in sorted(numbers, key=lambda row: (row[1] in core.revoked, row[0])):
        (item,) = _records(session, [n])
        _write_receptions(session, core, reception_rows(n, item))
    return core


def subject_numbers(session: Session, subjects: Collection[str]) -> list[tuple[int, str]]:
    """(number, hash) of every record about any of these subjects."""
    return session.rows(
        "SELECT DISTINCT r.n, r.sha256 FROM json_each(?) AS wanted"
        " JOIN record_subjects s ON s.subject = wanted.value"
        " JOIN records r ON r.n = s.record",
        one_list(subjects),
    )


def _records(session: Session, numbers: Collection[int]) -> list[SealedRecord]:
    rows = session.rows(
        "SELECT raw, signature FROM records WHERE n IN (SELECT value FROM json_each(?)) ORDER BY n",
        one_list(numbers),
    )
    return [decode_record(*row) for row in rows]


def _vouched(session: Session, core: Authority, devices: Collection[str]) -> frozenset[str]:
    """Of the revoked ones among these devices: what stands in their chains up to where the region
    knew them.
    """
    found: set[str] = set()
    for device in sorted(core.revoked.keys() & set(devices)):
        for place in core.conocidos.get(device, ()):
            links = session.rows(
                "SELECT sha256, previous FROM records WHERE device = ? AND chain = ?"
                " AND sequence <= ?",
                device,
                place.chain,
                place.sequence,
            )
            previous = dict(links)
            current: str | None = place.sha256
            while current is not None and current in previous:
                found.add(current)
                current = previous[current]
    return frozenset(found)


def _receive(session: Session, core: Authority, fresh: Sequence[Numbered]) -> set[str]:
    """Write what these records say to have received; the subjects whose moment it changes."""
    subjects: set[str] = set()
    for n, item in fresh:
        rows = reception_rows(n, item)
        if not rows:
            continue
        known = _moments(session, [row.sha256 for row in rows])
        worth = _write_receptions(session, core, rows)
        if worth == REGIONS:
            subjects |= _moved(session, core, rows[0].en, {row.sha256 for row in rows}, known)
    return subjects


def _moved(
    session: Session,
    core: Authority,
    moment: datetime,
    digests: set[str],
    known: Mapping[str, datetime],
) -> set[str]:
    """The subjects of those records of which a new moment changes what is held of them."""
    groups: dict[datetime | None, set[str]] = defaultdict(set)
    for digest in digests:
        earlier = known.get(digest)
        if earlier is None or moment < earlier:
            groups[earlier].add(digest)
    devices = core.grants.keys() | core.revoked.keys()
    found: set[str] = set()
    for earlier, chosen in groups.items():
        moved = {
            device
            for device in devices
            if not core.is_indifferent(device, moment)
            or (earlier is not None and not core.is_indifferent(device, earlier))
        }
        if moved:
            found |= _subjects(
                session,
                "r.sha256 IN (SELECT value FROM json_each(?))"
                " AND r.device IN (SELECT value FROM json_each(?))",
                one_list(chosen),
                one_list(moved),
            )
    return found


def _redrawn(session: Session, core: Authority, changed: set[str]) -> set[str]:
    """The subjects that change with what is said of these devices."""
    if not changed:
        return set()
    wanted = one_list(changed)
    found = _subjects(session, "r.device IN (SELECT value FROM json_each(?))", wanted)
    touched = _worth_again(session, core, changed)
    if touched:
        found |= _subjects(
            session, "r.sha256 IN (SELECT value FROM json_each(?))", one_list(touched)
        )
    return found


def _worth_again(session: Session, core: Authority, changed: set[str]) -> set[str]:
    """Weigh the receptions of these devices anew; the records of which a moment changed."""
    moved = _weigh(session, core, changed - core.revoked.keys())
    doubted = changed & core.revoked.keys()
    if core.revoked:
        rows = session.rows(
            "SELECT DISTINCT x.sha256 FROM recepciones x JOIN records r ON r.sha256 = x.sha256"
            " WHERE x.device IN (SELECT value FROM json_each(?)) AND r.kind = ?",
            one_list(changed),
            Kind.RECEPCION,
        )
        doubted |= _doubted(session, core, {digest for (digest,) in rows})
    return moved | _weigh(session, core, doubted)


def _weigh(session: Session, core: Authority, devices: set[str]) -> set[str]:
    rows = session.rows(
        "SELECT x.sha256, x.device, x.en, r.sha256, x.vale, x.por FROM recepciones x"
        " JOIN records r ON r.n = x.por WHERE x.device IN (SELECT value FROM json_each(?))",
        one_list(devices),
    )
    judge = _weighing(session, core, devices, {by for _, _, _, by, _, _ in rows})
    moved = []
    for digest, device, en, by, worth, por in rows:
        now = _worth(Reception(digest, device, datetime.fromisoformat(en), by), judge)
        if now != worth:
            moved.append((now, digest, por))
    session.run_many("UPDATE recepciones SET vale = ? WHERE sha256 = ? AND por = ?", moved)
    return {digest for _, digest, *_ in moved}


def _weighing(
    session: Session, core: Authority, devices: Collection[str], said: Collection[str]
) -> Authority:
    """With what it takes to weigh these records of these devices, which say to have received."""
    revoked = core.revoked.keys() & set(devices)
    if not revoked:
        return core
    vouched = _vouched(session, core, revoked)
    return replace(core, vouched=vouched, moments=_moments(session, said, core.revoked))


def _doubted(session: Session, core: Authority, digests: Collection[str]) -> set[str]:
    """The revoked devices that sealed any of these."""
    if not (core.revoked and digests):
        return set()
    rows = session.rows(
        "SELECT DISTINCT device FROM records WHERE sha256 IN (SELECT value FROM json_each(?))"
        " AND kind = ? AND device IN (SELECT value FROM json_each(?))",
        one_list(digests),
        Kind.RECEPCION,
        one_list(core.revoked),
    )
    return {device for (device,) in rows}


def _received_by(records: Iterable[SealedRecord]) -> set[str]:
    return {row.sha256 for item in records for row in reception_rows(0, item)}


def _write_receptions(session: Session, core: Authority, rows: Sequence[ReceptionRow]) -> int:
    """Rows of one record; what they are worth."""
    if not rows:
        return 0
    first = rows[0]
    judge = _weighing(session, core, {first.device}, {first.by})
    worth = _worth(Reception(first.sha256, first.device, first.en, first.by), judge)
    en = first.en.isoformat()
    session.run_many(
        "INSERT INTO recepciones (sha256, device, por, en, vale) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        [(row.sha256, first.device, first.n, en, worth) for row in rows],
    )
    return worth


def _worth(reception: Reception, authority: Authority) -> int:
    if fixes_moment(reception, authority):
        return REGIONS
    return PROVINCES if is_provinces(reception, authority) else 0


def _moments(
    session: Session, digests: Collection[str], but: Collection[str] = ()
) -> dict[str, datetime]:
    """When the region first received these; `but`: what these devices say is passed over."""
    found: dict[str, datetime] = {}
    for digest, en in session.rows(
        "SELECT sha256, en FROM recepciones WHERE vale = ?"
        " AND sha256 IN (SELECT value FROM json_each(?))"
        " AND device NOT IN (SELECT value FROM json_each(?))",
        REGIONS,
        one_list(digests),
        one_list(but),
    ):
        moment = datetime.fromisoformat(en)
        found[digest] = min(moment, found.get(digest, moment))
    return found


def _subjects(session: Session, condition: str, *values: object) -> set[str]:
    rows = session.rows(
        "SELECT DISTINCT s.subject FROM records r JOIN record_subjects s ON s.record = r.n"
        f" WHERE {condition}",
        *values,
    )
    return {subject for (subject,) in rows}
