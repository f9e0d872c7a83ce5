"""The little SQL that everything in this room speaks."""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, TypeVar

import msgspec
from sqlalchemy.pool import PoolProxiedConnection

from fichaat.application.jobs import CancelToken
from fichaat.domain.authority import Authority
from fichaat.domain.record import SealedRecord
from fichaat.storage.recent import Recent

Row = tuple[object, ...]
T = TypeVar("T", str, int)

_PIECE = 500
"""Rows that are written between two looks at whether the person cancelled."""


class AuthorityCache:
    """The last answer to what the region has said: drawn anew only once it says more."""

    def __init__(self) -> None:
        self._held: tuple[object, Authority] | None = None
        self.catalogues: dict[str, SealedRecord] = {}
        """By their hash: few, large, and asked for with every ficha that is judged."""
        self.catalogue_versions: dict[str, int] = {}

    def of(self, key: object, draw: Callable[[], Authority]) -> Authority:
        """The answer for exactly these records and this region key."""
        held = self._held
        if held is None or held[0] != key:
            held = self._held = (key, draw())
        return held[1]


class Session:
    """One transaction of one connection, in plain SQL.

    SQLAlchemy keeps the connections; statements go straight to the driver, which for one sealed
    ficha is a third of the time.
    """

    def __init__(
        self,
        connection: PoolProxiedConnection,
        authorities: AuthorityCache | None = None,
        cancel: CancelToken | None = None,
    ) -> None:
        self.cancel = cancel or CancelToken()
        """Looked at before every statement, and between the parts of whatever takes long."""
        self.authorities = authorities or AuthorityCache()
        self.recent = Recent()
        driver = connection.driver_connection
        assert driver is not None  # a connection in use has one
        self._driver: sqlite3.Connection = driver

    def rows(self, sql: str, *values: object) -> list[Any]:
        """Every row at once."""
        self.cancel.check()
        return self._driver.execute(sql, values).fetchall()

    def each(self, sql: str, *values: object) -> Iterator[Any]:
        """Row by row, for what is too large to hold."""
        self.cancel.check()
        return iter(self._driver.execute(sql, values))

    def row(self, sql: str, *values: object) -> Any:  # noqa: ANN401  # a row of any shape
        """The first row, or None."""
        found = self.rows(sql, *values)  # to the end: no statement is left in progress
        return found[0] if found else None

    def value(self, sql: str, *values: object) -> Any:  # noqa: ANN401  # a value of any type
        """The first column of the first row, or None."""
        found = self.row(sql, *values)
        return None if found is None else found[0]

    def run(self, sql: str, *values: object) -> None:
        """One statement."""
        self.cancel.check()
        self._driver.execute(sql, values)

    def run_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """One statement for every row; none for none."""
        for start in range(0, len(rows), _PIECE):
            self.cancel.check()
            self._driver.executemany(sql, rows[start : start + _PIECE])


def json_list(values: Iterable[str | int]) -> str:
    """For `json_each(?)`: any number of values in one parameter."""
    return msgspec.json.encode(list(values)).decode()


def one_list(values: Collection[T]) -> str:
    """`json_list` without repetitions, in a fixed order."""
    return json_list(sorted(set(values)))
