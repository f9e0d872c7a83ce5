"""Pictures of the papers of a region: each page of the report of coverage, as it prints."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pypdfium2

from fichaat.bootstrap import Program
from fichaat.system.settings import Settings
from scripts.scenery import PASSPHRASE, TODAY

COVERAGE: Final = "32-cobertura-pdf"
_SCALE: Final = 1.5
"""Pixels of a point."""


def take_papers(target: Path, folder: Path, pages: frozenset[str]) -> None:
    """One picture for each page, as 32-cobertura-pdf-1.png.

    Args:
        target: where pictures go.
        folder: data of a coordinator.
        pages: the names of those that are wanted; all where none is named.
    """
    if pages and COVERAGE not in pages:
        return
    program = Program(Settings(reloj=TODAY))
    try:
        with program.open(folder, PASSPHRASE) as session, TemporaryDirectory() as made:
            view = session.coverage(*session.coverage.default_period())
            data = session.export_coverage.pdf(view, Path(made) / "cobertura.pdf")
    finally:
        program.close()
    target.mkdir(parents=True, exist_ok=True)
    with pypdfium2.PdfDocument(data) as paper:
        for number, page in enumerate(paper, start=1):
            page.render(scale=_SCALE).to_pil().save(target / f"{COVERAGE}-{number}.png")
