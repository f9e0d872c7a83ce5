"""The working copy of a catalogue: kept as it was typed, and gone when it is discarded."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from fichaat.application.catalogue.edit_catalogue import (
    WORKING_COPY_SETTING,
    EditCatalogue,
    WorkingCopy,
)
from fichaat.domain.errors import SchemaError
from tests.support.installations import Laptop, template_store


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return template_store(tmp_path_factory.mktemp("plantilla"))


@pytest.fixture
def laptop(tmp_path: Path, template: Path) -> Iterator[Laptop]:
    made = Laptop(tmp_path / "a", template, skew=timedelta(0), number=1)
    yield made
    made.close()


def a_copy(laptop: Laptop, ubigeo: str = "Quinua") -> WorkingCopy:
    rows = ({"ubigeo": ubigeo, "firmo_el": "31/02"}, {"ubigeo": "", "firmo_el": ""})
    moment = laptop.here.clock.now()
    return WorkingCopy(3, "a" * 64, {"firmantes": rows}, ("0501",), "1/7", moment)


def test_nothing_is_there_until_something_is_kept(laptop: Laptop) -> None:
    assert EditCatalogue(laptop.here).open() is None


def test_it_survives_as_it_was_typed_unreadable_cells_included(laptop: Laptop) -> None:
    edit = EditCatalogue(laptop.here)
    kept, changes = edit.save(a_copy(laptop))
    assert not changes
    assert EditCatalogue(laptop.here).open() == kept
    assert kept.tablas["firmantes"][0]["firmo_el"] == "31/02"


@pytest.mark.parametrize("typed", ["Quinua ", "\x00Quinua", "Quin\ud800ua", "Quinua\n"])
def test_what_no_record_may_hold_is_left_out_not_refused(laptop: Laptop, typed: str) -> None:
    edit = EditCatalogue(laptop.here)
    edit.save(a_copy(laptop, typed))
    kept = edit.open()
    assert kept is not None
    assert kept.tablas["firmantes"][0]["ubigeo"] == "Quinua"


def test_discarding_leaves_nothing(laptop: Laptop) -> None:
    edit = EditCatalogue(laptop.here)
    edit.save(a_copy(laptop))
    edit.discard()
    assert edit.open() is None


def test_what_another_version_wrote_is_no_working_copy(laptop: Laptop) -> None:
    with laptop.here.store.write() as tx:
        tx.set_setting(WORKING_COPY_SETTING, '{"hojas":[]}')
    with pytest.raises(SchemaError):
        EditCatalogue(laptop.here).open()
