"""Many papers at once: a second process helps, and nothing depends on its help.

The process is spawned, never forked: a fork of a program with threads and windows is not safe, and
Windows has none. A frozen program needs `multiprocessing.freeze_support()` first in its `__main__`.
"""

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from typing import Final

from fichaat.application.ports import FichaPaper

_log = logging.getLogger(__name__)

FEW: Final = 60
"""Up to so many papers are done almost as soon as another process would have begun."""

_CHUNK: Final = 4
"""Papers that travel together."""

_PROCESSES: Final = 2
"""This one included: it would wait otherwise, and each new one has to load its fonts first."""

Render = Callable[[FichaPaper], bytes]
_Chunk = Sequence[FichaPaper]
_Answer = Future[list[bytes]]


def render_all(papers: Sequence[FichaPaper], render: Render) -> Iterator[bytes]:
    """The PDF of each paper, in order: what `render` makes of it, whoever does the work.

    Raises:
        Exception: what `render` raises.
    """
    helpers = min(_PROCESSES, os.cpu_count() or 1) - 1
    chunks = [papers[start : start + _CHUNK] for start in range(0, len(papers), _CHUNK)]
    pool = _pool(helpers) if len(papers) > FEW and helpers else None
    if pool is None:
        yield from map(render, papers)
        return
    try:
        yield from _shared(chunks, _sent(pool, chunks), render)
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(helpers: int) -> ProcessPoolExecutor | None:
    try:
        return ProcessPoolExecutor(helpers, mp_context=get_context("spawn"))
    except Exception:  # noqa: BLE001 - no semaphores, no handles left: systems differ in the kind
        _log.warning("papers are rendered by one process", exc_info=True)
        return None


def _sent(pool: ProcessPoolExecutor, chunks: Sequence[_Chunk]) -> list[_Answer]:
    """The answers to come; none of a chunk that the pool did not take."""
    answers: list[_Answer] = []
    try:
        # The first chunk stays here: the others start with a delay.
        answers.append(Future())
        answers.extend(pool.submit(render_chunk, chunk) for chunk in chunks[1:])
    except Exception:  # noqa: BLE001 - the system refuses a process: systems differ in the kind
        _log.warning("papers are rendered by one process", exc_info=True)
    answers.extend(Future() for _ in chunks[len(answers) :])
    return answers


def _shared(
    chunks: Sequence[_Chunk], answers: Sequence[_Answer], render: Render
) -> Iterator[bytes]:
    """In order. While the next chunk is being made elsewhere, this process makes a later one."""
    here: dict[int, list[bytes]] = {}
    for number, chunk in enumerate(chunks):
        while number not in here and not answers[number].done():
            free = (n for n in range(number, len(chunks)) if n not in here and answers[n].cancel())
            mine = next(free, None)
            if mine is None:
                break
            here[mine] = [render(paper) for paper in chunks[mine]]
        if number in here:
            yield from here.pop(number)
        else:
            yield from _made(answers[number]) or map(render, chunk)


def _made(answer: _Answer) -> list[bytes] | None:
    """What the other process made of a chunk; None where it did not: then this one does.

    A paper that cannot be rendered there raises its own error here.
    """
    try:
        return answer.result()
    except Exception as error:  # noqa: BLE001 - killed, out of memory, a chunk that cannot travel
        _log.warning("the process that renders papers failed: %r", error)
        return None


def render_chunk(papers: _Chunk) -> list[bytes]:
    """Runs in the other process."""
    render = _renderer()
    return [render(paper) for paper in papers]


@cache
def _renderer() -> Render:
    """One renderer a process: its fonts are read once."""
    from fichaat.reports.ficha_pdf import ReportlabPaperRenderer

    return ReportlabPaperRenderer().render
