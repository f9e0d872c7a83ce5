"""What the page of a ficha asks while somebody types, and the files it keeps."""

import hashlib
from datetime import date

import pytest
from msgspec.structs import replace

from fichaat.application.attach_files import AttachFiles
from fichaat.application.edit_ficha import EditFicha
from fichaat.application.media_types import media_type
from fichaat.application.ports.rows import Draft
from fichaat.application.save_draft import new_codigos, new_draft
from fichaat.application.seal_ficha import SealFicha
from fichaat.application.sign_ficha import SignFicha, people
from fichaat.domain.acuerdo import Acuerdo, Seguimiento
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import DistritoAtendido, Ficha, NudoCritico, Sesion
from fichaat.domain.firma import Adjunto, ClaseAdjunto, TipoFirma
from tests.support.fichas import QUINUA, unsigned_ficha, uuid7, with_new_acuerdos
from tests.support.installations import Laptop

JPEG = b"\xff\xd8\xff foto"


def a_draft(laptop: Laptop, ficha: Ficha | None = None) -> Draft:
    with laptop.here.store.write() as tx:
        codigo = new_codigos(tx, laptop.here, 1)[0]
        draft = new_draft(laptop.here, replace(ficha or unsigned_ficha(), codigo=codigo))
        tx.put_draft(draft)
    return draft


def seal(laptop: Laptop, ficha: Ficha) -> None:
    draft = a_draft(laptop, ficha)
    for person in people(draft.ficha):
        SignFicha(laptop.here)(
            draft.ficha.codigo, person.id, TipoFirma.PENDIENTE, motivo="sin señal"
        )
    outcomes, _ = SealFicha(laptop.here)([draft.ficha.codigo], "motivo")
    assert outcomes[0].record is not None


def test_open_agreements_of_the_districts_are_offered_until_they_are_answered(
    laptop: Laptop,
) -> None:
    first = Acuerdo(uuid7(31), "Primero", "Gerencia", date(2026, 12, 20))
    second = Acuerdo(uuid7(32), "Segundo", "Gerencia", date(2026, 12, 1))
    seal(laptop, unsigned_ficha(fecha=date(2026, 11, 1), acuerdos=(first, second)))
    visit = unsigned_ficha(
        distritos=(DistritoAtendido(QUINUA, Sesion.SEGUIMIENTO),),
        acuerdos=(),
        seguimientos=(Seguimiento(first.id),),
    )
    draft, review = EditFicha(laptop.here).open(a_draft(laptop, visit).ficha.codigo)
    assert review.abiertos == (second.id,)
    assert review.anteriores[first.id].descripcion == "Primero"
    assert "ficha.open_acuerdos_not_followed" in [p.code for p in review.problems]
    both = (*visit.seguimientos, Seguimiento(second.id))
    answered = replace(draft, ficha=replace(draft.ficha, seguimientos=both))
    later = EditFicha(laptop.here).review(answered)
    assert later.abiertos == ()
    assert "ficha.open_acuerdos_not_followed" not in [p.code for p in later.problems]


def test_suggestions_are_the_persons_own_words_the_usual_ones_first(
    laptop: Laptop, other: Laptop
) -> None:
    for number, words in enumerate(("Sin cloro", "SIN CLORO", "Sin DNI")):
        nudos = (NudoCritico(words, f"Orientación {number}"),)
        visit = unsigned_ficha(fecha=date(2026, 11, 1 + number), nudos_criticos=nudos)
        seal(laptop, with_new_acuerdos(visit, laptop.here.ids.new_id))
    seal(other, unsigned_ficha(nudos_criticos=(NudoCritico("De otra persona", "x"),)))
    laptop.receive(other.held(), other)
    found = EditFicha(laptop.here).suggestions()
    assert [nudo.lower() for nudo in found.nudos] == ["sin cloro", "sin dni"]
    assert set(found.orientaciones) == {"Orientación 0", "Orientación 1", "Orientación 2"}
    assert found.personas[0][1] in ("Marleni Ñahui", "Wilber Ayme")


def test_a_sealed_ficha_is_not_opened_as_a_draft(laptop: Laptop) -> None:
    draft = a_draft(laptop)
    for person in people(draft.ficha):
        SignFicha(laptop.here)(draft.ficha.codigo, person.id, TipoFirma.NO_FIRMO, motivo="x")
    SealFicha(laptop.here)([draft.ficha.codigo], "motivo")
    with pytest.raises(UserFacingError) as refused:
        EditFicha(laptop.here).open(draft.ficha.codigo)
    assert refused.value.code == "ficha.already_sealed"


def test_files_are_kept_with_the_draft_once_each(laptop: Laptop) -> None:
    codigo = a_draft(laptop).ficha.codigo
    attach = AttachFiles(laptop.here)
    attach(codigo, [("reunión.jpg", "", JPEG)], ClaseAdjunto.FOTO)
    saved, _ = attach(codigo, [("otra vez.jpg", "", JPEG)], ClaseAdjunto.OTRO)
    (adjunto,) = saved.ficha.adjuntos
    assert (adjunto.nombre, adjunto.tipo, adjunto.clase) == (
        "reunión.jpg",
        "image/jpeg",
        ClaseAdjunto.FOTO,
    )
    with laptop.here.store.read() as reader:
        assert reader.blob(hashlib.sha256(JPEG).hexdigest()) == JPEG


def test_one_file_that_is_none_of_these_keeps_all_of_them_out(laptop: Laptop) -> None:
    codigo = a_draft(laptop).ficha.codigo
    files = [("a.jpg", "", JPEG), ("b.jpg", "image/jpeg", b"MZ programa")]
    with pytest.raises(UserFacingError) as refused:
        AttachFiles(laptop.here)(codigo, files, ClaseAdjunto.FOTO)
    assert refused.value.code == "ficha.file_refused"
    with laptop.here.store.read() as reader:
        draft = reader.draft(codigo)
        assert draft is not None
        assert draft.ficha.adjuntos == ()


def test_a_file_too_many_is_refused(laptop: Laptop) -> None:
    many = tuple(Adjunto(f"{n:064x}", "a", "image/jpeg", 1) for n in range(200))
    codigo = a_draft(laptop, unsigned_ficha(adjuntos=many)).ficha.codigo
    with pytest.raises(UserFacingError) as refused:
        AttachFiles(laptop.here)(codigo, [("a.jpg", "", JPEG)], ClaseAdjunto.FOTO)
    assert refused.value.code == "ficha.list_full"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (JPEG, "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"%PDF-1.7", "application/pdf"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8", "image/webp"),
        (b"\x00\x00\x00\x18ftypheic", "image/heic"),
        (b"II*\x00", "image/tiff"),
    ],
)
def test_what_a_file_is_stands_in_its_bytes(data: bytes, found: str) -> None:
    assert media_type("nombre.txt", data) == found


@pytest.mark.parametrize("data", [b"", b"%PDF", b"GIF89a", b"<svg", b"PK\x03\x04"])
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(UserFacingError):
        media_type("foto.jpg", data)
