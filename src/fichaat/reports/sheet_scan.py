"""Looks at the XML of a workbook before anything believes it: how large it would become, and which
cells hold an error or a formula without a value, which calamine shows as blank.
"""

import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Final
from xml.parsers import expat  # declarations of types and entities are refused below

from fichaat.domain.errors import UserFacingError
from fichaat.reports.sheet_plain import PlainPart, plain_part

MAX_BYTES: Final = 20_000_000
"""Of the file."""
MAX_UNPACKED: Final = 200_000_000
"""Bytes of everything in it."""
MAX_RATIO: Final = 500
"""Unpacked bytes per packed one, above `_RATIO_FLOOR`."""
MAX_MEMBERS: Final = 2_000
MAX_ROWS: Final = 50_000
MAX_COLUMNS: Final = 100
MAX_CELLS: Final = 1_000_000
"""Of all sheets, filled."""
MAX_CHARACTERS: Final = 100_000_000
"""Of all texts, those that many cells share counted in each."""
LOWEST: Final = -(10**11)
"""Below it, calamine breaks down over a date."""

_RATIO_FLOOR = 5_000_000
_PIECE = 1 << 16
_LOOKED_AT = 50_000_000
"""Bytes of a part that is held whole, to see whether it has to be heard."""
_REF = re.compile(r"([A-Z]{1,4})([0-9]{1,9})")
_HEARD = ("s", "e", "", "n")
"""Types of cells whose values are looked at: shared texts, errors, numbers."""
_WORKBOOK = "xl/workbook.xml"
_RELS = "xl/_rels/workbook.xml.rels"
_SHARED = "xl/sharedstrings.xml"

Oddities = Mapping[tuple[int, int], str]
"""Row and column, from 0, of a cell without a value -> what the sheet shows there."""


class _BadXmlError(Exception):
    """Something that no workbook needs."""


def scan_workbook(data: bytes) -> dict[str, Oddities]:
    """What is odd in each sheet, by its name.

    Raises:
        UserFacingError: "hoja.unreadable", "hoja.too_large".
    """
    if len(data) > MAX_BYTES:
        raise too_large()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _scan(archive, _members(archive, len(data)))
    except UserFacingError:
        raise
    except Exception as error:  # zipfile, zlib and expat each have their own
        raise UserFacingError("hoja.unreadable") from error


def too_large() -> UserFacingError:
    return UserFacingError(
        "hoja.too_large", filas=MAX_ROWS, columnas=MAX_COLUMNS, megas=MAX_BYTES // 1_000_000
    )


def _members(archive: zipfile.ZipFile, packed: int) -> dict[str, zipfile.ZipInfo]:
    """Every member by its name as calamine finds it: whatever its capitals."""
    infos = archive.infolist()
    unpacked = sum(info.file_size for info in infos)
    thin = unpacked > _RATIO_FLOOR and unpacked > packed * MAX_RATIO
    if len(infos) > MAX_MEMBERS or unpacked > MAX_UNPACKED or thin:
        raise too_large()
    members = {info.filename.replace("\\", "/").lower(): info for info in infos}
    if len(members) != len(infos) or any(info.flag_bits & 1 for info in infos):
        raise UserFacingError("hoja.unreadable")
    return members


def _scan(archive: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo]) -> dict[str, Oddities]:
    budget = _Budget()
    found: dict[str, Oddities] = {}
    for name in sorted(members, key=lambda name: (name != _SHARED, name)):
        with archive.open(members[name]) as file:
            if name.endswith((".xml", ".rels")):
                found[name] = _odd_in(file.read, members[name].file_size, budget)
            else:
                while file.read(_PIECE):
                    pass
    book, rels = _Names("sheet", "name", "id"), _Names("Relationship", "Id", "Target")
    for names, member_name in ((book, _WORKBOOK), (rels, _RELS)):
        with archive.open(members[member_name]) as file:
            names.read(file.read())
    targets = dict(rels.pairs)
    if len({title for title, _ in book.pairs}) != len(book.pairs):
        raise _BadXmlError
    return {title: found[_resolved(targets[key])] for title, key in book.pairs}


