"""Seals contents as the next records of this installation's chain."""

from collections.abc import Collection, Iterable

from msgspec import Struct
from msgspec.structs import replace

from fichaat.application.installation import Installation
from fichaat.application.ports import Reader
from fichaat.domain.codec import decode_record, encode
from fichaat.domain.persona import Autor
from fichaat.domain.record import (
    KINDS,
    MAX_AFTER,
    Content,
    Kind,
    Record,
    SealedRecord,
    Supersedes,
)
from fichaat.domain.subjects import subjects_of

CHAIN_SETTING = "chain"
CHAIN_PREVIOUS_SETTING = "chain_previous"


class ToSeal(Struct, frozen=True):
    """One content about to become a record."""

    kind: Kind
    content: Content
    id: str
    version: int = 1
    supersedes: Supersedes | None = None


class Recorder:
    """Builds, signs and chains records; the caller stores them in the same transaction."""

    def __init__(self, here: Installation) -> None:
        self._here = here

    @property
    def device(self) -> str:
        return self._here.key.device

    def certificates(self) -> dict[str, bytes]:
        """This device's certificate, as `Transaction.add_records` takes it."""
        return {self._here.key.device: self._here.key.certificate_pem}

    def new_id(self) -> str:
        return self._here.ids.new_id()

    def seal(self, reader: Reader, items: Iterable[ToSeal]) -> list[SealedRecord]:
        """The next records of the chain, signed, in order.

        Raises:
            SchemaError: a content that no record may hold.
        """
        chain, sequence, previous = self._next_place(reader)
        sealed = []
        for item in items:
            draft = self._envelope(item, chain, sequence, previous)
            record = self._with_causes(reader, draft)
            raw = encode(record)
            # Reading it back is the proof that every other installation will read it too.
            proved = decode_record(raw, self._here.key.sign_record(raw))
            sealed.append(proved)
            sequence, previous = sequence + 1, proved.sha256
        return sealed

    def _next_place(self, reader: Reader) -> tuple[str, int, str | None]:
        chain = reader.setting(CHAIN_SETTING)
        if chain is None:
            message = "a profile always has a chain"
            raise RuntimeError(message)
        head = reader.chain_head(self._here.key.device, chain)
        if head is None:
            return chain, 1, reader.setting(CHAIN_PREVIOUS_SETTING) or None
        return chain, head.sequence + 1, head.sha256

    def _envelope(
        self, item: ToSeal, chain: str, sequence: int, previous: str | None
    ) -> Record[object]:
        profile = self._here.profile
        return Record(
            kind=item.kind.value,
            schema=KINDS[item.kind].schema,
            id=item.id,
            version=item.version,
            supersedes=item.supersedes,
            after=(),
            region=profile.region,
            practice=profile.practice,
            chain=chain,
            sequence=sequence,
            previous=previous,
            device=self._here.key.device,
            sealed_at=self._here.clock.now().replace(microsecond=0),
            author=Autor(profile.nombre, profile.cargo, profile.entidad),
            catalog=None,
            app=self._here.app,
            content=item.content,
        )

    def _with_causes(self, reader: Reader, record: Record[object]) -> Record[object]:
        known = reader.records_about(subjects_of(record))
        return replace(record, after=causal_heads(known)) if known else record


def causal_heads(records: Collection[SealedRecord]) -> tuple[str, ...]:
    """Hashes of the records that no other of these knew: what a next record names in `after`."""
    known: set[str] = set()
    for item in records:
        known.update(item.record.after)
        if item.record.supersedes is not None:
            known.add(item.record.supersedes.sha256)
    heads = sorted(item.sha256 for item in records if item.sha256 not in known)
    return tuple(heads[:MAX_AFTER])
