"""Brings the drawn tables up to date with records; the result depends on the set of records alone.

Every table is a function of the records about one subject (a ficha, an agreement, a chain), so a
write looks only at the subjects it touches: their rows go, and are made anew.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from hashlib import sha256
from typing import Final

import msgspec

from fichaat.application.jobs import CancelToken, Progress
from fichaat.domain.authority import Authority
from fichaat.domain.codec import decode_stored
from fichaat.domain.subjects import subjects_of
from fichaat.storage.chain_rows import redraw_all, update_chains
from fichaat.storage.session import Session, one_list
from fichaat.storage.subject_rows import redraw_subjects, update_subjects
from fichaat.storage.tables import (
    PROJECTIONS,
    PROJECTIONS_VERSION,
    SEARCH_DDL,
    SEARCH_TABLE,
    TERMS_TABLE,
    VERSION_SETTING,
)
from fichaat.storage.trust_rows import (
    Numbered,
    change_root,
    load_authority,
    redraw_trust,
    take_trust,
)

_REBUILD_BATCH: Final = 2000
_REBUILD_BYTES: Final = 32_000_000


def create_tables(session: Session) -> None:
    """Empty tables; what stood there before is dropped."""
    _create_bare(session)
    _create_indexes(session)


def _create_indexes(session: Session) -> None:
    for table in PROJECTIONS:
        for statement in table.indexes:
            session.run(statement)


def _create_bare(session: Session) -> None:
    for name in (TERMS_TABLE, SEARCH_TABLE, *(table.name for table in PROJECTIONS)):
        session.run(f"DROP TABLE IF EXISTS {name}")
    for statement in (*SEARCH_DDL, *(ddl for table in PROJECTIONS for ddl in table.ddl)):
        session.run(statement)
    session.run(
        "INSERT INTO settings (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        VERSION_SETTING,
        str(PROJECTIONS_VERSION),
    )


def are_current(session: Session) -> bool:
    """Whether the drawn tables are of this version."""
    found = session.value("SELECT value FROM settings WHERE key = ?", VERSION_SETTING)
    return bool(found == str(PROJECTIONS_VERSION))


def rebuild(session: Session, progress: Progress, cancel: CancelToken) -> int:
    """Make every drawn table anew; the number of records."""
    total = session.value("SELECT count(*) FROM records")
    _create_bare(session)
    core = redraw_trust(session)
    done, last = 0, 0
    while True:
        cancel.check()
        batch = _batch_after(session, last)
        if not batch:
            redraw_all(session)
            _create_indexes(session)
            return int(total)
        _update_subjects(session, core, batch)
        last = batch[-1][0]
        done += len(batch)
        progress(done, total)


def fingerprint(session: Session) -> str:
    """SHA-256 over every drawn row in canonical order: equal records give equal fingerprints."""
    digest = sha256()
    encoder = msgspec.json.Encoder()
    for table in PROJECTIONS:
        digest.update(encoder.encode(table.name))
        for row in session.each(table.canonical):
            digest.update(encoder.encode(row))
    return digest.hexdigest()


def update(session: Session, fresh: Sequence[Numbered]) -> None:
    """Take in records that were just inserted and never taken in before."""
    core, changed = take_trust(session, fresh)
    touched = _update_subjects(session, core, fresh)
    redraw_subjects(session, core, changed - touched)
    update_chains(session, [item for _, item in fresh])


def believe(session: Session, device: str) -> None:
    """Accept this region key and no other."""
    changed = change_root(session, device)
    redraw_subjects(session, load_authority(session), changed)


def _update_subjects(session: Session, core: Authority, fresh: Sequence[Numbered]) -> set[str]:
    """The subjects whose rows were made anew."""
    pairs = sorted((subject, n) for n, item in fresh for subject in subjects_of(item.record))
    spoken = Counter(subject for subject, _ in pairs)
    held = _present(session, spoken)
    session.run_many("INSERT INTO record_subjects (subject, record) VALUES (?, ?)", pairs)
    unheard = {subject for subject in spoken if subject not in held}
    once = {subject for subject in unheard if spoken[subject] == 1}
    session.recent.add(fresh)
    update_subjects(session, core, [item for _, item in fresh], unheard, once)
    return set(spoken)


def _present(session: Session, subjects: Collection[str]) -> set[str]:
    found = session.rows(
        "SELECT value FROM json_each(?) WHERE EXISTS"
        " (SELECT 1 FROM record_subjects WHERE subject = value)",
        one_list(subjects),
    )
    return {subject for (subject,) in found}


def _batch_after(session: Session, last: int) -> list[Numbered]:
    batch: list[Numbered] = []
    size = 0
    rows = session.each(
        "SELECT n, raw, signature, sha256 FROM records WHERE n > ? ORDER BY n LIMIT ?",
        last,
        _REBUILD_BATCH,
    )
    for n, raw, signature, digest in rows:
        batch.append((n, decode_stored(raw, signature, digest)))
        size += len(raw)
        if size >= _REBUILD_BYTES:
            break
    return batch
