"""Every row of the table of problems: what raises it, what its neighbour says, what silences it."""

import ast
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from fichaat.application.seal_ficha import answer
from fichaat.domain import problems as rules
from fichaat.domain.acuerdo import Acuerdo, EstadoAcuerdo, Seguimiento
from fichaat.domain.ficha import (
    Advertencia,
    DistritoAtendido,
    Ejecutor,
    Ficha,
    Modalidad,
    Nivel,
    NudoCritico,
    Origen,
    Sesion,
)
from fichaat.domain.firma import Adjunto, Firma, TipoFirma
from fichaat.domain.persona import Destinatario
from fichaat.domain.problems import (
    Problem,
    Severity,
    only_signature_errors,
    overlaps,
    said_with_signatures,
    unanswered,
    validate,
    waiting,
)
from fichaat.texts import message
from tests.support.fichas import (
    ABANCAY,
    AYACUCHO,
    DESTINATARIO,
    HOY,
    HUANTA,
    QUINUA,
    RESPONSABLE,
    STROKE,
    complete_ficha,
    contexto,
    unsigned_ficha,
    uuid7,
)
from tests.support.strategies import incomplete_fichas, valid_fichas

E, W = Severity.ERROR, Severity.WARNING

SEVERITIES = {
    **dict.fromkeys(
        [
            "fecha_required",
            "hora_inicio_required",
            "hora_fin_required",
            "modalidad_required",
            "gobierno_regional_required",
            "hora_fin_not_after_inicio",
            "fecha_future",
            "lugar_required",
            "plataforma_required",
            "distrito_required",
            "distrito_duplicated",
            "distrito_unknown",
            "distrito_outside_region",
            "destinatario_distrito_unlisted",
            "nudo_distrito_unlisted",
            "acuerdo_distrito_unlisted",
            "acuerdo_of_other",
            "destinatario_required",
            "sesion_required",
            "responsable_required",
            "responsable_incomplete",
            "destinatario_incomplete",
            "nudo_required",
            "nudo_descripcion_required",
            "orientacion_required",
            "acuerdo_descripcion_required",
            "acuerdo_responsable_required",
            "acuerdo_plazo_required",
            "acuerdo_plazo_before_fecha",
            "seguimiento_nuevo_plazo_required",
            "seguimiento_motivo_required",
            "seguimiento_cumplido_el_required",
            "seguimiento_descripcion_required",
            "ejecutor_outside_region",
            "blob_missing",
            "firma_responsable_missing",
            "firma_destinatario_missing",
            "firma_void",
            "firma_participante_unknown",
            "firma_blob_missing",
            "provincial_outside_province",
        ],
        E,
    ),
    **dict.fromkeys(
        [
            "fecha_old",
            "duration_long",
            "lugar_unexpected",
            "distrito_not_signatory",
            "seguimiento_before_diagnostico",
            "indicador_unknown",
            "acuerdos_empty",
            "seguimiento_unknown_acuerdo",
            "open_acuerdos_not_followed",
            "firma_pending",
            "firma_refused",
            "firma_scan_missing",
            "temas_required",
            "possible_duplicate",
            "seguimiento_cumplido_el_future",
            "seguimiento_nuevo_plazo_before_fecha",
            "seguimiento_repeated",
        ],
        W,
    ),
}
"""The table of the design, code by code; the last three are slips that would move an agreement."""

DIAG, SEG = Sesion.DIAGNOSTICO, Sesion.SEGUIMIENTO
NUDO = NudoCritico("descripción", "orientación")
ACUERDO = Acuerdo(uuid7(3), "hacer", "quien", date(2026, 12, 15))
ADJUNTO = Adjunto("ee" * 32, "foto.jpg", "image/jpeg", 10)
OTHER = uuid7(77)


def firma_pair(tipo: TipoFirma, motivo: str | None = None, **extra: object) -> tuple[Firma, ...]:
    """Both people with the same kind of signature."""
    return tuple(
        replace(Firma(person.id, tipo, motivo=motivo), **extra)
        for person in (RESPONSABLE, DESTINATARIO)
    )


def visit(sesion: Sesion | None, *ubigeos: str) -> tuple[DistritoAtendido, ...]:
    return tuple(DistritoAtendido(ubigeo, sesion) for ubigeo in ubigeos or (QUINUA,))


