"""The window is killed while somebody types or draws: at most the last second is lost."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from tempfile import TemporaryDirectory

import pytest

from fichaat.application.ports.rows import Draft
from fichaat.application.save_draft import new_codigos, new_draft
from fichaat.domain.persona import Destinatario
from fichaat.gui.pages.ficha.form import Form, shown
from tests.support.drawn import stroke_name
from tests.support.fault_stage import Trial, look, new_machine, opened
from tests.support.fault_table import exhaustive
from tests.support.fichas import DESTINATARIO, unsigned_ficha, uuid7
from tests.support.program import Machine, clean_environ
from tests.support.strace import process_environ
from tests.support.window_typist import CELLS, DISTRITO, FIELDS, KEYS_PER_SECOND, PAD, TEXT

pytestmark = pytest.mark.faults

LONGEST = 160
"""Keys after which the window is killed at the latest."""
SIGNERS = 30

KILLS = {TEXT: 3, PAD: 2}
"""In one folder, one after the other: each start finds what the kill before left."""
PARTS = 10 if exhaustive() else 1

_OFFSCREEN = "This plugin does not support propagateSizeHints()"

State = dict[str, str]


@dataclass
class Killed:
    """What a window said until it was killed."""

    inicio: Sequence[str] = ()
    questions: Sequence[str] = ()
    seen: object = None
    keys: list[dict[str, str]] = field(default_factory=list)


@dataclass
class Desk:
    """One person's computer, with a draft that is worked on again and again."""

    machine: Machine
    codigo: str
    environ: dict[str, str]

    def killed(self, plan: str, keys: int, seed: float) -> Killed:
        """Let somebody work, and kill the window once it has taken so many keys."""
        heard = Killed()
        module = "tests.support.window_typist"
        with subprocess.Popen(
            (sys.executable, "-m", module, plan, self.codigo, str(seed)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.environ,
            start_new_session=True,
        ) as window:
            assert window.stdout is not None
            assert window.stderr is not None
            for line in window.stdout:
                _hear(heard, line)
                if heard.seen is not None and len(heard.keys) >= keys:
                    window.send_signal(signal.SIGKILL)
            errors = window.stderr.read().decode("utf-8", "replace")
        assert [line for line in errors.splitlines() if line != _OFFSCREEN] == []
        log = self.machine.folder / "registro" / "fichaat.log"
        assert not log.exists() or "Traceback" not in log.read_text("utf-8")
        assert window.returncode == -signal.SIGKILL
        # A start after a kill asks nothing, and the draft is the first thing to go on with.
        assert heard.questions == []
        assert any(DISTRITO in words for words in heard.inicio), " | ".join(heard.inicio)
        return heard

    def kept(self) -> Draft:
        """The draft as it is on the disk, in a database in which nothing differs."""
        look(self.machine)
        with opened(self.machine) as session:
            return session.edit.open(self.codigo)[0]


@pytest.fixture
def desk(trial: Trial) -> Iterator[Desk]:
    """The draft lacks nothing but the signatures of many."""
    machine = new_machine(trial.root / "caso")
    people = (
        Destinatario(uuid7(500 + n), DESTINATARIO.distrito, "Municipalidad", f"Rosa {n}", "Jefa")
        for n in range(SIGNERS)
    )
    with opened(machine) as session, session.store.write() as tx:
        codigo = new_codigos(tx, session.here, 1)[0]
        ficha = unsigned_ficha(codigo=codigo, destinatarios=tuple(people))
        tx.put_draft(new_draft(session.here, ficha))
    # The path of the window's socket is short.
    with TemporaryDirectory(prefix="f") as runtime:
        own = {
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_RUNTIME_DIR": runtime,
            "PYTHONFAULTHANDLER": "1",
        }
        own["PYTHONPATH"] = os.pathsep.join(sys.path)
        yield Desk(machine, codigo, {**clean_environ(), **process_environ(machine), **own})


@pytest.mark.parametrize("part", range(PARTS))
def test_typing(part: int, trial: Trial, desk: Desk) -> None:
    random = Random(f"{trial.seed} {TEXT} {part}")
    for _ in range(KILLS[TEXT]):
        before = _fields(desk.kept())
        # Now and then right after the page was opened.
        told = desk.killed(TEXT, max(0, random.randrange(-20, LONGEST)), random.random())
        assert told.seen == before
        states, kept = _typed(before, told.keys), _fields(desk.kept())
        assert kept in states[-KEYS_PER_SECOND - 1 :], _how_old(states, kept)
        trial.row(f"matar la ventana al escribir: {_place(told)}", 1, PARTS * KILLS[TEXT])


@pytest.mark.parametrize("part", range(PARTS))
def test_drawing(part: int, trial: Trial, desk: Desk) -> None:
    random = Random(f"{trial.seed} {PAD} {part}")
    for _ in range(KILLS[PAD]):
        given, drawn = _pad(desk.kept())
        told = desk.killed(PAD, random.randrange(1, LONGEST), random.random())
        assert told.seen == drawn
        states = [(given, drawn)]
        states += [(given + int(key["firmas"]), key["trazo"]) for key in told.keys]
        kept = _pad(desk.kept())
        assert kept in states[-KEYS_PER_SECOND - 1 :], (kept, states)
        trial.row("matar la ventana al firmar", 1, PARTS * KILLS[PAD])


def _hear(heard: Killed, line: bytes) -> None:
    told = json.loads(line)
    if "inicio" in told:
        heard.inicio, heard.questions = told["inicio"], told["preguntas"]
    elif "visto" in told:
        heard.seen = told["visto"]
    else:
        heard.keys.append(told)


def _fields(draft: Draft) -> State:
    form = Form(draft.ficha, draft.textos)
    rows = len(draft.ficha.nudos_criticos)
    paths = {*FIELDS, *CELLS}
    paths |= {
        f"/nudos_criticos/{n}/{k}" for n in range(rows) for k in ("descripcion", "orientacion")
    }
    return {"/nudos_criticos": str(rows), **{path: shown(form, path) for path in paths}}


def _typed(before: State, keys: Sequence[dict[str, str]]) -> list[State]:
    """What stood on the screen before, and after every key."""
    states = [before]
    for key in keys:
        if "fila" in key:
            row = int(key["fila"]) - 1
            change = {f"/nudos_criticos/{row}/{k}": "" for k in ("descripcion", "orientacion")}
            change["/nudos_criticos"] = str(row + 1)
        else:
            # A blank at the end says nothing, and is not kept.
            change = {key["lugar"]: key["texto"].strip()}
        states.append({**states[-1], **change})
    return states


def _place(told: Killed) -> str:
    """Where it was killed."""
    if not told.keys:
        return "nada aún"
    where = told.keys[-1].get("lugar", "fila nueva")
    return "campo" if where in FIELDS else "celda" if where.startswith("/") else where


def _pad(draft: Draft) -> tuple[int, str]:
    """How many signed, and what is drawn but not accepted."""
    return len(draft.ficha.firmas), stroke_name(None if draft.trazo is None else draft.trazo[1])


def _how_old(states: Sequence[State], kept: State) -> str:
    """For the report of a failure."""
    if kept not in states:
        near = {path: (states[-1].get(path), text) for path, text in kept.items()}
        return f"never on the screen: {[(p, *t) for p, t in near.items() if t[0] != t[1]]}"
    return f"{len(states) - 1 - max(n for n, s in enumerate(states) if s == kept)} keys lost"
