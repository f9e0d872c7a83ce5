"""Everything that is held about agreements."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from fichaat.application.ports.store import Reader
from fichaat.domain.acuerdo import EventoAcuerdo
from fichaat.domain.acuerdo_state import AcuerdoStory, acuerdo_story
from fichaat.domain.authority import Authority
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import Ficha
from fichaat.domain.lineage import Lineage, history
from fichaat.domain.record import SealedRecord
from fichaat.domain.subjects import acuerdo_ids, ficha_id

_TOGETHER: Final = 200
"""Agreements whose fichas are held in memory at once."""


class HeldStory(Struct, frozen=True):
    """An agreement, the records that speak of it and what the region says of their signers."""

    story: AcuerdoStory
    records: dict[str, SealedRecord]
    """By hash: every event, counted or not, and the fichas that say one."""
    outside: tuple[SealedRecord, ...]
    """Every event outside a visit, counted or not."""
    authority: Authority


def read_story(reader: Reader, id_: str) -> HeldStory:
    """Raises:
    UserFacingError: "acuerdo.unknown": no living ficha bears it.
    """
    found = next(read_stories(reader, [id_]), None)
    if found is None:
        raise UserFacingError("acuerdo.unknown", acuerdo=id_)
    return found


def read_stories(reader: Reader, ids: Sequence[str]) -> Iterator[HeldStory]:
    """In this order; what no living ficha bears has none."""
    for start in range(0, len(ids), _TOGETHER):
        yield from _stories(reader, ids[start : start + _TOGETHER])


def _stories(reader: Reader, ids: Sequence[str]) -> Iterator[HeldStory]:
    events: dict[str, list[SealedRecord]] = defaultdict(list)
    fichas: set[str] = set()
    for item in reader.records_about(ids):
        content = item.record.content
        if isinstance(content, EventoAcuerdo):
            events[content.acuerdo].append(item)
        elif isinstance(content, Ficha):
            fichas.add(item.record.id)
    by_ficha: dict[str, list[SealedRecord]] = defaultdict(list)
    for item in reader.records_about(fichas):
        about = ficha_id(item.record)
        if about in fichas:
            by_ficha[about].append(item)
    groups = (*events.values(), *by_ficha.values())
    held = {item.sha256: item for group in groups for item in group}
    authority = reader.authority(held.values())
    lines: dict[str, list[Lineage]] = defaultdict(list)
    for _, items in sorted(by_ficha.items()):
        for line in history(items, authority).lineages:
            for id_ in {id_ for item in line.versions for id_ in acuerdo_ids(item.record)}:
                lines[id_].append(line)
    for id_ in ids:
        story = acuerdo_story(id_, lines.get(id_, ()), events.get(id_, ()), authority)
        if story is not None:
            yield HeldStory(story, held, tuple(events.get(id_, ())), authority)