def firmas_over(ficha: Ficha, tipo: TipoFirma, blob: str | None) -> tuple[Firma, ...]:
    return tuple(replace(firma, tipo=tipo, blob=blob) for firma in complete_ficha().firmas)


def found(ficha: Ficha, **changes: object) -> set[tuple[str, str]]:
    """Code (short) and path of every problem, with the severity of the table."""
    result = validate(ficha, contexto(**changes))
    for problem in result:
        assert problem.severity is SEVERITIES[problem.code.removeprefix("ficha.")], problem
        assert "…" not in message(problem.code, problem.params) or not ficha.responsables
    return {(problem.code.removeprefix("ficha."), problem.path) for problem in result}


def test_a_complete_ficha_has_no_problem() -> None:
    assert found(complete_ficha()) == set()


# One change of a complete ficha -> exactly these problems.
CHANGES: list[tuple[dict[str, Any], set[tuple[str, str]]]] = [
    ({"gobierno_regional": None}, {("gobierno_regional_required", "/gobierno_regional")}),
    (
        {"gobierno_regional": "03"},
        {("distrito_outside_region", "/distritos/0/ubigeo")},
    ),
    (
        {"ejecutor": Ejecutor(Nivel.REGIONAL, "03", "otra")},
        {("ejecutor_outside_region", "/ejecutor/ubigeo")},
    ),
    ({"ejecutor": Ejecutor(Nivel.OTRO, None, "ONG")}, set()),
    ({"ejecutor": Ejecutor(Nivel.PROVINCIAL, "0501", "MP")}, set()),
    (
        {"ejecutor": Ejecutor(Nivel.PROVINCIAL, "0504", "MP")},
        {("provincial_outside_province", "/distritos/0/ubigeo")},
    ),
    (
        {"ejecutor": Ejecutor(Nivel.PROVINCIAL, None, "MP")},
        {("provincial_outside_province", "/distritos/0/ubigeo")},
    ),
    (
        {"ejecutor": Ejecutor(Nivel.PROVINCIAL, "05", "MP")},
        {("provincial_outside_province", "/distritos/0/ubigeo")},
    ),
    ({"fecha": None}, {("fecha_required", "/fecha")}),
    ({"fecha": HOY}, set()),
    ({"fecha": HOY + timedelta(days=1)}, {("fecha_future", "/fecha")}),
    ({"fecha": HOY - timedelta(days=30)}, set()),
    ({"fecha": HOY - timedelta(days=31)}, {("fecha_old", "/fecha")}),
    ({"fecha": HOY - timedelta(days=31), "origen": Origen.PAPEL}, set()),
    ({"hora_inicio": None}, {("hora_inicio_required", "/hora_inicio")}),
    ({"hora_fin": None}, {("hora_fin_required", "/hora_fin")}),
    ({"hora_fin": "09:00"}, {("hora_fin_not_after_inicio", "/hora_fin")}),
    ({"hora_fin": "08:59"}, {("hora_fin_not_after_inicio", "/hora_fin")}),
    ({"hora_inicio": "23:00", "hora_fin": "00:30"}, {("hora_fin_not_after_inicio", "/hora_fin")}),
    ({"hora_fin": "15:00"}, set()),
    ({"hora_fin": "15:01"}, {("duration_long", "/hora_fin")}),
    ({"modalidad": None}, {("modalidad_required", "/modalidad")}),
    ({"lugar": None}, {("lugar_required", "/lugar")}),
    ({"lugar": " \u00a0\t"}, {("lugar_required", "/lugar")}),
    ({"modalidad": Modalidad.MIXTA}, {("plataforma_required", "/plataforma")}),
    ({"modalidad": Modalidad.MIXTA, "plataforma": "Meet"}, set()),
    (
        {"modalidad": Modalidad.MIXTA, "lugar": None, "plataforma": "Meet"},
        {("lugar_required", "/lugar")},
    ),
    (
        {"modalidad": Modalidad.VIRTUAL},
        {("lugar_unexpected", "/lugar"), ("plataforma_required", "/plataforma")},
    ),
    ({"modalidad": Modalidad.VIRTUAL, "lugar": None, "plataforma": "Zoom"}, set()),
    (
        {"distritos": ()},
        {
            ("distrito_required", "/distritos"),
            ("destinatario_distrito_unlisted", "/destinatarios/0/distrito"),
        },
    ),
    (
        {"distritos": visit(DIAG, QUINUA, QUINUA)},
        {("distrito_duplicated", "/distritos/1/ubigeo")},
    ),
    (
        {"distritos": visit(DIAG, QUINUA, "059999")},
        {
            ("distrito_unknown", "/distritos/1/ubigeo"),
            ("destinatario_required", "/distritos/1/ubigeo"),
        },
    ),
    (
        {"distritos": visit(DIAG, QUINUA, ABANCAY)},
        {
            ("distrito_outside_region", "/distritos/1/ubigeo"),
            ("destinatario_required", "/distritos/1/ubigeo"),
        },
    ),
    ({"distritos": visit(None)}, {("sesion_required", "/distritos/0/sesion")}),
    ({"distritos": visit(Sesion.ESPECIFICA)}, set()),
    ({"distritos": visit(SEG)}, {("seguimiento_before_diagnostico", "/distritos/0/sesion")}),
    ({"temas": ()}, {("temas_required", "/temas")}),
    ({"responsables": ()}, {("responsable_required", "/responsables")}),
    (
        {"responsables": (replace(RESPONSABLE, cargo=" "),)},
        {("responsable_incomplete", "/responsables/0/cargo")},
    ),
    (
        {"destinatarios": (replace(DESTINATARIO, entidad="", nombre=""),)},
        {("destinatario_incomplete", "/destinatarios/0/entidad")},
    ),
    (
        {"destinatarios": (DESTINATARIO, replace(DESTINATARIO, id=OTHER, distrito=None))},
        {("destinatario_incomplete", "/destinatarios/1/distrito")},
    ),
    (
        {"destinatarios": (DESTINATARIO, replace(DESTINATARIO, id=OTHER, distrito=HUANTA))},
        {("destinatario_distrito_unlisted", "/destinatarios/1/distrito")},
    ),
    ({"nudos_criticos": (), "acuerdos": (ACUERDO,)}, {("nudo_required", "/nudos_criticos")}),
    (
        {"nudos_criticos": (NUDO, NudoCritico("", ""))},
        {
            ("nudo_descripcion_required", "/nudos_criticos/1/descripcion"),
            ("orientacion_required", "/nudos_criticos/1/orientacion"),
        },
    ),
    (
        {"nudos_criticos": (replace(NUDO, distrito=HUANTA),)},
        {("nudo_distrito_unlisted", "/nudos_criticos/0/distrito")},
    ),
    ({"acuerdos": ()}, {("acuerdos_empty", "/acuerdos")}),
    (
        {"acuerdos": (ACUERDO, Acuerdo(OTHER, "", "\n"))},
        {
            ("acuerdo_descripcion_required", "/acuerdos/1/descripcion"),
            ("acuerdo_responsable_required", "/acuerdos/1/responsable"),
            ("acuerdo_plazo_required", "/acuerdos/1/plazo"),
        },
    ),
    (
        {"acuerdos": (replace(ACUERDO, plazo=date(2026, 11, 19)),)},
        {("acuerdo_plazo_before_fecha", "/acuerdos/0/plazo")},
    ),
    ({"acuerdos": (replace(ACUERDO, plazo=date(2026, 11, 20)),)}, set()),
    (
        {"acuerdos": (replace(ACUERDO, distrito=HUANTA),)},
        {("acuerdo_distrito_unlisted", "/acuerdos/0/distrito")},
    ),
    (
        {"seguimientos": (Seguimiento(descripcion=" "),)},
        {("seguimiento_descripcion_required", "/seguimientos/0/descripcion")},
    ),
    ({"seguimientos": (Seguimiento(descripcion="de 2019"),)}, set()),
    (
        {"seguimientos": (Seguimiento(acuerdo=OTHER),)},
        {("seguimiento_unknown_acuerdo", "/seguimientos/0/acuerdo")},
    ),
    (
        {"seguimientos": (Seguimiento(descripcion="x", estado=EstadoAcuerdo.CUMPLIDO),)},
        {("seguimiento_cumplido_el_required", "/seguimientos/0/cumplido_el")},
    ),
    (
        {"seguimientos": (Seguimiento(descripcion="x", estado=EstadoAcuerdo.REPROGRAMADO),)},
        {
            ("seguimiento_nuevo_plazo_required", "/seguimientos/0/nuevo_plazo"),
            ("seguimiento_motivo_required", "/seguimientos/0/motivo"),
        },
    ),
    ({"seguimientos": (Seguimiento(descripcion="x", estado=EstadoAcuerdo.NO_CUMPLIDO),)}, set()),
    (
        {"seguimientos": (Seguimiento(descripcion="x", cumplido_el=date(2099, 1, 1)),)},
        {("seguimiento_cumplido_el_future", "/seguimientos/0/cumplido_el")},
    ),
    (
        {"seguimientos": (Seguimiento(descripcion="x", nuevo_plazo=date(2001, 1, 1)),)},
        {("seguimiento_nuevo_plazo_before_fecha", "/seguimientos/0/nuevo_plazo")},
    ),
    (
        {"seguimientos": (Seguimiento(acuerdo=OTHER), Seguimiento(acuerdo=OTHER))},
        {
            ("seguimiento_unknown_acuerdo", "/seguimientos/0/acuerdo"),
            ("seguimiento_unknown_acuerdo", "/seguimientos/1/acuerdo"),
            ("seguimiento_repeated", "/seguimientos/1/acuerdo"),
        },
    ),
    ({"adjuntos": (ADJUNTO,)}, {("blob_missing", "/adjuntos/0")}),
    ({"adjuntos": (replace(ADJUNTO, sha256=STROKE),)}, set()),
]


