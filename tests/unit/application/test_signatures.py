"""Who signed what, and what of an unfinished signature survives."""

import pytest
from msgspec.structs import replace

from fichaat.application.add_evidence import AddEvidence, LateSignature
from fichaat.application.annul_ficha import AnnulFicha
from fichaat.application.keep_stroke import KeepStroke
from fichaat.application.save_draft import SaveDraft, new_codigos, new_draft
from fichaat.application.seal_ficha import SealFicha
from fichaat.application.sign_ficha import SignFicha
from fichaat.application.signatures import EstadoFirma, Signatures
from fichaat.domain.codec import encode
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import Ficha
from fichaat.domain.firma import ClaseAdjunto, TipoFirma, Trazo
from tests.support.fichas import DESTINATARIO, RESPONSABLE, unsigned_ficha
from tests.support.installations import Laptop

TRAZO = Trazo(100, 50, (((1, 2), (30, 40)),))
OTHER = Trazo(100, 50, (((5, 5), (9, 5)),))
SCAN = ("hoja.pdf", "application/pdf", b"%PDF-1.4 una")
PAGE2 = ("hoja2.pdf", "application/pdf", b"%PDF-1.4 dos")
FIRST, SECOND = RESPONSABLE.id, DESTINATARIO.id


def new(laptop: Laptop, ficha: Ficha | None = None) -> str:
    with laptop.here.store.write() as tx:
        codigo = new_codigos(tx, laptop.here, 1)[0]
        tx.put_draft(new_draft(laptop.here, replace(ficha or unsigned_ficha(), codigo=codigo)))
    return codigo


def sealed(laptop: Laptop) -> str:
    """The responsable signed on paper, its scan to come; the other will sign later."""
    codigo = new(laptop)
    sign = SignFicha(laptop.here)
    sign(codigo, FIRST, TipoFirma.PAPEL)
    sign(codigo, SECOND, TipoFirma.PENDIENTE, motivo="Salió antes")
    outcomes, _ = SealFicha(laptop.here)([codigo], "Sin señal")
    assert outcomes[0].record is not None, outcomes[0].problems
    return codigo


def states(laptop: Laptop, codigo: str) -> list[EstadoFirma]:
    return [signer.estado for signer in Signatures(laptop.here)(codigo).signers]


def test_everyone_of_the_paper_is_asked_in_its_order(laptop: Laptop) -> None:
    view = Signatures(laptop.here)(new(laptop))
    assert [(s.id, s.responsable, s.waits) for s in view.signers] == [
        (FIRST, True, True),
        (SECOND, False, True),
    ]
    assert (view.sealed, view.problems, view.closed, view.kept) == (False, (), None, None)
    assert view.distritos == ("Quinua",)


def test_a_signature_is_shown_with_what_was_drawn(laptop: Laptop) -> None:
    codigo = new(laptop)
    SignFicha(laptop.here)(codigo, FIRST, TipoFirma.TRAZO, stroke=encode(TRAZO))
    signer = Signatures(laptop.here)(codigo).signers[0]
    assert (signer.estado, signer.trazo, signer.given) == (EstadoFirma.FIRMADA, TRAZO, True)


def test_a_change_of_the_content_asks_for_the_signature_again(laptop: Laptop) -> None:
    codigo = new(laptop)
    draft, _ = SignFicha(laptop.here)(codigo, FIRST, TipoFirma.TRAZO, stroke=encode(TRAZO))
    assert states(laptop, codigo)[0] is EstadoFirma.FIRMADA
    SaveDraft(laptop.here)(codigo, replace(draft.ficha, observaciones="otra cosa"))
    assert states(laptop, codigo) == [EstadoFirma.SIN_VALIDEZ, EstadoFirma.FALTA]


def test_paper_without_its_scan_then_with_it_in_two_pages(laptop: Laptop) -> None:
    codigo = new(laptop)
    sign = SignFicha(laptop.here)
    sign(codigo, FIRST, TipoFirma.PAPEL)
    assert states(laptop, codigo)[0] is EstadoFirma.PAPEL_SIN_ESCANEO
    sign(codigo, FIRST, TipoFirma.PAPEL, scan=SCAN, pages=[PAGE2])
    draft, _ = sign(codigo, SECOND, TipoFirma.PAPEL, scan=SCAN, pages=[PAGE2])
    assert states(laptop, codigo) == [EstadoFirma.PAPEL, EstadoFirma.PAPEL]
    assert [a.nombre for a in draft.ficha.adjuntos] == ["hoja.pdf", "hoja2.pdf"]
    assert {a.clase for a in draft.ficha.adjuntos} == {ClaseAdjunto.FICHA_FIRMADA}


def test_a_scan_that_is_replaced_goes_once_nobody_names_it(laptop: Laptop) -> None:
    codigo = new(laptop)
    sign = SignFicha(laptop.here)
    for who in (FIRST, SECOND):
        sign(codigo, who, TipoFirma.PAPEL, scan=SCAN)
    draft, _ = sign(codigo, FIRST, TipoFirma.PAPEL, scan=PAGE2)
    assert [a.nombre for a in draft.ficha.adjuntos] == ["hoja.pdf", "hoja2.pdf"]
    draft, _ = sign(codigo, SECOND, TipoFirma.TRAZO, stroke=encode(TRAZO))
    assert [a.nombre for a in draft.ficha.adjuntos] == ["hoja2.pdf"]


