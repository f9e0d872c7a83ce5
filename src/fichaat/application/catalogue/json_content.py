"""A catalogue read from JSON: everything that is wrong is told at once, each with its pointer."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from fichaat.application.catalogue.content import (
    CatalogueContent,
    activity_ids,
    decimal_text,
)
from fichaat.application.catalogue.members import (
    AMOUNTS,
    INICIO_PLAN,
    PROVINCIA,
    Literal,
    Member,
    Misfit,
    found_words,
    members_of,
    misfit,
)
from fichaat.application.ports.keys import IdGenerator
from fichaat.domain.catalogo import (
    MAX_ROWS,
    ActividadPlan,
    Firmante,
    Indicador,
    MetaIndicador,
    PeriodoVerificacion,
    PersonaDirectorio,
)
from fichaat.domain.codec import check_shape
from fichaat.domain.errors import Param, SchemaError
from fichaat.domain.problem import Problem, Severity
from fichaat.domain.text import MAX_LIST, fold, normalise

MAX_PROBLEMS: Final = 1_000
"""Of one file that are told; of the others only how many they are."""

_MOST_DIGITS: Final = 18
"""A number that has more is none that a catalogue holds."""

_ENTRIES: Final[Mapping[str, tuple[type[Struct], int]]] = {
    "firmantes": (Firmante, MAX_ROWS),
    "indicadores": (Indicador, MAX_ROWS),
    "metas": (MetaIndicador, MAX_ROWS),
    "verificaciones": (PeriodoVerificacion, MAX_LIST),
    "directorio": (PersonaDirectorio, MAX_ROWS),
    "actividades": (ActividadPlan, MAX_ROWS),
}


_PLACES: Final = ("ubigeo", "distrito")
"""Members that name a district."""

Places = Callable[[str, str], Iterable[Problem]]
"""What is wrong with a ubigeo, which stands at a pointer."""


def _anywhere(_ubigeo: str, _path: str) -> Iterable[Problem]:
    return ()


class JsonContent(Struct, frozen=True):
    """What a file says."""

    content: CatalogueContent | None
    """Of the entries that can be read; None where the file is no catalogue at all."""
    problems: tuple[Problem, ...] = ()
    kept: Mapping[str, tuple[int, ...]] = {}
    """By section, which of its entries in the file can be read; others are as they stand there."""
    short: frozenset[str] = frozenset()
    """Sections that lack something because it cannot be read."""


def read_json(
    data: bytes, base: CatalogueContent, ids: IdGenerator, places: Places = _anywhere
) -> JsonContent:
    """The content that a file says; a member that it does not name stays as it is in `base`.

    Args:
        data: the bytes of the file.
        base: the content in force.
        ids: for activities that have no id and no namesake in `base`.
        places: what is wrong with a district. Of an entry that can be read the rules tell it; of
            one that cannot, it is told with the rest, so that nobody mends a row twice.
    """
    try:
        value = _parse(data)
    except SchemaError as error:
        params = {key: value for key, value in error.params.items() if key != "path"}
        return JsonContent(None, (_refused(error.code, error.path, **params),))
    if not isinstance(value, _Members):
        found = found_words(value)
        return JsonContent(None, (_refused("catalogo.want_catalogo", "", hallado=found),))
    return _Reading(base, ids, places).content(value)


class _Members(dict[str, Any]):
    """An object, and which of its members it names again."""

    repeated: tuple[str, ...] = ()


class _Reading:
    def __init__(self, base: CatalogueContent, ids: IdGenerator, places: Places) -> None:
        self._base = base
        self._ids = ids
        self._places = places
        self._known = activity_ids(base)
        self._problems: list[Problem] = []
        self._more = 0
        self._short: set[str] = set()
        self._misnamed = False
        """Whether some section may stand under another name."""
        self._kept: dict[str, tuple[int, ...]] = {}

    def content(self, whole: _Members) -> JsonContent:
        sections: dict[str, object] = {}
        self._tell_repeated(whole, "")
        for name, value in whole.items():
            before = self._count
            if name == "inicio_plan":
                sections[name] = self._inicio(value)
            elif name == "provincias":
                sections[name] = self._provincias(value)
            elif name in _ENTRIES:
                sections[name] = self._entries(name, value)
            else:
                self._tell("schema.unknown_member", f"/{_step(name)}")
                self._misnamed = True
                continue
            if self._count > before:
                self._short.add(name)
        if self._misnamed:
            self._short |= set(CatalogueContent.__struct_fields__) - whole.keys()
        problems = self._problems
        if self._more:
            problems = [*problems, _refused("catalogo.more_problems", "", cantidad=self._more)]
        content = CatalogueContent(**{**asdict(self._base), **sections})
        return JsonContent(content, tuple(problems), self._kept, frozenset(self._short))

    @property
    def _count(self) -> int:
        return len(self._problems) + self._more

    def _inicio(self, value: object) -> object:
        value = _normal(value)
        return (
            msgspec.convert(value, INICIO_PLAN.type)
            if self._fits(value, INICIO_PLAN, "/inicio_plan")
            else None
        )

    def _provincias(self, value: object) -> tuple[object, ...]:
        rows = self._list("provincias", value, MAX_LIST)
        kept = {
            row: code
            for row, code in enumerate(map(_normal, rows))
            if self._fits(code, PROVINCIA, f"/provincias/{row}")
        }
        self._kept["provincias"] = tuple(kept)
        return tuple(kept.values())

    def _entries(self, name: str, value: object) -> tuple[object, ...]:
        type_, most = _ENTRIES[name]
        kept = {
            row: entry
            for row, item in enumerate(self._list(name, value, most))
            if (entry := self._entry(type_, item, f"/{name}/{row}")) is not None
        }
        self._kept[name] = tuple(kept)
        return tuple(kept.values())

    def _list(self, name: str, value: object, most: int) -> list[Any]:
        if not isinstance(value, list):
            self._tell("catalogo.want_lista", f"/{name}", hallado=found_words(value))
            return []
        if len(value) > most:
            self._tell("catalogo.too_many_rows", f"/{name}", cantidad=len(value), maximo=most)
            return []
        return value

    def _entry(self, type_: type[Struct], item: object, path: str) -> Struct | None:
        """The entry; None where something of it is wrong, which is told."""
        if not isinstance(item, _Members):
            self._tell("catalogo.want_fila", path, hallado=found_words(item))
            return None
        before, members = self._count, members_of(type_)
        self._tell_repeated(item, path)
        row = {name: _as_kept(value, members.get(name)) for name, value in item.items()}
        if type_ is ActividadPlan and isinstance(name := row.get("nombre"), str):
            row.setdefault("id", self._known.get(fold(name)) or self._ids.new_id())
        entry = _converted(row, type_)
        if entry is None:
            self._judge(row, item, members, path)
            if self._count == before:
                self._tell("schema.shape", path)
        return entry if self._count == before else None

    def _judge(
        self,
        row: Mapping[str, object],
        written: Mapping[str, object],
        members: Mapping[str, Member],
        path: str,
    ) -> None:
        for name, value in row.items():
            if name in members:
                found = written.get(name, value)
                fits = self._fits(value, members[name], f"{path}/{name}", found_words(found))
                if fits and isinstance(value, str) and name in _PLACES:
                    self._tell_place(value, f"{path}/{name}")
            else:
                self._tell("schema.unknown_member", f"{path}/{_step(name)}")
        for name, member in members.items():
            # Whoever leaves the name out of an activity is not asked for its id besides.
            if member.required and name not in row and name != "id":
                self._tell("schema.missing_member", f"{path}/{name}")

    def _fits(self, value: object, member: Member, path: str, quoted: str = "") -> bool:
        wrong: Misfit | None = misfit(value, member, quoted)
        if wrong is not None:
            self._tell(wrong.code, path, **wrong.params)
        return wrong is None

    def _tell_place(self, ubigeo: str, path: str) -> None:
        for problem in self._places(ubigeo, path):
            if problem.severity is Severity.ERROR:
                self._tell(problem.code, path, **problem.params)

    def _tell_repeated(self, item: _Members, path: str) -> None:
        for name in item.repeated:
            self._tell("schema.duplicate_member", f"{path}/{_step(name)}")

    def _tell(self, code: str, path: str, **params: Param) -> None:
        if len(self._problems) < MAX_PROBLEMS:
            self._problems.append(_refused(code, path, **params))
        else:
            self._more += 1


def _converted(row: Mapping[str, object], type_: type[Struct]) -> Struct | None:
    try:
        entry: Struct = msgspec.convert(row, type_)
        check_shape(entry)
    except (msgspec.ValidationError, RecursionError, SchemaError):
        return None
    return entry


def _as_kept(value: object, member: Member | None) -> object:
    """A text in its normal form; a number as people write it (80, "80.50", "80,5") in the one form
    that a record holds.
    """
    value = _normal(value)
    if member is None or member.code not in AMOUNTS:
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return decimal_text(value) or value if isinstance(value, str) else value


def _normal(value: object) -> object:
    return normalise(value) if isinstance(value, str) else value


def _parse(data: bytes) -> object:
    """
    Raises:
        SchemaError: not UTF-8, not JSON, too deep.
    """
    try:
        return json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_members,
            parse_float=_decimal,
            parse_int=_whole,
            parse_constant=Literal,
        )
    except UnicodeDecodeError:
        raise SchemaError("schema.not_utf8") from None
    except RecursionError:
        raise SchemaError("schema.nesting") from None
    except json.JSONDecodeError as error:
        raise _not_json(error) from None


def _not_json(error: json.JSONDecodeError) -> SchemaError:
    return SchemaError("catalogo.not_json", linea=error.lineno, columna=error.colno)


def _members(pairs: list[tuple[str, object]]) -> _Members:
    made = _Members(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        again = [key for key, _ in pairs if key in seen or seen.add(key)]  # type: ignore[func-returns-value]
        made.repeated = tuple(dict.fromkeys(again))
    return made


def _decimal(text: str) -> Literal:
    return Literal(text, is_decimal="e" not in text.lower())


def _whole(text: str) -> int | Literal:
    return int(text) if len(text) <= _MOST_DIGITS else Literal(text)


def _step(name: str) -> str:
    """One step of a pointer, printable and not longer than a sentence bears."""
    printable = name.encode("utf-8", "replace").decode()[:200]
    return printable.replace("~", "~0").replace("/", "~1")


def _refused(code: str, path: str, **params: Param) -> Problem:
    return Problem(code, Severity.REFUSED, path, params)