@pytest.mark.parametrize(("changes", "expected"), CHANGES)
def test_one_change_raises_exactly_its_problems(
    changes: dict[str, Any], expected: set[tuple[str, str]]
) -> None:
    unknown = {("firma_participante_unknown", "/firmas/0/participante")}
    ficha = complete_ficha(**changes)
    if not ficha.responsables:  # nobody but the recipient signs
        assert len(ficha.firmas) == 1
    assert found(ficha) - unknown == expected


BOTH_MISSING = {
    ("firma_responsable_missing", "/responsables/0"),
    ("firma_destinatario_missing", "/destinatarios/0"),
}
FIRMAS: list[tuple[tuple[Firma, ...], set[tuple[str, str]]]] = [
    ((), BOTH_MISSING),
    (complete_ficha().firmas[:1], {("firma_destinatario_missing", "/destinatarios/0")}),
    (complete_ficha().firmas[1:], {("firma_responsable_missing", "/responsables/0")}),
    (
        firma_pair(TipoFirma.PENDIENTE, "sin señal"),
        {("firma_pending", "/firmas/0"), ("firma_pending", "/firmas/1")},
    ),
    (
        firma_pair(TipoFirma.NO_FIRMO, "no quiso"),
        {("firma_refused", "/firmas/0"), ("firma_refused", "/firmas/1")},
    ),
    (
        firma_pair(TipoFirma.PENDIENTE, " "),
        {("firma_pending", "/firmas/0"), ("firma_pending", "/firmas/1")} | BOTH_MISSING,
    ),
    (
        firma_pair(TipoFirma.NO_FIRMO),
        {("firma_refused", "/firmas/0"), ("firma_refused", "/firmas/1")} | BOTH_MISSING,
    ),
    (
        firma_pair(TipoFirma.TRAZO, contenido="00" * 32, blob=STROKE),
        {("firma_void", "/firmas/0"), ("firma_void", "/firmas/1")},
    ),
    (
        firma_pair(TipoFirma.TRAZO, blob=STROKE),
        {("firma_void", "/firmas/0"), ("firma_void", "/firmas/1")},
    ),
    (
        firmas_over(complete_ficha(), TipoFirma.TRAZO, None),
        {("firma_blob_missing", "/firmas/0"), ("firma_blob_missing", "/firmas/1")},
    ),
    (
        firmas_over(complete_ficha(), TipoFirma.DIGITAL, "ff" * 32),
        {("firma_blob_missing", "/firmas/0"), ("firma_blob_missing", "/firmas/1")},
    ),
    (
        firmas_over(complete_ficha(), TipoFirma.PAPEL, None),
        {("firma_scan_missing", "/firmas/0"), ("firma_scan_missing", "/firmas/1")},
    ),
    (firmas_over(complete_ficha(), TipoFirma.PAPEL, STROKE), set()),
    (
        firmas_over(complete_ficha(), TipoFirma.PAPEL, "ff" * 32),
        {("firma_blob_missing", "/firmas/0"), ("firma_blob_missing", "/firmas/1")},
    ),
    (
        (*complete_ficha().firmas, replace(complete_ficha().firmas[0], participante=OTHER)),
        {("firma_participante_unknown", "/firmas/2/participante")},
    ),
]


