"""The program as a process: secrets, locks, locales, streams, interruptions."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fichaat.bootstrap import Program
from fichaat.system.settings import Settings
from tests.support.program import PASSPHRASE, PROFILE, Machine, clean_environ
from tests.support.rows import jsonl, pending_row, row


def test_wrong_passphrase(office: Machine) -> None:
    office.clave.write_text("otra frase de acceso", encoding="utf-8")
    assert office.json("ficha", "listar").error == "storage.wrong_passphrase"
    office.clave.unlink()
    assert office.json("ficha", "listar").error == "system.passphrase_missing"
    told = office("ficha", "listar")
    assert told.code == 1
    assert told.err == (
        f"No existe el archivo de la frase de acceso «{office.clave.name}». "
        "Revise el nombre y la carpeta.\n"
    )
    office.environ["FICHAAT_CLAVE_ARCHIVO"] = str(office.root)
    assert office.json("ficha", "listar").error == "system.passphrase_folder"


def test_what_the_system_said_is_in_the_log_and_not_in_the_sentence(office: Machine) -> None:
    office.environ["FICHAAT_CLAVE_ARCHIVO"] = str(office.root / ("x" * 5000))
    told = office("ficha", "listar")
    assert told.code == 1
    assert told.err.startswith("No se pudo leer el archivo de la frase de acceso «xxx")
    assert "too long" not in told.err
    log = (office.folder / "registro" / "fichaat.log").read_text(encoding="utf-8")
    assert "OSError" in log


@pytest.mark.parametrize("text", ["", "corta", "       \n", " " * 20, "x" * 1001])
def test_a_passphrase_that_protects_nothing_is_refused(machine: Machine, text: str) -> None:
    machine.clave.write_text(text, encoding="utf-8")
    assert machine.json("perfil", "crear", *PROFILE).error.startswith("cli.passphrase_")
    assert not machine.folder.exists()


def test_the_passphrase_changes(office: Machine, tmp_path: Path) -> None:
    new = tmp_path / "nueva"
    new.write_text("una frase distinta\n", encoding="utf-8")
    assert office.done("perfil", "clave", "--nueva", new) == {"cambiada": True}
    assert office.json("perfil", "mostrar").error == "storage.wrong_passphrase"
    assert office.json("perfil", "clave", "--nueva", new).error == "storage.wrong_passphrase"
    office.clave.write_bytes(new.read_bytes())
    office.done("perfil", "mostrar")


def test_the_recovery_code_opens_what_the_passphrase_no_longer_does(
    machine: Machine, tmp_path: Path
) -> None:
    words = machine.create()["recuperacion"]
    machine.clave.write_text("frase que acabo de inventar", encoding="utf-8")
    paper = tmp_path / "papel"
    paper.write_text("una dos tres", encoding="utf-8")
    options = ("perfil", "abrir", "--recuperacion", paper)
    assert machine.json(*options).error == "trust.recovery_code"
    paper.write_bytes(b"\xff\xfe\x00")
    assert machine.json(*options).error == "trust.recovery_code"
    numbered = "\n".join(f"{n}. {word.upper()}" for n, word in enumerate(words, 1))
    paper.write_text(numbered, encoding="utf-8")
    machine.done(*options)
    machine.done("perfil", "mostrar")


def test_another_computer_s_recovery_code_opens_nothing(machine: Machine, tmp_path: Path) -> None:
    other = Machine(tmp_path, "otra")
    words = other.create()["recuperacion"]
    machine.create()
    paper = tmp_path / "papel"
    paper.write_text(" ".join(words), encoding="utf-8")
    result = machine.json("perfil", "abrir", "--recuperacion", paper)
    assert result.error == "storage.wrong_recovery"


def test_the_second_program_on_one_folder_is_told(office: Machine) -> None:
    program = Program(Settings.of(office.environ))
    with program.open(office.folder, PASSPHRASE):
        assert office.json("ficha", "listar").error == "storage.in_use"
    office.done("ficha", "listar")


def test_without_keyboard_and_file_the_way_out_is_told(office: Machine) -> None:
    result = office.process("ficha", "listar", environ={"FICHAAT_CLAVE_ARCHIVO": ""})
    assert (result.code, result.out) == (1, "")
    assert "FICHAAT_CLAVE_ARCHIVO" in result.err


def test_half_a_profile_is_left_alone(office: Machine) -> None:
    (office.folder / "ranuras.json").unlink()
    assert office.json("ficha", "listar").error == "storage.files_missing"
    assert office.json("perfil", "crear", *PROFILE).error == "storage.files_missing"


@pytest.mark.parametrize("value", ["ayer", "2026-11-20", "2026-11-20T10:00:00"])
def test_a_clock_that_is_none(office: Machine, value: str) -> None:
    office.environ["FICHAAT_RELOJ"] = value
    result = office.json("ficha", "listar")
    assert (result.code, result.error) == (1, "system.clock")


def test_the_replaced_clock_is_what_records_say_and_is_logged(office: Machine) -> None:
    data = jsonl(pending_row(1))
    office.done("ficha", "importar", "-", "--sellar", "--motivo", "m", stdin=data)
    codigo = office.done("ficha", "listar")["fichas"][0]["codigo"]
    record = office.done("ficha", "mostrar", codigo)["registro"]
    assert record["sealed_at"] == "2026-11-21T10:00:00-05:00"
    log = (office.folder / "registro" / "fichaat.log").read_text(encoding="utf-8")
    assert "FICHAAT_RELOJ" in log
    assert PASSPHRASE not in log


def test_a_bug_is_logged_and_told_in_one_sentence(
    office: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("an English sentence")

    monkeypatch.setattr("fichaat.application.queries.Queries.drafts", fail)
    told = office("ficha", "listar")
    assert (told.code, told.out) == (1, "")
    log = office.folder / "registro" / "fichaat.log"
    assert str(log) in told.err
    assert "English" not in told.err
    assert "Traceback" in log.read_text(encoding="utf-8")
    assert office.json("ficha", "listar").error == "cli.bug"


@pytest.mark.parametrize(
    "environ",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252"},
        {"LC_ALL": "C.UTF-8"},
    ],
)
def test_any_locale(office: Machine, environ: dict[str, str]) -> None:
    data = jsonl(row(lugar="Peña 🎉"))
    answer = office.process("ficha", "importar", "-", "--json", stdin=data, environ=environ)
    assert answer.code == 0
    codigo = answer.json["detalle"][0]["codigo"]
    assert "Falta la firma" in answer.json["detalle"][0]["problemas"][0]["mensaje"]
    told = office.process("ficha", "mostrar", codigo, environ=environ)
    assert told.code == 0
    assert "Traceback" not in told.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.parametrize(
    "options", [["ficha", "listar"], ["ficha", "listar", "--json"], ["--help"]]
)
def test_a_full_disk_behind_the_output_is_told(office: Machine, options: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        result = office.process(*options, stdout=full)
    assert result.code == 1
    assert result.err.startswith("No se pudo escribir la respuesta: no queda espacio.")
    assert len(result.err.splitlines()) == 1


@pytest.mark.skipif(os.name == "nt", reason="descriptors of POSIX")
@pytest.mark.parametrize("closed", [0, 1, 2])
def test_closed_streams(office: Machine, closed: int) -> None:
    ended = subprocess.run(
        ["sh", "-c", f'exec "$0" -m fichaat ficha listar {closed}>&-', sys.executable],
        env={**clean_environ(), **office.environ},
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in ended.stderr
    assert b"Exception" not in ended.stderr
    assert ended.returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="descriptors of POSIX")
def test_a_script_that_gets_no_answer_is_told_by_the_code(office: Machine) -> None:
    ended = subprocess.run(
        ["sh", "-c", 'exec "$0" -m fichaat ficha listar --json >&-', sys.executable],
        env={**clean_environ(), **office.environ},
        capture_output=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert "Lo hecho queda hecho" in ended.stderr.decode()


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_reader_that_leaves_early(office: Machine) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        result = office.process("ficha", "listar", "--json", stdout=writing)
    finally:
        os.close(writing)
    assert result.code == 1
    assert len(result.err.splitlines()) == 1
    assert "Lo hecho queda hecho" in result.err


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_leaves_nothing_half_done(office: Machine) -> None:
    data = jsonl(*(pending_row(number) for number in range(1500)))
    file = office.root / "muchas.jsonl"
    file.write_bytes(data)
    command = [sys.executable, "-m", "fichaat", "ficha", "importar", str(file), "--sellar"]
    working = subprocess.Popen(
        [*command, "--motivo", "m"],
        env={**clean_environ(), **office.environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    time.sleep(1.5)
    working.send_signal(signal.SIGINT)
    out, err = working.communicate(timeout=60)
    assert (working.returncode, out) == (130, b"")
    assert "No quedó nada a medias" in err.decode()
    assert "Traceback" not in err.decode()
    assert office.done("ficha", "listar")["fichas"] == []
    assert office.done("datos", "comprobar")["registros"] == 0


def test_help_loads_nothing_heavy(machine: Machine) -> None:
    code = (
        "import sys; from fichaat.bootstrap import run; run(['--help'], {});"
        "heavy = {'sqlalchemy', 'alembic', 'sqlcipher3', 'cryptography', 'pyhanko', 'pyrage',"
        " 'reportlab', 'rich', 'asn1crypto', 'mnemonic'};"
        "sys.exit(str(sorted(heavy & set(sys.modules)) or ''))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, env=clean_environ()
    )
    assert ended.stderr.decode().strip() == ""
