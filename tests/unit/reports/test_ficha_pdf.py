"""The printed ficha as its readers get it: the words in the file, page by page."""

import hashlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from msgspec.structs import replace

from fichaat.application.ports.papers import FichaPaper, PaperFace, PaperFirma
from fichaat.domain.acuerdo import EstadoAcuerdo, Seguimiento
from fichaat.domain.ficha import Advertencia, Ficha, NudoCritico, contenido_sha256
from fichaat.domain.firma import Firma, TipoFirma
from fichaat.reports.ficha_pdf import ReportlabPaperRenderer
from fichaat.reports.qr import qr_rows
from tests.support import samples

INSTRUCTIONS = (
    "En la presente ficha se registran las acciones de asistencia técnica (AT) "
    "desarrolladas para cumplimiento de los indicadores contemplados en el Pacto Regional por el "
    "DIT suscrito. Las acciones de AT pueden ser individuales y/o grupales, asimismo se pueden "
    "realizar en modalidad presencial, virtual y/o mixta."
)
OFFICIAL = (
    "Anexo N°3",
    "Ficha de registro de acciones de asistencia técnica en el marco del Pacto Regional",
    "Instrucciones:",
    INSTRUCTIONS,
    "Gobierno Regional:",
    "Fecha:",
    "Hora inicio:",
    "Lugar (en caso sea presencial):",
    "Hora fin:",
    "Distrito(s):",
    "Modalidad:",
    "Presencial (",
    "virtual (",
    "Mixta (",
    "Responsable de la asistencia técnica (Consignar entidad, nombre y cargo)",
    "Destinatario(s) de la asistencia técnica (Consignar entidad, nombre y cargo)",
    "Nudo crítico y/o dificultad",
    "Orientaciones brindadas",
    "Acuerdos/compromisos",
    "Seguimiento de acuerdos/compromisos anteriores (si hubiera)",
    "Firma",
    "Firma",
    "Responsable de la AT",
    "Destinatario(s) de AT",
)

RENDERER = ReportlabPaperRenderer()


