"""What was discarded can be taken back for thirty days, exactly as it was."""

from datetime import timedelta

import pytest

from fichaat.application.changes import Changes, Kind
from fichaat.application.ports import Draft
from fichaat.application.save_draft import BIN_DAYS, DiscardDraft, RestoreDraft
from fichaat.application.start_visit import StartVisit
from fichaat.domain.errors import UserFacingError
from tests.support.fichas import HUANTA, QUINUA
from tests.support.installations import Laptop


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
