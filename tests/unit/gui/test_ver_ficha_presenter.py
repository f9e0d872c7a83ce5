"""The view of a sealed ficha: its facts, its history, and what may be done with it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from fichaat.application.add_evidence import AddEvidence, LateSignature
from fichaat.application.changes import Changes, Kind
from fichaat.application.list_fichas import ESTADOS
from fichaat.application.read_sealed import ReadSealed
from fichaat.application.rectify_ficha import RectifyFicha
from fichaat.application.sign_ficha import Scan
from fichaat.domain.authority import Standing
from fichaat.domain.errors import UserFacingError
from fichaat.domain.firma import TipoFirma
from fichaat.domain.lineage import Estado
from fichaat.gui import routes
from fichaat.gui.diff_words import ChangeLine
from fichaat.gui.ficha_deeds import FichaDeeds
from fichaat.gui.pages.ver_ficha.presenter import Deeds, Head, VerFichaPresenter, VerFichaSources
from fichaat.gui.pages.ver_ficha.words import Fact, StoryLine
from fichaat.gui.paper_actions import file_name
from fichaat.texts import MESSAGES
from tests.support.editor import HandGo, HandTasks
from tests.support.fichas import DESTINATARIO
from tests.support.installations import Laptop, template_store
from tests.support.papers import HandAsker, HandPapers
from tests.unit.application.test_drafts import STROKE, a_draft
from tests.unit.application.test_sealed_fichas import rectified, sealed, sealed_with_pending
from tests.unit.gui.test_fichas_presenter import Doers

SCAN: Scan = ("acta.pdf", "application/pdf", b"%PDF-1.4 acta")


@dataclass
class Screen:
    """What the page shows now."""

    head: Head | None = None
    notice: tuple[str, str] = ("", "")
    facts: Sequence[Fact] = ()
    story: Sequence[StoryLine] = ()
    changes: tuple[str, Sequence[ChangeLine]] = ("", ())
    deeds: Deeds | None = None
    papers: list[bytes] = field(default_factory=list)
    gone: str = ""
    files_asked: int = 0
    yes: Callable[[], object] = lambda: None

    def show_head(self, head: Head) -> None:
        self.head = head

    def show_notice(self, tone: str, sentence: str) -> None:
        self.notice = (tone, sentence)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        self.facts = facts

    def show_story(self, lines: Sequence[StoryLine]) -> None:
        self.story = lines

    def show_changes(self, heading: str, lines: Sequence[ChangeLine]) -> None:
        self.changes = (heading, lines)

    def show_deeds(self, deeds: Deeds) -> None:
        self.deeds = deeds

    def show_paper(self, pdf: bytes) -> None:
        self.papers.append(pdf)

    def show_paper_error(self, sentence: str) -> None:
        self.papers.append(sentence.encode())

    def show_gone(self, sentence: str) -> None:
        self.gone = sentence

    def ask_files(self) -> None:
        self.files_asked += 1

    def ask_attach(
        self, title: str, sentence: str, verb: str, on_yes: Callable[[], object]
    ) -> None:
        del title, sentence, verb
        self.yes = on_yes


class Bench:
    """The page over a real database."""

    def __init__(self, laptop: Laptop, codigo: str, copia: str = "") -> None:
        self.tasks, self.go, self.screen, self.asker = HandTasks(), HandGo(), Screen(), HandAsker()
        self.papers = HandPapers(self.tasks, self.go)
        self.files: list[Scan] = [SCAN]
        here = laptop.here
        self.page = VerFichaPresenter(
            self.screen,
            VerFichaSources(
                here.territorio,
                here.clock,
                ReadSealed(here),
                lambda codigo, copia: f"sellada {codigo} {copia}".strip().encode(),
                lambda paths: self.files,
                AddEvidence(here),
            ),
            self.papers,
            FichaDeeds(self.asker, self.tasks, self.tasks, self.go, Doers(laptop)),
            tasks=self.tasks,
            go=self.go,
            codigo=codigo,
            copia=copia,
        )
        self.page.open()

    def fact(self, name: str) -> str:
        return next(fact.words for fact in self.screen.facts if fact.name == name)

    @property
    def told(self) -> list[str]:
        return [line.words for line in self.screen.story]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return template_store(tmp_path_factory.mktemp("plantilla"))


@pytest.fixture
def laptop(tmp_path: Path, template: Path) -> Iterator[Laptop]:
    made = Laptop(tmp_path / "a", template, skew=timedelta(0), number=1)
    yield made
    made.close()


def test_a_sealed_ficha_says_what_it_is(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    bench = Bench(laptop, codigo)
    head = bench.screen.head
    assert head is not None
    assert (head.title, head.estado_words) == ("Quinua (Huamanga)", "Sellada")
    assert head.context == f"Ficha {codigo} · versión 1"
    assert bench.fact("Firmas") == "2 de 2"
    assert bench.fact("Equipo") == "Por aprobar por la región"
    assert bench.fact("Sellada").startswith("El 20/11/2026 a las 12:00, por Persona 1 (GORE")
    assert len(bench.fact("Huella").replace(" ", "")) == 16
    assert bench.told == ["Se selló la versión 1"]
    assert bench.screen.changes[1] == []
    assert bench.screen.deeds == Deeds("Corregir ficha…", annul=True, late=True, attach=True)
    assert bench.screen.papers == [b"sellada " + codigo.encode()]
    assert bench.screen.notice == ("", "")


def test_a_new_version_tells_what_it_changed(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    rectified(laptop, codigo)
    bench = Bench(laptop, codigo)
    assert bench.fact("Versión") == "2, corrige la 1. Motivo: decía 12:00"
    heading, lines = bench.screen.changes
    assert heading == "Qué cambió en la versión 2"
    assert lines == [ChangeLine("Hora fin", "11:30", "12:30")]
    assert [line.chip for line in bench.screen.story] == ["reemplazada", ""]


def test_late_signatures_and_files_are_told(laptop: Laptop) -> None:
    codigo = sealed_with_pending(laptop)
    bench = Bench(laptop, codigo)
    assert bench.fact("Firmas") == "1 de 2"
    late = LateSignature(DESTINATARIO.id, TipoFirma.TRAZO, stroke=STROKE)
    AddEvidence(laptop.here)(codigo, signature=late)
    bench.page.changed(Changes.of(Kind.FICHA))
    assert bench.fact("Firmas") == "2 de 2, 1 después de sellar"
    bench.page.attach()
    assert bench.screen.files_asked == 1
    bench.page.attach_files([])
    bench.page.attach_files([Path("acta.pdf")])
    bench.screen.yes()
    assert bench.go.told == [f"Se adjuntó 1 archivo a la ficha {codigo}."]
    bench.page.changed(Changes.of(Kind.FICHA))
    assert bench.told[-2:] == ["Firmó después: Wilber Ayme", "Se adjuntó: acta.pdf"]


def test_a_file_that_is_refused_is_said(laptop: Laptop) -> None:
    bench = Bench(laptop, sealed(laptop))

    def refuse() -> list[Scan]:
        raise UserFacingError("firmas.file_missing", archivo="acta.pdf")

    bench.page._from = VerFichaSources(
        bench.page._from.territorio,
        bench.page._from.clock,
        bench.page._from.read,
        bench.page._from.paper,
        lambda paths: refuse(),
        bench.page._from.attach,
    )
    bench.page.attach_files([Path("acta.pdf")])
    bench.screen.yes()
    assert "«acta.pdf»" in bench.go.told[0]


def test_an_annulled_ficha_is_kept_and_no_longer_changed(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    bench = Bench(laptop, codigo)
    bench.page.annul()
    assert bench.asker.titles == [f"Anular la ficha {codigo}"]
    bench.asker.reason("registrada dos veces")
    bench.page.changed(Changes.of(Kind.FICHA))
    deeds = bench.screen.deeds
    assert deeds is not None
    assert (deeds.correct, deeds.annul) == ("", False)
    assert bench.screen.notice[1] == "Ficha anulada: se conserva y no cuenta."
    assert bench.told[-1] == "Se anuló: registrada dos veces"


def test_an_open_correction_is_gone_on_with(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    RectifyFicha(laptop.here)(codigo, "faltó un dato")
    bench = Bench(laptop, codigo)
    deeds = bench.screen.deeds
    assert deeds is not None
    assert deeds.correct == "Seguir la corrección"
    bench.page.correct()
    assert bench.go.routes == [routes.EditarFicha(codigo)]
    assert bench.asker.titles == []


def test_correcting_asks_for_the_reason(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    bench = Bench(laptop, codigo)
    bench.page.correct()
    bench.asker.reason("estaba mal")
    assert bench.go.routes == [routes.EditarFicha(codigo)]


def test_what_another_sealed_is_seen_and_printed(
    laptop: Laptop, tmp_path: Path, template: Path
) -> None:
    other = Laptop(tmp_path / "b", template, skew=timedelta(0), number=2)
    codigo = sealed(other)
    laptop.receive([item for item in other.held() if item.record.kind == "ficha"], other)
    other.close()
    bench = Bench(laptop, codigo)
    assert bench.screen.deeds == Deeds("", annul=False, late=False, attach=False)
    assert bench.screen.notice[1] == "La selló otro equipo: aquí se ve y se imprime."
    assert bench.told[-1] == "La recibió Persona 1 (GORE (ficticio))"


def test_papers_and_ways_on(laptop: Laptop, tmp_path: Path) -> None:
    codigo = sealed(laptop)
    bench = Bench(laptop, codigo)
    bench.page.view_pdf()
    bench.page.print()
    bench.papers.shower.where = tmp_path / "otra.pdf"
    bench.page.save_pdf()
    assert bench.papers.shower.names == [f"Ficha {codigo}.pdf"]
    assert set(bench.papers.files) == {f"Ficha {codigo}.pdf", str(tmp_path / "otra.pdf")}
    assert bench.go.told == ["Se guardó «otra.pdf»."]
    bench.page.duplicate()
    bench.page.sign_late()
    assert bench.page._seen is not None
    shown = bench.page._seen.lineage.head.sha256
    assert bench.go.routes == [routes.NuevaVisita(codigo, shown), routes.Firmar(codigo)]


def test_what_is_no_sealed_ficha_is_said(laptop: Laptop) -> None:
    codigo = a_draft(laptop).ficha.codigo
    assert "todavía no está sellada" in Bench(laptop, codigo).screen.gone
    assert "No hay una ficha" in Bench(laptop, "05-2026-ZZZZZZ-0001").screen.gone


def test_one_of_several_copies_says_which_and_only_shows_itself(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    head = Bench(laptop, codigo).page._seen
    assert head is not None
    copia = head.lineage.head.sha256
    bench = Bench(laptop, codigo, copia)
    assert bench.screen.head is not None
    assert bench.screen.head.context.endswith(f"· copia {copia[:8]}")
    deeds = bench.screen.deeds
    assert deeds is not None
    assert (deeds.correct, deeds.annul, deeds.late, deeds.attach) == ("", False, False, False)
    bench.page.save_pdf()
    assert bench.papers.shower.names == [file_name(f"{codigo}-{copia[:8]}")]
    bench.page.duplicate()
    assert bench.go.routes == [routes.NuevaVisita(codigo, copia)]


def test_every_standing_and_state_has_its_words() -> None:
    assert {f"lista.approval_{item.value}" for item in Standing} - MESSAGES.keys() == set()
    states = {*ESTADOS, *(item.value for item in Estado), "reemplazada"}
    assert {f"lista.estado_{state}" for state in states} - MESSAGES.keys() == set()
