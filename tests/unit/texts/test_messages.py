"""Every code has its sentence; no sentence asks for what nobody gives; nothing raises."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fichaat import texts
from fichaat.texts import MESSAGES, merge, message
from fichaat.texts.sizes import limit_words

PACKAGE = Path(texts.__file__).resolve().parents[1]
CODE = re.compile(r"[a-z]+\.[a-z0-9_]+")
SENTENCES = {
    "bundle",
    "catalogo",
    "credencial",
    "distritos",
    "ficha",
    "hoja",
    "perfil",
    "record",
    "region",
    "revision",
    "schema",
    "storage",
    "system",
    "trust",
}
"""Rooms without labels, words of buttons and lines of lists."""

RAISERS = {"UserFacingError": 0, "SchemaError": 1, "error": 1, "warning": 1}
"""Callables whose first argument is a code -> positional parameters that become `path`."""


def _codes(node: ast.expr) -> list[str]:
    """The codes a first argument may be: a literal, or either branch of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return _codes(node.body) + _codes(node.orelse)
    return []


@cache
def _trees() -> tuple[tuple[Path, tuple[ast.AST, ...]], ...]:
    """Every module of the package, with all that stands in it."""
    return tuple(
        (path, tuple(ast.walk(ast.parse(path.read_text("utf-8")))))
        for path in sorted(PACKAGE.rglob("*.py"))
    )


def raised() -> Iterator[tuple[str, frozenset[str] | None, str]]:
    """Every code in the package, the parameters given with it (None: not known), and where."""
    for path, nodes in _trees():
        for node in nodes:
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else None
            if name not in RAISERS:
                continue
            names = {keyword.arg for keyword in node.keywords}
            given = None if None in names else frozenset(str(n) for n in names) | {"path"}
            for code in _codes(node.args[0]):
                if CODE.fullmatch(code):
                    yield code, given, f"{path.name}:{node.lineno}"


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


ROOMS = {code.partition(".")[0] for code in MESSAGES} | {"cli", "storage", "trust"}


def written() -> Iterator[tuple[str, str]]:
    """Every literal that looks like a code of a room, raised or kept in a table, and where."""
    for path, nodes in _trees():
        if path.parent.name == "texts":
            continue
        for node in nodes:
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            code = node.value
            if CODE.fullmatch(code) and code.partition(".")[0] in ROOMS and code[-1] != "_":
                yield code, f"{path.name}:{node.lineno}"


def test_every_code_has_a_sentence() -> None:
    missing = defaultdict(list)
    for code, place in written():
        if code not in MESSAGES:
            missing[code].append(place)
    assert dict(missing) == {}


def test_a_sentence_names_only_what_is_given() -> None:
    wrong = [
        f"{place}: {code} lacks {sorted(fields(MESSAGES[code]) - given)}"
        for code, given, place in raised()
        if given is not None and code in MESSAGES and fields(MESSAGES[code]) - given
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "room", ["catalogo", "credencial", "distritos", "ficha", "hoja", "revision", "schema"]
)
def test_no_sentence_is_left_over(room: str) -> None:
    """A code that nobody writes any more keeps no sentence."""
    known = {code for code, _ in written()}
    assert [code for code in MESSAGES if code.startswith(f"{room}.") and code not in known] == []


def test_two_rooms_never_share_a_code() -> None:
    with pytest.raises(ValueError, match=r"ficha\.x"):
        merge([{"ficha.x": "a"}, {"ficha.x": "a"}])


def _faults(code: str) -> Iterator[str]:
    """What is wrong with a sentence: nothing, where it is short, whole and formal."""
    template, room = MESSAGES[code], code.partition(".")[0]
    if not CODE.fullmatch(code):
        yield "no code"
    if room != "cli" and template != template.strip():  # cli has indented lines of lists
        yield "outer blanks"
    if room in SENTENCES and ("  " in template or not template.endswith((".", "?", ")"))):
        yield "no sentence"
    if len(template) > 220:
        yield "long"
    if _INFORMAL.search(template):
        yield "informal"
    if message(code, {}) == "":
        yield "empty"


_INFORMAL = re.compile(r"operaci[oó]n exitosa|\b(tú|tu|tus|usted debe)\b", re.IGNORECASE)


