"""What was discarded can be taken back for thirty days, exactly as it was."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from fichaat.application.changes import Changes, Kind
from fichaat.application.ports.rows import Draft
from fichaat.application.rectify_ficha import RectifyFicha
from fichaat.application.save_draft import BIN_DAYS, DiscardDraft, RestoreDraft, SaveDraft
from fichaat.application.seal_ficha import SealFicha
from fichaat.application.sign_ficha import SignFicha
from fichaat.application.start_visit import StartVisit
from fichaat.domain.errors import UserFacingError
from fichaat.domain.firma import TipoFirma
from tests.support.fichas import HUANTA, QUINUA, RESPONSABLE
from tests.support.installations import Laptop
from tests.unit.application.test_drafts import STROKE, signed_draft


def discarded(laptop: Laptop, ubigeo: str) -> Draft:
    draft, _ = StartVisit(laptop.here)(ubigeo)
    DiscardDraft(laptop.here)(draft.ficha.codigo)
    return draft


def test_a_draft_comes_back_as_it_was(laptop: Laptop) -> None:
    draft = discarded(laptop, QUINUA)
    restored, changes = RestoreDraft(laptop.here)(draft.ficha.codigo)
    assert restored == draft
    assert changes == Changes.of(Kind.DRAFT)
    with laptop.here.store.read() as reader:
        assert reader.draft(draft.ficha.codigo) == draft
    assert RestoreDraft(laptop.here).discarded() == []


def test_the_last_discarded_stands_first_until_its_time_is_over(laptop: Laptop) -> None:
    old = discarded(laptop, QUINUA)
    laptop.clock.moment += timedelta(days=BIN_DAYS - 1)
    new = discarded(laptop, HUANTA)
    bin_ = RestoreDraft(laptop.here)
    assert [draft.id for draft in bin_.discarded()] == [new.id, old.id]
    laptop.clock.moment += timedelta(days=2)
    assert [draft.id for draft in bin_.discarded()] == [new.id]


def test_what_is_not_in_the_bin_is_not_restored(laptop: Laptop) -> None:
    draft, _ = StartVisit(laptop.here)(QUINUA)
    for codigo in (draft.ficha.codigo, "05-2026-K7Q2MX-9999"):
        with pytest.raises(UserFacingError) as refused:
            RestoreDraft(laptop.here)(codigo)
        assert refused.value.code == "ficha.draft_unknown"


def correction(laptop: Laptop, codigo: str, lugar: str) -> Draft:
    draft, _ = RectifyFicha(laptop.here)(codigo, "decía otra cosa")
    kept, _ = SaveDraft(laptop.here)(codigo, replace(draft.ficha, lugar=lugar))
    return kept


def test_a_correction_that_was_discarded_outlives_the_next_one(laptop: Laptop) -> None:
    codigo = signed_draft(laptop).ficha.codigo
    SealFicha(laptop.here)([codigo], "motivo de prueba")
    bin_ = RestoreDraft(laptop.here)
    first = correction(laptop, codigo, "Sala")
    DiscardDraft(laptop.here)(codigo)
    second = correction(laptop, codigo, "Auditorio")
    assert [draft.ficha.lugar for draft in bin_.discarded()] == ["Sala"]
    with pytest.raises(UserFacingError) as refused:
        bin_(codigo)
    assert refused.value.code == "ficha.rectification_open"
    laptop.clock.moment += timedelta(minutes=1)
    DiscardDraft(laptop.here)(codigo)
    # The last discarded comes first; each is the same record's next version again.
    assert bin_(codigo)[0] == second
    with laptop.here.store.write() as tx:
        tx.delete_drafts([second.id])
    assert bin_(codigo)[0] == first
    SignFicha(laptop.here)(codigo, RESPONSABLE.id, TipoFirma.TRAZO, stroke=STROKE)
    outcomes, _ = SealFicha(laptop.here)([codigo], "motivo de prueba")
    assert outcomes[0].record is not None
    assert outcomes[0].record.record.id == first.id
    assert bin_.discarded() == []
