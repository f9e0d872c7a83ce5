"""A credential that comes late redraws all that its device sealed: that can be cancelled too."""

from pathlib import Path

import pytest

from fichaat.application.jobs import CancelToken, no_progress
from fichaat.domain.errors import CancelledError
from fichaat.storage import subject_rows
from fichaat.storage.store import SqlStore
from tests.support.databases import KEY, new_database
from tests.support.fake_region import FakeRegion
from tests.support.records import FakeDevice, make_ficha

FICHAS, TOGETHER = 60, 10


class Looks(CancelToken):
    """Counts looks, and cancels at one of them."""

    def __init__(self, at: int | None = None) -> None:
        super().__init__()
        self.count = 0
        self._at = at

    def check(self) -> None:
        self.count += 1
        if self.count == self._at:
            self.cancel()
        super().check()


def test_every_part_of_it_looks_and_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subject_rows, "_REDRAWN", TOGETHER)
    region, laptop = FakeRegion(), FakeDevice("laptop")
    store = SqlStore(new_database(tmp_path), KEY)
    try:
        with store.write() as tx:
            tx.set_root(region.device)
            tx.add_records([laptop.ficha(make_ficha(n)) for n in range(FICHAS)], {})
        late = [region.grant(laptop)]
        before = store.rebuild(no_progress, CancelToken())
        for look in (1, 2, FICHAS // TOGETHER):
            with pytest.raises(CancelledError), store.write(Looks(at=look)) as tx:
                tx.add_records(late, {})
            assert store.rebuild(no_progress, CancelToken()) == before
        whole = Looks()
        with store.write(whole) as tx:
            tx.add_records(late, {})
        assert whole.count >= FICHAS // TOGETHER
        assert store.rebuild(no_progress, CancelToken()) != before
    finally:
        store.close()
