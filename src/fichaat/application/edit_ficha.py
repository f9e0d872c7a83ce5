"""What the page of a ficha asks while somebody types: the draft, its problems, suggestions."""

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from fichaat.application.installation import Installation
from fichaat.application.ports.rows import AcuerdoRow, Draft, FichaFilter
from fichaat.application.seal_ficha import Validator, find_draft
from fichaat.application.sign_ficha import people
from fichaat.domain.ficha import Ficha
from fichaat.domain.problems import Problem
from fichaat.domain.text import fold

_PAST = 200
"""Own fichas that suggestions are drawn from, the newest."""
_OFFERED = 400


class Review(Struct, frozen=True):
    """What is known about a draft besides what it says."""

    problems: tuple[Problem, ...]
    anteriores: Mapping[str, AcuerdoRow]
    """The agreements that it follows up, by id; those that are not here are missing."""
    abiertos: tuple[str, ...] = ()
    """Open agreements of its districts that it does not answer yet, oldest deadline first."""


class Suggestions(Struct, frozen=True):
    """What the person wrote before, most often first."""

    nudos: tuple[str, ...] = ()
    orientaciones: tuple[str, ...] = ()
    acuerdos: tuple[str, ...] = ()
    lugares: tuple[str, ...] = ()
    plataformas: tuple[str, ...] = ()
    personas: tuple[tuple[str, str, str], ...] = ()
    """(entidad, nombre, cargo)."""


class EditFicha:
    def __init__(self, here: Installation) -> None:
        self._store = here.store
        self._device = here.key.device
        self._validator = Validator(here)

    def open(self, codigo: str) -> tuple[Draft, Review]:
        """A draft as it was left.

        Raises:
            UserFacingError: "ficha.draft_unknown", "ficha.already_sealed".
        """
        with self._store.read() as reader:
            draft = find_draft(reader, codigo)
        return draft, self.review(draft)

    def review(self, draft: Draft) -> Review:
        """What the rules say of a draft as it stands on the screen, saved or not."""
        with self._store.read() as reader:
            problems = tuple(self._validator(reader, draft))
            ficha = draft.ficha
            followed = {s.acuerdo for s in ficha.seguimientos if s.acuerdo is not None}
            ubigeos = {item.ubigeo for item in ficha.distritos}
            opened = reader.open_acuerdos(ubigeos) if ubigeos else {}
            own = {acuerdo.id for acuerdo in ficha.acuerdos}
            left = set[str]().union(*opened.values()) - own - followed
            known = reader.acuerdos(followed | left) if followed or left else {}
        abiertos = sorted(left & known.keys(), key=lambda id_: (known[id_].plazo, id_))
        return Review(problems, known, tuple(abiertos))

    def suggestions(self) -> Suggestions:
        """From the fichas that were sealed here: nobody else's words are put into one's mouth."""
        with self._store.read() as reader:
            rows = reader.fichas(FichaFilter(), limit=_PAST)
            own = [row.sha256 for row in rows if row.origin == self._device]
            sealed = [reader.record(digest) for digest in own]
        fichas = [item.record.content for item in sealed if item is not None]
        return _collect([content for content in fichas if isinstance(content, Ficha)])


def _collect(fichas: list[Ficha]) -> Suggestions:
    nudos = [nudo for ficha in fichas for nudo in ficha.nudos_criticos]
    present = [
        (person.entidad, person.nombre, person.cargo)
        for ficha in fichas
        for person in people(ficha)
    ]
    return Suggestions(
        nudos=_ranked(nudo.descripcion for nudo in nudos),
        orientaciones=_ranked(nudo.orientacion for nudo in nudos),
        acuerdos=_ranked(acuerdo.descripcion for ficha in fichas for acuerdo in ficha.acuerdos),
        lugares=_ranked(ficha.lugar or "" for ficha in fichas),
        plataformas=_ranked(ficha.plataforma or "" for ficha in fichas),
        personas=tuple(person for person, _ in Counter(present).most_common(_OFFERED)),
    )


def _ranked(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text once however its accents and case were typed, most often first."""
    counted: Counter[str] = Counter()
    written: dict[str, str] = {}
    for text in texts:
        if text.strip():
            key = fold(text)
            counted[key] += 1
            written.setdefault(key, text)
    return tuple(written[key] for key, _ in counted.most_common(_OFFERED))
