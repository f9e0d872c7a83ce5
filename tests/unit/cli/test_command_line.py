"""What the command line understands, refuses and explains; nothing of it needs a profile."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from fichaat.cli.app import build
from fichaat.cli.command import option_help, option_names
from fichaat.texts.ordenes import COMMON, OPTIONS, ORDERS, PLACES
from tests.support.program import Machine

MANUAL = Path(__file__).parents[3] / "docs" / "manual" / "ordenes.md"
ENGLISH = re.compile(
    r"\b(?:Usage|Options?|Commands?|Arguments?|Error|Missing|Invalid|No such|required|default|"
    r"unexpected|Traceback|Try|Show|exit|does not|Aborted)\b"
)


@cache
def _root() -> Any:  # noqa: ANN401  # a command of typer's parser
    return typer.main.get_command(build())


def tree() -> Iterator[tuple[str, Any]]:
    """Every command with its whole name."""
    root = _root()
    yield "", root
    for name, group in root.commands.items():
        yield name, group
        for child, leaf in getattr(group, "commands", {}).items():
            yield f"{name} {child}", leaf


COMMANDS = [name for name, command in tree() if not hasattr(command, "commands")]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_the_commands_are_those_of_this_issue() -> None:
    assert set(COMMANDS) == {
        "demo",
        *(f"perfil {n}" for n in ("crear", "mostrar", "solicitud", "abrir", "clave")),
        "perfil pedir-recuperacion",
        *(f"ficha {n}" for n in ("importar", "listar", "mostrar", "validar", "rectificar")),
        *(
            f"ficha {n}"
            for n in ("anular", "descartar", "recuperar", "evidencia", "pdf", "firmar", "sellar")
        ),
        *(f"region {n}" for n in ("crear", "abrir", "aceptar", "mostrar", "recuperar")),
        *(f"credencial {n}" for n in ("aprobar", "renovar", "revocar", "relevo", "listar")),
        *(f"revision {n}" for n in ("visar", "aprobar", "observar", "rechazar", "retirar")),
        "revision elegir",
        *(f"acuerdos {n}" for n in ("listar", "mostrar", "evento", "matriz", "importar")),
        *(f"paquete {n}" for n in ("exportar", "verificar", "importar", "responder")),
        "paquete repositorio",
        *(f"recepcion {n}" for n in ("mostrar", "dejar-de-lado", "volver-a-la-lista")),
        *(f"plantilla {n}" for n in ("fichas", "catalogo", "acuerdos")),
        *(f"catalogo {n}" for n in ("publicar", "mostrar", "ubigeo")),
        "cobertura",
        *(f"respaldo {n}" for n in ("crear", "listar", "restaurar")),
        *(f"datos {n}" for n in ("comprobar", "reconstruir", "sembrar")),
    }


def test_every_text_of_help_belongs_to_a_command_and_every_command_has_its_texts() -> None:
    options, places = set(), set()
    for name, command in tree():
        assert ORDERS[name].endswith(".")
        for param in command.params:
            if param.param_type_name == "argument":
                places.add((name, param.metavar))
            elif (name, max(param.opts, key=len)) in OPTIONS or max(
                param.opts, key=len
            ) not in COMMON:
                options.add((name, max(param.opts, key=len)))
            if param.param_type_name == "option":
                assert option_help(name, param).endswith(".")
    assert options == set(OPTIONS)
    assert places == set(PLACES)
    assert {name for name, _ in tree()} == set(ORDERS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_manual_describes_every_command_with_its_options_an_example_and_its_json(
    name: str,
) -> None:
    manual = MANUAL.read_text(encoding="utf-8")
    section = manual.partition(f"\n### fichaat {name}\n")[2].partition("\n##")[0]
    assert f"fichaat {name}" in section or f"fichaat --datos CARPETA {name}" in section, name
    assert "```json" in section or "JSON: como" in section
    command = dict(tree())[name]
    for param in command.params:
        if param.param_type_name == "option" and max(param.opts, key=len) not in COMMON:
            wanted = ", ".join(f"`{part}" for part in option_names(param).split(", "))
            assert wanted.replace("`-o,", "`-o`,") in section, (name, wanted)


def test_the_manual_describes_nothing_else() -> None:
    manual = MANUAL.read_text(encoding="utf-8")
    assert set(re.findall(r"^### fichaat (.+)$", manual, re.MULTILINE)) == set(COMMANDS)
    known = {name for _, c in tree() for param in c.params for name in param.opts}
    known |= {"--help", "--ayuda", "-h"}
    assert set(re.findall(r"`(--?[a-z][a-z0-9-]*|-[a-z])", manual)) <= known


@pytest.mark.parametrize("name", [name for name, _ in tree()])
def test_help_is_spanish(machine: Machine, name: str) -> None:
    for option in ("--help", "-h", "--ayuda"):
        result = machine(*name.split(), option)
        assert (result.code, result.err) == (0, "")
        assert result.out.startswith(f"Uso: {' '.join(['fichaat', *name.split()])}")
        assert not ENGLISH.search(result.out)
        assert max(map(len, result.out.splitlines())) <= 100


def test_version(machine: Machine) -> None:
    assert re.fullmatch(r"fichaat \d+\.\d+\.\d+\n", machine("--version").out)


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["ficha"], "cli.missing_command"),
        (["fichas"], "cli.unknown_command_near"),
        (["zzz"], "cli.unknown_command"),
        (["ficha", "importra", "x"], "cli.unknown_command_near"),
        (["ficha", "importar"], "cli.missing_argument"),
        (["ficha", "importar", "a", "b", "c"], "cli.extra_argument"),
        (["ficha", "importar", "a", "--selar"], "cli.unknown_option_near"),
        (["ficha", "importar", "a", "--zzz"], "cli.unknown_option"),
        (["ficha", "importar", "a", "-z"], "cli.unknown_option"),
        (["ficha", "importar", "a", "--motivo"], "cli.option_needs_value"),
        (["ficha", "importar", "a", "--sellar=si"], "cli.option_without_value"),
        (["ficha", "anular", "X"], "cli.missing_option"),
        (["ficha", "listar", "--estado", "nueva"], "cli.bad_choice"),
        (["ficha", "listar", "--distrito", "05"], "cli.bad_district"),
        (["ficha", "listar", "--distrito", "05010\u0661"], "cli.bad_district"),
        (["ficha", "listar", "--distrito", "050101\n"], "cli.bad_district"),
        (["ficha", "listar", "--distrito", ""], "cli.bad_district"),
        (["ficha", "listar", "--limite", "-1"], "cli.bad_number"),
        (["ficha", "listar", "--limite", "١٢"], "cli.bad_number"),
        (["ficha", "listar", "--limite", "9" * 400], "cli.bad_number"),
        (["ficha", "sellar"], "cli.codigos_or_all"),
        (["ficha", "sellar", "A", "--todo"], "cli.codigos_or_all"),
        (["ficha", "pdf"], "cli.codigo_or_blank"),
        (["ficha", "pdf", "A", "--en-blanco"], "cli.codigo_or_blank"),
        (["ficha", "firmar", "A", "--participante", "B"], "cli.one_signature"),
        (
            ["ficha", "firmar", "A", "--participante", "B", "--pendiente", "--no-firmo"],
            "cli.one_signature",
        ),
        (["ficha", "evidencia", "A"], "cli.evidence_empty"),
        (["ficha", "evidencia", "A", "--participante", "B"], "cli.late_signature"),
        (["ficha", "evidencia", "A", "--adjunto", "x", "--clase", "y"], "cli.bad_choice"),
        (["paquete", "exportar"], "cli.missing_option"),
        (["paquete", "exportar", "-o", "x", "--todo", "--pendiente"], "cli.pending_or_all"),
        (["paquete", "exportar", "-o", "x", "--volumen", "0"], "cli.bad_number"),
        (["paquete", "verificar"], "cli.missing_argument"),
        (["perfil", "crear"], "cli.missing_option"),
        (["perfil", "crear", "--rol", "jefe"], "cli.bad_choice"),
        (["perfil", "abrir"], "cli.missing_option"),
        (["datos", "sembrar"], "cli.missing_option"),
        (["datos", "sembrar", "--fichas", "1.5"], "cli.bad_number"),
        (["--datos"], "cli.option_needs_value"),
        (["--json=1", "ficha", "listar"], "cli.option_without_value"),
    ],
)
def test_wrong_usage_has_a_code_a_spanish_sentence_and_exit_2(
    machine: Machine, argv: list[str], code: str
) -> None:
    told = machine(*argv)
    assert told.code == 2
    assert told.out == ""
    assert not ENGLISH.search(told.err), told.err
    result = machine("--json", *argv)
    assert (result.code, result.error) == (2, code)
    assert result.err == ""
    assert result.json["error"]["mensaje"] == told.err.splitlines()[0]
    assert not machine.folder.exists()


GARBAGE = (
    ["--zzz"],
    ["\udcff\x00\x1b[31m", "\n", "--"],
    ["a", "b", "c", "d", "e"],
    ["-" * 3],
    ["", "", ""],
    ["=", "--=", "-="],
)


@pytest.mark.parametrize("name", [name for name, _ in tree() if name])
def test_garbage_is_refused_in_spanish(machine: Machine, name: str) -> None:
    for garbage in GARBAGE:
        result = machine(*name.split(), *garbage)
        told = result.err + result.out
        assert result.code in (1, 2), (garbage, told)
        assert told.strip(), garbage
        assert not ENGLISH.search(told), (garbage, told)
        assert "error del programa" not in told, garbage
        assert "\x1b" not in told, garbage


@pytest.mark.parametrize(
    "argv",
    [
        ["perfil", "mostrar"],
        ["perfil", "solicitud"],
        ["perfil", "clave"],
        ["perfil", "abrir", "--recuperacion", "x"],
        ["ficha", "listar"],
        ["ficha", "mostrar", "05-2026-K7Q2MX-0001"],
        ["ficha", "sellar", "--todo"],
        ["paquete", "exportar", "-o", "x"],
        ["paquete", "importar", "x"],
        ["respaldo", "crear"],
        ["datos", "comprobar"],
        ["datos", "sembrar", "--fichas", "3"],
    ],
)
def test_without_a_profile_the_way_out_is_told(machine: Machine, argv: list[str]) -> None:
    assert machine.json(*argv).error == "perfil.missing"
    assert "perfil crear" in machine(*argv).err
    assert not machine.folder.exists()
