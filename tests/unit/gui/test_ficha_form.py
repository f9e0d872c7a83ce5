"""What a text in a field makes of the ficha, whatever is typed or pasted."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from fichaat.domain.acuerdo import Acuerdo, EstadoAcuerdo, Seguimiento
from fichaat.domain.codec import check_shape
from fichaat.domain.ficha import Advertencia, Ficha, NudoCritico
from fichaat.gui.pages.ficha.form import Form, restored, shown, typed, with_row, without_row
from fichaat.gui.pages.ficha.paths import get, moved, put
from fichaat.gui.pages.ficha.tables import PERSONAS, TABLES, cell_of, path_of, rows_of
from fichaat.gui.pages.ficha.undo import History
from tests.support.fichas import unsigned_ficha, uuid7
from tests.support.strategies import incomplete_fichas

TODAY = date(2026, 11, 20)
PATHS = (
    "/fecha",
    "/hora_inicio",
    "/lugar",
    "/plataforma",
    "/modalidad",
    "/indicadores",
    "/observaciones",
    "/gobierno_regional",
    "/ejecutor/entidad",
    "/distritos/0/sesion",
    "/responsables/0/nombre",
    "/destinatarios/0/cargo",
    "/nudos_criticos/0/descripcion",
    "/nudos_criticos/0/orientacion",
    "/acuerdos/0/plazo",
    "/acuerdos/0/responsable",
    "/seguimientos/0/estado",
    "/seguimientos/0/avance",
    "/seguimientos/0/motivo",
    "/seguimientos/0/descripcion",
)
HOSTILE = st.text(max_size=400) | st.text(
    st.sampled_from("aé\u0301ñ9:/.- \u00a0\u2028\x00\x07\t\r\n\ud800"), max_size=40
)
TWO = (NudoCritico("A", "a"), NudoCritico("B", "b"))


def a_form() -> Form:
    return Form(unsigned_ficha(seguimientos=(Seguimiento(uuid7(9)),), nudos_criticos=TWO))


@given(st.sampled_from(PATHS), HOSTILE)
def test_whatever_is_typed_can_be_kept_and_nothing_visible_is_lost(path: str, text: str) -> None:
    form = typed(a_form(), path, text, TODAY)
    check_shape(form.ficha)
    for kept in form.textos.values():
        kept.encode()  # what is no character cannot be stored
    visible = [char for char in text if char.isprintable() and not char.isspace()]
    # What only separates codes says nothing alone.
    if set(visible) - (set(",;") if path == "/indicadores" else set()):
        assert shown(form, path).strip()


@given(st.sampled_from(PATHS), HOSTILE)
def test_what_a_field_shows_is_read_as_the_same(path: str, text: str) -> None:
    form = typed(a_form(), path, text, TODAY)
    assert typed(form, path, shown(form, path), TODAY) == form


@settings(max_examples=30)  # of some fifty cells each
@given(incomplete_fichas())
def test_showing_and_typing_back_changes_nothing(ficha: Ficha) -> None:
    form = Form(ficha)
    for table in TABLES:
        for row, cells in enumerate(rows_of(form, table)):
            for key, text in cells.items():
                if key == "rol":
                    continue
                path = path_of(ficha, table, row, key)
                assert typed(form, path, text, TODAY) == form
                found = cell_of(ficha, path)
                assert found is not None
                assert (found.table, found.row, found.key) == (table, row, key)


def test_an_unread_text_empties_its_member_and_returns_when_it_is_read() -> None:
    form = typed(a_form(), "/hora_fin", "9:", TODAY)
    assert form.ficha.hora_fin is None
    assert shown(form, "/hora_fin") == "9:"
    again = typed(form, "/hora_fin", "9:45", TODAY)
    assert (again.ficha.hora_fin, again.textos) == ("09:45", {})


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("/fecha", "20/11", date(2026, 11, 20)),
        ("/fecha", "15/11/26", date(2026, 11, 15)),
        ("/acuerdos/0/plazo", "15/01", date(2027, 1, 15)),
        ("/seguimientos/0/avance", "60 %", 60),
        ("/seguimientos/0/estado", "en_proceso", EstadoAcuerdo.EN_PROCESO),
        ("/indicadores", "i-1,  i-2 i-1", ("i-1", "i-2")),
        ("/lugar", "", None),
        ("/acuerdos/0/nudo", "1", 1),
        ("/acuerdos/0/nudo", "", None),
    ],
)
def test_texts_become_values(path: str, text: str, value: object) -> None:
    assert get(typed(a_form(), path, text, TODAY).ficha, path) == value


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/fecha", "31/02"),
        ("/hora_inicio", "25:00"),
        ("/seguimientos/0/avance", "120"),
        ("/indicadores", "¿cuál?"),
    ],
)
def test_what_cannot_be_read_stays_as_it_was_typed(path: str, text: str) -> None:
    assert typed(a_form(), path, text, TODAY).textos == {path: text}


def test_rows_take_their_texts_reasons_and_links_along() -> None:
    ficha = unsigned_ficha(
        nudos_criticos=TWO,
        acuerdos=(Acuerdo(uuid7(3), "X", "Y", None, nudo=1),),
        advertencias=(Advertencia("c", "/nudos_criticos/1/distrito", "porque sí"),),
    )
    form = Form(ficha, {"/acuerdos/0/plazo": "31/02", "/fecha": "x"})
    more = with_row(form, "nudos_criticos", 0, NudoCritico())
    assert more.ficha.acuerdos[0].nudo == 2
    assert more.ficha.advertencias[0].path == "/nudos_criticos/2/distrito"
    assert without_row(more, "nudos_criticos", 0) == form
    less = without_row(form, "nudos_criticos", 1)
    assert less.ficha.acuerdos[0].nudo is None
    assert less.ficha.advertencias == ()
    assert without_row(form, "acuerdos", 0).textos == {"/fecha": "x"}


@given(st.integers(0, 5), st.integers(0, 5))
def test_pointers_follow_their_rows(row: int, at: int) -> None:
    path = f"/acuerdos/{row}/plazo"
    there = moved(path, "acuerdos", at, 1)
    assert there is not None
    assert moved(there, "acuerdos", at, -1) == path
    assert moved(path, "seguimientos", at, 1) == path


@settings(max_examples=20)
@given(incomplete_fichas())
def test_putting_back_what_is_there_changes_nothing(ficha: Ficha) -> None:
    for member in ("fecha", "lugar", "distritos", "ejecutor/entidad"):
        assert put(ficha, f"/{member}", get(ficha, f"/{member}")) == ficha


@pytest.mark.parametrize("path", ["/nada", "/fecha/0", "/distritos/x", "/distritos/9"])
def test_a_pointer_to_nothing_is_no_member(path: str) -> None:
    with pytest.raises(LookupError):
        get(unsigned_ficha(), path)


def test_people_stand_in_two_lists_and_one_table() -> None:
    ficha = unsigned_ficha()
    assert path_of(ficha, PERSONAS, 0, "nombre") == "/responsables/0/nombre"
    assert path_of(ficha, PERSONAS, 1, "cargo") == "/destinatarios/0/cargo"


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 4)), max_size=30))
def test_every_step_back_can_be_gone_forward_again(keys: list[tuple[str, int]]) -> None:
    history: History[Form] = History()
    now, form = 0.0, Form(unsigned_ficha(lugar=""))
    first = form
    for number, (letter, pause) in enumerate(keys):
        history.remember(form, f"/{letter}", now)
        form = Form(replace(form.ficha, lugar=f"{letter}{number}"))
        now += pause
    last = form
    while (step := history.undo(form)) is not None:
        form = restored(step.form, form)
    assert form == first
    while (step := history.redo(form)) is not None:
        form = step.form
    assert form == last
