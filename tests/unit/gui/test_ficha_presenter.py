"""What the ficha page decides: when it keeps, what it tells, how it goes back."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from msgspec.structs import replace

from fichaat.application.ports.rows import Draft
from fichaat.application.print_ficha import PrintFicha
from fichaat.application.save_draft import new_codigos, new_draft
from fichaat.application.sign_ficha import SignFicha
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import DistritoAtendido, Ficha, NudoCritico, Sesion
from fichaat.domain.firma import ClaseAdjunto, TipoFirma
from fichaat.gui import routes
from fichaat.gui.pages.ficha.presenter import FichaPresenter
from tests.support.editor import Desk, HandClock, HandGo, HandTasks, Screen
from tests.support.fichas import AYACUCHO, DESTINATARIO, QUINUA, RESPONSABLE, unsigned_ficha
from tests.support.installations import Laptop, template_store

STROKE = json.dumps({"ancho": 100, "alto": 50, "trazos": [[[1, 2], [30, 40]]]}).encode()


class Bench:
    """The page of one draft, opened."""

    def __init__(self, laptop: Laptop, ficha: Ficha | None = None) -> None:
        self.laptop = laptop
        self.clock, self.tasks, self.go = HandClock(), HandTasks(), HandGo()
        self.desk = Desk(laptop.here, cast(PrintFicha, lambda codigo: b"%PDF " + codigo.encode()))
        with laptop.here.store.write() as tx:
            codigo = new_codigos(tx, laptop.here, 1)[0]
            tx.put_draft(new_draft(laptop.here, replace(ficha or unsigned_ficha(), codigo=codigo)))
        self.codigo = codigo

    def open(self) -> "Bench":
        self.screen = Screen()
        self.page = FichaPresenter(
            self.screen,
            self.desk,
            tasks=self.tasks,
            lasting=self.tasks,
            timers=self.clock,
            go=self.go,
            codigo=self.codigo,
        )
        self.page.open()
        return self

    def type(self, path: str, text: str, *, from_: str = "") -> None:
        """Key after key, a tenth of a second apart."""
        for end in range(len(from_) + 1, len(text) + 1):
            self.page.sheet.edit(path, text[:end])
            self.clock.turn(0.1)

    @property
    def kept(self) -> Draft:
        with self.laptop.here.store.read() as reader:
            found = reader.draft(self.codigo)
        assert found is not None
        return found

    @property
    def ficha(self) -> Ficha:
        return self.page.sheet.ficha


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return template_store(tmp_path_factory.mktemp("plantilla"))


@pytest.fixture
def laptop(tmp_path: Path, template: Path) -> Iterator[Laptop]:
    made = Laptop(tmp_path / "a", template, skew=timedelta(0), number=1)
    yield made
    made.close()


@pytest.fixture
def bench(laptop: Laptop) -> Bench:
    return Bench(laptop).open()


class CountedSaves:
    """A save that counts, and fails when it is told to."""

    def __init__(self, bench: Bench) -> None:
        self._real = bench.desk.save_draft
        self.count = 0
        self.broken: UserFacingError | None = None
        bench.desk.save_draft = cast(Any, self)

    def __call__(self, *args: Any) -> Any:  # noqa: ANN401  # of SaveDraft
        self.count += 1
        if self.broken is not None:
            raise self.broken
        return self._real(*args)


# keeping what is typed


def test_what_is_typed_is_kept_soon_after_the_last_key(bench: Bench) -> None:
    bench.page.sheet.edit("/lugar", "Sala de regidores, segundo piso")
    assert bench.kept.ficha.lugar == "Sala de regidores"
    bench.clock.turn(0.25)
    assert bench.kept.ficha.lugar == "Sala de regidores, segundo piso"
    assert bench.screen.saving[-1].startswith("Guardado 12:")


def test_saves_of_a_long_sentence_are_few_and_never_far_apart(bench: Bench) -> None:
    saves = CountedSaves(bench)
    longest = 0.0
    since = bench.clock.now
    for end in range(1, 61):  # six seconds without a pause
        bench.page.sheet.edit("/observaciones", "x" * end)
        before = saves.count
        bench.clock.turn(0.1)
        if saves.count > before:
            longest = max(longest, bench.clock.now - since)
            since = bench.clock.now
    assert 6 <= saves.count <= 10
    assert longest <= 0.8 + 1e-6


def test_one_save_at_a_time_and_the_latest_wins(bench: Bench) -> None:
    saves = CountedSaves(bench)
    bench.tasks.held = True
    bench.page.sheet.edit("/lugar", "uno")
    bench.clock.turn(1)
    bench.page.sheet.edit("/lugar", "dos")
    bench.clock.turn(1)
    bench.page.sheet.edit("/lugar", "tres")
    bench.clock.turn(1)
    assert len(bench.tasks.waiting) == 1
    bench.tasks.release()
    bench.clock.turn(0)
    bench.tasks.release()
    assert saves.count == 2
    assert bench.kept.ficha.lugar == "tres"
    assert bench.screen.saving[-1].startswith("Guardado")


def test_an_accidental_close_loses_nothing(bench: Bench) -> None:
    bench.type("/lugar", "Auditorio")
    bench.page.sheet.edit("/lugar", "Auditorio municipal")
    bench.page.leave()
    assert bench.page.settle()
    assert bench.kept.ficha.lugar == "Auditorio municipal"


def test_a_recovered_draft_opens_as_it_was_typed_and_asks_nothing(bench: Bench) -> None:
    bench.type("/hora_fin", "9:")
    bench.clock.turn(1)
    again = bench.open()
    assert again.screen.questions == []
    assert again.page.sheet.draft.textos == {"/hora_fin": "9:"}
    assert again.ficha.hora_fin is None


def test_a_full_disk_while_typing_is_said_and_mended_alone(bench: Bench) -> None:
    saves = CountedSaves(bench)
    saves.broken = UserFacingError("storage.no_space")
    bench.type("/lugar", "Sala")
    bench.clock.turn(1)
    assert bench.screen.saving[-1] == (
        "NO guardado: el disco está lleno. Libere espacio; lo escrito sigue en pantalla."
    )
    said = len(bench.screen.saving)
    bench.type("/lugar", "Sala 2", from_="Sala")
    assert not [w for w in bench.screen.saving[said:] if not w.startswith("NO guardado")]
    assert not bench.page.settle()
    assert bench.ficha.lugar == "Sala 2"
    saves.broken = None
    bench.clock.turn(4)
    assert bench.screen.saving[-1].startswith("Guardado")
    assert bench.kept.ficha.lugar == "Sala 2"
    assert bench.page.settle()


# texts that no record may hold


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Sala\x00 de\x07 regidores", "Sala de regidores"),
        ("Sala \ud800de regidores", "Sala de regidores"),
        ("Sala\nde\tregidores ", "Sala de regidores"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_what_no_record_may_hold_is_cleaned(bench: Bench, text: str, kept: str) -> None:
    bench.page.sheet.edit("/lugar", text)
    bench.clock.turn(1)
    assert bench.kept.ficha.lugar == kept


def test_a_text_that_is_too_long_is_refused_at_its_field_and_kept(bench: Bench) -> None:
    text = "ñ" * 301
    bench.page.sheet.edit("/lugar", text)
    bench.clock.turn(1)
    bench.page.left("/lugar")
    assert bench.kept.textos == {"/lugar": text}
    assert bench.screen.fields["/lugar"] == text
    assert bench.screen.shown.notes["/lugar"].sentence == (
        "El texto tiene 301 letras y caben 300. Acórtelo."
    )
    bench.page.sheet.edit("/lugar", text[:-1])
    bench.clock.turn(1)
    assert bench.kept.ficha.lugar == text[:-1]
    assert bench.kept.textos == {}


@pytest.mark.parametrize("typed", ["930", "9.30", "9:30", "9:30 am"])
def test_hours_are_typed_freely(bench: Bench, typed: str) -> None:
    bench.type("/hora_inicio", typed)
    bench.page.left("/hora_inicio")
    assert bench.ficha.hora_inicio == "09:30"
    assert bench.screen.fields["/hora_inicio"] == "09:30"


# problems


def test_errors_are_told_on_leaving_never_while_typing(bench: Bench) -> None:
    bench.type("/hora_fin", "8:30")
    bench.clock.turn(1)
    assert bench.screen.shown.notes == {}
    assert bench.screen.shown.lines[0].place == "Hora fin"
    bench.page.left("/hora_fin")
    assert bench.screen.shown.notes["/hora_fin"].brief == "Posterior a 09:00"
    bench.page.sheet.edit("/hora_fin", "8:3")
    bench.clock.turn(1)
    assert "/hora_fin" not in bench.screen.shown.notes


def test_the_count_comes_first_and_errors_before_warnings(laptop: Laptop) -> None:
    bench = Bench(laptop, unsigned_ficha(nudos_criticos=(NudoCritico("A"),), temas=())).open()
    assert bench.screen.shown.count == "3 errores, 1 aviso"
    assert [line.tone for line in bench.screen.shown.lines] == ["error"] * 3 + ["warn"]
    assert bench.screen.shown.lines[0].place == "Nudo 1, orientación"
    assert bench.screen.shown.sections["nudos"] == "error"
    assert bench.screen.shown.sections["adjuntos"] == "empty"
    assert bench.screen.shown.notes == {}
    bench.page.check_all()
    assert "/nudos_criticos/0/orientacion" in bench.screen.shown.notes


def test_the_next_problem_gets_the_focus_round_and_round(laptop: Laptop) -> None:
    bench = Bench(laptop, unsigned_ficha(hora_fin="08:00", temas=())).open()
    places = []
    for _ in range(5):
        bench.page.next_problem()
        places.append(bench.screen.focus)
    assert places == ["/hora_fin", "firmas", "firmas", "/temas", "/hora_fin"]
    bench.page.next_problem(-1)
    assert bench.screen.focus == "/temas"


# undo


def test_undo_takes_back_a_burst_of_typing_and_returns_to_its_field(bench: Bench) -> None:
    bench.type("/lugar", "Salón", from_="")
    bench.page.left("/lugar")
    bench.type("/hora_fin", "1200")
    bench.page.sheet.undo()
    assert bench.ficha.hora_fin == "11:30"
    assert bench.screen.focus == "/hora_fin"
    bench.page.sheet.undo()
    assert bench.ficha.lugar == "Sala de regidores"
    assert bench.screen.focus == "/lugar"
    assert bench.screen.steps == (False, True)
    bench.page.sheet.redo()
    bench.page.sheet.redo()
    assert (bench.ficha.lugar, bench.ficha.hora_fin) == ("Salón", "12:00")
    bench.clock.turn(1)
    assert bench.kept.ficha.lugar == "Salón"


def test_a_pause_begins_another_step(bench: Bench) -> None:
    bench.type("/lugar", "Uno")
    bench.clock.turn(2)
    bench.type("/lugar", "Uno dos", from_="Uno")
    bench.page.sheet.undo()
    assert bench.ficha.lugar == "Uno"


def test_back_to_how_it_was_opened_and_back_again(bench: Bench) -> None:
    before = bench.ficha
    bench.type("/lugar", "Otro")
    bench.page.sheet.add_row("nudos_criticos")
    bench.page.sheet.revert()
    assert bench.ficha == before
    assert bench.go.undo is not None
    bench.go.undo()
    assert bench.ficha.lugar == "Otro"


# rows


def test_a_new_row_gets_the_focus_and_what_is_known(bench: Bench) -> None:
    bench.page.sheet.add_table_row("personas", 2)
    assert bench.screen.focus == "/destinatarios/1"
    assert bench.ficha.destinatarios[1].distrito == QUINUA
    assert bench.ficha.destinatarios[1].entidad == "Municipalidad Distrital de Quinua"


def test_a_removed_row_comes_back_with_what_belonged_to_it(laptop: Laptop) -> None:
    nudos = (NudoCritico("A", "a"), NudoCritico("B", "b"))
    bench = Bench(laptop, unsigned_ficha(nudos_criticos=nudos)).open()
    bench.page.sheet.edit("/acuerdos/0/plazo", "31/02")
    bench.page.sheet.add_row("acuerdos", 0)
    assert bench.page.sheet.draft.textos == {"/acuerdos/1/plazo": "31/02"}
    bench.page.sheet.remove_table_row("nudos_criticos", 0)
    assert [acuerdo.nudo for acuerdo in bench.ficha.acuerdos] == [None, None]
    assert bench.go.told[-1] == "Se quitó la fila 1."
    assert bench.go.undo is not None
    bench.go.undo()
    assert [acuerdo.nudo for acuerdo in bench.ficha.acuerdos] == [None, 0]
    assert bench.ficha.nudos_criticos == nudos


def test_a_row_comes_back_without_taking_what_was_typed_since(laptop: Laptop) -> None:
    nudos = (NudoCritico("A", "a"), NudoCritico("B", "b"))
    bench = Bench(laptop, unsigned_ficha(nudos_criticos=nudos)).open()
    bench.page.sheet.remove_table_row("nudos_criticos", 0)
    bench.type("/lugar", "Escrito después")
    assert bench.go.undo is not None
    bench.go.undo()
    assert bench.ficha.nudos_criticos == nudos
    assert bench.ficha.lugar == "Escrito después"


def test_a_row_too_many_is_refused_in_words(laptop: Laptop) -> None:
    bench = Bench(laptop, unsigned_ficha(nudos_criticos=(NudoCritico("A", "a"),) * 200)).open()
    bench.page.sheet.add_row("nudos_criticos")
    assert len(bench.ficha.nudos_criticos) == 200
    assert "200" in bench.go.told[-1]


def test_a_second_district_is_added_once(bench: Bench) -> None:
    bench.page.sheet.add_distrito(AYACUCHO)
    bench.page.sheet.add_distrito(AYACUCHO)
    assert [item.ubigeo for item in bench.ficha.distritos] == [QUINUA, AYACUCHO]
    bench.page.choose("/distritos/1/sesion", "diagnostico")
    assert bench.ficha.distritos[1] == DistritoAtendido(AYACUCHO, Sesion.DIAGNOSTICO)
    assert bench.screen.head is not None
    assert bench.screen.head.title == "Quinua y 1 más · diagnóstico"


# signatures


def sign(bench: Bench) -> None:
    for person in (RESPONSABLE.id, DESTINATARIO.id):
        SignFicha(bench.laptop.here)(bench.codigo, person, TipoFirma.TRAZO, stroke=STROKE)
    bench.open()


def test_the_first_change_after_signing_asks_and_no_leaves_everything(bench: Bench) -> None:
    sign(bench)
    bench.page.sheet.edit("/lugar", "Otro lugar")
    (question,) = bench.screen.questions
    assert question.sentence == (
        "Si cambia este dato, las 2 firmas dadas dejan de valer y habrá que pedirlas otra vez."
    )
    assert question.on_no is not None
    question.on_no()
    assert bench.ficha.lugar == "Sala de regidores"
    assert bench.screen.form is not None
    assert bench.screen.form.ficha.lugar == "Sala de regidores"
    assert bench.screen.head is not None
    assert bench.screen.head.signatures == "Firmas (2 de 2)"


def test_going_back_to_what_was_signed_revives_the_signatures(bench: Bench) -> None:
    sign(bench)
    bench.page.sheet.edit("/lugar", "Otro lugar")
    bench.screen.questions[0].on_yes()
    bench.clock.turn(1)
    assert list(bench.kept.ficha.firmas) == []
    assert len(bench.kept.void_firmas) == 2
    bench.page.sheet.edit("/lugar", "Otro lugar 2")
    assert len(bench.screen.questions) == 1
    bench.page.sheet.undo()
    bench.page.sheet.undo()
    bench.clock.turn(1)
    assert len(bench.kept.ficha.firmas) == 2
    assert list(bench.kept.void_firmas) == []
    assert bench.screen.head is not None
    assert bench.screen.head.signatures == "Firmas (2 de 2)"


def test_what_is_not_signed_changes_without_a_question(bench: Bench) -> None:
    sign(bench)
    photo = ("plaza.jpg", "", b"\xff\xd8\xff foto")
    draft, _ = bench.desk.attach(bench.codigo, [photo], ClaseAdjunto.FOTO)
    bench.page.sheet.take_files(draft)
    bench.page.sheet.edit("/adjuntos/0/descripcion", "La plaza")
    assert bench.screen.questions == []
    bench.clock.turn(1)
    assert [a.descripcion for a in bench.kept.ficha.adjuntos] == ["La plaza"]
    assert len(bench.kept.ficha.firmas) == 2


def test_whoever_leaves_the_ficha_takes_the_pending_signature_along(bench: Bench) -> None:
    SignFicha(bench.laptop.here)(
        bench.codigo, DESTINATARIO.id, TipoFirma.PENDIENTE, motivo="sin señal"
    )
    bench.open()
    bench.page.sheet.remove_table_row("personas", 1)
    assert list(bench.ficha.firmas) == []
    bench.page.sheet.undo()
    assert [f.participante for f in bench.ficha.firmas] == [DESTINATARIO.id]


# away


def test_a_discarded_draft_comes_back_within_ten_seconds(bench: Bench) -> None:
    bench.page.sheet.edit("/lugar", "Último")
    bench.page.discard()
    (question,) = bench.screen.questions
    assert question.sentence == "¿Descartar este borrador? Estará 30 días en la papelera."
    question.on_yes()
    assert bench.go.routes == [routes.Inicio()]
    assert bench.go.undo is not None
    bench.go.undo()
    assert bench.go.routes[-1] == routes.EditarFicha(bench.codigo)
    assert bench.kept.ficha.lugar == "Último"


def test_a_sealed_ficha_shows_itself_instead(bench: Bench) -> None:
    bench.codigo = "05-2026-K7Q2MX-9999"
    bench.open()
    assert bench.screen.gone


def test_signing_and_sealing_find_what_was_typed_last(bench: Bench) -> None:
    bench.page.sheet.edit("/lugar", "Último")
    bench.page.sign()
    assert bench.kept.ficha.lugar == "Último"
    assert bench.go.routes == [routes.Firmar(bench.codigo)]


def test_the_paper_is_drawn_after_the_keys_rest_and_only_while_it_is_seen(bench: Bench) -> None:
    bench.type("/lugar", "Salón")
    bench.clock.turn(5)
    assert bench.screen.papers == []
    bench.page.watch_paper(seen=True)
    assert len(bench.screen.papers) == 1
    bench.type("/lugar", "Salón comunal del barrio", from_="Salón")
    assert len(bench.screen.papers) == 1
    bench.clock.turn(2)
    assert len(bench.screen.papers) == 2
