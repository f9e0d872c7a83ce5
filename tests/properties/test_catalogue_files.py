"""A catalogue written to a workbook or to JSON and read back is the same catalogue."""

import json
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import to_builtins

from fichaat.application.catalogue import sheets
from fichaat.application.catalogue.content import CatalogueContent, write_json
from fichaat.application.catalogue.json_content import read_json
from fichaat.application.sheet_table import CellProblem
from fichaat.domain.catalogo import Indicador
from fichaat.domain.codec import check_shape, convert
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import Tema
from fichaat.reports.workbooks import XlsxWorkbooks
from fichaat.system.ids import Uuid7Ids
from fichaat.texts import message
from tests.support.catalogues import COMPLETE, SCOPE, contents

WORKBOOKS = XlsxWorkbooks()


def through_workbook(content: CatalogueContent) -> CatalogueContent:
    data = WORKBOOKS.write(sheets.workbook_of(content, SCOPE))
    found = sheets.read_sheets(WORKBOOKS.read(data), lambda _: "")
    assert found.problems == ()
    return convert(dict(found.sections), CatalogueContent)


@settings(max_examples=60)
@given(contents)
@example(COMPLETE)
@example(CatalogueContent())
@example(
    CatalogueContent(
        indicadores=tuple(
            Indicador(f"C{row}", name, Tema.AGUA)
            for row, name in enumerate(("=1+1", "_x0041_", "'así", "1e5", "VERDADERO", "05", "50%"))
        )
    )
)
def test_a_workbook_keeps_every_entry(content: CatalogueContent) -> None:
    assert through_workbook(content) == content


@given(contents)
@example(COMPLETE)
def test_json_keeps_every_entry(content: CatalogueContent) -> None:
    found = read_json(write_json(content), CatalogueContent(), Uuid7Ids())
    assert (found.content, found.problems, found.short) == (content, (), frozenset())


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
MEMBERS = (*CatalogueContent.__struct_fields__, "otro")


@given(st.dictionaries(st.sampled_from(MEMBERS), json_values) | json_values)
def test_any_json_is_taken_or_refused_with_its_code(value: Any) -> None:  # noqa: ANN401
    found = read_json(json.dumps(value).encode(), COMPLETE, Uuid7Ids())
    assert (found.content is None) <= bool(found.problems)
    for problem in found.problems:
        assert problem.code.startswith(("schema.", "catalogo.", "hoja."))
        assert "…." not in message(problem.code, {"path": problem.path, **problem.params})
    if not found.problems:
        assert found.content is not None
        check_shape(convert(to_builtins(found.content), CatalogueContent))


@given(st.data())
def test_one_wrong_value_is_refused_where_it_stands(data: st.DataObject) -> None:
    whole = json.loads(write_json(COMPLETE))
    section = data.draw(st.sampled_from([name for name in whole if name != "inicio_plan"]))
    row = data.draw(st.integers(0, len(whole[section]) - 1))
    entry = whole[section][row]
    wrong = data.draw(st.sampled_from([{}, [], True, {"a": 1}, "\u0007"]))
    path = f"/{section}/{row}"
    if isinstance(entry, dict):
        member = data.draw(st.sampled_from(sorted(entry)))
        if (member, wrong) == ("retirado", True):
            return
        entry[member] = wrong
        path = f"{path}/{member}"
    else:
        whole[section][row] = wrong
    found = read_json(json.dumps(whole).encode(), CatalogueContent(), Uuid7Ids())
    assert [problem.path for problem in found.problems] == [path]
    assert found.short == {section}


BOOK = WORKBOOKS.write(sheets.workbook_of(COMPLETE, SCOPE))


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, len(BOOK) - 1), st.integers(0, 255)), max_size=6))
def test_a_damaged_workbook_is_refused_or_read(flips: list[tuple[int, int]]) -> None:
    data = bytearray(BOOK)
    for place, value in flips:
        data[place] = value
    refusal = "hoja."
    problems: tuple[CellProblem, ...] = ()
    try:
        problems = sheets.read_sheets(WORKBOOKS.read(bytes(data)), lambda _: "").problems
    except UserFacingError as error:
        refusal = error.code
    assert refusal.startswith("hoja.")
    assert all(problem.celda for problem in problems)
