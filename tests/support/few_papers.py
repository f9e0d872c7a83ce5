"""Papers for tests that export fichas by the hundred and look at everything but how they print."""

from collections.abc import Iterator, Sequence
from typing import Final

from fichaat.application.ports.papers import FichaPaper
from fichaat.reports.ficha_pdf import ReportlabPaperRenderer

PLAIN: Final = b"%PDF-1.7\n%%EOF\n"
"""Stands for a paper that nobody drew."""


class FewPapers:
    """Draws what is asked for alone and, of many, one in so many; the others are `PLAIN`."""

    def __init__(self, every: int | None) -> None:
        """Which of many are drawn: those whose number in the code is a multiple; None: none."""
        self._every = every
        self._real = ReportlabPaperRenderer()
        self.version = "few"

    def render(self, paper: FichaPaper) -> bytes:
        return self._real.render(paper)

    def render_many(self, papers: Sequence[FichaPaper]) -> Iterator[bytes]:
        return (self.render(paper) if self._is_drawn(paper) else PLAIN for paper in papers)

    def render_blank(self) -> bytes:
        return self._real.render_blank()

    def _is_drawn(self, paper: FichaPaper) -> bool:
        number = int(paper.ficha.codigo.rpartition("-")[2])
        return self._every is not None and number % self._every == 0
