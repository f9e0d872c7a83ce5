"""What is held of the last records is bounded, and is what came in."""

import pytest

from fichaat.storage import recent
from fichaat.storage.recent import Recent
from tests.support.records import FakeDevice, make_ficha

DEVICE = FakeDevice()
ITEMS = [DEVICE.ficha(make_ficha(n)) for n in range(6)]
NUMBERED = list(enumerate(ITEMS, 1))


def held(some: Recent) -> set[int]:
    return {n for n in range(100) if some.get(n) is not None}


def test_the_newest_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "_MOST", 4)
    some = Recent()
    some.add(NUMBERED[:3])
    assert held(some) == {1, 2, 3}
    some.add(NUMBERED[3:])
    assert held(some) == {3, 4, 5, 6}
    assert some.get(4) is ITEMS[3]


def test_large_ones_are_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "_MOST_BYTES", len(ITEMS[4].raw) + len(ITEMS[5].raw))
    some = Recent()
    some.add(NUMBERED)
    assert held(some) == {5, 6}
    monkeypatch.setattr(recent, "_MOST_BYTES", 10)
    some.add([(7, ITEMS[0])])
    assert held(some) == set()


def test_one_that_is_added_again_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "_MOST_BYTES", sum(len(item.raw) for item in ITEMS))
    some = Recent()
    for _ in range(3):
        some.add(NUMBERED)
    assert held(some) == {1, 2, 3, 4, 5, 6}
