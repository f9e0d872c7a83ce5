"""What a coordinator opens and filters in a region of 116 local governments, 5,000 fichas and
4,000 agreements: by the use cases, and by the pages of the window.

The goal is a person's: 200 ms. A page is measured in a process of its own, shown before and left:
its code is loaded, its lines are not.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from bench.coordination import ACUERDOS, FICHAS, FIRMANTES, make_region
from bench.harness import MEGABYTES, Case, Side, timed
from bench.places import Workshop
from bench.window_child import open_session
from bench.window_rows import environ_of, told
from fichaat.application.acuerdo_line import AcuerdoFilter
from fichaat.application.ports.rows import QueueFilter
from fichaat.application.session import Session
from fichaat.domain.ficha import Tema

PAGES = ("municipalidades", "revision", "acuerdos")
_GOAL = 0.2
_SOON = "what a person waits"
_PROVINCE = "0505"


def coordination(work: Workshop, *, full: bool) -> Iterator[Case]:  # noqa: ARG001  # one size
    database = make_region(work)
    session = open_session(database)
    _demand(session)
    for name, use in _uses(session).items():
        yield Case(name, 1, {_SOON: _goal}, _timed(use), rounds=7, calls=3)
    session.close()
    yield from _window(work, database)


def _demand(session: Session) -> None:
    """The region is as large as it is said to be."""
    view = session.coverage(*session.coverage.default_period())
    listing = session.list_acuerdos()
    assert view.firmantes == FIRMANTES
    assert sum(listing.counts.values()) >= ACUERDOS, listing.counts
    queue = session.review_queue()
    assert len(queue.rows) > FICHAS // 6, queue.counts


def _uses(session: Session) -> dict[str, Callable[[], object]]:
    desde, hasta = session.coverage.default_period()
    read = session.coverage
    return {
        "coverage, the region": lambda: read(desde, hasta),
        "coverage, a province": lambda: read(desde, hasta, provincia=_PROVINCE),
        "coverage, a theme": lambda: read(desde, hasta, tema=Tema.AGUA),
        "review queue": session.review_queue,
        "review queue, a province": lambda: session.review_queue(QueueFilter(provincia=_PROVINCE)),
        "agreements": session.list_acuerdos,
        "agreements, a word": lambda: session.list_acuerdos(AcuerdoFilter(texto="cloro")),
    }


def _window(work: Workshop, database: Path) -> Iterator[Case]:
    environ = environ_of(work)
    for page in PAGES:
        for act in ("abrir", "filtrar"):
            yield Case(
                f"{page}, {act}",
                1,
                {_SOON: _goal},
                told(environ, act, page, database, module="bench.coordination_child"),
                rounds=5,
                calls=1,
            )
    yield Case(
        "memory, the three pages shown and filtered",
        None,
        {"empty QMainWindow": told(environ, "empty-memory")},
        told(environ, "memoria", "todas", database, module="bench.coordination_child"),
        rounds=3,
        unit=MEGABYTES,
    )


def _timed(use: Callable[[], object]) -> Side:
    return lambda: timed(use)


def _goal() -> float:
    return _GOAL
