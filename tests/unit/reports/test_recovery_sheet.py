from datetime import datetime
from io import BytesIO

from pypdf import PdfReader

from fichaat.application.profiles import PRACTICE, NewProfile
from fichaat.domain.rol import Rol
from fichaat.reports.recovery_sheet import render_recovery_sheet
from fichaat.system.clock import LIMA

WORDS = ("bufanda", "sapo", "texto", "ética", "cúpula", "talco", "señal", "marea") + ("élite",) * 4
MADE = datetime(2026, 11, 20, 9, tzinfo=LIMA)
PERSON = NewProfile(
    Rol.ESPECIALISTA, "05", None, "Marleni Ñahui", "Especialista", "Gobierno Regional de Ayacucho"
)


def text(pdf: bytes) -> str:
    (page,) = PdfReader(BytesIO(pdf)).pages
    return str(page.extract_text())


def test_one_page_with_the_words_by_number_whose_they_are_and_how_to_keep_them() -> None:
    pdf = render_recovery_sheet(PERSON, WORDS, MADE)
    found = text(pdf)
    for number, word in enumerate(WORDS, 1):
        assert f"{number}." in found
        assert word in found
    assert "Marleni Ñahui" in found
    assert "20/11/2026" in found
    assert "bajo llave" in found
    assert "PRÁCTICA" not in found
    assert pdf == render_recovery_sheet(PERSON, WORDS, MADE)
    title = PdfReader(BytesIO(pdf)).metadata
    assert title is not None
    assert title.title == "Hoja de recuperación"


def test_practice_says_so() -> None:
    assert "PRÁCTICA" in text(render_recovery_sheet(PRACTICE, WORDS, MADE))
