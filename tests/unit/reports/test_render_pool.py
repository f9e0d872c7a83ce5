"""Many papers: the same bytes in the same order, whoever renders them and whatever fails."""

import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pytest
from msgspec.structs import replace

from fichaat.application.ports.papers import FichaPaper
from fichaat.reports import ficha_pdf, render_pool
from fichaat.reports.ficha_pdf import ReportlabPaperRenderer
from tests.support import samples

RENDERER = ReportlabPaperRenderer()


def numbered(count: int) -> list[FichaPaper]:
    paper = samples.paper_of(samples.empty_ficha(), "sellada", ())
    return [
        replace(paper, ficha=replace(paper.ficha, codigo=f"05-2026-K7Q2MX-{number:04d}"))
        for number in range(count)
    ]


PAPERS = numbered(render_pool.FEW + 11)


@pytest.fixture(scope="module")
def expected() -> list[bytes]:
    return [RENDERER.render(paper) for paper in PAPERS]


@pytest.fixture
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def refuse(*_args: object, **_named: object) -> None:
    raise OSError("no process here")


@pytest.mark.parametrize("count", [0, 1, render_pool.FEW])
def test_a_few_need_no_other_process(
    monkeypatch: pytest.MonkeyPatch, expected: list[bytes], count: int
) -> None:
    monkeypatch.setattr(render_pool, "ProcessPoolExecutor", pytest.fail)
    assert list(RENDERER.render_many(PAPERS[:count])) == expected[:count]


def test_one_processor_needs_no_other_process(
    monkeypatch: pytest.MonkeyPatch, expected: list[bytes]
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setattr(render_pool, "ProcessPoolExecutor", pytest.fail)
    assert list(RENDERER.render_many(PAPERS)) == expected


@pytest.mark.usefixtures("two_processors")
def test_many_are_the_same_bytes_in_the_same_order(expected: list[bytes]) -> None:
    assert list(RENDERER.render_many(PAPERS)) == expected


@pytest.mark.usefixtures("two_processors")
def test_without_a_pool_this_process_does_it(
    monkeypatch: pytest.MonkeyPatch, expected: list[bytes]
) -> None:
    monkeypatch.setattr(render_pool, "ProcessPoolExecutor", refuse)
    assert list(RENDERER.render_many(PAPERS)) == expected


@pytest.mark.usefixtures("two_processors")
def test_a_pool_that_takes_nothing_is_done_without(
    monkeypatch: pytest.MonkeyPatch, expected: list[bytes]
) -> None:
    monkeypatch.setattr(ProcessPoolExecutor, "submit", refuse)
    assert list(RENDERER.render_many(PAPERS)) == expected


def die(_papers: Sequence[FichaPaper]) -> list[bytes]:
    os.kill(os.getpid(), signal.SIGTERM)
    raise AssertionError


@pytest.mark.usefixtures("two_processors")
def test_a_killed_process_is_done_without(
    monkeypatch: pytest.MonkeyPatch, expected: list[bytes]
) -> None:
    monkeypatch.setattr(ficha_pdf, "render_chunk", die)
    assert list(RENDERER.render_many(PAPERS)) == expected


@pytest.mark.usefixtures("two_processors")
def test_who_stops_in_the_middle_leaves_no_process(
    monkeypatch: pytest.MonkeyPatch, expected: list[bytes]
) -> None:
    pools: list[ProcessPoolExecutor] = []
    made = render_pool._pool

    def kept(helpers: int) -> ProcessPoolExecutor | None:
        pool = made(helpers)
        assert pool is not None
        pools.append(pool)
        return pool

    monkeypatch.setattr(render_pool, "_pool", kept)
    papers: Iterator[bytes] = RENDERER.render_many(PAPERS)
    assert next(papers) == expected[0]
    papers.close()  # type: ignore[attr-defined]  # a generator, to its caller an iterator
    with pytest.raises(RuntimeError):
        pools[0].submit(ficha_pdf.render_chunk, [])
    assert not vars(pools[0]).get("_processes")


@pytest.mark.usefixtures("two_processors")
def test_a_paper_that_cannot_be_rendered_raises_its_own_error() -> None:
    bad = replace(PAPERS[0], ficha=replace(PAPERS[0].ficha, codigo="x" * 63))
    with pytest.raises(ValueError, match="FICHAAT"):
        list(RENDERER.render_many([*PAPERS, bad]))


def test_a_broken_pool_is_no_answer() -> None:
    answer: render_pool._Answer = Future()
    answer.set_exception(BrokenProcessPool())
    assert render_pool._made(answer) is None
