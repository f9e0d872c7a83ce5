"""Who is asked to sign, what is kept of a stroke, and what follows: without Qt."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from fichaat.application.save_draft import SaveDraft, new_codigos, new_draft
from fichaat.application.seal_ficha import SealFicha
from fichaat.application.sign_ficha import SignFicha
from fichaat.application.signatures import EstadoFirma
from fichaat.domain.codec import encode
from fichaat.domain.ficha import Ficha
from fichaat.domain.firma import TipoFirma, Trazo
from fichaat.domain.persona import Destinatario
from fichaat.gui import routes
from fichaat.gui.pages.firmas.presenter import FirmasPresenter
from fichaat.gui.pages.firmas.screen import Deed, Mode, Note, Screen, short_name
from tests.support.fichas import DESTINATARIO, QUINUA, RESPONSABLE, unsigned_ficha, uuid7
from tests.support.installations import Laptop, template_store
from tests.support.signing import PadView, PromptTasks, SigningDesk, Way

STROKE = Trazo(16000, 9000, (((100, 200), (300, 400)),))
OTHER = Trazo(16000, 9000, (((5, 5), (500, 5)),))
YESENIA = Destinatario(uuid7(50), QUINUA, "Municipalidad de Quinua", "Yesenia Rúa Soto", "Regidora")
FIRST, SECOND, THIRD = RESPONSABLE.id, DESTINATARIO.id, YESENIA.id


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return template_store(tmp_path_factory.mktemp("plantilla"))


@pytest.fixture
def laptop(tmp_path: Path, template: Path) -> Iterator[Laptop]:
    made = Laptop(tmp_path / "a", template, skew=timedelta(0), number=1)
    yield made
    made.close()


class Stage:
    """The page over one ficha."""

    def __init__(self, laptop: Laptop, codigo: str, participante: str | None = None) -> None:
        self.view, self.tasks, self.way = PadView(), PromptTasks(), Way()
        self.desk = SigningDesk(laptop.here)
        self.codigo = codigo
        self.presenter = FirmasPresenter(self.view, self.tasks, self.desk, self.way)
        self.way.on_back = self.presenter.leave
        self.presenter.arrive(codigo, participante)

    @property
    def screen(self) -> Screen:
        assert self.view.screen is not None
        return self.view.screen

    @property
    def current(self) -> str:
        return next(chip.id for chip in self.screen.people if chip.current)

    @property
    def states(self) -> list[EstadoFirma]:
        return [signer.estado for signer in self.desk.signatures(self.codigo).signers]

    def state(self, number: int) -> EstadoFirma:
        return self.states[number]

    def note(self) -> Note:
        assert self.screen.note is not None
        return self.screen.note

    @property
    def kept(self) -> tuple[str, Trazo] | None:
        return self.desk.signatures(self.codigo).kept

    def draw(self, trazo: Trazo = STROKE) -> None:
        self.view.pen = trazo
        self.presenter.stroke_changed()

    def sign(self) -> None:
        self.draw()
        self.presenter.do()


def new(laptop: Laptop, *people: Destinatario, **changes: object) -> str:
    ficha: Ficha = unsigned_ficha(destinatarios=(DESTINATARIO, YESENIA, *people), **changes)
    with laptop.here.store.write() as tx:
        codigo = new_codigos(tx, laptop.here, 1)[0]
        tx.put_draft(new_draft(laptop.here, replace(ficha, codigo=codigo)))
    return codigo


def sealed(laptop: Laptop, pending: Sequence[str] = (SECOND,)) -> str:
    codigo = new(laptop)
    sign = SignFicha(laptop.here)
    for person in (FIRST, SECOND, THIRD):
        if person in pending:
            sign(codigo, person, TipoFirma.PENDIENTE, motivo="Salió antes")
        else:
            sign(codigo, person, TipoFirma.TRAZO, stroke=encode(STROKE))
    outcomes, _ = SealFicha(laptop.here)([codigo], "Sin señal")
    assert outcomes[0].record is not None, outcomes[0].problems
    return codigo


# whose turn


def test_the_first_without_a_signature_is_asked(laptop: Laptop) -> None:
    codigo = new(laptop)
    SignFicha(laptop.here)(codigo, FIRST, TipoFirma.TRAZO, stroke=encode(STROKE))
    stage = Stage(laptop, codigo)
    assert stage.current == SECOND
    assert stage.screen.title == "Wilber Ayme, firme aquí"
    assert stage.screen.context == f"Firma 2 de 3 · ficha {codigo} · Quinua · 20/11/2026"
    assert [chip.words for chip in stage.screen.people] == [
        "Firmó 12:00",
        "Firma ahora",
        "Después",
    ]
    assert stage.screen.person == (
        "Wilber Ayme",
        "Gerente",
        "Municipalidad Distrital de Quinua",
        "Firma como destinatario",
    )
    assert (stage.screen.mode, stage.screen.deed) == (Mode.PAD, Deed.ACCEPT)


def test_what_is_signed_is_said_in_a_few_lines(laptop: Laptop) -> None:
    stage = Stage(laptop, new(laptop), SECOND)
    assert [words for _, words in stage.screen.facts] == [
        "Visita del 20/11/2026, de 09:00 a 11:30",
        "1 nudo crítico con su orientación",
        "1 acuerdo, 1 con su nombre",
    ]
    assert "Puede pedir acceso o corrección al" in stage.screen.notice


def test_one_after_the_other_and_then_back_with_a_sentence(laptop: Laptop) -> None:
    stage = Stage(laptop, new(laptop))
    for person in (FIRST, SECOND, THIRD):
        assert stage.current == person
        assert stage.view.pen is None
        stage.sign()
    assert stage.states == [EstadoFirma.FIRMADA] * 3
    assert stage.way.backs == 1
    assert stage.way.told == [("ok", "Están las firmas de todos. Ya puede revisar y sellar.")]


def test_the_thirtieth_signs_like_the_first(laptop: Laptop) -> None:
    crowd = [
        Destinatario(uuid7(100 + n), QUINUA, "Comunidad", f"Persona {n}", "Vecino")
        for n in range(27)
    ]
    stage = Stage(laptop, new(laptop, *crowd))
    for number in range(30):
        assert stage.screen.context.startswith(f"Firma {number + 1} de 30")
        stage.sign()
    assert stage.states == [EstadoFirma.FIRMADA] * 30


def test_who_was_asked_for_signs_and_the_list_goes_round(laptop: Laptop) -> None:
    stage = Stage(laptop, new(laptop), THIRD)
    assert stage.current == THIRD
    stage.sign()
    assert stage.current == FIRST


def test_nothing_is_accepted_without_a_stroke(laptop: Laptop) -> None:
    stage = Stage(laptop, new(laptop))
    stage.presenter.do()
    assert stage.state(0) is EstadoFirma.FALTA
    assert stage.tasks.writes == 0


def test_enter_twice_signs_once(laptop: Laptop) -> None:
    stage = Stage(laptop, new(laptop))
    stage.draw()
    stage.tasks.held = True
    stage.presenter.do()
    stage.presenter.do()
    busy = stage.view.busy
    stage.tasks.release()
    assert (busy, stage.view.busy) == (True, False)
    assert stage.states == [EstadoFirma.FIRMADA, EstadoFirma.FALTA, EstadoFirma.FALTA]


# what is drawn


def test_what_is_drawn_is_there_again_when_the_page_reopens(laptop: Laptop) -> None:
    codigo = new(laptop)
    Stage(laptop, codigo, SECOND).draw()
    again = Stage(laptop, codigo)
    assert (again.current, again.view.pen) == (SECOND, STROKE)
    assert again.view.questions == []
    again.presenter.do()
    assert again.state(1) is EstadoFirma.FIRMADA
    assert again.kept is None


def test_a_cleared_pad_is_not_brought_back(laptop: Laptop) -> None:
    stage = Stage(laptop, new(laptop))
    stage.draw()
    stage.view.pen = None
    stage.presenter.stroke_changed()
    assert stage.kept is None


def test_a_stroke_that_was_cleared_does_not_come_back_with_its_owner(laptop: Laptop) -> None:
    codigo = new(laptop)
    Stage(laptop, codigo, FIRST).draw()
    stage = Stage(laptop, codigo)
    stage.view.pen = None
    stage.presenter.stroke_changed()
    stage.presenter.choose(SECOND)
    stage.presenter.choose(FIRST)
    assert (stage.current, stage.view.pen) == (FIRST, None)


def test_one_write_in_line_keeps_the_last_stroke_also_of_a_page_that_goes(laptop: Laptop) -> None:
    stage = Stage(laptop, new(laptop))
    stage.tasks.held = True
    for number in range(5):
        stage.draw(Trazo(100, 100, (((number, number),),)))
    # Nobody is told of its end once the page is gone: nothing may be left for then.
    assert stage.tasks.writes == 1
    stage.tasks.release()
    assert stage.tasks.writes == 1
    assert stage.kept == (FIRST, Trazo(100, 100, (((4, 4),),)))


def test_an_accepted_stroke_is_never_kept_again(laptop: Laptop) -> None:
    """Not by what waited to be kept, nor by the page that is left at the end."""
    stage = Stage(laptop, new(laptop))
    stage.tasks.held = True
    stage.draw(OTHER)
    stage.draw(STROKE)
    stage.presenter.do()
    stage.tasks.release()
    assert stage.state(0) is EstadoFirma.FIRMADA
    assert stage.kept is None
    stage.sign()
    stage.sign()
    stage.presenter.leave()
    assert stage.kept is None


def test_leaving_keeps_what_is_drawn_and_marks_nobody(laptop: Laptop) -> None:
    stage = Stage(laptop, new(laptop))
    stage.view.pen = STROKE
    stage.presenter.leave_for_later()
    assert stage.way.backs == 1
    assert stage.kept == (FIRST, STROKE)
    assert stage.states == [EstadoFirma.FALTA] * 3
    assert stage.way.told == [("info", "Faltan 3 firmas. Puede seguir cuando quiera.")]


def test_a_full_disk_is_said_and_tried_again(laptop: Laptop) -> None:
    stage = Stage(laptop, new(laptop))
    stage.tasks.failing = "storage.no_space"
    stage.draw()
    assert stage.note().bold.startswith("NO se guardó: no queda espacio")
    assert stage.view.pen == STROKE
    settled = stage.presenter.settled
    assert stage.view.again_soon == 1
    stage.tasks.failing = None
    stage.presenter.stroke_changed()
    assert stage.screen.note is None
    assert (settled, stage.presenter.settled) == (False, True)
    assert stage.kept == (FIRST, STROKE)


def test_a_dot_is_no_signature_and_stays_on_the_pad(laptop: Laptop) -> None:
    stage = Stage(laptop, new(laptop))
    dot = Trazo(16000, 9000, (((5, 5), (90, 90)),))
    stage.draw(dot)
    stage.presenter.do()
    assert "no dibuja una firma" in stage.note().bold + stage.note().rest
    assert (stage.states[0], stage.view.pen) == (EstadoFirma.FALTA, dot)
    stage.draw(STROKE)
    stage.presenter.do()
    assert stage.state(0) is EstadoFirma.FIRMADA


def test_a_scan_that_is_none_keeps_nobody_from_leaving(laptop: Laptop, tmp_path: Path) -> None:
    stage = Stage(laptop, new(laptop))
    scan = tmp_path / "hoja.pdf"
    scan.write_bytes(b"nada")
    stage.presenter.signed_on_paper([FIRST], [scan])
    assert stage.note().tone == "error"
    assert stage.presenter.settled


def test_a_signature_that_could_not_be_written_stays_on_the_pad(laptop: Laptop) -> None:
    stage = Stage(laptop, new(laptop))
    stage.draw()
    stage.tasks.failing = "storage.no_space"
    stage.presenter.do()
    assert (stage.current, stage.view.pen, stage.view.busy) == (FIRST, STROKE, False)
    assert stage.note().tone == "error"
    # Until then it is kept like any stroke, as soon as that is possible.
    assert stage.view.again_soon == 1
    stage.tasks.failing = None
    stage.presenter.do()
    assert stage.current == SECOND
    assert stage.screen.note is None


def test_another_person_never_gets_the_stroke_of_the_one_before(laptop: Laptop) -> None:
    stage = Stage(laptop, new(laptop))
    stage.draw()
    stage.presenter.choose(SECOND)
    assert stage.current == FIRST
    assert stage.view.questions[0][0] == "Hay un trazo sin aceptar"
    assert "Marleni Ñahui" in stage.view.questions[0][1]
    stage.view.yes()
    assert (stage.current, stage.view.pen, stage.kept) == (SECOND, None, None)


def test_a_stroke_of_somebody_else_is_not_thrown_away_on_arriving(laptop: Laptop) -> None:
    codigo = new(laptop)
    Stage(laptop, codigo, FIRST).draw()
    stage = Stage(laptop, codigo, SECOND)
    assert (stage.current, stage.view.pen) == (FIRST, STROKE)
    assert stage.view.questions[0][0] == "Hay un trazo sin aceptar"


def test_a_full_pad_is_said_and_can_be_accepted(laptop: Laptop) -> None:
    stage = Stage(laptop, new(laptop))
    stage.draw()
    stage.presenter.pad_full()
    assert stage.note().bold == "La firma ya no admite más trazos."
    assert stage.presenter.settled
    stage.presenter.do()
    assert stage.state(0) is EstadoFirma.FIRMADA


# signatures that stand


def test_a_signature_is_replaced_only_after_asking(laptop: Laptop) -> None:
    codigo = new(laptop)
    SignFicha(laptop.here)(codigo, FIRST, TipoFirma.TRAZO, stroke=encode(STROKE))
    stage = Stage(laptop, codigo, FIRST)
    assert (stage.screen.mode, stage.view.pen, stage.view.locked) == (Mode.SHOWN, STROKE, True)
    assert stage.note().bold == "Firmó el 20/11/2026 a las 12:00."
    assert (stage.screen.deed, stage.screen.deed_words) == (Deed.NEXT, "Seguir con Wilber Ayme")
    stage.presenter.sign_again()
    stage.view.yes()
    assert (stage.screen.mode, stage.view.pen, stage.view.locked) == (Mode.PAD, None, False)
    stage.draw(OTHER)
    again = Stage(laptop, codigo)  # killed and opened again
    assert (again.current, again.screen.mode, again.view.pen) == (FIRST, Mode.PAD, OTHER)
    again.presenter.do()
    assert again.desk.signatures(codigo).signers[0].trazo == OTHER


def test_going_on_from_a_signature_that_stands(laptop: Laptop) -> None:
    codigo = new(laptop)
    SignFicha(laptop.here)(codigo, FIRST, TipoFirma.TRAZO, stroke=encode(STROKE))
    stage = Stage(laptop, codigo, FIRST)
    stage.presenter.do()
    assert stage.current == SECOND


def test_a_void_signature_is_said_and_asked_again(laptop: Laptop) -> None:
    codigo = new(laptop)
    draft, _ = SignFicha(laptop.here)(codigo, FIRST, TipoFirma.TRAZO, stroke=encode(STROKE))
    SaveDraft(laptop.here)(codigo, replace(draft.ficha, observaciones="otra cosa"))
    stage = Stage(laptop, codigo)
    assert stage.current == FIRST
    assert (stage.screen.mode, stage.view.pen) == (Mode.PAD, None)
    assert stage.note().bold == "Su firma anterior dejó de valer."
    stage.sign()
    assert stage.state(0) is EstadoFirma.FIRMADA


def test_an_incomplete_ficha_is_completed_first(laptop: Laptop) -> None:
    stage = Stage(laptop, new(laptop, hora_fin=None))
    assert (stage.screen.mode, stage.screen.deed) == (Mode.MESSAGE, Deed.FIX)
    assert stage.screen.title == "Aún no se puede firmar"
    assert stage.note().lines == ("Escriba la hora fin.",)
    assert stage.view.locked
    stage.presenter.do()
    assert stage.way.routes == [routes.EditarFicha(stage.codigo, "/hora_fin")]


def test_many_problems_are_counted_not_listed(laptop: Laptop) -> None:
    stage = Stage(
        laptop,
        new(
            laptop,
            hora_inicio=None,
            hora_fin=None,
            fecha=None,
            lugar=None,
            modalidad=None,
            nudos_criticos=(),
            distritos=(),
        ),
    )
    assert len(stage.note().lines) == 6
    assert stage.note().lines[-1].startswith("y ")


def test_an_excuse_can_be_written_before_the_ficha_is_complete(laptop: Laptop) -> None:
    stage = Stage(laptop, new(laptop, hora_fin=None))
    assert stage.screen.may_refuse
    stage.presenter.signs_later()
    stage.view.reason("Salió antes")
    assert stage.state(0) is EstadoFirma.PENDIENTE


# without a stroke


@pytest.mark.parametrize(
    ("deed", "estado"),
    [("refuses", EstadoFirma.NO_FIRMO), ("signs_later", EstadoFirma.PENDIENTE)],
)
def test_who_does_not_sign_says_why_and_the_next_is_asked(
    laptop: Laptop, deed: str, estado: EstadoFirma
) -> None:
    stage = Stage(laptop, new(laptop))
    stage.draw()
    getattr(stage.presenter, deed)()
    stage.view.reason("No estuvo hasta el final")
    assert stage.state(0) is estado
    assert stage.current == SECOND
    assert stage.kept is None
    stage.presenter.choose(FIRST)
    assert stage.screen.mode is Mode.PAD
    assert "No estuvo hasta el final" in stage.note().bold
    stage.sign()
    assert stage.state(0) is EstadoFirma.FIRMADA


def test_the_end_counts_who_did_not_sign(laptop: Laptop) -> None:
    stage = Stage(laptop, new(laptop))
    stage.sign()
    stage.sign()
    stage.presenter.refuses()
    stage.view.reason("No quiso")
    assert stage.way.told == [("ok", "Firmaron 2 de 3. No queda ninguna firma por pedir.")]


def test_several_sign_one_sheet_and_its_pages_are_kept_once(laptop: Laptop, tmp_path: Path) -> None:
    pages = [tmp_path / "uno.pdf", tmp_path / "dos.jpg"]
    pages[0].write_bytes(b"%PDF-1.4 uno")
    pages[1].write_bytes(b"\xff\xd8\xff dos")
    stage = Stage(laptop, new(laptop), SECOND)
    stage.presenter.on_paper()
    assert stage.view.offer is not None
    assert stage.view.offer.signer.id == SECOND
    assert [signer.id for signer in stage.view.offer.others] == [FIRST, THIRD]
    stage.presenter.signed_on_paper([SECOND, THIRD], pages)
    assert stage.states == [EstadoFirma.FALTA, EstadoFirma.PAPEL, EstadoFirma.PAPEL]
    ficha = stage.desk.signatures(stage.codigo).ficha
    assert [(a.nombre, a.tipo) for a in ficha.adjuntos] == [
        ("uno.pdf", "application/pdf"),
        ("dos.jpg", "image/jpeg"),
    ]
    assert stage.current == FIRST


def test_a_scan_may_come_later(laptop: Laptop, tmp_path: Path) -> None:
    stage = Stage(laptop, new(laptop))
    stage.presenter.on_paper()
    stage.presenter.signed_on_paper([FIRST], [])
    assert stage.state(0) is EstadoFirma.PAPEL_SIN_ESCANEO
    stage.presenter.choose(FIRST)
    assert (stage.screen.mode, stage.screen.deed) == (Mode.MESSAGE, Deed.ATTACH)
    offered = stage.view.offer
    stage.presenter.do()
    assert stage.view.offer is not offered
    page = tmp_path / "uno.png"
    page.write_bytes(b"\x89PNG\r\n\x1a\n uno")
    stage.presenter.signed_on_paper([FIRST], [page])
    assert stage.state(0) is EstadoFirma.PAPEL


@pytest.mark.parametrize("wrong", ["missing", "folder", "text"])
def test_a_file_that_is_no_scan_is_refused_and_nothing_is_signed(
    laptop: Laptop, tmp_path: Path, wrong: str
) -> None:
    path = tmp_path / "cosa.pdf"
    if wrong == "folder":
        path.mkdir()
    elif wrong == "text":
        path.write_text("no soy un escaneo")
    stage = Stage(laptop, new(laptop))
    stage.presenter.signed_on_paper([FIRST], [path])
    assert stage.state(0) is EstadoFirma.FALTA
    assert stage.note().tone == "error"
    assert "cosa.pdf" in stage.note().bold


def test_the_paper_is_read_and_printed(laptop: Laptop) -> None:
    stage = Stage(laptop, new(laptop))
    stage.presenter.read()
    stage.presenter.print_to_sign()
    assert stage.view.read == stage.view.printed
    assert stage.view.read[0].startswith(b"%PDF")


# after the seal


def test_a_late_signature_is_confirmed_and_becomes_evidence(laptop: Laptop) -> None:
    stage = Stage(laptop, sealed(laptop))
    assert stage.current == SECOND
    assert (stage.screen.may_refuse, stage.screen.may_repeat) == (False, False)
    assert stage.note().bold == "La ficha ya está sellada."
    stage.draw()
    stage.presenter.do()
    assert stage.state(1) is EstadoFirma.PENDIENTE
    assert stage.view.questions[-1][0] == "Añadir la firma de Wilber Ayme"
    stage.view.yes()
    assert stage.state(1) is EstadoFirma.FIRMADA
    assert stage.way.backs == 1
    assert stage.way.told == [
        ("ok", f"La firma de Wilber Ayme se añadió a la ficha {stage.codigo}.")
    ]
    assert stage.kept is None


def test_a_signature_under_seal_is_shown_and_cannot_be_given_again(laptop: Laptop) -> None:
    stage = Stage(laptop, sealed(laptop), FIRST)
    assert stage.screen.mode is Mode.SHOWN
    stage.presenter.sign_again()
    assert stage.view.questions == []
    stage.presenter.do()
    assert stage.way.backs == 1


def test_a_late_sheet_of_two_is_evidence_of_both(laptop: Laptop, tmp_path: Path) -> None:
    page = tmp_path / "hoja.pdf"
    page.write_bytes(b"%PDF-1.4 hoja")
    stage = Stage(laptop, sealed(laptop, (SECOND, THIRD)))
    stage.presenter.on_paper()
    assert stage.view.offer is not None
    assert stage.view.offer.sealed
    stage.presenter.signed_on_paper([SECOND, THIRD], [page])
    assert stage.states == [EstadoFirma.FIRMADA, EstadoFirma.PAPEL, EstadoFirma.PAPEL]
    assert stage.way.told == [("ok", f"El escaneo se añadió a la ficha {stage.codigo}.")]


def test_a_sheet_without_its_scan_adds_nothing_to_a_sealed_ficha(laptop: Laptop) -> None:
    stage = Stage(laptop, sealed(laptop))
    stage.presenter.signed_on_paper([SECOND], [])
    assert stage.state(1) is EstadoFirma.PENDIENTE


def test_a_late_stroke_that_was_not_accepted_is_there_again(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    Stage(laptop, codigo).draw()
    again = Stage(laptop, codigo)
    assert (again.current, again.view.pen) == (SECOND, STROKE)


def test_a_ficha_that_is_gone_leads_back(laptop: Laptop) -> None:
    stage = Stage(laptop, "05-2026-K7Q2MX-0099")
    assert stage.view.screen is None
    assert stage.way.backs == 1
    assert stage.way.told[0][0] == "error"


# names


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Wilber Ayme", "Wilber Ayme"),
        ("Wilber Ayme Palomino", "Wilber Ayme"),
        ("Rosa Elena Quispe Huamán", "Rosa Quispe"),
        ("Juan de la Cruz Mamani", "Juan de la Cruz"),
        ("María del Pilar Soto de Ríos", "María Soto"),
        ("  ", "  "),
        ("de", "de"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short
