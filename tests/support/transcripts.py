"""The manual's console blocks: what is typed on whose laptop, and what must be answered.

A block holds lines of four kinds:

    # en la laptop de Rosa            whose laptop the next commands run on
    # en usb/palabras.txt: NOTED      a file that a person writes, one line
    # la frase nueva: cuatro palabras what they will type when asked for their passphrase
    # el reloj dice 2024-02-03        what is wrong with the clock from here on
    # el reloj está corregido         the day on which everything else happens
    $ fichaat region mostrar          a command; a final \\ continues it
    # se rechaza                      after the answer of a command that is refused
    anything else                     the answer, whole and in order

In an answer `…` is any text within its line, a line that is only `…` any lines, and
NAMES-IN-CAPITALS what varies: the first answer says what it is, everything later must say the same.
A name alone on its line, beginning with DOCE, is the twelve numbered words of a code.
"""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

NOTED: Final = re.compile(r"(?<![\w-])[A-ZÑ]{2,}(?:-[A-ZÑ0-9]+)+(?![\w-])")
"""What the manual writes for a value that differs on every machine."""

_CHAPTER = re.compile(r"^## +(.+)$")
_LAPTOP = re.compile(r"^# en (la laptop [^,]+)")
_PASSPHRASE = re.compile(r"^# la frase [^:]+: (.+)$")
_REFUSED: Final = "# se rechaza"
_CLOCK = re.compile(r"^# el reloj (?:dice ([0-9]{4}-[0-9]{2}-[0-9]{2})|está corregido)$")
_FILE = re.compile(r"^# en (\S+): (.+)$")
_CODE = re.compile(r"^DOCE-[A-ZÑ0-9-]+$")
_FENCE, _OPEN = "```", "```console"
_ANY = "…"
_NOT_TRUSTED = "Confiable: no"


@dataclass(frozen=True)
class Step:
    """One command, or one file that a person writes."""

    chapter: str
    line: int
    """Of the manual's page, from 1."""
    laptop: str
    command: str = ""
    """As typed, names not replaced."""
    day: str = ""
    """What a wrong clock says; "" where it is right."""
    file: str = ""
    """That a person writes; "" where it is their passphrase."""
    text: str = ""
    answer: list[str] = field(default_factory=list)

    def argv(self, noted: dict[str, str]) -> list[str]:
        """The words after `fichaat`.

        Raises:
            ValueError: no command of the program, or a name nobody noted.
        """
        program, *argv = shlex.split(filled(self.command, noted))
        if program != "fichaat":
            raise ValueError(f"line {self.line}: «{program}» is not the program")
        return argv

    @property
    def exit_code(self) -> int:
        """As the shown answer says it."""
        if _REFUSED in self.answer:
            return 1
        return 3 if any(_NOT_TRUSTED in line for line in self.answer) else 0

    @property
    def shown(self) -> list[str]:
        """The answer without what the manual says of it."""
        return [line for line in self.answer if line != _REFUSED]

    @property
    def compares(self) -> bool:
        """Whether the shown answer says anything that could be wrong."""
        return any(re.search(r"[a-záéíóúñ]{3}", NOTED.sub("", line)) for line in self.shown)

    def differs(self, answer: str, noted: dict[str, str]) -> str:
        """Why an answer is not the shown one, "" where it is; what it names is noted."""
        pattern, seen = "", set[str]()
        for line in self.shown:
            pattern += _pattern(line, noted, seen)
        found = re.fullmatch(pattern, answer)
        if found is None:
            return "\n".join(
                [f"line {self.line}: $ {self.command}", "shown:", *self.shown, "said:", answer]
            )
        noted.update(
            {_name(key): " ".join(value.split()) for key, value in found.groupdict().items()}
        )
        return ""


def read_steps(page: str) -> list[Step]:
    """All of a page, in order.

    Raises:
        ValueError: a block that could not be executed as it stands.
    """
    steps: list[Step] = []
    chapter = laptop = day = ""
    inside = False
    lines = enumerate(page.splitlines(), 1)
    for number, line in lines:
        if not inside:
            chapter = found[1] if (found := _CHAPTER.match(line)) else chapter
            inside = line == _OPEN
            continue
        if line == _FENCE:
            inside = False
        elif found := _LAPTOP.match(line):
            laptop = found[1]
        elif found := _FILE.match(line):
            steps.append(Step(chapter, number, laptop, file=found[1], text=found[2]))
        elif found := _PASSPHRASE.match(line):
            steps.append(Step(chapter, number, laptop, text=found[1]))
        elif found := _CLOCK.match(line):
            day = found[1] or ""
        elif line.startswith("$ "):
            if not laptop:
                raise ValueError(f"line {number}: on whose laptop?")
            command = _whole(line[2:], lines)
            steps.append(Step(chapter, number, laptop, command, day))
        elif _says_nothing(line, steps):
            raise ValueError(f"line {number}: «{line}» answers nothing")
        else:
            steps[-1].answer.append(line)
    return steps


def _says_nothing(line: str, steps: list[Step]) -> bool:
    unknown = line.startswith("#") and line != _REFUSED
    return unknown or not steps or not steps[-1].command


def filled(text: str, noted: dict[str, str]) -> str:
    """Names replaced by what was noted.

    Raises:
        ValueError: a name that no answer gave.
    """

    def value(found: re.Match[str]) -> str:
        if found[0] not in noted:
            raise ValueError(f"no answer gave {found[0]}")
        return noted[found[0]]

    return NOTED.sub(value, text)


def _whole(line: str, rest: Iterator[tuple[int, str]]) -> str:
    while line.endswith("\\"):
        line = line[:-1].rstrip() + " " + next(rest)[1].strip()
    return line


def _pattern(line: str, noted: dict[str, str], seen: set[str]) -> str:
    if line == _ANY:
        return r"(?:[^\n]*\n)+?"
    if _CODE.match(line):
        return f"(?P<{_key(line)}>(?: +[0-9]+\\. [^\\n]+\\n){{12}})"
    pattern, end = "", 0
    for found in NOTED.finditer(line):
        pattern += _literal(line[end : found.start()])
        end = found.end()
        if found[0] in noted:
            pattern += re.escape(noted[found[0]])
        elif found[0] in seen:
            pattern += f"(?P={_key(found[0])})"
        else:
            seen.add(found[0])
            pattern += f"(?P<{_key(found[0])}>[^\\n]+?)"
    return pattern + _literal(line[end:]) + r"\n"


def _literal(text: str) -> str:
    return r"[^\n]+?".join(re.escape(part) for part in text.split(_ANY))


def _key(name: str) -> str:
    return name.replace("-", "_").replace("Ñ", "ñ")


def _name(key: str) -> str:
    return key.replace("_", "-").replace("ñ", "Ñ")