def _odd_in(read: Callable[[int], bytes], size: int, budget: "_Budget") -> Oddities:
    """What is odd in one part, which spends of the budget."""
    if size <= _LOOKED_AT:
        data = read(size)
        plain = plain_part(data)
        if plain is not None:
            _parser().Parse(data, True)
            budget.take(plain)
            return {}
        read = BytesIO(data).read
    member = _Member(budget)
    member.read(read)
    return member.odd


def _resolved(target: str) -> str:
    """A target of the workbook's relations as a member's name."""
    target = target.replace("\\", "/").lower()
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise _BadXmlError

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


class _Names:
    """Pairs of two attributes of one element."""

    def __init__(self, element: str, first: str, second: str) -> None:
        self._wanted = (element, first, second)
        self.pairs: list[tuple[str, str]] = []

    def read(self, data: bytes) -> None:
        parser = _parser()
        parser.StartElementHandler = self._start
        parser.Parse(data, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element, first, second = self._wanted
        if _local(name) == element:
            by_name = {_local(key): value for key, value in attributes.items()}
            self.pairs.append((by_name[first], by_name[second]))


class _Budget:
    """What all sheets together may hold."""

    def __init__(self) -> None:
        self.cells = 0
        self.characters = 0
        self.shared: list[int] = []
        """Letters of each shared text."""

    def take(self, plain: PlainPart) -> None:
        """Everything in one part."""
        known = self.shared
        letters = sum(known[index] for index in plain.named if index < len(known))
        self.spend(letters, plain.cells)
        known.extend(plain.shared)

    def spend(self, characters: int, cells: int = 1) -> None:
        self.cells += cells
        self.characters += characters
        if self.cells > MAX_CELLS or self.characters > MAX_CHARACTERS:
            raise too_large()


class _Member:
    """One XML part; of a sheet it knows where each cell stands."""

    def __init__(self, budget: _Budget) -> None:
        self._budget = budget
        self._row = self._column = 0
        self._type = ""
        self._has: set[str] = set()
        self._text: list[str] | None = None
        self._parser = _parser()
        self.odd: dict[tuple[int, int], str] = {}

    def read(self, read: Callable[[int], bytes]) -> None:
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        while piece := read(_PIECE):
            self._parser.Parse(piece, False)
        self._parser.Parse(b"", True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "row":
            self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
        elif local == "c":
            self._begin_cell(attributes)
        elif local in ("v", "f", "is"):
            self._has.add(local)
            if local == "v" and (self._type in _HEARD or "f" in self._has):
                self._listen()
        elif local == "si":
            self._listen()

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        place = _REF.fullmatch(attributes.get("r", ""))
        if place is None:
            self._column += 1
        else:
            self._column, self._row = _column_number(place[1]), int(place[2])
        self._type, self._has = attributes.get("t", ""), set()

    def _listen(self) -> None:
        self._text = []
        self._parser.CharacterDataHandler = self._text.append

    def _end(self, name: str) -> None:
        local = _local(name)
        if local == "si":
            self._budget.shared.append(len(self._heard()))
        elif local == "c" and self._has:
            self._end_cell(self._heard())

    def _heard(self) -> str:
        text, self._text = "".join(self._text or ()), None
        self._parser.CharacterDataHandler = None
        return text

    def _end_cell(self, text: str) -> None:
        if not (self._row <= MAX_ROWS and self._column <= MAX_COLUMNS):
            raise too_large()
        shared = self._budget.shared
        index = int(text) if self._type == "s" and text.strip() else -1
        self._budget.spend(shared[index] if 0 <= index < len(shared) else 0)
        if self._type in ("", "n") and text.strip() and float(text) < LOWEST:
            raise _BadXmlError
        place = (self._row - 1, self._column - 1)
        if self._type == "e":
            self.odd[place] = text
        elif "f" in self._has and self._type != "str" and not text.strip():
            self.odd[place] = ""
        self._has = set()


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
