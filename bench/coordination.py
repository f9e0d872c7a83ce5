"""A region at work: 116 local governments, 5,000 fichas of four laptops, 4,000 agreements."""

from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from bench import fichas
from bench.places import KEY, PROFILE, Workshop, database_of
from fichaat.application.installation import Installation
from fichaat.application.profiles import found_profile
from fichaat.application.recorder import Recorder, ToSeal
from fichaat.application.region.approve_devices import ApproveDevices
from fichaat.application.region.create_region import CreateRegion
from fichaat.application.region.requests import Asked
from fichaat.application.save_draft import new_codigos
from fichaat.domain.catalogo import Catalogo, Firmante, PeriodoVerificacion
from fichaat.domain.ficha import Ficha, Sesion
from fichaat.domain.firma import Sujeto
from fichaat.domain.paquete import Solicitud
from fichaat.domain.recepcion import Recepcion, Recibido, Remitente, Resultado
from fichaat.domain.record import Kind, SealedRecord
from fichaat.domain.revision import Revision, Veredicto
from fichaat.domain.rol import Rol
from fichaat.storage.store import SqlStore
from fichaat.system.atomic import atomic_write
from fichaat.trust.age_key import create_age_identity
from fichaat.trust.device_key import LocalDeviceKey, create_device_key
from fichaat.trust.region_key import LocalRegionKeys
from fichaat.trust.service import TrustService

FICHAS: Final = 5_000
ACUERDOS: Final = 4_000
FIRMANTES: Final = 116

_SENDERS: Final = 4
_BATCH: Final = 500
_SESSIONS: Final = (Sesion.DIAGNOSTICO, Sesion.SEGUIMIENTO, Sesion.ESPECIFICA)


def make_region(work: Workshop) -> Path:
    """The database of the coordinator, with profile and key in it."""
    here = _coordinator(work)
    senders = [work.installation() for _ in range(_SENDERS)]
    trust = TrustService()
    create = CreateRegion(here, trust, LocalRegionKeys(), atomic_write)
    region, _ = create(work.new_path(".llave"), "una llave para medir")
    ApproveDevices(here, trust)(region, [_asked(sender) for sender in senders])
    _publish(here)
    for sender in senders:
        _visit(sender)
        _receive(here, sender)
        sender.store.close()
    path = database_of(here)
    here.store.close()
    return path


def _coordinator(work: Workshop) -> Installation:
    made = work.installation()
    path = database_of(made)
    made.store.close()
    stored = create_device_key(made.clock.now())
    profile = replace(PROFILE, rol=Rol.COORDINADOR)
    key, store = LocalDeviceKey(stored), SqlStore(path, KEY)
    with store.write() as tx:
        found_profile(tx, profile, stored, create_age_identity(), made.ids.new_id())
    return Installation(store, profile, key, made.clock, made.ids, made.territorio, made.app)


def _asked(sender: Installation) -> Asked:
    profile = sender.profile
    asked = Solicitud(
        nombre=profile.nombre,
        cargo=profile.cargo,
        entidad=profile.entidad,
        rol=profile.rol,
        ambito=profile.region,
        age=create_age_identity()[1],
    )
    return Asked(sender.key.device, sender.key.certificate_pem, asked)


def _publish(here: Installation) -> None:
    """The signatories, and a period in which today lies."""
    today = here.clock.now().date()
    since, until = today - timedelta(150), today + timedelta(30)
    with here.store.read() as reader:
        found = reader.catalogo()
    assert found is not None
    places = here.territorio.distritos_of("05")[:FIRMANTES]
    period = PeriodoVerificacion(1, since, until, until, until, meta="70")
    catalogo: Catalogo = replace(
        found[0],
        version=found[0].version + 1,
        inicio_plan=since,
        firmantes=tuple(Firmante(place.ubigeo, since) for place in places),
        verificaciones=(period,),
    )
    _seal(here, [ToSeal(Kind.CATALOGO, catalogo, here.ids.new_id())])


def _visit(sender: Installation) -> None:
    """Its part of the fichas; four of five leave an agreement."""
    count = FICHAS // _SENDERS
    with sender.store.write() as tx:
        codigos = new_codigos(tx, sender, count)
    made = fichas.visits(
        sender,
        codigos,
        agreed=lambda number: int(number * ACUERDOS % FICHAS < ACUERDOS),
        held=lambda before: _SESSIONS[before % len(_SESSIONS)],
    )
    while batch := list(islice(made, _BATCH)):
        _seal(sender, [ToSeal(Kind.FICHA, ficha, sender.ids.new_id()) for ficha in batch])


def _receive(here: Installation, sender: Installation) -> None:
    """What it sealed, the reception, and what the region says: three of four are approved."""
    records = [item for item in fichas.records_of(sender) if item.record.kind == Kind.FICHA]
    with sender.store.read() as reader:
        certificates = reader.certificates([sender.key.device])
    now = here.clock.now().replace(microsecond=0)
    for batch in (records[n : n + _BATCH] for n in range(0, len(records), _BATCH)):
        with here.store.write() as tx:
            tx.add_records(batch, certificates)
        reception = Recepcion(
            paquete="ab" * 32,
            paquete_id=here.ids.new_id(),
            recibido_en=now,
            remitente=Remitente(sender.key.device),
            registros=tuple(Recibido(item.sha256, Resultado.NEW) for item in batch),
        )
        words = [_word(here, n, item) for n, item in enumerate(batch) if n % 20 < 16]
        _seal(here, [ToSeal(Kind.RECEPCION, reception, here.ids.new_id()), *words])


def _word(here: Installation, number: int, item: SealedRecord) -> ToSeal:
    assert isinstance(item.record.content, Ficha)
    observed = number % 20 == 0
    said = Veredicto.OBSERVADA if observed else Veredicto.APROBADA
    subject = Sujeto(item.record.id, item.record.version, item.sha256)
    reason = "Falta el acuerdo con la posta." if observed else ""
    return ToSeal(Kind.REVISION, Revision(subject, said, reason, None), here.ids.new_id())


def _seal(here: Installation, items: list[ToSeal]) -> None:
    recorder = Recorder(here)
    with here.store.write() as tx:
        tx.add_records(recorder.seal(tx, items), recorder.certificates())
