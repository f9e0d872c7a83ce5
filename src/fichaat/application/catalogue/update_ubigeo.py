"""Use case: a newer official list of districts takes the place of the one that came along.

It stays on this installation, in its database: a backup holds it. Nothing that was written changes:
a ficha or a signatory of a code that is gone stays, and is shown by its code.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from fichaat.application.catalogue.ubigeo_csv import MAX_FILE, read_official, write_official
from fichaat.application.changes import Changes, Kind
from fichaat.application.installation import Installation
from fichaat.application.ports.store import Reader, Transaction
from fichaat.domain.errors import SchemaError, UserFacingError
from fichaat.domain.problem import Problem, Severity, warning
from fichaat.domain.territorio import Distrito, Territorio, parse_ubigeo_csv
from fichaat.domain.text import fold

UBIGEO_SETTING: Final = "ubigeo"
"""The list that a person gave, as CSV; empty while the one that came along is used."""

FORMER_SETTING: Final = "ubigeo_former"
"""Districts of lists that were used here before and that the present one does not have, as CSV."""

ReadFile = Callable[[Path, int], bytes]
"""The bytes of a file that a person chose, refused above a limit ("system.*")."""


class Renamed(Struct, frozen=True):
    """A code whose district, province or department is written otherwise."""

    before: Distrito
    after: Distrito


class Moved(Struct, frozen=True):
    """A district that seems to have another code now: the same name in the same department."""

    before: Distrito
    after: Distrito


class UbigeoPreview(Struct, frozen=True):
    """What a list would change of the one in use."""

    rows: tuple[Distrito, ...]
    added: tuple[Distrito, ...] = ()
    removed: tuple[Distrito, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    moved: tuple[Moved, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Errors name their `fila`; warnings are codes in use here that the list does not have."""

    @property
    def errors(self) -> int:
        return sum(item.severity is Severity.ERROR for item in self.problems)

    @property
    def changes_anything(self) -> bool:
        return bool(self.added or self.removed or self.renamed or self.moved)


class UbigeoState(Struct, frozen=True):
    """Which list this installation has."""

    official: bool
    """The one that came with the program."""
    distritos: int


class UpdateUbigeo:
    def __init__(
        self, here: Installation, shipped: Callable[[], Territorio], read_file: ReadFile
    ) -> None:
        """
        Args:
            here: whose list it is.
            shipped: the list that came with the program.
            read_file: reads what the person chose.
        """
        self._here = here
        self._shipped = shipped
        self._read_file = read_file

    def state(self) -> UbigeoState:
        """Which list there is."""
        with self._here.store.read() as reader:
            kept = bool(reader.setting(UBIGEO_SETTING))
            current = kept_territorio(reader, self._shipped())
        return UbigeoState(official=not kept, distritos=len(current.distritos))

    def preview(self, path: Path) -> UbigeoPreview:
        """What a file would change of the list that is kept; nothing is written.

        Raises:
            UserFacingError: "system.*", "distritos.*": it is no list of districts at all. A wrong
                row is among the problems.
        """
        data = self._read_file(path, MAX_FILE)
        with self._here.store.read() as reader:
            return self._judge(reader, data)

    def apply(self, path: Path) -> tuple[UbigeoPreview, Changes]:
        """Keep the list of a file; from now on it is the one that is used.

        Raises:
            UserFacingError: as `preview`; "distritos.has_errors", "distritos.unchanged",
                "storage.*". Nothing was changed.
        """
        data = self._read_file(path, MAX_FILE)
        with self._here.store.write() as tx:
            seen = self._judge(tx, data)
            if seen.errors:
                raise UserFacingError("distritos.has_errors", cantidad=seen.errors)
            if not seen.changes_anything:
                raise UserFacingError("distritos.unchanged")
            is_shipped = {row.ubigeo: row for row in seen.rows} == dict(self._shipped().distritos)
            self._keep(tx, seen.rows, "" if is_shipped else write_official(seen.rows))
        return seen, self._used()

    def preview_restore(self) -> UbigeoPreview:
        """What going back to the list that came along would change."""
        with self._here.store.read() as reader:
            return self._compared(reader, tuple(self._shipped().distritos.values()))

    def restore(self) -> tuple[UbigeoPreview, Changes]:
        """Go back to the list that came along.

        Raises:
            UserFacingError: "distritos.unchanged": it is the one that is kept.
        """
        with self._here.store.write() as tx:
            seen = self._compared(tx, tuple(self._shipped().distritos.values()))
            if not tx.setting(UBIGEO_SETTING):
                raise UserFacingError("distritos.unchanged")
            self._keep(tx, seen.rows, "")
        return seen, self._used()

    def _used(self) -> Changes:
        """What is kept takes the place of what this session went by until now: whatever shows,
        searches or checks a place.
        """
        with self._here.store.read() as reader:
            self._here.territorio.renew(self._current(reader))
        return Changes.of(Kind.UBIGEO, Kind.CATALOGUE, Kind.FICHA, Kind.DRAFT, Kind.ACUERDO)

    def _current(self, reader: Reader) -> Territorio:
        return kept_territorio(reader, self._shipped())

    def _keep(self, tx: Transaction, rows: Iterable[Distrito], text: str) -> None:
        present = {row.ubigeo for row in rows}
        known = self._current(tx).conocidos
        former = [row for code, row in known.items() if code not in present]
        tx.set_setting(FORMER_SETTING, write_official(former) if former else "")
        tx.set_setting(UBIGEO_SETTING, text)

    def _judge(self, reader: Reader, data: bytes) -> UbigeoPreview:
        found = read_official(data, self._current(reader))
        if found.problems:
            return UbigeoPreview(rows=found.rows, problems=found.problems)
        present = {row.ubigeo[:2] for row in found.rows}
        for region in self._shipped().regiones:
            if region not in present:
                name = self._shipped().departamento(region) or region
                raise UserFacingError("distritos.region_missing", departamento=name)
        return self._compared(reader, found.rows)

    def _compared(self, reader: Reader, rows: tuple[Distrito, ...]) -> UbigeoPreview:
        before, after = self._current(reader).distritos, {row.ubigeo: row for row in rows}
        added = [row for code, row in after.items() if code not in before]
        removed = [row for code, row in before.items() if code not in after]
        moved = _moved(removed, added)
        gone, came = {item.before for item in moved}, {item.after for item in moved}
        return UbigeoPreview(
            rows=rows,
            added=tuple(row for row in added if row not in came),
            removed=tuple(row for row in removed if row not in gone),
            renamed=tuple(
                Renamed(before[code], row)
                for code, row in after.items()
                if code in before and before[code] != row
            ),
            moved=tuple(moved),
            problems=tuple(_in_use(reader, removed, moved)),
        )


