"""What is typed is kept, what was signed is not changed behind the signer's back."""

import json
from datetime import timedelta

import pytest
from msgspec.structs import replace

from fichaat.application.ports.rows import Draft
from fichaat.application.save_draft import DiscardDraft, SaveDraft, new_codigos, new_draft
from fichaat.application.seal_ficha import SealFicha
from fichaat.application.sign_ficha import SignFicha
from fichaat.domain.errors import SchemaError, UserFacingError
from fichaat.domain.ficha import contenido_sha256
from fichaat.domain.firma import TipoFirma
from fichaat.domain.problems import Severity
from tests.support.fichas import DESTINATARIO, RESPONSABLE, unsigned_ficha, with_new_acuerdos
from tests.support.installations import Laptop

STROKE = json.dumps({"ancho": 100, "alto": 50, "trazos": [[[1, 2], [30, 40]]]}).encode()


def a_draft(laptop: Laptop) -> Draft:
    with laptop.here.store.write() as tx:
        codigo = new_codigos(tx, laptop.here, 1)[0]
        ficha = with_new_acuerdos(unsigned_ficha(codigo=codigo), laptop.here.ids.new_id)
        draft = new_draft(laptop.here, ficha)
        tx.put_draft(draft)
    return draft


def kept(laptop: Laptop, codigo: str) -> Draft:
    with laptop.here.store.read() as reader:
        found = reader.draft(codigo)
    assert found is not None
    return found


def signed_draft(laptop: Laptop) -> Draft:
    draft = a_draft(laptop)
    sign = SignFicha(laptop.here)
    for person in (RESPONSABLE.id, DESTINATARIO.id):
        sign(draft.ficha.codigo, person, TipoFirma.TRAZO, stroke=STROKE)
    return kept(laptop, draft.ficha.codigo)


def test_codes_count_up_and_carry_region_and_year(laptop: Laptop) -> None:
    first, second = a_draft(laptop).ficha.codigo, a_draft(laptop).ficha.codigo
    assert first.startswith("05-2026-")
    assert (first[-4:], second[-4:]) == ("0001", "0002")


def test_what_is_saved_is_what_is_read(laptop: Laptop) -> None:
    draft = a_draft(laptop)
    typed = replace(draft.ficha, observaciones="la señal se cortó\ndos veces")
    SaveDraft(laptop.here)(draft.ficha.codigo, typed)
    assert kept(laptop, draft.ficha.codigo).ficha == typed


def test_a_change_of_the_content_voids_the_strokes_until_it_is_taken_back(
    laptop: Laptop,
) -> None:
    draft = signed_draft(laptop)
    changed = replace(draft.ficha, hora_fin="11:45")
    saved, _ = SaveDraft(laptop.here)(draft.ficha.codigo, changed)
    assert saved.ficha.firmas == ()
    assert saved.void_firmas == draft.ficha.firmas
    again = replace(saved.ficha, hora_fin=draft.ficha.hora_fin)
    returned, _ = SaveDraft(laptop.here)(draft.ficha.codigo, again)
    # Exactly what they signed stands there again: their strokes hold, in the order of the paper.
    assert sorted(f.participante for f in returned.ficha.firmas) == [
        RESPONSABLE.id,
        DESTINATARIO.id,
    ]
    assert returned.void_firmas == ()


def test_a_later_answer_is_not_replaced_by_a_stroke_that_would_hold_again(laptop: Laptop) -> None:
    draft = signed_draft(laptop)
    codigo = draft.ficha.codigo
    SaveDraft(laptop.here)(codigo, replace(draft.ficha, hora_fin="11:45"))
    SignFicha(laptop.here)(codigo, DESTINATARIO.id, TipoFirma.NO_FIRMO, motivo="se retiró")
    now = kept(laptop, codigo).ficha
    back, _ = SaveDraft(laptop.here)(codigo, replace(now, hora_fin=draft.ficha.hora_fin))
    firmas = {f.participante: f.tipo for f in back.ficha.firmas}
    assert firmas == {DESTINATARIO.id: TipoFirma.NO_FIRMO, RESPONSABLE.id: TipoFirma.TRAZO}
    assert [f.participante for f in back.void_firmas] == [DESTINATARIO.id]


def test_what_cannot_be_read_yet_is_kept_and_forbids_the_seal(laptop: Laptop) -> None:
    draft = signed_draft(laptop)
    codigo = draft.ficha.codigo
    typed = replace(draft.ficha, hora_fin=None)
    SaveDraft(laptop.here)(codigo, typed, {"/hora_fin": "9:"})
    assert kept(laptop, codigo).textos == {"/hora_fin": "9:"}
    outcomes, _ = SealFicha(laptop.here)([codigo], "motivo")
    assert outcomes[0].record is None
    of_the_field = [p.code for p in outcomes[0].problems if p.path == "/hora_fin"]
    assert of_the_field == ["ficha.unread_text"]


