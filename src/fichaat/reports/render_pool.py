"""Many papers at once: a second process helps, and nothing depends on its help."""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Final

from fichaat.application.ports.papers import FichaPaper
from fichaat.system.beside import ignore_interrupts, uninterrupted
from fichaat.system.log import module_log

_log = module_log(__name__)

FEW: Final = 60
"""Up to so many papers are done almost as soon as another process would have begun."""

_CHUNK: Final = 4
"""Papers that travel together."""

_AHEAD: Final = 3
"""Chunks that the other process has at hand."""

_PROCESSES: Final = 2
"""This one included: it would wait otherwise, and each new one has to load its fonts first."""

Render = Callable[[FichaPaper], bytes]
_Chunk = Sequence[FichaPaper]
RenderChunk = Callable[[Sequence[FichaPaper]], list[bytes]]
"""A function of a module, which the other process imports and runs."""
_Answer = Future[list[bytes]]


def render_all(
    papers: Sequence[FichaPaper], render: Render, elsewhere: RenderChunk
) -> Iterator[bytes]:
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
        yield from _Sharing(pool, chunks, render, elsewhere).answers()
    finally:
        pool.shutdown()


def _pool(helpers: int) -> ProcessPoolExecutor | None:
    try:
        return ProcessPoolExecutor(
            helpers, mp_context=get_context("spawn"), initializer=ignore_interrupts
        )
    except Exception:  # noqa: BLE001 - no semaphores, no handles left: systems differ in the kind
        _log.warning("papers are rendered by one process", exc_info=True)
        return None


class _Sharing:
    """Hands chunks out as they are wanted. No future is cancelled: a pool that breaks while one is
    leaves the others without an answer (in Python 3.11).
    """

    def __init__(
        self,
        pool: ProcessPoolExecutor,
        chunks: Sequence[_Chunk],
        render: Render,
        elsewhere: RenderChunk,
    ) -> None:
        self._pool: ProcessPoolExecutor | None = pool
        self._chunks = chunks
        self._render = render
        self._elsewhere = elsewhere
        self._waiting = deque(range(len(chunks)))
        self._sent: dict[int, _Answer] = {}
        self._here: dict[int, list[bytes]] = {}

    def answers(self) -> Iterator[bytes]:
        """In order. While the next chunk is being made elsewhere, a later one is made here."""
        for number, chunk in enumerate(self._chunks):
            while self._waiting and not self._ready(number):
                mine = self._waiting.popleft()
                self._send()
                self._here[mine] = [self._render(paper) for paper in self._chunks[mine]]
            self._send()
            if number in self._here:
                yield from self._here.pop(number)
            else:
                yield from _made(self._sent.pop(number)) or map(self._render, chunk)

    def _ready(self, number: int) -> bool:
        return number in self._here or (number in self._sent and self._sent[number].done())

    def _send(self) -> None:
        """Keeps the other process busy, and no more than that."""
        busy = sum(not answer.done() for answer in self._sent.values())
        while self._pool is not None and self._waiting and busy < _AHEAD:
            number = self._waiting[0]
            try:
                with uninterrupted():  # the process is started with its first chunk
                    answer = self._pool.submit(self._elsewhere, self._chunks[number])
                self._sent[number] = answer
            except Exception:  # noqa: BLE001 - it broke, or the system refuses a process
                _log.warning("papers are rendered by one process", exc_info=True)
                self._pool = None
                return
            self._waiting.popleft()
            busy += 1


def _made(answer: _Answer) -> list[bytes] | None:
    """What the other process made of a chunk; None where it did not: then this one does.

    A paper that cannot be rendered there raises its own error here.
    """
    try:
        return answer.result()
    except Exception as error:  # noqa: BLE001 - killed, out of memory, a chunk that cannot travel
        _log.warning("the process that renders papers failed: %r", error)
        return None
