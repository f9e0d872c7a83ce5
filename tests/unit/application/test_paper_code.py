"""What a printed ficha is checked by: its code, against what is held here."""

import pytest
from msgspec.structs import replace

from fichaat.application.paper_code import (
    CheckedPaper,
    PaperCode,
    paper_code,
    read_paper_code,
)
from fichaat.application.queries import Queries
from fichaat.application.rectify_ficha import RectifyFicha
from fichaat.application.save_draft import SaveDraft
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import contenido_sha256
from tests.support.installations import Laptop
from tests.unit.application.test_drafts import a_draft
from tests.unit.application.test_sealed_fichas import rectified, sealed

CODIGO = "05-2026-K7Q2MX-0012"
HUELLA = "9f3a41c70be26d18"


def shown(laptop: Laptop, codigo: str, version: int) -> PaperCode:
    """What the paper of the version that is shown now would say."""
    contenido = contenido_sha256(Queries(laptop.here).ficha(codigo).contenido)
    code = read_paper_code(paper_code(codigo, version, contenido))
    assert code is not None
    return code


def test_what_the_paper_holds_is_read_again() -> None:
    text = paper_code(CODIGO, 12, HUELLA + "0" * 48)
    assert text == f"FICHAAT|{CODIGO}|12|{HUELLA}"
    assert read_paper_code(f" {text}\n") == PaperCode(CODIGO, 12, HUELLA)


@pytest.mark.parametrize("text", ["", CODIGO, "padrón nominal", "FICHAAT", "x FICHAAT|a|1|b"])
def test_other_texts_are_no_code_of_a_paper(text: str) -> None:
    assert read_paper_code(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "FICHAAT|",
        f"FICHAAT|{CODIGO}",
        f"FICHAAT|{CODIGO}|1|{HUELLA[:-1]}",
        f"FICHAAT|{CODIGO}|1|{HUELLA}0",
        f"FICHAAT|{CODIGO}|99999|{HUELLA}",
        f"FICHAAT|{CODIGO}|¹|{HUELLA}",
        f"FICHAAT|{'9' * 25}|1|{HUELLA}",
        f"fichaat|{CODIGO}|1|{HUELLA}",
    ],
)
def test_a_cut_code_is_refused(text: str) -> None:
    with pytest.raises(UserFacingError) as refused:
        read_paper_code(text)
    assert refused.value.code == "ficha.paper_code"


def test_a_paper_agrees_with_its_version_and_is_told_of_a_newer(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    first = shown(laptop, codigo, 1)
    assert Queries(laptop.here).paper(first) == CheckedPaper(codigo, 1, 1)
    rectified(laptop, codigo)
    assert Queries(laptop.here).paper(first) == CheckedPaper(codigo, 1, 2)
    second = shown(laptop, codigo, 2)
    assert Queries(laptop.here).paper(second) == CheckedPaper(codigo, 2, 2)
    # The content of one version under the number of the other.
    with pytest.raises(UserFacingError) as refused:
        Queries(laptop.here).paper(replace(second, version=1))
    assert refused.value.code == "ficha.paper_differs"


def test_a_print_to_sign_agrees_until_the_draft_changes(laptop: Laptop) -> None:
    codigo = a_draft(laptop).ficha.codigo
    paper = shown(laptop, codigo, 1)
    assert Queries(laptop.here).paper(paper) == CheckedPaper(codigo, 1, 1)
    ficha = Queries(laptop.here).ficha(codigo).contenido
    SaveDraft(laptop.here)(codigo, replace(ficha, observaciones="llegó otra persona"))
    with pytest.raises(UserFacingError) as refused:
        Queries(laptop.here).paper(paper)
    assert refused.value.code == "ficha.paper_differs"
    assert refused.value.params["papel"] != refused.value.params["aqui"]


def test_an_open_correction_is_the_newest_and_does_not_hide_the_sealed_one(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    paper = shown(laptop, codigo, 1)
    RectifyFicha(laptop.here)(codigo, "decía 12:00")
    assert Queries(laptop.here).paper(paper) == CheckedPaper(codigo, 1, 2)


def test_what_is_not_here_is_said(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    for code, told in (
        (PaperCode(codigo, 3, HUELLA), "ficha.paper_version"),
        (PaperCode(CODIGO, 1, HUELLA), "ficha.unknown"),
    ):
        with pytest.raises(UserFacingError) as refused:
            Queries(laptop.here).paper(code)
        assert refused.value.code == told
