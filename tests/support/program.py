"""Runs the program: inside this process for most tests, as a process of its own for some."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from fichaat.application.ports.slots import Argon2Cost
from fichaat.bootstrap import Program, run
from fichaat.trust.key_slots import LocalKeyWrapper
from fichaat.trust.region_key import LocalRegionKeys

PASSPHRASE = "frase de prueba ñandú"
CHEAP = Argon2Cost(memory_kib=64, passes=1, lanes=1)
CHEAP_KEYS = LocalKeyWrapper(cost=CHEAP)
CHEAP_REGION_KEYS = LocalRegionKeys(cost=CHEAP)
"""A slot says its own cost, so a process of its own opens what was made here."""

NOW = "2026-11-21T10:00:00-05:00"
PROFILE = (
    "--rol=especialista",
    "--region=05",
    "--nombre=Marleni Ñahui",
    "--cargo=Especialista",
    "--entidad=Gobierno Regional de Ayacucho",
)


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401  # the shape of any answer
        return json.loads(self.out)

    @property
    def error(self) -> str:
        """The code of a refusal given as JSON."""
        return str(self.json["error"]["code"])


class _Stream(io.TextIOWrapper):
    """A stream of bytes in memory that may be closed twice."""

    def __init__(self, data: bytes = b"", encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(data), encoding=encoding)

    def text(self) -> str:
        self.flush()
        raw = self.buffer
        assert isinstance(raw, io.BytesIO)
        return raw.getvalue().decode("utf-8")


class Machine:
    """One person's computer: a data folder, a passphrase file, a clock."""

    def __init__(self, root: Path, name: str = "a", now: str = NOW) -> None:
        self.root = root
        self.folder = root / name
        self.clave = root / f"{name}.clave"
        self.clave.write_text(PASSPHRASE + "\n", encoding="utf-8")
        self.environ: dict[str, str] = {
            "FICHAAT_DATOS": str(self.folder),
            "FICHAAT_CLAVE_ARCHIVO": str(self.clave),
            "FICHAAT_RELOJ": now,
        }

    def __call__(self, *argv: str | Path, stdin: bytes = b"") -> Result:
        """Run one command in this process."""
        out, err = _Stream(), _Stream()
        with ExitStack() as stack:
            stack.enter_context(redirect_stdout(out))
            stack.enter_context(redirect_stderr(err))
            stack.enter_context(patch.object(sys, "stdin", _Stream(stdin)))
            stack.enter_context(patch.dict(os.environ, self._home()))
            stack.enter_context(patch.object(Program, "keys", CHEAP_KEYS))
            stack.enter_context(patch.object(Program, "region_keys", CHEAP_REGION_KEYS))
            code = run([str(arg) for arg in argv], self.environ)
        return Result(code, out.text(), err.text())

    def json(self, *argv: str | Path, stdin: bytes = b"") -> Result:
        """Run one command with --json."""
        return self(*argv, "--json", stdin=stdin)

    def done(self, *argv: str | Path, stdin: bytes = b"", code: int = 0) -> Any:  # noqa: ANN401  # the shape of any answer
        """The JSON of a command that must end with this exit code."""
        result = self.json(*argv, stdin=stdin)
        assert result.code == code, (result.code, result.out[:3000], result.err[:3000])
        return result.json

    def process(
        self,
        *argv: str | Path,
        stdin: bytes = b"",
        environ: Mapping[str, str] | None = None,
        **options: Any,  # noqa: ANN401  # of subprocess.run
    ) -> Result:
        """Run one command as a process of its own, without a terminal."""
        options.setdefault("stdout", subprocess.PIPE)
        ended = subprocess.run(
            [sys.executable, "-m", "fichaat", *map(str, argv)],
            input=stdin,
            stderr=subprocess.PIPE,
            env={**clean_environ(), **self._home(), **self.environ, **(environ or {})},
            start_new_session=True,
            timeout=60,
            check=False,
            **options,
        )
        out = ended.stdout or b""
        return Result(ended.returncode, decoded(out), decoded(ended.stderr))

    def _home(self) -> dict[str, str]:
        """Where this person's account would keep its log."""
        return dict.fromkeys(("XDG_STATE_HOME", "LOCALAPPDATA"), str(self.root / "cuenta"))

    def create(self, *options: str) -> Any:  # noqa: ANN401  # the answer of perfil crear
        """Make this person's profile."""
        return self.done("perfil", "crear", *(options or PROFILE))


def clean_environ() -> dict[str, str]:
    """The environment without what a developer set for the program."""
    return {key: value for key, value in os.environ.items() if not key.startswith("FICHAAT_")}


def decoded(data: bytes) -> str:
    """What a program printed, in whatever locale it ran."""
    return data.decode("utf-8", "replace")