@pytest.mark.parametrize("room", sorted({code.partition(".")[0] for code in MESSAGES}))
def test_sentences_are_short_whole_and_formal(room: str) -> None:
    codes = [code for code in MESSAGES if code.partition(".")[0] == room]
    wrong = {code: found for code in codes if (found := [*_faults(code)])}
    assert codes
    assert wrong == {}


@pytest.mark.parametrize(
    ("code", "sentence", "fault"),
    [
        ("Ficha.x", "Escriba el lugar.", "no code"),
        ("ficha.x", " Escriba el lugar.", "outer blanks"),
        ("ficha.x", "Escriba  el lugar.", "no sentence"),
        ("ficha.x", "Escriba el lugar", "no sentence"),
        ("ficha.x", "Escriba el lugar " * 14 + ".", "long"),
        ("ficha.x", "Escriba tu nombre.", "informal"),
    ],
)
def test_a_bad_sentence_is_found(
    code: str, sentence: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MESSAGES, code, sentence)
    assert [*_faults(code)] == [fault]


@pytest.mark.parametrize(
    ("code", "params", "sentence"),
    [
        (
            "ficha.hora_fin_not_after_inicio",
            {"hora_inicio": "09:00"},
            "La hora fin debe ser posterior a 09:00.",
        ),
        ("ficha.orientacion_required", {"fila": 3}, "Escriba qué se orientó para el nudo 3."),
        ("ficha.firma_responsable_missing", {}, "Falta la firma del responsable."),
        (
            "ficha.acuerdo_plazo_required",
            {"fila": 1},
            "Cada acuerdo necesita un plazo con día, mes y año.",
        ),
        (
            "ficha.destinatario_required",
            {"distrito": "Quinua"},
            "Quinua no tiene destinatario. Añada a quien recibió la asistencia.",
        ),
        (
            "ficha.distrito_not_signatory",
            {"distrito": "San José de Ushua"},
            "San José de Ushua no firmó el Pacto. La visita se registra, pero no contará.",
        ),
        (
            "ficha.open_acuerdos_not_followed",
            {"cantidad": 1},
            "Quedó 1 acuerdo sin respuesta. Diga por qué o complételo.",
        ),
        (
            "ficha.open_acuerdos_not_followed",
            {"cantidad": 3},
            "Quedaron 3 acuerdos sin respuesta. Diga por qué o complételos.",
        ),
        (
            "ficha.fecha_future",
            {"fecha": "2026-11-30"},
            "La fecha 30/11/2026 aún no llega. Corríjala.",
        ),
        (
            "schema.too_large",
            {"limit": 2_000_000},
            "El contenido pasa de 2 MB. Divídalo o acorte sus textos.",
        ),
    ],
)
def test_sentences_follow_the_samples(
    code: str, params: dict[str, str | int], sentence: str
) -> None:
    assert message(code, params) == sentence


def test_an_unknown_code_is_named() -> None:
    assert "desconocido.codigo" in message("desconocido.codigo", {})


def test_a_missing_or_blank_parameter_shows_a_gap() -> None:
    assert message("ficha.orientacion_required", {}) == "Escriba qué se orientó para el nudo …."
    assert "«" not in message("ficha.firma_void", {"nombre": " "})


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (64, "64 bytes"),
        (65_536, "64 KB"),
        (1_000_000, "1 MB"),
        (5_064_000, "5,1 MB"),
        (1024**3, "1 GB"),
        (10**13, "10000 GB"),
    ],
)
def test_limits_are_said_as_people_say_them(limit: int, words: str) -> None:
    assert limit_words(limit) == words


@given(
    st.sampled_from([*sorted(MESSAGES), "no.such", "{0}", "{a.b!r:>9}"]),
    st.dictionaries(
        st.sampled_from(["fila", "distrito", "nombre", "cantidad", "fecha", "path", "x"]),
        st.text(max_size=400)
        | st.integers()
        | st.sampled_from(["{0}", "{x.__class__}", "2026-99-99"]),
    ),
)
def test_nothing_given_can_break_a_sentence(code: str, params: dict[str, str | int]) -> None:
    assert isinstance(message(code, params), str)
