"""Use case: keep what a person types. A draft can always be saved; nothing here judges it."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from msgspec.structs import replace

from fichaat.application.changes import Changes, Kind
from fichaat.application.installation import Installation
from fichaat.application.ports.keys import Clock
from fichaat.application.ports.rows import Draft
from fichaat.application.ports.store import Transaction
from fichaat.application.recorder import CHAIN_SETTING
from fichaat.application.seal_ficha import find_draft
from fichaat.application.sealed import find_lineage
from fichaat.domain.codec import check_shape
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import Ficha, contenido_sha256, make_codigo
from fichaat.domain.firma import Firma, TipoFirma, Trazo

BIN_DAYS = 30
"""How long a discarded draft stays in the bin."""


class SaveDraft:
    def __init__(self, here: Installation) -> None:
        self._store = here.store
        self._clock = here.clock

    def __call__(
        self, codigo: str, ficha: Ficha, textos: Mapping[str, str] | None = None
    ) -> tuple[Draft, Changes]:
        """Replace the content of a draft; strokes given to another content move to its history.

        Args:
            codigo: a draft.
            ficha: its new content.
            textos: see `Draft.textos`; None leaves those that are kept.

        Raises:
            SchemaError: a text that no record may hold.
            UserFacingError: "ficha.draft_unknown", and those of `Store.write`.
        """
        check_shape(ficha)
        with self._store.write() as tx:
            draft = find_draft(tx, codigo)
            if textos is not None:
                draft = replace(draft, textos=dict(textos))
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

    def many(self, codigos: Collection[str]) -> tuple[int, Changes]:
        """Put several drafts in the bin at once, and say how many: one that was sealed or
        discarded meanwhile is passed over.
        """
        now = self._clock.now()
        with self._store.write() as tx:
            found = [draft for codigo in codigos if (draft := tx.draft(codigo)) is not None]
            tx.put_drafts([replace(draft, discarded_at=now) for draft in found])
            tx.delete_drafts(expired(tx.drafts(discarded=True), self._clock))
        return len(found), Changes.of(Kind.DRAFT)


class RestoreDraft:
    def __init__(self, here: Installation) -> None:
        self._store = here.store
        self._clock = here.clock
        self._device = here.key.device

    def discarded(self) -> list[Draft]:
        """What is in the bin, the last discarded first."""
        with self._store.read() as reader:
            found = reader.drafts(discarded=True)
        late = set(expired(found, self._clock))
        return sorted(
            (draft for draft in found if draft.id not in late),
            key=lambda draft: draft.discarded_at or draft.updated_at,
            reverse=True,
        )

    def __call__(self, codigo: str) -> tuple[Draft, Changes]:
        """Take a draft out of the bin, as it was; of several corrections the last discarded.

        Raises:
            UserFacingError: "ficha.draft_unknown": it is not in the bin (any more), or
                "ficha.rectification_open": another correction of that ficha was begun meanwhile.
        """
        with self._store.write() as tx:
            found = [d for d in tx.drafts(discarded=True) if d.ficha.codigo == codigo]
            if not found:
                raise UserFacingError("ficha.draft_unknown", codigo=codigo)
            if tx.draft(codigo) is not None:
                raise UserFacingError("ficha.rectification_open", codigo=codigo)
            draft = max(found, key=lambda d: d.discarded_at or d.updated_at)
            id_ = draft.id
            if draft.supersedes is not None:
                id_ = find_lineage(tx, codigo, self._device).id
            tx.delete_drafts([draft.id])
            restored = replace(draft, id=id_, discarded_at=None)
            tx.put_draft(restored)
        return restored, Changes.of(Kind.DRAFT)


def expired(discarded: Collection[Draft], clock: Clock) -> list[str]:
    """Ids of the drafts whose time in the bin is over."""
    limit = clock.now() - timedelta(days=BIN_DAYS)
    return [d.id for d in discarded if d.discarded_at is not None and d.discarded_at < limit]


def with_content(draft: Draft, ficha: Ficha, clock: Clock) -> Draft:
    """The draft with a new content: signatures given to another one are void and become history,
    and those of its history that were given to exactly this content hold again.
    """
    # Nobody takes a given signature away by not repeating it.
    left_out = tuple(
        firma
        for firma in draft.ficha.firmas
        if firma.contenido is not None and firma not in ficha.firmas
    )
    changed = replace(
        draft,
        ficha=ficha,
        void_firmas=draft.void_firmas + left_out,
        trazo=_kept_stroke(draft, ficha),
    )
    return replace(sort_firmas(changed), updated_at=clock.now())


def _kept_stroke(draft: Draft, ficha: Ficha) -> tuple[str, Trazo] | None:
    """What is drawn but not accepted was drawn under what the ficha said then."""
    if draft.trazo is None or contenido_sha256(ficha) != contenido_sha256(draft.ficha):
        return None
    return draft.trazo


def sort_firmas(draft: Draft) -> Draft:
    """Every signature where it belongs by the content: on the ficha, or in the history.

    Whoever signed again, or said why not, keeps the later answer.
    """
    ficha = draft.ficha
    if not ficha.firmas and not draft.void_firmas:
        return draft
    contenido = contenido_sha256(ficha)
    firmas = [firma for firma in ficha.firmas if not is_void(firma, contenido)]
    answered = {firma.participante for firma in firmas}
    history = [firma for firma in ficha.firmas if is_void(firma, contenido)]
    for firma in reversed(draft.void_firmas):
        if firma.contenido == contenido and firma.participante not in answered:
            answered.add(firma.participante)
            firmas.append(firma)
        elif firma not in ficha.firmas:
            history.insert(0, firma)
    return replace(draft, ficha=replace(ficha, firmas=tuple(firmas)), void_firmas=tuple(history))


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
