"""What is typed and not understood stands among the problems, in the order of the paper."""

from fichaat.domain.problems import validate
from fichaat.domain.unread_texts import ORDER, with_unread
from tests.support.fichas import complete_ficha, contexto, unsigned_ficha


def test_an_unread_text_stands_instead_of_what_its_empty_field_would_say() -> None:
    ficha = unsigned_ficha(hora_fin=None)
    problems = with_unread(validate(ficha, contexto()), {"/hora_fin": "9:"})
    of_the_field = [(p.code, p.params) for p in problems if p.path == "/hora_fin"]
    assert of_the_field == [("ficha.unread_text", {"texto": "9:"})]


def test_they_stand_in_the_order_of_the_paper() -> None:
    textos = {"/acuerdos/1/plazo": "x", "/acuerdos/0/plazo": "x", "/fecha": "31/02"}
    ficha = unsigned_ficha(temas=())
    problems = with_unread(validate(ficha, contexto()), textos)
    assert [p.path for p in problems] == [
        "/fecha",
        "/temas",
        "/acuerdos/0/plazo",
        "/acuerdos/1/plazo",
        "/responsables/0",
        "/destinatarios/0",
    ]


def test_a_long_text_says_how_much_it_must_shrink() -> None:
    found = with_unread([], {"/lugar": "ñ" * 301, "/observaciones": "x" * 20_001})
    assert [p.params for p in found] == [
        {"letras": 301, "maximo": 300},
        {"letras": 20_001, "maximo": 20_000},
    ]


def test_without_unread_texts_nothing_changes() -> None:
    problems = validate(complete_ficha(), contexto())
    assert with_unread(problems, {}) == problems


def test_the_order_names_members_of_the_ficha() -> None:
    ficha = unsigned_ficha()
    assert set(ORDER) <= set(ficha.__struct_fields__)