def pages_of(data: bytes) -> list[str]:
    """The text of every page without blanks: where a line ends is the paper's affair."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [squeezed(page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text.replace("\ufffe", "").replace("\x02", ""))


def rendered(paper: FichaPaper) -> list[str]:
    return pages_of(RENDERER.render(paper))


def in_order(words: Sequence[str], text: str) -> None:
    at = 0
    for word in words:
        found = text.find(squeezed(word), at)
        assert found >= 0, word
        at = found + 1


def with_text(ficha: Ficha, text: str) -> Ficha:
    nudo = NudoCritico(descripcion="Corto.", orientacion=text)
    return replace(ficha, nudos_criticos=(nudo,))


# --- official words and typed texts --------------------------------------------------------------


@pytest.mark.parametrize("kind", ["borrador", "para_firmar", "sellada"])
def test_the_official_words_stand_in_their_order(kind: str) -> None:
    in_order(OFFICIAL, rendered(samples.paper_of(samples.short_ficha(), kind))[0])


def test_the_blank_form_has_the_official_words_and_one_page() -> None:
    pages = pages_of(RENDERER.render_blank())
    assert len(pages) == 1
    in_order(OFFICIAL, pages[0])
    assert "BORRADOR" not in pages[0]
    assert RENDERER.render_blank() == RENDERER.render_blank()


def test_every_typed_text_is_printed_whole() -> None:
    paper = samples.long_paper()
    text = "".join(rendered(paper))
    ficha = paper.ficha
    typed = [ficha.lugar, ficha.plataforma, ficha.observaciones]
    typed += [value for p in ficha.responsables for value in (p.entidad, p.nombre, p.cargo)]
    typed += [value for p in ficha.destinatarios for value in (p.entidad, p.nombre, p.cargo)]
    typed += [value for n in ficha.nudos_criticos for value in (n.descripcion, n.orientacion)]
    typed += [value for a in ficha.acuerdos for value in (a.descripcion, a.responsable)]
    typed += [s.comentario for s in ficha.seguimientos]
    typed += [value for a in ficha.adjuntos for value in (a.nombre, a.descripcion)]
    typed += [a.motivo for a in ficha.advertencias]
    for value in typed:
        assert value is not None
        assert squeezed(value) in text, value


def test_the_marks_of_the_modality() -> None:
    (page, _more) = rendered(samples.short_paper())
    assert "Presencial(X)virtual()Mixta()" in page


def test_districts_name_their_province_once() -> None:
    assert (
        squeezed("Pacaycasa, Quinua y San José de Ticllas (provincia de Huamanga)")
        in (rendered(samples.long_paper())[0])
    )


def test_agreements_and_follow_ups_are_sentences() -> None:
    text = "".join(rendered(samples.long_paper()))
    assert (
        squeezed(
            "2. Enviar el cuaderno de cloración de los 5 sistemas de agua. Responsable: Yesenia "
            "Rúa Mendívil. Plazo: 30/11/2026."
        )
        in text
    )
    assert (
        squeezed(
            "1. Actualizar el padrón nominal con el puesto de salud (plazo 30/10/2026). Cumplido, "
            "28/10/2026. Acta de homologación vista en la sesión."
        )
        in text
    )
    assert (
        squeezed(
            "2. Designar por resolución al responsable del ATM (plazo 15/11/2026). En proceso, "
            "60 %. La resolución está en asesoría legal."
        )
        in text
    )
    assert (
        squeezed("Reprogramado. Nuevo plazo: 10/12/2026. Motivo: El proveedor no entregó.") in text
    )


def test_people_are_numbered_only_when_several() -> None:
    page = rendered(samples.short_paper())[0]
    assert "1.GobiernoRegionaldeAyacucho–Gerencia" not in page
    assert "2.MunicipalidadDistritaldeQuinuaYeseniaRúaMendívil" in page


# --- pages ---------------------------------------------------------------------------------------


def test_pages_are_those_of_the_pictures() -> None:
    short, long = rendered(samples.short_paper()), rendered(samples.long_paper())
    assert len(short) == 2
    assert len(long) == 3
    for pages in (short, long):
        for number, page in enumerate(pages, start=1):
            assert f"Página{number}de{len(pages)}" in page
        assert pages[-1].startswith("Datoscomplementariosdelregistro")


def test_headings_repeat_on_the_next_page() -> None:
    _first, second, _third = rendered(samples.long_paper())
    assert second.startswith(squeezed("Nudo crítico y/o dificultad Orientaciones brindadas"))


@pytest.mark.parametrize("length", [5_000, 20_000])
def test_a_row_longer_than_a_page_breaks_legibly(length: int) -> None:
    numbered = " ".join(f"palabra{number:05d}" for number in range(length // 13))
    pages = rendered(samples.paper_of(with_text(samples.short_ficha(), numbered)))
    text = "".join(pages)
    assert re.findall(r"palabra(\d{5})", text) == [f"{n:05d}" for n in range(length // 13)]
    for page in pages[1:]:
        if "palabra" in page:
            assert page.startswith(squeezed("Nudo crítico y/o dificultad Orientaciones brindadas"))
            assert page.count("1.(continuación)") == 2


def test_thirty_people_sign_and_every_page_says_who_they_are() -> None:
    pages = rendered(samples.paper_of(samples.crowded_ficha(30)))
    signing = [page for page in pages if squeezed("Destinatario(s) de AT") in page]
    assert len(signing) > 1
    # The responsable signed on the first of them: the empty halves after it point there.
    where = pages.index(signing[0]) + 1
    assert [f"Verpágina{where}" in page for page in signing] == [False] + [True] * (
        len(signing) - 1
    )
    names = [person.nombre for person in samples.crowded_ficha(30).destinatarios]
    for name in set(names):
        # Once as destinatario, once under the signature, once in the complementary sheet.
        count = "".join(pages).count(squeezed(name))
        expected = 3 * names.count(name)
        acuerdos = sum(a.responsable == name for a in samples.short_ficha().acuerdos)
        assert count == expected + acuerdos


def test_the_largest_ficha_is_printed_whole() -> None:
    ficha = samples.short_ficha()
    nudos = tuple(
        NudoCritico(descripcion=f"inicio{n} {'x ' * 2_000}fin{n}", orientacion="y")
        for n in range(200)
    )
    text = "".join(rendered(samples.paper_of(replace(ficha, nudos_criticos=nudos))))
    for number in (0, 99, 199):
        assert f"{number + 1}.inicio{number}" in text
        assert f"fin{number}" in text


# --- faces ---------------------------------------------------------------------------------------


def footer(paper: FichaPaper) -> str:
    return rendered(paper)[0]


def test_the_foot_of_a_sealed_ficha() -> None:
    paper = samples.short_paper()
    page = footer(paper)
    digest = contenido_sha256(paper.ficha)
    assert squeezed("Ficha 05-2026-K7Q2MX-0012 · versión 1") in page
    assert squeezed("Sellada el 20/11/2026 11:42 (hora de Lima)") in page
    assert f"Huella:{digest[:16]}" in page
    assert squeezed("lea el código QR o escriba el número de ficha y la huella") in page


def test_a_print_to_sign_says_so_and_carries_the_same_number_and_hash() -> None:
    to_sign = footer(samples.paper_of(samples.short_ficha(), "para_firmar", ()))
    assert "Porsellar" in to_sign
    assert "BORRADOR" not in to_sign
    assert f"Huella:{contenido_sha256(samples.short_ficha())[:16]}" in to_sign
    assert f"Huella:{contenido_sha256(samples.short_paper().ficha)[:16]}" in to_sign


def test_a_draft_is_marked_and_shows_its_gaps() -> None:
    page = footer(samples.paper_of(samples.empty_ficha(), "borrador"))
    assert "BORRADOR" in page
    assert "QR" not in page
    # Region, date, two hours, districts, two groups of people, nudo and orientación.
    assert page.count("Porcompletar") == 9
    whole = footer(samples.paper_of(samples.short_ficha(), "borrador"))
    assert "Porcompletar" not in whole


def test_a_draft_just_begun_has_no_complementary_sheet() -> None:
    assert len(rendered(samples.paper_of(samples.empty_ficha(), "borrador"))) == 1


def test_gaps_inside_rows_are_named() -> None:
    ficha = samples.short_ficha()
    torn = replace(
        ficha,
        responsables=(replace(ficha.responsables[0], cargo=""),),
        nudos_criticos=(NudoCritico(descripcion="Uno"),),
        acuerdos=(replace(ficha.acuerdos[0], responsable="", plazo=None),),
    )
    page = footer(samples.paper_of(torn, "borrador"))
    assert page.count("Porcompletar") == 4
    assert squeezed("Responsable: Por completar Plazo: Por completar") in page


def test_annulled_and_practice_papers_say_so_on_every_page() -> None:
    paper = replace(samples.long_paper(), anulada="registrada dos veces", practice=True)
    pages = rendered(paper)
    assert squeezed("ANULADA. Esta ficha no cuenta. Motivo: registrada dos veces.") in pages[0]
    for page in pages:
        assert page.count("ANULADA") >= 2
        assert page.count("PRÁCTICA") >= 2


def test_a_rectification_names_what_it_replaces() -> None:
    assert squeezed(
        "Versión 2, reemplaza a la versión 1. Motivo: se corrigió la hora de término, que decía "
        "12:00."
    ) in "".join(rendered(samples.long_paper()))


# --- signatures ----------------------------------------------------------------------------------


def signature(tipo: TipoFirma, motivo: str | None = None, **more: bool) -> FichaPaper:
    ficha = samples.short_ficha()
    firma = Firma(participante=ficha.destinatarios[0].id, tipo=tipo, motivo=motivo)
    item = PaperFirma(firma, void=more.get("void", False), late=more.get("late", False))
    return samples.paper_of(ficha, "sellada", (item,))


@pytest.mark.parametrize(
    ("paper", "said"),
    [
        (signature(TipoFirma.PENDIENTE, "salió a campo"), "Firma pendiente Motivo: salió a campo"),
        (signature(TipoFirma.NO_FIRMO, "no quiso"), "No firmó Motivo: no quiso"),
        (signature(TipoFirma.PAPEL), "Firmó en papel (falta el escaneo)"),
        (signature(TipoFirma.DIGITAL), "Firmó digitalmente"),
        (signature(TipoFirma.TRAZO), "Firmó en pantalla (trazo no disponible)"),
        (signature(TipoFirma.TRAZO, void=True), "Firma sin validez: el contenido cambió"),
        (signature(TipoFirma.PAPEL, late=True), "Firmó después del sellado"),
    ],
)
def test_a_signature_that_is_no_ink_is_said_in_words(paper: FichaPaper, said: str) -> None:
    assert squeezed(said) in rendered(paper)[0]


def test_who_is_pending_finds_a_free_line_on_the_print_to_sign() -> None:
    paper = replace(signature(TipoFirma.PENDIENTE, "salió"), face=PaperFace("para_firmar"))
    first, second = rendered(paper)
    assert "pendiente" not in first
    assert squeezed("Pendiente. Motivo: salió") in second


def test_a_long_reason_is_whole_on_the_complementary_sheet() -> None:
    motivo = "porque tuvo que atender una emergencia en el centro poblado de Patahuayco " * 9
    first, second = rendered(signature(TipoFirma.NO_FIRMO, motivo.strip()))
    assert squeezed("(motivo en los datos complementarios)") in first
    assert squeezed(motivo) in second


def test_paper_signatures_point_to_their_scan() -> None:
    pages = rendered(samples.long_paper())
    assert squeezed("Firmó en papel (ver adjunto 2)") in pages[1]
    assert squeezed("Firma en papel (adjunto 2)") in pages[2]


def test_a_later_valid_signature_takes_the_place_of_a_void_one() -> None:
    ficha = samples.short_ficha()
    person = ficha.destinatarios[0].id
    void = PaperFirma(Firma(participante=person, tipo=TipoFirma.TRAZO), void=True)
    late = PaperFirma(
        Firma(participante=person, tipo=TipoFirma.TRAZO), trazo=samples.trazo(1), late=True
    )
    page = rendered(samples.paper_of(ficha, "sellada", (void, late)))[0]
    assert "sinvalidez" not in page
    assert squeezed("Firmó después del sellado") in page


def test_a_stranger_among_the_signatures_is_told() -> None:
    firma = PaperFirma(Firma(participante=samples.sample_id(999), tipo=TipoFirma.PAPEL))
    pages = rendered(samples.paper_of(samples.short_ficha(), "sellada", (firma,)))
    assert squeezed("Persona que no está en la ficha") in pages[1]


# --- the file ------------------------------------------------------------------------------------


def test_the_file_tells_its_title_language_and_maker_but_no_date() -> None:
    data = RENDERER.render(samples.short_paper())
    reader = pypdf.PdfReader(io.BytesIO(data), strict=True)
    assert reader.metadata is not None
    assert reader.metadata.title == "Ficha 05-2026-K7Q2MX-0012 · versión 1"
    assert reader.metadata.author == "Gobierno Regional de Ayacucho"
    assert reader.metadata.producer == "fichaat"
    assert reader.metadata.creation_date is None
    assert reader.metadata.modification_date is None
    assert str(reader.root_object["/Lang"]) == "es-PE"
    width, height = reader.pages[0].mediabox[2:]
    assert (float(width), float(height)) == pytest.approx((595.28, 841.89), abs=0.01)


def test_fonts_are_embedded_as_subsets() -> None:
    reader = pypdf.PdfReader(io.BytesIO(RENDERER.render(samples.long_paper())))
    fonts = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]  # pypdf objects are loose
    names = set()
    for font in fonts.values():
        entry = font.get_object()
        if entry["/Subtype"] == "/TrueType":
            names.add(re.sub(r"^/[A-Z]{6}\+", "", entry["/BaseFont"]))
            assert "/FontFile2" in entry["/FontDescriptor"]
            assert "/ToUnicode" in entry
    assert names == {"NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic"}
    assert len(RENDERER.render(samples.long_paper())) < 100_000


_PRINT = """
import hashlib
from fichaat.reports.ficha_pdf import ReportlabPaperRenderer
from tests.support import samples
renderer = ReportlabPaperRenderer()
for paper in (samples.short_paper(), samples.long_paper()):
    print(hashlib.sha256(renderer.render(paper)).hexdigest())