@pytest.mark.parametrize(("firmas", "expected"), FIRMAS)
def test_signatures(firmas: tuple[Firma, ...], expected: set[tuple[str, str]]) -> None:
    assert found(unsigned_ficha(firmas=firmas)) == expected


def test_a_rectification_may_be_signed_by_the_responsable_alone() -> None:
    alone = replace(complete_ficha(), firmas=complete_ficha().firmas[:1])
    assert found(alone, version=2) == set()
    nobody = replace(alone, firmas=())
    assert found(nobody, version=2) == {("firma_responsable_missing", "/responsables/0")}


def test_each_district_needs_one_signature_of_its_recipients() -> None:
    second = Destinatario(uuid7(9), QUINUA, "MD", "Yesenia Rúa", "Responsable")
    other = Destinatario(uuid7(10), AYACUCHO, "MP", "Ana Sulca", "Jefa")
    ficha = complete_ficha(
        distritos=visit(DIAG, QUINUA, AYACUCHO), destinatarios=(DESTINATARIO, second, other)
    )
    without = replace(ficha, firmas=ficha.firmas[:1] + ficha.firmas[2:3])
    assert found(without) == {("firma_destinatario_missing", "/destinatarios/2")}
    (problem,) = validate(without, contexto())
    assert problem.params["distrito"] == "Ayacucho"