def test_a_reason_or_an_attachment_voids_nothing(laptop: Laptop) -> None:
    draft = signed_draft(laptop)
    before = contenido_sha256(draft.ficha)
    outcomes, _ = SealFicha(laptop.here)([draft.ficha.codigo], "sin observaciones")
    record = outcomes[0].record
    assert record is not None
    assert contenido_sha256(record.record.content) == before  # type: ignore[arg-type]  # a ficha


def test_a_text_no_record_may_hold_is_refused_and_nothing_is_lost(laptop: Laptop) -> None:
    draft = a_draft(laptop)
    with pytest.raises(SchemaError) as refused:
        SaveDraft(laptop.here)(draft.ficha.codigo, replace(draft.ficha, lugar="a\u0000b"))
    assert refused.value.code == "schema.control_character"
    assert kept(laptop, draft.ficha.codigo) == draft


def test_a_discarded_draft_stays_thirty_days_in_the_bin(laptop: Laptop) -> None:
    old, new = a_draft(laptop), a_draft(laptop)
    DiscardDraft(laptop.here)(old.ficha.codigo)
    with laptop.here.store.read() as reader:
        assert reader.draft(old.ficha.codigo) is None
        assert [d.id for d in reader.drafts(discarded=True)] == [old.id]
    laptop.clock.moment += timedelta(days=31)
    DiscardDraft(laptop.here)(new.ficha.codigo)
    with laptop.here.store.read() as reader:
        assert [d.id for d in reader.drafts(discarded=True)] == [new.id]


def test_sealing_lists_what_lacks_and_keeps_the_draft(laptop: Laptop) -> None:
    draft = a_draft(laptop)
    outcomes, changes = SealFicha(laptop.here)([draft.ficha.codigo], "motivo")
    assert outcomes[0].record is None
    codes = {p.code for p in outcomes[0].problems if p.severity is Severity.ERROR}
    assert codes == {"ficha.firma_responsable_missing", "ficha.firma_destinatario_missing"}
    assert not changes
    assert kept(laptop, draft.ficha.codigo) == draft


def test_signing_again_replaces_the_signature_of_that_person_only(laptop: Laptop) -> None:
    draft = signed_draft(laptop)
    SignFicha(laptop.here)(
        draft.ficha.codigo, DESTINATARIO.id, TipoFirma.NO_FIRMO, motivo="se retiró antes"
    )
    firmas = {f.participante: f.tipo for f in kept(laptop, draft.ficha.codigo).ficha.firmas}
    assert firmas == {RESPONSABLE.id: TipoFirma.TRAZO, DESTINATARIO.id: TipoFirma.NO_FIRMO}


@pytest.mark.parametrize(
    ("kwargs", "code"),
    [
        ({"tipo": TipoFirma.PENDIENTE}, "ficha.firma_motivo_required"),
        ({"tipo": TipoFirma.PENDIENTE, "motivo": "  "}, "ficha.firma_motivo_required"),
        ({"tipo": TipoFirma.TRAZO, "stroke": b"no es json"}, "ficha.stroke_invalid"),
        ({"tipo": TipoFirma.TRAZO, "stroke": b"{}"}, "ficha.stroke_invalid"),
        (
            {
                "tipo": TipoFirma.TRAZO,
                "stroke": b'{"ancho":9,"alto":9,"trazos":[[[1,1]]],"presion":[1]}',
            },
            "ficha.stroke_invalid",
        ),
    ],
)
def test_what_is_no_signature_is_refused(
    laptop: Laptop, kwargs: dict[str, object], code: str
) -> None:
    draft = a_draft(laptop)
    with pytest.raises(UserFacingError) as refused:
        SignFicha(laptop.here)(draft.ficha.codigo, RESPONSABLE.id, **kwargs)  # type: ignore[arg-type]  # cases differ
    assert refused.value.code == code
    assert kept(laptop, draft.ficha.codigo) == draft


def test_a_stranger_to_the_ficha_does_not_sign_it(laptop: Laptop) -> None:
    draft = a_draft(laptop)
    stranger = "01900000-0000-7000-8000-00000000dead"
    with pytest.raises(UserFacingError) as refused:
        SignFicha(laptop.here)(draft.ficha.codigo, stranger, TipoFirma.TRAZO, stroke=STROKE)
    assert refused.value.code == "ficha.participante_unknown"
