"""Seals contents as the next records of a chain of this installation."""

from collections.abc import Collection, Iterable

from msgspec import Struct
from msgspec.structs import replace

from fichaat.application.installation import Installation
from fichaat.application.ports.keys import RecordKey
from fichaat.application.ports.store import Reader, Transaction
from fichaat.domain.authority import Standing, standing
from fichaat.domain.codec import decode_record, encode
from fichaat.domain.persona import Autor
from fichaat.domain.record import (
    KINDS,
    MAX_AFTER,
    REGION_KEY_KINDS,
    CatalogRef,
    Content,
    Kind,
    Record,
    SealedRecord,
    Supersedes,
)
from fichaat.domain.subjects import acuerdo_ids, subjects_of

CHAIN_SETTING = "chain"
CHAIN_PREVIOUS_SETTING = "chain_previous"
REGION_CHAIN_PREVIOUS_SETTING = "region_chain_previous"
REGION_CHAIN_SETTING = "region_chain"
"""What this installation seals with the region key: two laptops that hold copies of the key file
never stand in each other's places.
"""


def forget_region_chain(tx: Transaction) -> None:
    """Another region key will be used here, or none."""
    tx.set_setting(REGION_CHAIN_SETTING, "")
    tx.set_setting(REGION_CHAIN_PREVIOUS_SETTING, "")


class ToSeal(Struct, frozen=True):
    """One content about to become a record."""

    kind: Kind
    content: Content
    id: str
    version: int = 1
    supersedes: Supersedes | None = None


class Recorder:
    """Builds, signs and chains records; the caller stores them in the same transaction."""

    def __init__(
        self,
        here: Installation,
        key: RecordKey | None = None,
        chain: str = CHAIN_SETTING,
        previous: str = CHAIN_PREVIOUS_SETTING,
    ) -> None:
        """
        Args:
            here: who seals, where and when.
            key: signs; the key of this installation where None.
            chain: the setting that holds the id of the chain.
            previous: the setting that holds what the first record of that chain follows.
        """
        self._here = here
        self._key = here.key if key is None else key
        self._chain = chain
        self._previous = previous

    @classmethod
    def of_region(cls, here: Installation, key: RecordKey, tx: Transaction) -> "Recorder":
        """Seals with the region key, on the chain that this installation has for it: begun at its
        first use, and again after every restore.
        """
        if not tx.setting(REGION_CHAIN_SETTING):
            tx.set_setting(REGION_CHAIN_SETTING, here.ids.new_id())
        return cls(here, key, REGION_CHAIN_SETTING, REGION_CHAIN_PREVIOUS_SETTING)

    @property
    def device(self) -> str:
        return self._key.device

    def certificates(self) -> dict[str, bytes]:
        """The certificate of who seals, as `Transaction.add_records` takes it."""
        return {self._key.device: self._key.certificate_pem}

    def new_id(self) -> str:
        return self._here.ids.new_id()

    def seal(self, reader: Reader, items: Iterable[ToSeal]) -> list[SealedRecord]:
        """The next records of the chain, signed, in order.

        Raises:
            SchemaError: a content that no record may hold.
        """
        chain, sequence, previous = self._next_place(reader)
        in_force = reader.catalogo()
        catalog = None if in_force is None else CatalogRef(in_force[0].version, in_force[1])
        sealed = []
        for item in items:
            draft = self._envelope(item, chain, sequence, previous)
            record = self._with_causes(reader, replace(draft, catalog=catalog))
            raw = encode(record)
            # Reading it back is the proof that every other installation will read it too.
            proved = decode_record(raw, self._key.sign_record(raw))
            sealed.append(proved)
            sequence, previous = sequence + 1, proved.sha256
        return sealed

    def _next_place(self, reader: Reader) -> tuple[str, int, str | None]:
        chain = reader.setting(self._chain)
        if chain is None:
            message = "a profile always has a chain"
            raise RuntimeError(message)
        head = reader.chain_head(self._key.device, chain)
        if head is None:
            return chain, 1, reader.setting(self._previous) or None
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
            device=self._key.device,
            sealed_at=self._here.clock.now().replace(microsecond=0),
            author=Autor(profile.nombre, profile.cargo, profile.entidad),
            catalog=None,
            app=self._here.app,
            content=item.content,
        )

    def _with_causes(self, reader: Reader, record: Record[object]) -> Record[object]:
        known = reader.records_about(subjects_of(record))
        if record.kind in REGION_KEY_KINDS:
            # What another key claims to have known must not stand between two words of this one.
            known = [item for item in known if item.record.device == record.device]
        if not known:
            return record
        authority = reader.authority(known)
        approved = [item for item in known if standing(item, authority) is Standing.APROBADO]
        words = [item for item in approved if item.record.kind == record.kind == Kind.REVISION]
        # Neither does a stranger stand between two of the region's devices, nor anything else
        # between two reviews: each of these groups names its own last records.
        heads = [digest for group in (words, approved, known) for digest in causal_heads(group)]
        # Nor what follows an event without being one: whoever moves an agreement names its heads.
        moved = acuerdo_ids(record)
        heads = [*(reader.acuerdo_heads(moved) if moved else ()), *heads]
        return replace(record, after=tuple(sorted(list(dict.fromkeys(heads))[:MAX_AFTER])))


def causal_heads(records: Collection[SealedRecord]) -> tuple[str, ...]:
    """Hashes of the records that no other of these knew."""
    known: set[str] = set()
    for item in records:
        known.update(item.record.after)
        if item.record.supersedes is not None:
            known.add(item.record.supersedes.sha256)
    return tuple(sorted(item.sha256 for item in records if item.sha256 not in known))
