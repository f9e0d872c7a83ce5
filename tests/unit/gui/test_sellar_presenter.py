"""*Revisar y sellar*: what lacks is said, reasons are kept as typed, the seal waits for all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from fichaat.application.changes import Changes
from fichaat.application.edit_ficha import EditFicha
from fichaat.application.ports.rows import Draft
from fichaat.application.read_sealed import ReadSealed
from fichaat.application.rectify_ficha import RectifyFicha
from fichaat.application.save_draft import SaveDraft, new_codigos, new_draft
from fichaat.application.seal_ficha import SealFicha
from fichaat.application.sign_ficha import SignFicha
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import DistritoAtendido, Ficha, Sesion
from fichaat.domain.firma import TipoFirma
from fichaat.gui import routes
from fichaat.gui.diff_words import ChangeLine
from fichaat.gui.pages.sellar.presenter import Lack, Sealed, SellarPresenter, SellarSources
from fichaat.gui.pages.sellar.summary import Missing, Reason, SummaryLine, size_words
from fichaat.gui.saving.status import Status
from tests.support.editor import HandClock, HandGo, HandTasks
from tests.support.fichas import (
    DESTINATARIO,
    HUANTA,
    QUINUA,
    RESPONSABLE,
    unsigned_ficha,
)
from tests.support.installations import Laptop, template_store
from tests.support.papers import HandPapers
from tests.unit.application.test_drafts import STROKE

FOLLOW = (DistritoAtendido(QUINUA, Sesion.SEGUIMIENTO),)
"""Asks why: no diagnosis of it is known."""


@dataclass
class Screen:
    """What the page shows now."""

    context: str = ""
    saving: list[str] = field(default_factory=list)
    state: tuple[str, str] = ("", "")
    missing: Sequence[Missing] = ()
    summary: Sequence[SummaryLine] = ()
    changes: Sequence[ChangeLine] = ()
    reasons: Sequence[Reason] = ()
    count: str = ""
    lack: Lack = field(default_factory=lambda: Lack("", ready=False))
    papers: list[bytes] = field(default_factory=list)
    papers_sealed: list[bytes] = field(default_factory=list)
    refused: str = ""
    sealed: Sealed | None = None
    focused: int = 0

    def show_head(self, context: str) -> None:
        self.context = context

    def show_saving(self, status: Status) -> None:
        self.saving.append(status.words)

    def show_state(self, tone: str, sentence: str, what: str) -> None:
        self.state = (tone, f"{sentence} {what}")

    def show_missing(self, missing: Sequence[Missing]) -> None:
        self.missing = missing

    def show_summary(self, lines: Sequence[SummaryLine]) -> None:
        self.summary = lines

    def show_changes(self, context: str, lines: Sequence[ChangeLine]) -> None:
        del context
        self.changes = lines

    def show_reasons(self, reasons: Sequence[Reason]) -> None:
        self.reasons = reasons

    def show_reason_count(self, words: str) -> None:
        self.count = words

    def show_lack(self, lack: Lack) -> None:
        self.lack = lack

    def show_paper(self, pdf: bytes) -> None:
        (self.papers if self.sealed is None else self.papers_sealed).append(pdf)

    def show_paper_error(self, sentence: str) -> None:
        self.refused = sentence

    def show_refused(self, sentence: str) -> None:
        self.refused = sentence

    def show_sealed(self, sealed: Sealed) -> None:
        self.sealed = sealed

    def focus_first(self) -> None:
        self.focused += 1


class Bench:
    """The page of one draft."""

    def __init__(self, laptop: Laptop, *, signed: bool = True, **changes: Any) -> None:  # noqa: ANN401  # of a ficha
        self.laptop = laptop
        self.here = laptop.here
        with self.here.store.write() as tx:
            self.codigo = new_codigos(tx, self.here, 1)[0]
            ficha = unsigned_ficha(codigo=self.codigo, **changes)
            tx.put_draft(new_draft(self.here, ficha))
        if signed:
            for person in (RESPONSABLE, DESTINATARIO):
                SignFicha(self.here)(self.codigo, person.id, TipoFirma.TRAZO, stroke=STROKE)
        self.open()

    def open(self) -> None:
        self.clock, self.tasks, self.go = HandClock(), HandTasks(), HandGo()
        self.screen = Screen()
        self.papers = HandPapers(self.tasks, self.go)
        self.broken: UserFacingError | None = None
        edit, read = EditFicha(self.here), ReadSealed(self.here)
        self.page = SellarPresenter(
            self.screen,
            SellarSources(
                self.here.territorio,
                self.here.clock,
                edit.open,
                self._save,
                SealFicha(self.here),
                read,
                read.changes_of,
                lambda codigo: codigo.encode(),
            ),
            self.papers,
            tasks=self.tasks,
            timers=self.clock,
            go=self.go,
            codigo=self.codigo,
        )
        self.page.open()

    def explain(self, text: str, number: int = 0) -> None:
        self.page.explain(self.screen.reasons[number], text)

    @property
    def kept(self) -> Ficha:
        with self.here.store.read() as reader:
            found = reader.draft(self.codigo)
        assert found is not None
        return found.ficha

    @property
    def is_sealed(self) -> bool:
        with self.here.store.read() as reader:
            return reader.draft(self.codigo) is None

    def _save(self, codigo: str, ficha: Ficha) -> tuple[Draft, Changes]:
        if self.broken is not None:
            raise self.broken
        return SaveDraft(self.here)(codigo, ficha)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return template_store(tmp_path_factory.mktemp("plantilla"))


@pytest.fixture
def laptop(tmp_path: Path, template: Path) -> Iterator[Laptop]:
    made = Laptop(tmp_path / "a", template, skew=timedelta(0), number=1)
    yield made
    made.close()


def test_a_complete_ficha_is_sealed_at_once(laptop: Laptop) -> None:
    bench = Bench(laptop)
    assert bench.screen.state[0] == "ok"
    assert bench.screen.lack.ready
    bench.page.seal()
    assert bench.is_sealed
    sealed = bench.screen.sealed
    assert sealed is not None
    assert bench.codigo in sealed.title
    assert sealed.fact == "Quinua (Huamanga) · 20/11/2026 · versión 1"


def test_what_is_sealed_is_told_line_by_line(laptop: Laptop) -> None:
    words = [(line.name, line.words) for line in Bench(laptop).screen.summary]
    assert words == [
        ("Visita", "20/11/2026, de 09:00 a 11:30, presencial, Quinua (Huamanga)"),
        ("Sesión", "Diagnóstico"),
        ("Contenido", "1 nudo con orientación, 1 acuerdo"),
        ("Firmas", "2 de 2: responsable y 1 destinatario"),
        ("Adjuntos", "Ninguno"),
    ]


def test_errors_lead_to_where_they_are_mended(laptop: Laptop) -> None:
    bench = Bench(laptop, signed=False, hora_fin=None)
    assert bench.screen.state[0] == "error"
    assert "Faltan 3 cosas" in bench.screen.state[1]
    assert bench.screen.lack == Lack("Faltan 3 cosas", ready=False)
    for missing in bench.screen.missing:
        bench.page.fix(missing)
    assert bench.go.routes == [
        routes.EditarFicha(bench.codigo, "/hora_fin"),
        routes.Firmar(bench.codigo, RESPONSABLE.id),
        routes.Firmar(bench.codigo, DESTINATARIO.id),
    ]
    wrong = [line.name for line in bench.screen.summary if line.wrong]
    assert wrong == ["Visita", "Firmas"]


def test_nothing_is_sealed_while_something_lacks(laptop: Laptop) -> None:
    for bench in (Bench(laptop, signed=False), Bench(laptop, distritos=FOLLOW)):
        bench.page.seal()
        assert not bench.is_sealed
        assert bench.screen.sealed is None


def test_a_reason_is_kept_as_it_is_typed_and_voids_no_signature(laptop: Laptop) -> None:
    bench = Bench(laptop, distritos=FOLLOW, observaciones="x")
    assert bench.screen.lack == Lack("Falta 1 motivo", ready=False)
    assert bench.screen.count == "0 de 1"
    bench.explain("  Lo registro\u0301 otra ")
    assert bench.screen.lack == Lack("", ready=True)
    assert bench.screen.count == "1 de 1"
    bench.clock.turn(0.3)
    assert [item.motivo for item in bench.kept.advertencias] == ["Lo registró otra"]
    assert len(bench.kept.firmas) == 2
    bench.explain("   ")
    assert bench.screen.lack == Lack("Falta 1 motivo", ready=False)
    bench.clock.turn(0.3)
    assert bench.kept.advertencias == ()


def test_the_last_key_is_sealed_too(laptop: Laptop) -> None:
    bench = Bench(laptop, distritos=FOLLOW)
    bench.explain("Lo registró otra especialista.")
    bench.page.seal()
    assert bench.is_sealed
    seen = ReadSealed(bench.here)(bench.codigo)
    assert [i.motivo for i in seen.lineage.ficha.advertencias] == ["Lo registró otra especialista."]


def test_reasons_given_before_stand_in_their_fields(laptop: Laptop) -> None:
    bench = Bench(laptop, distritos=FOLLOW)
    bench.explain("Lo registró otra")
    bench.page.leave()
    bench.open()
    assert [reason.motivo for reason in bench.screen.reasons] == ["Lo registró otra"]
    assert bench.screen.lack.ready


def test_who_said_why_there_is_no_signature_does_not_say_it_twice(laptop: Laptop) -> None:
    bench = Bench(laptop, signed=False)
    sign = SignFicha(bench.here)
    sign(bench.codigo, RESPONSABLE.id, TipoFirma.TRAZO, stroke=STROKE)
    sign(bench.codigo, DESTINATARIO.id, TipoFirma.PENDIENTE, motivo="salió a campo")
    bench.page.open()
    assert [reason.motivo for reason in bench.screen.reasons] == ["salió a campo"]
    assert bench.screen.lack.ready
    assert "escriba" not in str(bench.screen.state)


def test_a_full_disk_leaves_the_reason_on_the_screen(laptop: Laptop) -> None:
    bench = Bench(laptop, distritos=FOLLOW)
    bench.broken = UserFacingError("storage.no_space")
    bench.explain("Lo registró otra")
    bench.clock.turn(0.3)
    assert bench.screen.saving[-1].startswith("NO guardado: el disco está lleno")
    bench.page.seal()
    assert not bench.is_sealed
    assert bench.go.told == ["No se selló. La ficha sigue como borrador."]
    assert bench.screen.lack.ready
    bench.broken = None
    bench.clock.turn(4)
    bench.page.seal()
    assert bench.is_sealed


def test_what_went_wrong_meanwhile_is_said_instead_of_sealing(laptop: Laptop) -> None:
    bench = Bench(laptop)
    with bench.here.store.write() as tx:
        draft = tx.draft(bench.codigo)
        assert draft is not None
        tx.put_draft(replace(draft, ficha=replace(draft.ficha, fecha=date(2030, 1, 1))))
    bench.page.seal()
    assert not bench.is_sealed
    assert any("aún no llega" in missing.sentence for missing in bench.screen.missing)
    assert not bench.screen.lack.ready


def test_two_presses_seal_once(laptop: Laptop) -> None:
    bench = Bench(laptop)
    bench.tasks.held = True
    bench.page.seal()
    assert bench.screen.lack == Lack("Sellando…", ready=False)
    bench.page.seal()
    assert len(bench.tasks.waiting) == 1
    bench.tasks.release()
    assert bench.is_sealed


def test_a_refused_seal_says_why_and_can_be_tried_again(laptop: Laptop) -> None:
    bench = Bench(laptop)
    with bench.here.store.write() as tx:
        tx.delete_drafts([d.id for d in tx.drafts()])
    bench.page.seal()
    assert bench.codigo in bench.screen.refused
    assert bench.screen.lack.ready


def test_after_the_seal_its_paper_is_seen_printed_and_carried(laptop: Laptop) -> None:
    bench = Bench(laptop)
    bench.page.seal()
    bench.page.view_pdf()
    bench.page.print()
    assert [path.name for path in bench.papers.shower.opened] == [f"Ficha {bench.codigo}.pdf"]
    assert bench.papers.shower.printed[0][0].pdf.startswith(b"sellada")
    bench.page.export()
    bench.page.open_ficha()
    bench.page.back()
    assert bench.go.routes == [
        routes.Paquetes(),
        routes.VerFicha(bench.codigo),
        routes.Inicio(),
    ]


def test_coming_back_to_what_is_sealed_shows_that_it_is(laptop: Laptop) -> None:
    bench = Bench(laptop)
    bench.page.seal()
    bench.open()
    assert bench.screen.sealed is not None


def test_a_new_version_shows_what_it_changes(laptop: Laptop) -> None:
    bench = Bench(laptop)
    bench.page.seal()
    draft, _ = RectifyFicha(bench.here)(bench.codigo, "estaba mal el lugar")
    changed = replace(
        draft.ficha,
        lugar="Auditorio",
        distritos=(*draft.ficha.distritos, DistritoAtendido(HUANTA, Sesion.DIAGNOSTICO)),
    )
    SaveDraft(bench.here)(bench.codigo, changed)
    bench.open()
    assert bench.screen.changes == [
        ChangeLine("Lugar", "Sala de regidores", "Auditorio"),
        ChangeLine("Distrito 2", "se añadió", "Huanta (Huanta)"),
    ]
    assert bench.screen.summary[0].words == "La versión 1. Motivo: estaba mal el lugar"
    assert "versión 2" in bench.screen.context


def test_back_leads_to_the_form(laptop: Laptop) -> None:
    bench = Bench(laptop)
    bench.page.back()
    assert bench.go.routes == [routes.EditarFicha(bench.codigo)]


def test_the_paper_is_drawn_while_it_is_seen(laptop: Laptop) -> None:
    bench = Bench(laptop, distritos=FOLLOW)
    bench.page.watch_paper(seen=True)
    bench.clock.turn(1)
    drawn = len(bench.screen.papers)
    assert drawn
    bench.explain("Lo registró otra")
    bench.clock.turn(2)
    assert len(bench.screen.papers) > drawn


def test_no_paper_of_the_draft_is_shown_once_it_is_sealed(laptop: Laptop) -> None:
    bench = Bench(laptop)
    bench.page.watch_paper(seen=True)
    bench.clock.turn(1)
    bench.page.seal()
    # At once, and told apart from what was drawn before by what the screen shows then.
    assert bench.screen.papers_sealed == [bench.codigo.encode()]


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 kB"), (1, "1 kB"), (412_300, "412 kB"), (1_300_000, "1,3 MB")]
)
def test_sizes_are_told_shortly(size: int, words: str) -> None:
    assert size_words(size) == words