def test_any_change_of_the_content_voids_the_strokes() -> None:
    changed = replace(complete_ficha(), observaciones="algo más")
    assert {code for code, _ in found(changed)} == {"firma_void"}


def test_rules_that_need_a_catalogue_are_silent_without_one() -> None:
    ficha = complete_ficha(
        indicadores=("I-1",),
        nudos_criticos=(replace(NUDO, indicador="I-2"),),
        acuerdos=(replace(ACUERDO, indicador="I-3"),),
    )
    assert found(ficha) == set()
    assert found(ficha, firmantes={}, indicadores=frozenset({"I-1"})) == {
        ("distrito_not_signatory", "/distritos/0/ubigeo"),
        ("indicador_unknown", "/nudos_criticos/0/indicador"),
        ("indicador_unknown", "/acuerdos/0/indicador"),
    }
    known = frozenset({"I-1", "I-2", "I-3"})
    assert found(ficha, firmantes={QUINUA: date(2023, 6, 14)}, indicadores=known) == set()


@pytest.mark.parametrize(("first", "warned"), [(20, False), (19, False), (21, True)])
def test_a_follow_up_comes_after_the_first_diagnosis(first: int, warned: bool) -> None:  # noqa: FBT001
    known = {QUINUA: date(2026, 11, first)}
    result = found(complete_ficha(distritos=visit(SEG)), primer_diagnostico=known)
    assert bool(result) is warned


def test_open_agreements_are_answered_in_a_follow_up_only() -> None:
    a, b, c = uuid7(21), uuid7(22), uuid7(23)
    context: dict[str, Any] = {
        "acuerdos_abiertos": {
            QUINUA: frozenset({a, b}),
            AYACUCHO: frozenset({b}),
            HUANTA: frozenset({c}),
        },
        "acuerdos_conocidos": frozenset({a, b, c}),
        "primer_diagnostico": dict.fromkeys((QUINUA, AYACUCHO), date(2026, 1, 1)),
    }
    assert found(complete_ficha(), **context) == set()  # a diagnosis
    both = (DESTINATARIO, replace(DESTINATARIO, id=OTHER, distrito=AYACUCHO))
    ficha = complete_ficha(distritos=visit(SEG, QUINUA, AYACUCHO), destinatarios=both)
    assert found(ficha, **context) == {("open_acuerdos_not_followed", "/seguimientos")}
    (problem,) = validate(ficha, contexto(**context))
    assert problem.params == {"cantidad": 2, "distritos": "Quinua, Ayacucho"}
    answered = complete_ficha(
        distritos=visit(SEG, QUINUA, AYACUCHO),
        destinatarios=both,
        seguimientos=(Seguimiento(acuerdo=a), Seguimiento(acuerdo=b)),
    )
    assert found(answered, **context) == set()