@pytest.mark.parametrize("data", [b"", b"texto", b"PK\x03\x04"])
def test_a_scan_is_a_picture_or_a_pdf(laptop: Laptop, data: bytes) -> None:
    codigo, good = new(laptop), SCAN
    bad = ("hoja.pdf", "application/pdf", data)
    for scan, pages in ((bad, []), (good, [bad])):
        with pytest.raises(UserFacingError) as refused:
            SignFicha(laptop.here)(codigo, FIRST, TipoFirma.PAPEL, scan=scan, pages=pages)
        assert refused.value.code == "ficha.file_refused"
    assert states(laptop, codigo)[0] is EstadoFirma.FALTA


def test_more_attachments_than_a_ficha_may_have_are_refused(laptop: Laptop) -> None:
    """One more would make a draft that cannot be read again."""
    codigo = new(laptop)
    pages = [(f"{n}.pdf", "application/pdf", b"%%PDF-1.4 %d" % n) for n in range(200)]
    with pytest.raises(UserFacingError) as refused:
        SignFicha(laptop.here)(codigo, FIRST, TipoFirma.PAPEL, scan=SCAN, pages=pages)
    assert refused.value.code == "ficha.list_full"
    assert states(laptop, codigo)[0] is EstadoFirma.FALTA


def test_excuses_are_told_apart(laptop: Laptop) -> None:
    codigo = new(laptop)
    sign = SignFicha(laptop.here)
    sign(codigo, FIRST, TipoFirma.PENDIENTE, motivo="Sin luz")
    sign(codigo, SECOND, TipoFirma.NO_FIRMO, motivo="No quiso")
    assert states(laptop, codigo) == [EstadoFirma.PENDIENTE, EstadoFirma.NO_FIRMO]
    assert not any(s.waits or s.given for s in Signatures(laptop.here)(codigo).signers)


def test_what_must_be_corrected_first_is_told(laptop: Laptop) -> None:
    codigo = new(laptop, unsigned_ficha(hora_fin=None, temas=()))
    problems = Signatures(laptop.here)(codigo).problems
    assert [problem.code for problem in problems] == ["ficha.hora_fin_required"]


def test_what_is_drawn_is_kept_until_accepted_or_cleared(laptop: Laptop) -> None:
    codigo = new(laptop)
    keep, look = KeepStroke(laptop.here), Signatures(laptop.here)
    assert not keep(codigo, SECOND, TRAZO)
    assert look(codigo).kept == (SECOND, TRAZO)
    keep(codigo, SECOND, OTHER)
    assert look(codigo).kept == (SECOND, OTHER)
    keep(codigo, FIRST, None)  # nobody else's is cleared
    assert look(codigo).kept == (SECOND, OTHER)
    SignFicha(laptop.here)(codigo, FIRST, TipoFirma.TRAZO, stroke=encode(TRAZO))
    assert look(codigo).kept == (SECOND, OTHER)
    SignFicha(laptop.here)(codigo, SECOND, TipoFirma.TRAZO, stroke=encode(OTHER))
    assert look(codigo).kept is None
    keep(codigo, SECOND, TRAZO)
    keep(codigo, SECOND, None)
    assert look(codigo).kept is None


def test_what_was_drawn_under_another_content_is_not_offered_for_this_one(laptop: Laptop) -> None:
    codigo = new(laptop)
    KeepStroke(laptop.here)(codigo, FIRST, TRAZO)
    ficha = Signatures(laptop.here)(codigo).ficha
    SaveDraft(laptop.here)(codigo, ficha)
    assert Signatures(laptop.here)(codigo).kept == (FIRST, TRAZO)
    SaveDraft(laptop.here)(codigo, replace(ficha, observaciones="otra cosa"))
    assert Signatures(laptop.here)(codigo).kept is None


def test_a_stroke_for_a_draft_that_is_gone_is_not_a_failure(laptop: Laptop) -> None:
    KeepStroke(laptop.here)("05-2026-K7Q2MX-0099", FIRST, None)


def test_after_the_seal_only_who_did_not_sign_is_asked(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    view = Signatures(laptop.here)(codigo)
    assert view.sealed
    assert [s.estado for s in view.signers] == [
        EstadoFirma.PAPEL_SIN_ESCANEO,
        EstadoFirma.PENDIENTE,
    ]
    keep = KeepStroke(laptop.here)
    keep(codigo, SECOND, TRAZO)
    assert Signatures(laptop.here)(codigo).kept == (SECOND, TRAZO)
    assert Signatures(laptop.here)(new(laptop)).kept is None
    keep(codigo, FIRST, None)
    assert Signatures(laptop.here)(codigo).kept == (SECOND, TRAZO)

    late = LateSignature(SECOND, TipoFirma.TRAZO, stroke=encode(TRAZO))
    AddEvidence(laptop.here)(codigo, signature=late)
    after = Signatures(laptop.here)(codigo)
    assert (after.signers[1].estado, after.signers[1].trazo) == (EstadoFirma.FIRMADA, TRAZO)
    assert after.kept is None

    AddEvidence(laptop.here)(codigo, files=[(SCAN, ClaseAdjunto.FICHA_FIRMADA)])
    assert states(laptop, codigo)[0] is EstadoFirma.PAPEL


def test_an_annulled_ficha_takes_no_signature(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    AnnulFicha(laptop.here)(codigo, "Registrada dos veces")
    assert Signatures(laptop.here)(codigo).closed == "ficha.annulled"


def test_a_ficha_of_somebody_else_takes_none_here(laptop: Laptop, other: Laptop) -> None:
    codigo = sealed(laptop)
    other.receive(laptop.held(), laptop)
    assert Signatures(other.here)(codigo).closed == "ficha.not_author"


def test_a_ficha_that_is_not_here_is_said(laptop: Laptop) -> None:
    with pytest.raises(UserFacingError) as unknown:
        Signatures(laptop.here)("05-2026-K7Q2MX-0099")
    assert unknown.value.code == "ficha.unknown"
