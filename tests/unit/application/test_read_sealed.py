"""A sealed ficha as it is seen: its newest version, what changed, all that happened to it."""

import pytest
from msgspec.structs import replace

from fichaat.application.add_evidence import AddEvidence, LateSignature
from fichaat.application.annul_ficha import AnnulFicha
from fichaat.application.read_sealed import Happening, ReadSealed
from fichaat.application.rectify_ficha import RectifyFicha
from fichaat.application.save_draft import SaveDraft
from fichaat.domain.errors import UserFacingError
from fichaat.domain.firma import ClaseAdjunto, TipoFirma
from tests.support.fichas import DESTINATARIO
from tests.support.installations import Laptop
from tests.support.offices import make_region
from tests.unit.application.test_drafts import STROKE, a_draft
from tests.unit.application.test_sealed_fichas import rectified, sealed, sealed_with_pending

SCAN = ("acta.pdf", "application/pdf", b"%PDF-1.4 acta")


def test_a_ficha_that_was_only_sealed_has_one_line_of_history(laptop: Laptop) -> None:
    seen = ReadSealed(laptop.here)(sealed(laptop))
    (event,) = seen.events
    assert (event.what, event.version, event.reason) == (Happening.VERSION, 1, "")
    assert event.who is not None
    assert event.who.nombre == "Persona 1"
    assert (seen.estado, seen.own, seen.correcting, seen.changes) == ("sellada", True, False, ())


def test_a_draft_has_no_sealed_view(laptop: Laptop) -> None:
    codigo = a_draft(laptop).ficha.codigo
    with pytest.raises(UserFacingError) as refused:
        ReadSealed(laptop.here)(codigo)
    assert refused.value.code == "ficha.not_sealed"


def test_a_new_version_says_what_it_changed_and_why(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    rectified(laptop, codigo)
    seen = ReadSealed(laptop.here)(codigo)
    assert [(e.version, e.reason, e.replaced) for e in seen.events] == [
        (1, "", True),
        (2, "decía 12:00", False),
    ]
    assert [change.field for change in seen.changes] == ["hora_fin"]


def test_while_it_is_corrected_the_sealed_version_is_seen(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    draft, _ = RectifyFicha(laptop.here)(codigo, "faltó un dato")
    seen = ReadSealed(laptop.here)
    assert seen(codigo).correcting
    assert seen.changes_of(draft) == []
    saved, _ = SaveDraft(laptop.here)(codigo, replace(draft.ficha, lugar="Otro lugar"))
    assert [change.field for change in seen.changes_of(saved)] == ["lugar"]
    assert seen(codigo).lineage.ficha.lugar != "Otro lugar"
    assert seen.changes_of(a_draft(laptop)) == []


def test_everything_that_happens_later_is_in_the_history(laptop: Laptop, other: Laptop) -> None:
    codigo = sealed_with_pending(laptop)
    late = LateSignature(DESTINATARIO.id, TipoFirma.TRAZO, stroke=STROKE)
    AddEvidence(laptop.here)(codigo, signature=late)
    AddEvidence(laptop.here)(codigo, files=[(SCAN, ClaseAdjunto.OTRO)])
    (first,) = (item for item in laptop.held() if item.record.kind == "ficha")
    with laptop.here.store.write() as tx:
        tx.mark_exported([first.sha256], "un paquete", laptop.clock.now())
    other.clock.moment = laptop.clock.now()
    other.receive([first], laptop)
    laptop.receive([item for item in other.held() if item.sha256 != first.sha256], other)
    laptop.clock.moment = other.clock.now()
    AnnulFicha(laptop.here)(codigo, "registrada dos veces")
    seen = ReadSealed(laptop.here)(codigo)
    assert [event.what for event in seen.events] == [
        Happening.VERSION,
        Happening.EVIDENCIA,
        Happening.EVIDENCIA,
        Happening.EXPORTADA,
        Happening.RECIBIDA,
        Happening.ANULACION,
    ]
    _, signature, files, _, received, annulled = seen.events
    assert signature.firmas == (DESTINATARIO.id,)
    assert files.adjuntos == ("acta.pdf",)
    assert received.who is not None
    assert received.who.nombre == "Persona 2"
    assert annulled.reason == "registrada dos veces"
    assert seen.estado == "anulada"


def test_what_another_installation_sealed_is_seen_and_not_owned(
    laptop: Laptop, other: Laptop
) -> None:
    make_region(other, laptop)
    codigo = sealed(laptop)
    other.receive([item for item in laptop.held() if item.record.kind == "ficha"], laptop)
    seen = ReadSealed(other.here)(codigo)
    assert not seen.own
    assert seen.estado == "recibida"
    assert [event.what for event in seen.events] == [Happening.VERSION, Happening.RECIBIDA]


def test_nobody_but_the_region_receives(laptop: Laptop, other: Laptop) -> None:
    codigo = sealed(laptop)
    other.receive([item for item in laptop.held() if item.record.kind == "ficha"], laptop)
    seen = ReadSealed(other.here)(codigo)
    assert seen.estado == "sellada"
    assert [event.what for event in seen.events] == [Happening.VERSION, Happening.RECIBIDA]


def test_all_versions_leave_in_a_package_as_one_thing(laptop: Laptop) -> None:
    codigo = sealed(laptop)
    rectified(laptop, codigo)
    both = [item.sha256 for item in laptop.held() if item.record.kind == "ficha"]
    assert len(both) == 2
    with laptop.here.store.write() as tx:
        tx.mark_exported(both, "un paquete", laptop.clock.now())
        tx.mark_exported(both, "otro paquete", laptop.clock.now())
    events = ReadSealed(laptop.here)(codigo).events
    assert [event.version for event in events if event.what is Happening.EXPORTADA] == [2, 2]
