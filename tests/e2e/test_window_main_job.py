"""From the first start to a verified bundle in the real window, by pointer and by keyboard."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pypdf import PdfReader
from PySide6.QtCore import QStandardPaths

from fichaat.application.jobs import CancelToken, no_progress
from fichaat.application.wanted import WindowWanted
from fichaat.bootstrap import Program
from fichaat.gui.app import Desktop, make_application
from fichaat.system.paths import resource
from fichaat.system.settings import Settings
from scripts import main_job
from scripts.pilot import Pilot

_MOST_ACTIONS = 12


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    made = Program(Settings(datos=str(tmp_path / "datos"), reloj="2026-11-20T09:00:00-05:00"))
    yield made
    made.close()


@pytest.fixture
def desktop(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    config = tmp_path / "config"
    config.mkdir()
    documents = tmp_path / "documentos"
    documents.mkdir()
    (config / "user-dirs.dirs").write_text(f'XDG_DOCUMENTS_DIR="{documents}"\n', "utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(config))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    make_application(resource)
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    assert Path(place) == documents
    running = Desktop(program, WindowWanted())
    running.start()
    yield running
    running.close()
    running.window.deleteLater()


@pytest.mark.parametrize("keyboard_only", [False, True], ids=["pointer", "keyboard"])
def test_from_the_first_start_to_a_verified_bundle(
    desktop: Desktop, program: Program, tmp_path: Path, *, keyboard_only: bool
) -> None:
    pilot = Pilot(desktop.window, keyboard_only=keyboard_only)
    pdf = tmp_path / "ficha.pdf"

    main_job.first_start(pilot)
    main_job.begin_visit(pilot)
    main_job.fill_ficha(pilot)
    main_job.sign_all(pilot)
    main_job.review(pilot)
    main_job.seal(pilot)
    main_job.save_pdf(pilot, pdf)
    main_job.export(pilot)

    assert len(pilot.actions) <= _MOST_ACTIONS, pilot.actions
    paper = "\n".join(page.extract_text() for page in PdfReader(pdf).pages)
    for words in (main_job.NAME, *main_job.DESTINATARIOS[1], *main_job.ACUERDOS[1]):
        assert words in " ".join(paper.split())
    (bundle,) = (tmp_path / "documentos").glob("*.fichaat")
    verdict = program.verify(bundle, None, no_progress, CancelToken())
    assert verdict.intacto
    assert verdict.valido
    assert len(verdict.registros) == 1