"""


def test_two_processes_print_the_same_bytes() -> None:
    root = Path(__file__).parents[3]
    answers = set()
    for seed in ("1", "2"):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join((str(root / "src"), str(root))),
        }
        done = subprocess.run(
            [sys.executable, "-c", _PRINT],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        answers.add(done.stdout)
    here = "".join(
        hashlib.sha256(RENDERER.render(paper)).hexdigest() + "\n"
        for paper in (samples.short_paper(), samples.long_paper())
    )
    assert answers == {here}


def test_what_was_printed_before_changes_nothing() -> None:
    before = RENDERER.render(samples.short_paper())
    RENDERER.render(samples.paper_of(with_text(samples.short_ficha(), "漢字 🎉 Ωμέγα")))
    assert RENDERER.render(samples.short_paper()) == before
    assert ReportlabPaperRenderer().render(samples.short_paper()) == before


def test_characters_without_glyph_are_named_in_the_file() -> None:
    ficha = replace(samples.short_ficha(), lugar="Salón 🎉 \u202eaunúQ")
    assert "Salón[U+1F389][U+202E]aunúQ" in rendered(samples.paper_of(ficha))[0]


# --- the code ------------------------------------------------------------------------------------


def test_the_code_has_finders_and_its_size() -> None:
    rows = qr_rows("FICHAAT|05-2026-K7Q2MX-0012|1|9f3a41c70be26d18")
    assert len(rows) == 33
    assert all(len(row) == 33 for row in rows)
    for row, column in ((0, 0), (0, 26), (26, 0)):
        assert all(rows[row][column : column + 7])
        assert not any(rows[row + 1][column + 1 : column + 6])
        assert all(rows[row + 3][column + 2 : column + 5])


def test_the_longest_number_fits_the_code() -> None:
    qr_rows("FICHAAT|05-2026-K7Q2MX-123456789|9999|9f3a41c70be26d18")
    with pytest.raises(ValueError, match="x"):
        qr_rows("x" * 63)


def test_a_paper_knows_which_drawing_made_it() -> None:
    assert RENDERER.version


def test_unknown_names_do_not_stop_a_paper() -> None:
    """A district or agreement that nothing explains prints as what is known of it."""
    ficha = samples.long_ficha()
    bare = FichaPaper(
        ficha=ficha, face=PaperFace("para_firmar"), gobierno_regional="", distritos={}
    )
    text = "".join(rendered(bare))
    assert squeezed("050106, 050107 y 050108") in text
    assert squeezed("Acuerdo que no está en este equipo.") in text


# --- what a closer look found --------------------------------------------------------------------


def test_nobody_signs_a_page_with_nothing_else_on_it() -> None:
    first, second, _more = rendered(samples.paper_of(samples.crowded_ficha(5)))
    assert "2.Designarporresolución" not in first
    assert second.startswith(
        squeezed("Seguimiento de acuerdos/compromisos anteriores (si hubiera)")
    )
    assert "2.Designarporresolución" in second


@pytest.mark.parametrize("signers", range(1, 13))
def test_the_last_row_never_leaves_the_signatures(signers: int) -> None:
    pages = rendered(samples.paper_of(samples.crowded_ficha(signers)))
    (page,) = (page for page in pages if squeezed("Responsable de la AT") in page)
    assert "2.Designarporresolución" in page


def test_a_sealed_paper_leaves_no_line_to_sign_on() -> None:
    ficha = samples.short_ficha()
    one = samples.signed(ficha, datetime(2026, 11, 20, 11, 20, tzinfo=samples.LIMA))[:1]
    assert rendered(samples.paper_of(ficha, "sellada", one))[0].count("Sinfirma") == 2
    assert "Sinfirma" not in rendered(samples.paper_of(ficha, "para_firmar", one))[0]
    assert "Sinfirma" not in rendered(samples.paper_of(ficha, "borrador", one))[0]


def test_a_correction_signed_by_the_responsable_alone_says_so() -> None:
    ficha = samples.short_ficha()
    everyone = samples.signed(ficha, datetime(2026, 11, 20, 11, 20, tzinfo=samples.LIMA))
    said = squeezed("Firmada solo por la parte responsable.")
    for firmas, expected in ((everyone[:1], True), (everyone, False)):
        face = PaperFace("sellada", version=2, supersedes_reason="decía 12:00")
        paper = replace(samples.paper_of(ficha, "sellada", firmas), face=face)
        assert (said in rendered(paper)[1]) is expected


def test_a_late_word_is_no_late_signature() -> None:
    page = rendered(signature(TipoFirma.PENDIENTE, "salió", late=True))[0]
    assert squeezed("Firmó después del sellado") not in page


def test_a_draft_shows_what_a_follow_up_lacks() -> None:
    lacking = (
        Seguimiento(estado=EstadoAcuerdo.CUMPLIDO),
        Seguimiento(
            estado=EstadoAcuerdo.REPROGRAMADO, descripcion="Uno", nuevo_plazo=date(2026, 12, 1)
        ),
    )
    ficha = replace(samples.short_ficha(), seguimientos=lacking)
    page = rendered(samples.paper_of(ficha, "borrador"))[0]
    assert "1.PorcompletarCumplido.Fechadecumplimiento:Porcompletar" in page
    assert "2.Uno.Reprogramado.Nuevoplazo:01/12/2026.Motivo:Porcompletar" in page
    assert "Porcompletar" not in rendered(samples.paper_of(ficha, "sellada"))[0]


def test_a_row_of_the_complementary_sheet_says_that_it_goes_on() -> None:
    ficha = replace(
        samples.short_ficha(),
        advertencias=(Advertencia("ficha.fecha_old", "/fecha", "palabra " * 1_500),),
    )
    *_, before, last = rendered(samples.paper_of(ficha))
    assert last.startswith(
        squeezed("Aviso Motivo que escribió la persona responsable (continuación)")
    ), (before[:80], last[:80])
