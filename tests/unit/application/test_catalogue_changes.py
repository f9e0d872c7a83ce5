"""What differs between two contents of a catalogue."""

from datetime import date

from msgspec.structs import replace

from fichaat.application.catalogue.changes import CatalogueChange, Deed, Section, changes
from fichaat.application.catalogue.content import CatalogueContent
from fichaat.domain.catalogo import Firmante
from tests.support.catalogues import COMPLETE

EMPTY = CatalogueContent()


def test_the_same_entries_in_another_order_are_no_change() -> None:
    turned = replace(
        COMPLETE,
        firmantes=COMPLETE.firmantes[::-1],
        metas=COMPLETE.metas[::-1],
        provincias=COMPLETE.provincias[::-1],
    )
    assert changes(COMPLETE, turned) == ()


def test_added_changed_and_removed_entries_are_told_apart() -> None:
    first, second, third = COMPLETE.firmantes
    moved = replace(second, firmo_el=date(2024, 1, 1))
    new = Firmante("050102", date(2024, 5, 5))
    after = replace(COMPLETE, firmantes=(first, moved, new))
    assert changes(COMPLETE, after) == (
        CatalogueChange(
            Section.FIRMANTES, Deed.CAMBIADO, ("050108",), second, moved, ("firmo_el",)
        ),
        CatalogueChange(Section.FIRMANTES, Deed.AGREGADO, ("050102",), None, new),
        CatalogueChange(Section.FIRMANTES, Deed.QUITADO, ("050401",), third, None),
    )


def test_from_nothing_everything_is_added_and_back_everything_removed() -> None:
    added = changes(EMPTY, COMPLETE)
    assert {item.deed for item in added} == {Deed.AGREGADO}
    removed = changes(COMPLETE, EMPTY)
    assert {item.deed for item in removed} == {Deed.QUITADO}
    assert [(i.section, i.key) for i in added] == [(i.section, i.key) for i in removed]
    assert {item.section for item in added} == set(Section)


def test_namesakes_are_not_confused() -> None:
    twice = replace(COMPLETE, directorio=COMPLETE.directorio[1:] * 2)
    once = replace(COMPLETE, directorio=COMPLETE.directorio[1:])
    (change,) = changes(once, twice)
    assert (change.deed, change.key) == (Deed.AGREGADO, ("Red de Salud Huamanga", "", ""))


def test_the_beginning_of_the_plan_is_a_section_of_its_own() -> None:
    later = replace(COMPLETE, inicio_plan=date(2026, 2, 1))
    (change,) = changes(COMPLETE, later)
    assert (change.section, change.deed) == (Section.INICIO_PLAN, Deed.CAMBIADO)
    assert (change.before, change.after) == (date(2026, 1, 1), date(2026, 2, 1))
