"""What waits for a verdict, for whom, and what may be decided without a look at each."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from fichaat.application.annul_ficha import AnnulFicha
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, no_progress
from fichaat.application.ports.keys import RegionKey
from fichaat.application.ports.rows import QueueFilter, QueueTab
from fichaat.application.read_review import ReadReview
from fichaat.application.recorder import Recorder, ToSeal
from fichaat.application.region.approve_devices import Terms
from fichaat.application.region.believe_region import AcceptRegion
from fichaat.application.region.change_devices import RevokeDevice
from fichaat.application.review_ficha import ReviewFicha, Target
from fichaat.application.review_queue import Hold, ReviewQueue, next_after
from fichaat.domain.acuerdo import Acuerdo, EstadoAcuerdo, Seguimiento
from fichaat.domain.authority import TOLERANCE
from fichaat.domain.errors import CancelledError, UserFacingError
from fichaat.domain.ficha import Advertencia, DistritoAtendido, Ejecutor, Nivel, Sesion, make_codigo
from fichaat.domain.firma import Firma, TipoFirma
from fichaat.domain.record import Kind, Supersedes
from fichaat.domain.revision import Revision, Veredicto
from fichaat.domain.rol import Rol
from tests.support.fichas import (
    AYACUCHO,
    DESTINATARIO,
    HUANTA,
    QUINUA,
    RESPONSABLE,
    complete_ficha,
    unsigned_ficha,
    uuid7,
)
from tests.support.installations import Laptop
from tests.unit.application.test_review_ficha import (
    TRUST,
    approve,
    coordinator,
    exchange,
    in_role,
    key,
    province,
    refused,
)

__all__ = ["coordinator", "key", "province"]

_DAY = date(2026, 11, 20)


@pytest.fixture
def joined(laptop: Laptop, other: Laptop, coordinator: Installation, key: RegionKey) -> Laptop:
    """The laptop of an approved specialist; `other` coordinates."""
    approve(coordinator, key, laptop)
    exchange(laptop, other)
    AcceptRegion(laptop.here, TRUST)(" ".join(TRUST.fingerprint_words(key.device)))
    return laptop


def put(laptop: Laptop, number: int, *, id: str | None = None, **changes: object) -> str:  # noqa: A002  # as records say
    """A sealed ficha with this content; a day of its own unless the changes say otherwise."""
    codigo = make_codigo("05", 2026, laptop.here.ids.new_id(), number)
    wanted = {"codigo": codigo, "fecha": _DAY - timedelta(days=number), "acuerdos": (), **changes}
    make = unsigned_ficha if "firmas" in wanted else complete_ficha
    _seal(laptop, ToSeal(Kind.FICHA, make(**wanted), id or laptop.here.ids.new_id()))
    return codigo


def correct(laptop: Laptop, codigo: str, **changes: object) -> None:
    """The next version of a sealed ficha."""
    with laptop.here.store.read() as reader:
        (row,) = reader.fichas_with_codigo(codigo)
    wanted = {"codigo": codigo, "acuerdos": (), "fecha": date.fromisoformat(row.fecha), **changes}
    replaced = Supersedes(row.version, row.sha256, "decía 12:00")
    item = ToSeal(Kind.FICHA, complete_ficha(**wanted), row.id, row.version + 1, replaced)
    _seal(laptop, item)


def _seal(laptop: Laptop, item: ToSeal) -> None:
    recorder = Recorder(laptop.here)
    with laptop.here.store.write() as tx:
        tx.add_records(recorder.seal(tx, [item]), recorder.certificates())


def codes(here: Installation, wanted: QueueFilter | None = None) -> list[str]:
    return [row.codigo for row in ReviewQueue(here)(wanted).rows]


def in_place(ubigeo: str, sesion: Sesion = Sesion.DIAGNOSTICO) -> tuple[DistritoAtendido, ...]:
    return (DistritoAtendido(ubigeo, sesion),)


def bulk(here: Installation, wanted: QueueFilter | None = None) -> dict[str, int]:
    found = ReviewQueue(here).bulk(wanted, None, no_progress, CancelToken())
    return {"safe": len(found.rows)} | {hold.value: n for hold, n in found.left.items()}


# --- what waits ---


def test_corrections_come_first_then_what_has_waited_longest(
    joined: Laptop, other: Laptop, coordinator: Installation
) -> None:
    first, second, third = put(joined, 1), put(joined, 2), put(joined, 3)
    exchange(joined, other)
    assert codes(coordinator) == [first, second, third]
    review = ReviewFicha(coordinator)
    review(second, Veredicto.OBSERVADA, "la hora")
    assert codes(coordinator) == [first, third]
    assert codes(coordinator, QueueFilter(QueueTab.OBSERVADAS)) == [second]
    exchange(joined, other)
    correct(joined, second, hora_fin="12:30")
    exchange(joined, other)
    assert codes(coordinator) == [second, first, third]
    review(second, Veredicto.APROBADA)
    review(third, Veredicto.RECHAZADA, "no hubo visita")
    assert codes(coordinator) == [first]
    queue = ReviewQueue(coordinator)(QueueFilter(QueueTab.DECIDIDAS))
    assert [row.codigo for row in queue.rows] == [second, third]
    assert queue.counts == {
        QueueTab.POR_REVISAR: 1,
        QueueTab.OBSERVADAS: 0,
        QueueTab.DECIDIDAS: 2,
    }
    assert ReviewQueue(coordinator).pending() == 1
    review(second, Veredicto.RETIRADA, "por error")
    assert codes(coordinator) == [second, first]


def test_what_is_not_believed_or_not_living_waits_for_nobody(
    joined: Laptop, other: Laptop, coordinator: Installation, province: Laptop
) -> None:
    annulled = put(joined, 1)
    AnnulFicha(joined.here)(annulled, "registrada dos veces")
    put(province, 1)  # its device is not approved
    exchange(joined, other)
    exchange(province, other)
    assert codes(coordinator) == []


def test_filters(joined: Laptop, other: Laptop, coordinator: Installation) -> None:
    quinua = put(joined, 1)
    huanta = put(joined, 2, distritos=in_place(HUANTA, Sesion.SEGUIMIENTO))
    cascade = put(
        joined, 3, ejecutor=Ejecutor(Nivel.PROVINCIAL, "0501", "MPH"), distritos=in_place(AYACUCHO)
    )
    exchange(joined, other)
    assert codes(coordinator, QueueFilter(provincia="0504")) == [huanta]
    assert codes(coordinator, QueueFilter(sesion="diagnostico")) == [quinua, cascade]
    assert codes(coordinator, QueueFilter(nivel="provincial")) == [cascade]
    assert codes(coordinator, QueueFilter(texto="HUÁNTA")) == [huanta]
    assert codes(coordinator, QueueFilter(texto=quinua[-4:] + " nadie")) == []
    assert codes(coordinator, QueueFilter(texto="\x00 \"' OR 1=1 --")) == []
    queue = ReviewQueue(coordinator)
    today = coordinator.clock.now().date()
    assert len(queue(None, today).rows) == 3
    assert queue(None, today - timedelta(days=1)).rows == ()


def test_a_province_sees_what_lies_wholly_in_it_until_it_has_seen_it(
    joined: Laptop, other: Laptop, coordinator: Installation, province: Laptop, key: RegionKey
) -> None:
    inside = put(joined, 1, distritos=(*in_place(QUINUA), *in_place(AYACUCHO)))
    put(joined, 2, distritos=(*in_place(QUINUA), *in_place(HUANTA)))
    put(joined, 3, distritos=in_place(HUANTA))
    exchange(joined, other)
    approve(coordinator, key, province, ambito="0501")
    exchange(province, other)
    AcceptRegion(province.here, TRUST)(" ".join(TRUST.fingerprint_words(key.device)))
    here = in_role(province, Rol.PROVINCIAL, "0501")
    queue = ReviewQueue(here)()
    assert (queue.reviewer.veredicto, queue.reviewer.ambito) == (Veredicto.VISADA, "0501")
    assert [row.codigo for row in queue.rows] == [inside]
    ReviewFicha(here)(inside, Veredicto.VISADA)
    assert codes(here) == []
    assert codes(here, QueueFilter(QueueTab.DECIDIDAS)) == [inside]
    exchange(province, other)
    assert len(codes(coordinator)) == 3  # it still waits for the region
    assert ReviewQueue(coordinator)().rows[0].revision == "visada"


def test_a_specialist_reviews_nothing(joined: Laptop) -> None:
    put(joined, 1)
    queue = ReviewQueue(joined.here)()
    assert (queue.rows, queue.reviewer.veredicto) == ((), None)
    assert set(queue.counts.values()) == {0}
    assert ReviewQueue(joined.here).pending() == 0


def test_a_coordinator_without_right_sees_and_is_told(
    joined: Laptop, other: Laptop, coordinator: Installation, key: RegionKey, province: Laptop
) -> None:
    waiting = put(joined, 1)
    exchange(joined, other)
    boss = in_role(province, Rol.COORDINADOR)
    assert ReviewQueue(boss)().reviewer.impedimento == "revision.no_region"
    exchange(other, province)
    AcceptRegion(boss, TRUST)(" ".join(TRUST.fingerprint_words(key.device)))
    assert ReviewQueue(boss)().reviewer.impedimento == "revision.not_approved"
    _approve_boss(coordinator, key, province)
    exchange(other, province)
    queue = ReviewQueue(boss)()
    assert (queue.reviewer.impedimento, [row.codigo for row in queue.rows]) == ("", [waiting])
    province.clock.moment += timedelta(days=30, hours=1) + TOLERANCE
    assert ReviewQueue(boss)().reviewer.impedimento == "revision.expired"
    RevokeDevice(coordinator)(key, province.device, "robada")
    exchange(other, province)
    queue = ReviewQueue(boss)()
    assert queue.reviewer.impedimento == "revision.device_revoked"
    assert [row.codigo for row in queue.rows] == [waiting]


def _approve_boss(here: Installation, key: RegionKey, laptop: Laptop) -> None:
    from fichaat.application.region.approve_devices import ApproveDevices
    from fichaat.application.region.requests import Asked
    from fichaat.domain.paquete import Solicitud
    from tests.unit.application.test_review_ficha import AGE

    solicitud = Solicitud("Ana", "Cargo", "Entidad", Rol.COORDINADOR, "05", AGE)
    asked = Asked(laptop.device, laptop.here.key.certificate_pem, solicitud)
    terms = Terms(hasta=here.clock.now() + timedelta(days=30))
    ApproveDevices(here, TRUST)(key, [asked], terms)


def test_what_comes_after_a_line(joined: Laptop, other: Laptop, coordinator: Installation) -> None:
    made = [put(joined, number) for number in range(3)]
    exchange(joined, other)
    rows = ReviewQueue(coordinator)().rows
    assert [row.codigo for row in rows] == made
    assert [next_after(rows, row.sha256) for row in rows] == [rows[1], rows[2], rows[1]]
    assert next_after(rows, "otra") == rows[0]
    assert next_after(rows[:1], rows[0].sha256) is None
    assert next_after((), "otra") is None


# --- together ---


def test_only_what_needs_no_look_is_offered_together(
    joined: Laptop, other: Laptop, coordinator: Installation
) -> None:
    plain = put(joined, 1)
    put(joined, 2, advertencias=(Advertencia("ficha.x", "/fecha", "así fue"),))
    pending = (
        Firma(RESPONSABLE.id, TipoFirma.PENDIENTE, "salió"),
        Firma(DESTINATARIO.id, TipoFirma.NO_FIRMO, "no quiso"),
    )
    put(joined, 3, firmas=pending)
    put(joined, 4, distritos=in_place(HUANTA, Sesion.SEGUIMIENTO))
    put(joined, 5)
    put(joined, 5)  # the same hour, day and person
    corrected = put(joined, 6)
    correct(joined, corrected)
    exchange(joined, other)
    assert bulk(coordinator) == {
        "safe": 1,
        Hold.ADVERTENCIAS: 1,
        Hold.FIRMAS: 1,
        Hold.ORDEN: 1,
        Hold.DUPLICADO: 2,
        Hold.CORRECCION: 1,
    }
    assert bulk(coordinator, QueueFilter(provincia="0504")) == {"safe": 0, Hold.ORDEN: 1}
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        ReviewQueue(coordinator).bulk(None, None, no_progress, token)
    ReviewFicha(coordinator)(plain, Veredicto.APROBADA)
    assert bulk(coordinator)["safe"] == 0


def test_a_fork_of_the_device_holds_all_its_fichas(
    joined: Laptop, other: Laptop, coordinator: Installation, tmp_path: Path
) -> None:
    put(joined, 1)
    joined.copy_to(tmp_path / "copia")
    put(joined, 2)
    exchange(joined, other)
    joined.go_back_to(tmp_path / "copia", new_chain=False)
    put(joined, 3)
    other.receive(joined.held(), joined)
    assert set(bulk(coordinator)) == {"safe", Hold.BIFURCACION}
    assert bulk(coordinator)["safe"] == 0


def test_several_are_sealed_together_or_none(
    joined: Laptop, other: Laptop, coordinator: Installation
) -> None:
    made = [put(joined, number) for number in range(3)]
    exchange(joined, other)
    rows = ReviewQueue(coordinator)().rows
    targets = [Target(row.codigo, row.sha256, row.version, seen=True) for row in rows]
    review = ReviewFicha(coordinator)
    with refused("ficha.unknown"):
        review.several([*targets, Target("05-2026-AAAAAA-0001")], Veredicto.APROBADA)
    with refused("revision.repeated"):
        review.several([*targets, targets[0]], Veredicto.APROBADA)
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        review.several(targets, Veredicto.APROBADA, cancel=token)
    assert codes(coordinator) == made
    steps: list[tuple[int, int]] = []
    sealed, _ = review.several(
        targets, Veredicto.APROBADA, progress=lambda done, total: steps.append((done, total))
    )
    assert steps == [(1, 3), (2, 3), (3, 3)]
    subjects = []
    for item in sealed:
        assert isinstance(item.record.content, Revision)
        subjects.append(item.record.content.sujeto.sha256)
    assert subjects == [row.sha256 for row in rows]
    assert codes(coordinator) == []
    exchange(joined, other)
    with joined.here.store.read() as reader:
        assert {reader.fichas_with_codigo(code)[0].revision for code in made} == {"aprobada"}


def test_a_verdict_on_what_is_no_longer_the_newest_is_refused(
    joined: Laptop, other: Laptop, coordinator: Installation
) -> None:
    codigo = put(joined, 1)
    exchange(joined, other)
    (row,) = ReviewQueue(coordinator)().rows
    correct(joined, codigo, hora_fin="12:30")
    exchange(joined, other)
    target = Target(row.codigo, row.sha256, row.version, seen=True)
    with refused("revision.newer"):
        ReviewFicha(coordinator).several([target], Veredicto.APROBADA)


# --- one of them ---


def read(here: Installation) -> ReadReview:
    return ReadReview(here, ReviewQueue(here))


def test_a_correction_shows_what_it_answers_and_changes(
    joined: Laptop, other: Laptop, coordinator: Installation
) -> None:
    codigo = put(joined, 1)
    exchange(joined, other)
    ReviewFicha(coordinator)(codigo, Veredicto.OBSERVADA, "la hora", plazo=date(2026, 12, 1))
    exchange(joined, other)
    correct(joined, codigo, hora_fin="12:30")
    exchange(joined, other)
    view = read(coordinator)(codigo)
    assert view.before is not None
    assert view.before.record.version == 1
    assert [change.field for change in view.seen.changes] == ["hora_fin"]
    assert view.answered is not None
    assert (view.answered.version, view.answered.motivo, view.answered.own) == (1, "la hora", True)
    (place,) = view.municipios
    told = [(visit.version, visit.estado, visit.motivo) for visit in place.visitas]
    assert told == [(1, "observada", "la hora"), (2, "en_revision", "")]
    assert (place.catalogo, place.antes, place.falta) == (False, None, ())
    assert view.duplicados == ()
    assert view.sin_diagnostico == {}


def test_what_speaks_against_a_ficha_is_told(
    joined: Laptop, other: Laptop, coordinator: Installation
) -> None:
    twin = put(joined, 5)
    codigo = put(joined, 5, distritos=in_place(QUINUA, Sesion.SEGUIMIENTO))
    put(joined, 3, distritos=in_place(QUINUA))
    exchange(joined, other)
    view = read(coordinator)(codigo)
    assert view.duplicados == (twin,)
    assert view.sin_diagnostico == {}  # of the same day, the twin's
    alone = put(joined, 9, distritos=in_place(QUINUA, Sesion.SEGUIMIENTO))
    exchange(joined, other)
    assert read(coordinator)(alone).sin_diagnostico == {QUINUA: _DAY - timedelta(days=5)}


def test_agreements_of_the_municipality(
    joined: Laptop, other: Laptop, coordinator: Installation
) -> None:
    born = (
        Acuerdo(uuid7(31), "Homologar el padrón", "Gerencia", date(2026, 11, 1)),
        Acuerdo(uuid7(32), "Jornada de DNI", "Gerencia", date(2026, 10, 1)),
    )
    put(joined, 9, acuerdos=born)
    codigo = put(
        joined,
        1,
        distritos=in_place(QUINUA, Sesion.SEGUIMIENTO),
        acuerdos=(Acuerdo(uuid7(33), "Cloración", "Gerencia", date(2026, 12, 15)),),
        seguimientos=(
            Seguimiento(uuid7(31), estado=EstadoAcuerdo.CUMPLIDO, cumplido_el=date(2026, 11, 2)),
        ),
    )
    exchange(joined, other)
    told = [
        (item.descripcion, item.estado.value, item.followed, item.new, item.vencido)
        for item in read(coordinator)(codigo).acuerdos
    ]
    assert told == [
        ("Homologar el padrón", "cumplido", True, False, False),
        ("Cloración", "pendiente", False, True, False),
        ("Jornada de DNI", "pendiente", False, False, True),
    ]


# --- one code, several fichas ---


def test_a_strangers_ficha_with_the_same_code_is_never_the_one_that_is_meant(
    joined: Laptop, other: Laptop, province: Laptop, coordinator: Installation
) -> None:
    honest = put(joined, 7)
    # The id of the stranger's comes first in every order by id.
    put(province, 8, codigo=honest, id="01900000-0000-7000-8000-000000000000")
    exchange(province, other)
    exchange(joined, other)
    with coordinator.store.read() as reader:
        rows = {row.origin: row for row in reader.fichas_with_codigo(honest)}
    assert rows.keys() == {joined.device, province.device}
    review = ReviewFicha(coordinator)
    with pytest.raises(UserFacingError) as refused:
        review(honest, Veredicto.APROBADA, sha256=rows[province.device].sha256)
    assert refused.value.code == "revision.device_pending"
    said, _ = review(honest, Veredicto.APROBADA)
    assert isinstance(said.record.content, Revision)
    assert said.record.content.sujeto.sha256 == rows[joined.device].sha256
    with pytest.raises(UserFacingError) as refused:
        review(honest, Veredicto.APROBADA)
    assert refused.value.code == "revision.already_approved"


def test_of_a_copied_laptop_each_ficha_is_meant_by_its_hash(
    joined: Laptop, other: Laptop, coordinator: Installation
) -> None:
    codigo = put(joined, 7)
    put(joined, 8, codigo=codigo)
    exchange(joined, other)
    rows = ReviewQueue(coordinator)().rows
    assert [row.codigo for row in rows] == [codigo, codigo]
    review = ReviewFicha(coordinator)
    with pytest.raises(UserFacingError) as refused:
        review(codigo, Veredicto.APROBADA)
    assert refused.value.code == "ficha.same_codigo"
    read = ReadReview(coordinator, ReviewQueue(coordinator))
    for row in rows:
        assert read(codigo, row.sha256).line.id == row.id
    targets = [Target(codigo, row.sha256, seen=True) for row in rows]
    with pytest.raises(UserFacingError) as refused:
        review.several([targets[0], targets[0]], Veredicto.APROBADA)
    assert refused.value.code == "revision.repeated"
    review.several(targets, Veredicto.APROBADA)
    assert ReviewQueue(coordinator)().rows == ()
