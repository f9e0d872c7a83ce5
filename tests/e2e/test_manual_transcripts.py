"""What the manual shows in its console blocks is what the program does and says."""

import re
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from fichaat.domain.text import fold
from tests.support.program import Machine
from tests.support.rows import jsonl, pending_row
from tests.support.transcripts import NOTED, Step, filled, read_steps

PAGE = Path(__file__).parents[2] / "docs" / "manual" / "region.md"
BEGIN = datetime.fromisoformat("2026-11-20T08:00:00-05:00")
PHOTO = 700_000
"""Bytes of `foto-1.jpg` and `foto-2.jpg`: both do not fit in a file of 1 MB."""
VISITS = 9
"""Files `visita-N.jsonl` that stand on the table, each with one visit of its own."""


class Table:
    """Several laptops and one USB stick, beside each other."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.noted: dict[str, str] = {}
        self._laptops: dict[str, Machine] = {}
        self._now = BEGIN
        (root / "usb").mkdir()
        for number in (1, 2):
            (root / f"foto-{number}.jpg").write_bytes(bytes([number]) * PHOTO)
        for number in range(1, VISITS + 1):
            (root / f"visita-{number}.jsonl").write_bytes(jsonl(pending_row(number)))

    def write(self, step: Step) -> None:
        """A file, or the passphrase of a laptop."""
        path = self.root / step.file if step.file else self._laptop(step.laptop).clave
        path.write_text(filled(step.text, self.noted) + "\n", "utf-8")

    def run(self, step: Step) -> tuple[int, str]:
        """Exit code and everything that was said, first what was asked."""
        self._now += timedelta(minutes=1)
        machine = self._laptop(step.laptop)
        now = self._now.isoformat()
        machine.environ["FICHAAT_RELOJ"] = step.day + now[10:] if step.day else now
        with pytest.MonkeyPatch.context() as patched:
            patched.chdir(self.root)
            result = machine(*step.argv(self.noted))
        return result.code, result.err + result.out

    def _laptop(self, name: str) -> Machine:
        if name not in self._laptops:
            folder = fold(name).replace(" ", "-")
            self._laptops[name] = Machine(self.root, folder)
        return self._laptops[name]


@pytest.fixture(scope="module")
def steps() -> list[Step]:
    return read_steps(PAGE.read_text("utf-8"))


def test_every_chapter_shows_its_commands(steps: list[Step]) -> None:
    titles = re.findall(r"^## (.+)$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert list(dict.fromkeys(step.chapter for step in steps)) == titles
    assert {
        "Varias personas en una laptop",
        "Cambié de laptop",
        "Restauré una copia de seguridad",
        "Se perdió la llave de la región",
        "Olvidé mi frase",
        "El computador tiene mal la fecha",
    } < set(titles)


def test_every_command_shows_something_that_could_be_wrong(steps: list[Step]) -> None:
    assert [step.command for step in steps if step.command and not step.compares] == []


def test_every_name_stands_for_one_thing_in_two_places(steps: list[Step]) -> None:
    """A name that comes once compares nothing: `…` says the same, honestly."""
    texts = [line for step in steps for line in (step.command, step.text, *step.answer)]
    count = Counter(name for line in texts for name in NOTED.findall(line))
    assert [name for name, times in count.items() if times < 2] == []


def test_nothing_that_can_be_run_stands_outside_the_blocks() -> None:
    blocks = re.findall(r"^```(\w*)\n", PAGE.read_text("utf-8"), re.MULTILINE)
    assert set(blocks) == {"console", ""}  # how one opens and how it closes


def test_the_manual_is_true(steps: list[Step], tmp_path: Path) -> None:
    table = Table(tmp_path)
    for step in steps:
        if not step.command:
            table.write(step)
            continue
        code, answer = table.run(step)
        problem = step.differs(answer, table.noted)
        assert not problem, problem
        assert code == step.exit_code, f"line {step.line}: $ {step.command}: exit {code}"


SHOWN = """## A
```console
# en la laptop de Ana
$ fichaat region mostrar
Llave: LAS-PALABRAS
Otra …, LAS-PALABRAS
```
"""


@pytest.mark.parametrize(
    ("answer", "fits"),
    [
        ("Llave: a b\nOtra cosa, a b\n", True),
        ("Llave: a b\nOtra cosa, a c\n", False),
        ("Llave: a b\nOtra , a b\n", False),
        ("Llave: a b\nOtra cosa, a b\ny más\n", False),
        ("Antes\nLlave: a b\nOtra cosa, a b\n", False),
        ("Llave: a b\n", False),
        ("", False),
    ],
)
def test_an_answer_is_compared_whole(answer: str, fits: bool) -> None:  # noqa: FBT001
    (step,) = read_steps(SHOWN)
    noted: dict[str, str] = {}
    assert (step.differs(answer, noted) == "") is fits
    assert noted == ({"LAS-PALABRAS": "a b"} if fits else {})
    if fits:
        assert step.differs(answer.replace("a b", "otras"), noted)


def test_lines_that_are_left_out_are_at_least_one() -> None:
    (step,) = read_steps(SHOWN.replace("Otra …, LAS-PALABRAS", "…"))
    assert step.differs("Llave: a\n", {})
    assert not step.differs("Llave: a\nb\nc\n", {})


@pytest.mark.parametrize(
    "block",
    [
        "$ fichaat region mostrar",  # on whose laptop?
        "# en la laptop de Ana\nuna respuesta",  # to what?
        "# en la laptop de Ana\n$ fichaat region mostrar\n# otra cosa",
    ],
)
def test_a_block_that_cannot_be_run_is_said(block: str) -> None:
    with pytest.raises(ValueError, match="line "):
        read_steps(f"```console\n{block}\n```\n")


def test_only_the_program_is_run_and_only_with_what_was_noted() -> None:
    (step,) = read_steps(SHOWN.replace("region mostrar", "region aceptar OCHO-PALABRAS"))
    assert step.argv({"OCHO-PALABRAS": "a b"}) == ["region", "aceptar", "a", "b"]
    with pytest.raises(ValueError, match="OCHO-PALABRAS"):
        step.argv({})
    (step,) = read_steps(SHOWN.replace("fichaat region", "rm region"))
    with pytest.raises(ValueError, match="rm"):
        step.argv({})