def kept_territorio(reader: Reader, shipped: Territorio) -> Territorio:
    """The list that a person gave, or the one that came along; with what is gone of earlier ones.

    What cannot be read is passed over: a list must never keep anybody out of the own data.
    """
    given, former = _read_kept(reader, UBIGEO_SETTING), _read_kept(reader, FORMER_SETTING)
    if not given and not former:
        return shipped
    try:
        return Territorio(given or shipped.distritos.values(), former)
    except SchemaError:
        return shipped


def _read_kept(reader: Reader, setting: str) -> tuple[Distrito, ...]:
    text = reader.setting(setting)
    try:
        return parse_ubigeo_csv(text) if text else ()
    except SchemaError:
        return ()


def _moved(removed: Iterable[Distrito], added: Iterable[Distrito]) -> list[Moved]:
    """Pairs of one name in one department, where nothing else has it."""
    old, new = _by_name(removed), _by_name(added)
    return [
        Moved(rows[0], new[name][0])
        for name, rows in old.items()
        if len(rows) == 1 and len(new.get(name, ())) == 1
    ]


def _by_name(rows: Iterable[Distrito]) -> Mapping[tuple[str, str], list[Distrito]]:
    found: dict[tuple[str, str], list[Distrito]] = {}
    for row in rows:
        found.setdefault((row.ubigeo[:2], fold(row.distrito)), []).append(row)
    return found


def _in_use(
    reader: Reader, removed: Iterable[Distrito], moved: Iterable[Moved]
) -> Iterable[Problem]:
    """Codes that are gone, but stand in fichas, drafts or the catalogue of this installation."""
    rows = list(removed)
    if not rows:
        return
    in_force = reader.catalogo()
    signed = set() if in_force is None else {item.ubigeo for item in in_force[0].firmantes}
    drafts: dict[str, int] = {}
    for draft in reader.drafts():
        for code in {item.ubigeo for item in draft.ficha.distritos}:
            drafts[code] = drafts.get(code, 0) + 1
    now = {item.before.ubigeo: item.after.ubigeo for item in moved}
    for row in rows:
        named = {"ubigeo": row.ubigeo, "distrito": row.distrito}
        held, signatory = "distritos.removed_fichas", "distritos.removed_firmante"
        if row.ubigeo in now:
            held, signatory = "distritos.moved_fichas", "distritos.moved_firmante"
            named["nuevo"] = now[row.ubigeo]
        fichas = reader.visit_count(row.ubigeo) + drafts.get(row.ubigeo, 0)
        if fichas:
            yield warning(held, "", fichas=fichas, **named)
        if row.ubigeo in signed:
            yield warning(signatory, "", **named)
