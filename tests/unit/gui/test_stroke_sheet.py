"""What is drawn on a pad of any size is kept as it was drawn, and shown on a pad of any other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fichaat.application.strokes import stroke_blob
from fichaat.domain.codec import encode
from fichaat.domain.firma import Trazo
from fichaat.gui.widgets.stroke_sheet import LONG_SIDE, MAX_LINES, MAX_POINTS, StrokeSheet

Size = tuple[float, float]
SIZES = st.tuples(st.floats(40, 4000), st.floats(40, 4000))
PLACES = st.tuples(st.floats(0, 1), st.floats(0, 1))
LINES = st.lists(st.lists(PLACES, min_size=1, max_size=12), min_size=1, max_size=6)


def drawn(size: Size, *lines: list[tuple[float, float]]) -> StrokeSheet:
    sheet = StrokeSheet()
    sheet.fit(*size)
    draw(sheet, *lines)
    return sheet


def draw(sheet: StrokeSheet, *lines: list[tuple[float, float]]) -> None:
    for line in lines:
        assert sheet.begin(*line[0])
        for point in line[1:]:
            sheet.extend(*point)


def on_pad(sheet: StrokeSheet) -> list[list[tuple[float, float]]]:
    return [[sheet.to_pad(point) for point in line] for line in sheet.lines]


@given(SIZES, LINES)
def test_what_is_drawn_goes_into_the_blob_and_back_within_one_unit(
    size: Size, lines: list[list[tuple[float, float]]]
) -> None:
    sheet = drawn(size, *([(x * size[0], y * size[1]) for x, y in line] for line in lines))
    before = on_pad(sheet)
    trazo = sheet.trazo()
    assert trazo is not None
    assert stroke_blob(encode(trazo)) == encode(trazo)
    assert max(trazo.ancho, trazo.alto) == LONG_SIDE
    unit = max(size) / LONG_SIDE
    for line, whole in zip(before, trazo.trazos, strict=True):
        reached = [(x * unit, y * unit) for x, y in whole]
        for x, y in line:
            assert min(max(abs(x - a), abs(y - b)) for a, b in reached) <= unit

    again = StrokeSheet()
    again.fit(*size)
    again.load(trazo)
    assert again.trazo() == trazo


@given(SIZES, SIZES, LINES)
def test_on_a_pad_of_another_size_nothing_is_cut_or_stretched(
    size: Size, other: Size, lines: list[list[tuple[float, float]]]
) -> None:
    sheet = drawn(size, *([(x * size[0], y * size[1]) for x, y in line] for line in lines))
    kept, before = sheet.trazo(), on_pad(sheet)
    sheet.fit(*other)
    scale = min(other[0] / size[0], other[1] / size[1])
    first, after = before[0][0], on_pad(sheet)
    for line, shown in zip(before, after, strict=True):
        for (x, y), (a, b) in zip(line, shown, strict=True):
            assert -0.01 <= a <= other[0] + 0.01
            assert -0.01 <= b <= other[1] + 0.01
            assert a - after[0][0][0] == pytest.approx((x - first[0]) * scale, abs=0.01)
            assert b - after[0][0][1] == pytest.approx((y - first[1]) * scale, abs=0.01)
    assert sheet.trazo() == kept
    sheet.fit(*size)
    assert on_pad(sheet)[0][0] == pytest.approx(first)


@given(SIZES, SIZES, st.lists(PLACES, min_size=1, max_size=8))
def test_what_is_drawn_after_a_resize_lies_where_the_pen_was(
    size: Size, other: Size, places: list[tuple[float, float]]
) -> None:
    """Also where the first pad did not reach: the sheet grows."""
    sheet = drawn(size, [(size[0] / 2, size[1] / 2)])
    sheet.fit(*other)
    drawn_at = [(x * other[0], y * other[1]) for x, y in places]
    for point in drawn_at:
        sheet.begin(*point)
    shown = on_pad(sheet)
    for (x, y), [(a, b)] in zip(drawn_at, shown[1:], strict=True):
        assert (a, b) == pytest.approx((x, y), abs=0.01)
    trazo = sheet.trazo()
    assert trazo is not None
    for [(whole_x, whole_y)] in trazo.trazos:
        assert 0 <= whole_x <= trazo.ancho
        assert 0 <= whole_y <= trazo.alto


def test_a_resize_in_the_middle_of_a_line_keeps_the_line() -> None:
    sheet = drawn((900, 500), [(100, 100), (200, 200)])
    sheet.fit(450, 250)
    assert sheet.extend(150, 150)
    assert len(sheet.lines) == 1
    assert on_pad(sheet)[0] == [
        pytest.approx((50, 50)),
        pytest.approx((100, 100)),
        pytest.approx((150, 150)),
    ]


def test_a_tap_is_a_dot() -> None:
    trazo = drawn((800, 400), [(400, 200)]).trazo()
    assert trazo == Trazo(16000, 8000, (((8000, 4000),),))


def test_a_place_outside_the_pad_is_drawn_at_its_edge() -> None:
    trazo = drawn((800, 400), [(-50, 10), (900, 500)]).trazo()
    assert trazo == Trazo(16000, 8000, (((0, 200), (16000, 8000)),))


def test_a_still_hand_adds_no_points() -> None:
    sheet = drawn((800, 400), [(10, 10), (10.2, 10.1), (10.3, 10.3)])
    assert len(sheet.lines[0]) == 1


def test_more_lines_than_a_blob_may_hold_are_not_begun() -> None:
    sheet = drawn((800, 400), *([(float(n % 800), 5.0)] for n in range(MAX_LINES)))
    assert sheet.full
    assert not sheet.begin(1, 1)
    trazo = sheet.trazo()
    assert trazo is not None
    assert len(trazo.trazos) == MAX_LINES
    assert stroke_blob(encode(trazo))


def test_a_line_without_end_stops_growing_and_can_be_kept() -> None:
    sheet = drawn((4000, 4000), [(0, 0)])
    for n in range(MAX_POINTS + 10):
        sheet.extend((n * 7) % 4000, (n * 13) % 4000)
    assert sheet.full
    assert len(sheet.lines[0]) == MAX_POINTS
    trazo = sheet.trazo()
    assert trazo is not None
    assert stroke_blob(encode(trazo))


def test_clearing_is_taken_back_until_something_else_is_drawn() -> None:
    sheet = drawn((800, 400), [(10, 10), (100, 100)])
    before = sheet.trazo()
    sheet.clear()
    assert sheet.empty
    assert sheet.trazo() is None
    sheet.fit(300, 300)
    sheet.restore()
    assert sheet.trazo() == before
    sheet.clear()
    draw(sheet, [(5, 5)])
    assert not sheet.can_restore


def test_an_empty_sheet_has_nothing_to_restore() -> None:
    sheet = StrokeSheet()
    sheet.clear()
    assert not sheet.can_restore
    sheet.restore()
    assert sheet.empty
