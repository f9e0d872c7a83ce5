"""What is sealed is corrected by versions, annulled with a reason, proved later; never edited."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from fichaat.application.add_evidence import AddEvidence, LateSignature
from fichaat.application.annul_ficha import AnnulFicha
from fichaat.application.papers import Papers
from fichaat.application.ports.papers import FichaPaper
from fichaat.application.print_ficha import PrintFicha
from fichaat.application.queries import Queries
from fichaat.application.rectify_ficha import RectifyFicha, demand_living, why_closed
from fichaat.application.save_draft import SaveDraft
from fichaat.application.seal_ficha import SealFicha
from fichaat.application.sealed import find_lineage
from fichaat.application.sign_ficha import SignFicha
from fichaat.domain.authority import Standing
from fichaat.domain.errors import UserFacingError
from fichaat.domain.firma import TipoFirma
from fichaat.domain.lineage import Estado
from fichaat.domain.problems import Severity
from fichaat.reports.ficha_pdf import ReportlabPaperRenderer
from fichaat.texts import message
from tests.support.fichas import DESTINATARIO, RESPONSABLE
from tests.support.installations import Laptop
from tests.unit.application.test_drafts import STROKE, a_draft, signed_draft


def sealed(laptop: Laptop) -> str:
    codigo = signed_draft(laptop).ficha.codigo
    outcomes, _ = SealFicha(laptop.here)([codigo], "motivo de prueba")
    assert outcomes[0].record is not None
    return codigo


def sealed_with_pending(laptop: Laptop) -> str:
    codigo = a_draft(laptop).ficha.codigo
    sign = SignFicha(laptop.here)
    sign(codigo, RESPONSABLE.id, TipoFirma.TRAZO, stroke=STROKE)
    sign(codigo, DESTINATARIO.id, TipoFirma.PENDIENTE, motivo="salió a campo")
    SealFicha(laptop.here)([codigo], "salió a campo")
    return codigo


def rectified(laptop: Laptop, codigo: str) -> None:
    """Signed by the responsable alone, as a rectification may be."""
    draft, _ = RectifyFicha(laptop.here)(codigo, "decía 12:00")
    SaveDraft(laptop.here)(codigo, replace(draft.ficha, hora_fin="12:30"))
    SignFicha(laptop.here)(codigo, RESPONSABLE.id, TipoFirma.TRAZO, stroke=STROKE)
    outcomes, _ = SealFicha(laptop.here)([codigo], "motivo de prueba")
    assert outcomes[0].record is not None, outcomes[0].problems


def test_a_sealed_ficha_is_no_draft_any_more(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    view = Queries(laptop.here).ficha(codigo)
    assert view.estado == "sellada"
    with pytest.raises(UserFacingError) as refused:
        SealFicha(laptop.here)([codigo], "otra vez")
    assert refused.value.code == "ficha.already_sealed"


def test_a_rectification_is_the_next_version_with_its_reason(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    before = Queries(laptop.here).ficha(codigo)
    rectified(laptop, codigo)
    after = Queries(laptop.here).ficha(codigo)
    assert after.registro is not None
    assert after.registro.version == 2
    assert after.registro.supersedes is not None
    assert after.registro.supersedes.reason == "decía 12:00"
    assert after.contenido.hora_fin == "12:30"
    assert before.registro is not None
    assert after.registro.id == before.registro.id


def test_a_new_version_is_signed_anew(laptop: Laptop) -> None:
    draft, _ = RectifyFicha(laptop.here)(sealed(laptop), "un dato")
    assert draft.ficha.firmas == ()


def test_an_open_rectification_is_not_opened_twice(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    RectifyFicha(laptop.here)(codigo, "uno")
    with pytest.raises(UserFacingError) as refused:
        RectifyFicha(laptop.here)(codigo, "dos")
    assert refused.value.code == "ficha.rectification_open"


def test_a_rectification_of_what_was_annulled_meanwhile_is_not_sealed(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    RectifyFicha(laptop.here)(codigo, "un dato")
    SignFicha(laptop.here)(codigo, RESPONSABLE.id, TipoFirma.TRAZO, stroke=STROKE)
    AnnulFicha(laptop.here)(codigo, "registrada dos veces")
    outcomes, _ = SealFicha(laptop.here)([codigo], "motivo")
    assert outcomes[0].record is None
    assert "ficha.rectification_stale" in {p.code for p in outcomes[0].problems}


def test_annulled_is_shown_and_can_be_neither_corrected_nor_annulled_again(
    laptop: Laptop,
) -> None:
    codigo = sealed(laptop)
    AnnulFicha(laptop.here)(codigo, "registrada dos veces")
    assert Queries(laptop.here).ficha(codigo).estado == "anulada"
    for again in (AnnulFicha(laptop.here), RectifyFicha(laptop.here)):
        with pytest.raises(UserFacingError) as refused:
            again(codigo, "otra vez")
        assert refused.value.code == "ficha.annulled"


@pytest.mark.parametrize(
    ("standing", "why"),
    [
        (Standing.REVOCADO, "revocado"),
        (Standing.FUERA_DE_AMBITO, "fuera_de_ambito"),
        (Standing.FUERA_DE_VIGENCIA, "fuera_de_vigencia"),
        (Standing.SIN_DERECHO, "sin_derecho"),
        (Standing.POR_APROBAR, "otra_linea"),
        (Standing.APROBADO, "otra_linea"),
    ],
)
def test_what_is_kept_apart_is_not_called_a_conflict(
    laptop: Laptop, standing: Standing, why: str
) -> None:
    codigo = sealed(laptop)
    with laptop.here.store.read() as reader:
        line = find_lineage(reader, codigo, laptop.device)
    assert why_closed(line) is None
    apart = replace(line, estado=Estado.CUARENTENA, aprobacion=standing)
    with pytest.raises(UserFacingError) as refused:
        demand_living(apart)
    assert refused.value.code == f"ficha.quarantined_{why}"
    assert "cuarentena" in message(refused.value.code, refused.value.params)


@pytest.mark.parametrize("use_case", [AnnulFicha, RectifyFicha])
def test_a_reason_is_a_reason(laptop: Laptop, use_case: type[AnnulFicha]) -> None:
    codigo = sealed(laptop)
    with pytest.raises(UserFacingError) as refused:
        use_case(laptop.here)(codigo, " \n ")
    assert refused.value.code == "ficha.motivo_required"


def test_only_who_sealed_it_corrects_annuls_or_proves_it(laptop: Laptop, other: Laptop) -> None:
    codigo = sealed(laptop)
    other.receive(laptop.held(), laptop)
    before = other.fingerprint()
    attempts = (
        lambda: AnnulFicha(other.here)(codigo, "motivo"),
        lambda: RectifyFicha(other.here)(codigo, "motivo"),
        lambda: AddEvidence(other.here)(
            codigo, signature=LateSignature(DESTINATARIO.id, TipoFirma.TRAZO, stroke=STROKE)
        ),
    )
    for attempt in attempts:
        with pytest.raises(UserFacingError) as refused:
            attempt()
        assert refused.value.code == "ficha.not_author"
    assert other.fingerprint() == before


def test_a_late_signature_is_shown_beside_the_pending_one(laptop: Laptop) -> None:
    codigo = sealed_with_pending(laptop)
    AddEvidence(laptop.here)(
        codigo, signature=LateSignature(DESTINATARIO.id, TipoFirma.TRAZO, stroke=STROKE)
    )
    firmas = Queries(laptop.here).ficha(codigo).firmas
    assert [(f.participante, f.vale) for f in firmas][-1] == (DESTINATARIO.id, True)


class _Shown(ReportlabPaperRenderer):
    """Keeps what it was told to draw."""

    def __init__(self) -> None:
        self.papers: list[FichaPaper] = []

    def render(self, paper: FichaPaper) -> bytes:
        self.papers.append(paper)
        return b""


def test_a_late_signature_is_of_the_version_that_it_signed_alone(laptop: Laptop) -> None:
    codigo = sealed_with_pending(laptop)
    signature = LateSignature(DESTINATARIO.id, TipoFirma.TRAZO, stroke=STROKE)
    AddEvidence(laptop.here)(codigo, signature=signature)
    shown = _Shown()
    draw = PrintFicha(laptop.here, Papers(shown, laptop.here, message))
    draw(codigo)
    rectified(laptop, codigo)
    draw(codigo)
    first, second = shown.papers
    assert [(f.firma.participante, f.late) for f in first.firmas if f.late] == [
        (DESTINATARIO.id, True)
    ]
    assert [(f.firma.participante, f.late, f.void) for f in second.firmas] == [
        (RESPONSABLE.id, False, False)
    ]
    # The command line and the window say the same.
    told = Queries(laptop.here).ficha(codigo).firmas
    assert [f.participante for f in told] == [RESPONSABLE.id]


def test_evidence_of_nothing_is_refused(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    with pytest.raises(UserFacingError) as refused:
        AddEvidence(laptop.here)(codigo)
    assert refused.value.code == "ficha.evidence_empty"


@pytest.mark.parametrize("codigo", ["05-2026-AAAAAA-0001", "", "x" * 5000, "05-2026'; DROP"])
def test_an_unknown_code_is_said(laptop: Laptop, codigo: str) -> None:
    for use_case in (AnnulFicha(laptop.here), RectifyFicha(laptop.here)):
        with pytest.raises(UserFacingError) as refused:
            use_case(codigo, "motivo")
        assert refused.value.code == "ficha.unknown"


def test_a_draft_that_comes_back_after_its_ficha_was_sealed_is_not_sealed_twice(
    laptop: Laptop, tmp_path: Path
) -> None:
    draft = signed_draft(laptop)
    laptop.copy_to(tmp_path / "antes")
    SealFicha(laptop.here)([draft.ficha.codigo], "motivo de prueba")
    sealed_records = laptop.held()
    certificates = laptop.certificates()
    laptop.go_back_to(tmp_path / "antes", new_chain=True)
    with laptop.here.store.write() as tx:
        tx.add_records(sealed_records, certificates)
    outcomes, _ = SealFicha(laptop.here)([draft.ficha.codigo], "motivo de prueba")
    assert outcomes[0].record is None
    assert [p.code for p in outcomes[0].problems if p.severity is Severity.ERROR] == [
        "ficha.sealed_meanwhile"
    ]