def test_the_agreement_of_another_ficha_is_not_sealed_again() -> None:
    ficha = complete_ficha(acuerdos=(replace(ACUERDO, id=uuid7(21)), ACUERDO))
    others = {ACUERDO.id: "05-2026-K7Q2MX-0001"}
    assert found(ficha, acuerdos_ajenos=others) == {("acuerdo_of_other", "/acuerdos/1/descripcion")}
    (problem,) = validate(ficha, contexto(acuerdos_ajenos=others))
    assert problem.params == {"fila": 2, "codigo": "05-2026-K7Q2MX-0001"}


def test_possible_duplicates_are_named() -> None:
    codes = ("05-2026-K7Q2MX-0001", "05-2026-K7Q2MX-0002")
    result = validate(complete_ficha(), contexto(posibles_duplicados=codes))
    assert [problem.params["codigo"] for problem in result] == list(codes)


def test_every_code_of_the_table_can_be_raised_and_no_other() -> None:
    source = Path(rules.__file__).parent
    written = {
        node.args[0].value
        for path in source.glob("problems_*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("error", "warning")
        and isinstance(node.args[0], ast.Constant)
    }
    assert written == {f"ficha.{code}" for code in SEVERITIES}
    assert len(SEVERITIES) == 54 + 4


def test_every_rule_has_a_docstring_and_most_name_their_requirement() -> None:
    assert all(rule.__doc__ for rule in rules.RULES)
    assert len(set(rules.RULES)) == len(rules.RULES)


def test_an_empty_draft_is_answered_in_the_order_of_the_paper() -> None:
    draft = Ficha("05-2026-K7Q2MX-0001", Ejecutor(Nivel.REGIONAL, "05"))
    assert [problem.code for problem in validate(draft, contexto())] == [
        "ficha.gobierno_regional_required",
        "ficha.fecha_required",
        "ficha.hora_inicio_required",
        "ficha.hora_fin_required",
        "ficha.distrito_required",
        "ficha.modalidad_required",
        "ficha.temas_required",
        "ficha.responsable_required",
        "ficha.nudo_required",
        "ficha.acuerdos_empty",
    ]


@settings(max_examples=60)
@given(incomplete_fichas())
def test_any_draft_is_answered_and_every_pointer_exists(ficha: Ficha) -> None:
    context = contexto(firmantes={}, indicadores=frozenset(), version=1)
    result = validate(ficha, context)
    assert result == validate(ficha, context)
    for problem in result:
        value: Any = ficha
        for step in problem.path.split("/")[1:]:
            value = value[int(step)] if step.isdecimal() else getattr(value, step)
        assert message(problem.code, problem.params)


@given(valid_fichas())
def test_valid_fichas_have_no_problem(ficha: Ficha) -> None:
    assert found(ficha) == set()


# --- what the answers mean ------------------------------------------------------------------------

WARNING = Problem("ficha.temas_required", W, "/temas")
ERROR = Problem("ficha.fecha_required", E, "/fecha")
VOID = Problem("ficha.firma_void", E, "/firmas/0")


def test_a_reason_answers_only_its_own_warning() -> None:
    def with_reason(code: str, path: str, motivo: str) -> Ficha:
        return complete_ficha(advertencias=(Advertencia(code, path, motivo),))

    assert unanswered(complete_ficha(), [WARNING, ERROR]) == [WARNING]
    assert unanswered(with_reason(WARNING.code, "/temas", "porque"), [WARNING, ERROR]) == []
    assert unanswered(with_reason(WARNING.code, "/temas", " \n"), [WARNING]) == [WARNING]
    assert unanswered(with_reason(WARNING.code, "/tema", "porque"), [WARNING]) == [WARNING]
    assert unanswered(with_reason("ficha.fecha_old", "/temas", "porque"), [WARNING]) == [WARNING]


def test_what_blocks_sealing() -> None:
    answered = complete_ficha(advertencias=(Advertencia(WARNING.code, WARNING.path, "sí"),))
    refused = Problem("schema.type", Severity.REFUSED, "/fecha")
    assert waiting(answered, []) == []
    assert waiting(answered, [WARNING]) == []
    assert waiting(complete_ficha(), iter([WARNING])) == [WARNING]
    assert waiting(answered, [WARNING, ERROR]) == [ERROR]
    assert waiting(answered, [refused]) == [refused]


@pytest.mark.parametrize("tipo", [TipoFirma.PENDIENTE, TipoFirma.NO_FIRMO])
def test_the_reason_of_a_signature_answers_its_own_warning(tipo: TipoFirma) -> None:
    code = "ficha.firma_pending" if tipo is TipoFirma.PENDIENTE else "ficha.firma_refused"
    here, there = Problem(code, W, "/firmas/0"), Problem(code, W, "/firmas/1")
    scan = Problem("ficha.firma_scan_missing", W, "/firmas/0")
    ficha = replace(
        complete_ficha(),
        firmas=(
            Firma(DESTINATARIO.id, tipo, motivo="Estuvo de viaje"),
            Firma(RESPONSABLE.id, tipo, motivo=" "),
        ),
    )
    told = (Advertencia(code, "/firmas/0", "Estuvo de viaje"),)
    assert said_with_signatures(ficha, [here, there, scan, WARNING]) == told
    assert unanswered(ficha, [here, there, scan]) == [there, scan]
    # Another reason that somebody wrote stays, a blank one is none.
    own = replace(ficha, advertencias=(Advertencia(code, "/firmas/0", "Otro motivo"),))
    assert said_with_signatures(own, [here]) == ()
    blank = replace(ficha, advertencias=(Advertencia(code, "/firmas/0", " "),))
    assert said_with_signatures(blank, [here]) == told
    assert answer(blank, [here], None).advertencias == told
    assert answer(own, [here], "x").advertencias == own.advertencias


def test_ready_to_be_signed() -> None:
    assert only_signature_errors([])
    assert only_signature_errors([WARNING, VOID])
    assert not only_signature_errors([VOID, ERROR])
    assert only_signature_errors(validate(unsigned_ficha(), contexto()))


# --- one visit registered twice -------------------------------------------------------------------


def test_the_same_visit_under_another_code_overlaps() -> None:
    a = complete_ficha()
    b = complete_ficha(codigo="05-2026-000000-0001", hora_inicio="11:00", hora_fin="12:00")
    spelled = replace(b, responsables=(replace(RESPONSABLE, nombre="MARLENI  NAHUI"),))
    assert overlaps(a, b)
    assert overlaps(a, spelled)
    assert overlaps(b, a)


@pytest.mark.parametrize(
    "changes",
    [
        {"codigo": "05-2026-K7Q2MX-0012"},
        {"fecha": date(2026, 11, 19)},
        {"fecha": None},
        {"hora_inicio": "11:30", "hora_fin": "12:00"},
        {"hora_inicio": "08:00", "hora_fin": "09:00"},
        {"hora_inicio": None},
        {"hora_fin": None},
        {"distritos": visit(DIAG, AYACUCHO)},
        {"responsables": (replace(RESPONSABLE, nombre="Otra Persona"),)},
        {"responsables": (replace(RESPONSABLE, nombre=""),)},
    ],
)
def test_two_visits_do_not_overlap(changes: dict[str, Any]) -> None:
    b = complete_ficha(**{"codigo": "05-2026-000000-0001", **changes})
    assert not overlaps(complete_ficha(), b)
    assert not overlaps(b, complete_ficha())


def test_nameless_people_are_not_the_same_person() -> None:
    nameless = (replace(RESPONSABLE, nombre=" "),)
    a = complete_ficha(responsables=nameless)
    assert not overlaps(a, replace(a, codigo="05-2026-000000-0001"))
