"""Use case: keep what a person types. A draft can always be saved; nothing here judges it."""

from collections.abc import Collection
from datetime import timedelta

from msgspec.structs import replace

from fichaat.application.changes import Changes, Kind
from fichaat.application.installation import Installation
from fichaat.application.ports import Clock, Draft, Transaction
from fichaat.application.recorder import CHAIN_SETTING
from fichaat.application.seal_ficha import find_draft
from fichaat.domain.codec import check_shape
from fichaat.domain.ficha import Ficha, contenido_sha256, make_codigo
from fichaat.domain.firma import Firma, TipoFirma

BIN_DAYS = 30
"""How long a discarded draft stays in the bin."""


class SaveDraft:
    def __init__(self, here: Installation) -> None:
        self._store = here.store
        self._clock = here.clock

    def __call__(self, codigo: str, ficha: Ficha) -> tuple[Draft, Changes]:
        """Replace the content of a draft; strokes given to another content move to its history.

        Raises:
            SchemaError: a text that no record may hold.
            UserFacingError: "ficha.draft_unknown", and those of `Store.write`.
        """
        check_shape(ficha)
        with self._store.write() as tx:
            draft = find_draft(tx, codigo)
            saved = with_content(draft, replace(ficha, codigo=codigo), self._clock)
            tx.put_draft(saved)
        return saved, Changes.of(Kind.DRAFT)


class DiscardDraft:
    def __init__(self, here: Installation) -> None:
        self._store = here.store
        self._clock = here.clock

    def __call__(self, codigo: str) -> Changes:
        """Put a draft in the bin; what has been there longer than 30 days leaves for good."""
        now = self._clock.now()
        with self._store.write() as tx:
            draft = find_draft(tx, codigo)
            tx.put_draft(replace(draft, discarded_at=now))
            tx.delete_drafts(expired(tx.drafts(discarded=True), self._clock))
        return Changes.of(Kind.DRAFT)


def expired(discarded: Collection[Draft], clock: Clock) -> list[str]:
    """Ids of the drafts whose time in the bin is over."""
    limit = clock.now() - timedelta(days=BIN_DAYS)
    return [d.id for d in discarded if d.discarded_at is not None and d.discarded_at < limit]


def with_content(draft: Draft, ficha: Ficha, clock: Clock) -> Draft:
    """The draft with a new content: signatures given to another one are void and become history."""
    contenido = contenido_sha256(ficha)
    valid = tuple(firma for firma in ficha.firmas if not is_void(firma, contenido))
    void = tuple(firma for firma in ficha.firmas if is_void(firma, contenido))
    return replace(
        draft,
        ficha=replace(ficha, firmas=valid),
        updated_at=clock.now(),
        void_firmas=draft.void_firmas + void,
    )


def is_void(firma: Firma, contenido: str) -> bool:
    """A signature of another content. Pending and refused ones sign nothing."""
    if firma.tipo in (TipoFirma.PENDIENTE, TipoFirma.NO_FIRMO):
        return False
    return firma.contenido != contenido


def new_codigos(
    tx: Transaction, here: Installation, count: int, also_taken: Collection[str] = ()
) -> list[str]:
    """Fresh codes of this chain and year, reserved in the caller's transaction.

    A code that an imported row or a copied data folder already uses is passed over; `also_taken`
    are codes about to be used in the same transaction.
    """
    chain = tx.setting(CHAIN_SETTING) or ""
    year = here.clock.now().year
    fresh: list[str] = []
    while len(fresh) < count:
        lacking = count - len(fresh)
        first = tx.next_numbers(chain, year, lacking)
        reserved = [
            make_codigo(here.profile.region, year, chain, first + n) for n in range(lacking)
        ]
        taken = tx.taken_codigos(reserved).union(also_taken)
        fresh += [codigo for codigo in reserved if codigo not in taken]
    return fresh


def new_draft(here: Installation, ficha: Ficha) -> Draft:
    """A draft that is born now."""
    return Draft(id=here.ids.new_id(), ficha=ficha, updated_at=here.clock.now())
