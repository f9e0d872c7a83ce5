"""The code in the corner of a printed ficha: what it says, and whether a ficha here is that one."""

import re
from typing import Final

from msgspec import Struct

from fichaat.application.ports.store import Reader
from fichaat.application.sealed import find_lineage
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import Ficha, contenido_sha256, short_huella

_MARK: Final = "FICHAAT|"
_DIGITS: Final = 16
"""Of the hash of the content: those that the foot of the paper shows in fours."""
_CODE: Final = re.compile(
    rf"FICHAAT\|([0-9A-Z-]{{1,24}})\|([0-9]{{1,4}})\|([0-9a-f]{{{_DIGITS}}})", re.ASCII
)


class PaperCode(Struct, frozen=True):
    """Of which ficha a paper is, and the first digits of the hash of what it shows."""

    codigo: str
    version: int
    huella: str


class CheckedPaper(Struct, frozen=True):
    """A paper that shows what is held here."""

    codigo: str
    version: int
    ultima: int
    """The newest version held here, a draft of it included."""


def paper_code(codigo: str, version: int, contenido: str) -> str:
    """What the QR code holds. `read_paper_code` reads it."""
    return f"{_MARK}{codigo}|{version}|{contenido[:_DIGITS]}"


def read_paper_code(text: str) -> PaperCode | None:
    """What a QR reader gave; None where the text is not meant to be one.

    Raises:
        UserFacingError: "ficha.paper_code": it begins as one and is cut or wrong.
    """
    text = text.strip()
    if not text.upper().startswith(_MARK):
        return None
    found = _CODE.fullmatch(text)
    if found is None:
        raise UserFacingError("ficha.paper_code")
    codigo, version, huella = found.groups()
    return PaperCode(codigo, int(version), huella)


def check_paper(reader: Reader, device: str, code: PaperCode) -> CheckedPaper:
    """Whether the version that a paper names has here the content that the paper shows.

    Raises:
        UserFacingError: "ficha.unknown", "ficha.paper_version" (not held here),
            "ficha.paper_differs".
    """
    held = _versions(reader, device, code.codigo)
    known = [contenido_sha256(ficha) for version, ficha in held if version == code.version]
    if not known:
        raise UserFacingError("ficha.paper_version", codigo=code.codigo, version=code.version)
    if not any(contenido.startswith(code.huella) for contenido in known):
        raise UserFacingError(
            "ficha.paper_differs",
            codigo=code.codigo,
            version=code.version,
            papel=short_huella(code.huella),
            aqui=short_huella(known[-1]),
        )
    return CheckedPaper(code.codigo, code.version, max(version for version, _ in held))


def _versions(reader: Reader, device: str, codigo: str) -> list[tuple[int, Ficha]]:
    """All that is held of the ficha that the code means, its draft at the end."""
    draft = reader.draft(codigo)
    drafted = [] if draft is None else [(draft.version, draft.ficha)]
    if draft is not None and draft.supersedes is None:
        return drafted
    line = find_lineage(reader, codigo, device)
    sealed = [
        (item.record.version, item.record.content)
        for item in line.versions
        if isinstance(item.record.content, Ficha)
    ]
    return sealed + drafted
