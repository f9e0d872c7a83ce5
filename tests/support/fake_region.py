"""A region without real keys: what it says of devices, what they say of each other's records."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from fichaat.domain.authority import Authority, Reception, draw_authority, first_moments
from fichaat.domain.catalogo import Catalogo
from fichaat.domain.credencial import Credencial, LugarConocido, Relevo, Revocacion
from fichaat.domain.recepcion import Recepcion, Recibido, Remitente, Resultado
from fichaat.domain.record import Kind, SealedRecord
from fichaat.domain.revision import Revision, Veredicto
from fichaat.domain.rol import Rol
from tests.support.records import FakeDevice, make_uuid7, subject_of

AGE = "age1" + "q" * 58
DESDE = datetime(2026, 1, 1, tzinfo=UTC)
HASTA = datetime(2036, 1, 1, tzinfo=UTC)

COORDINADOR, PROVINCIAL, ESPECIALISTA = Rol.COORDINADOR, Rol.PROVINCIAL, Rol.ESPECIALISTA


def day(number: int) -> datetime:
    """A day of 2026, counted from its first."""
    return datetime.fromtimestamp(DESDE.timestamp() + number * 86_400, UTC)


class FakeRegion(FakeDevice):
    """A region key; another seed is another key."""

    def __init__(self, seed: object = "region") -> None:
        super().__init__(seed, is_region=True)

    def grant(
        self,
        device: FakeDevice,
        rol: Rol = ESPECIALISTA,
        ambito: str | None = None,
        *,
        desde: datetime = DESDE,
        hasta: datetime = HASTA,
        emisor: bool = False,
        after: Iterable[SealedRecord] = (),
    ) -> SealedRecord:
        content = Credencial(
            device=device.device,
            certificado="AAAA",
            nombre="María Quispe",
            cargo="Especialista",
            entidad="GORE",
            rol=rol,
            ambito=ambito or ("0501" if rol is PROVINCIAL else "05"),
            desde=desde,
            hasta=hasta,
            age=None,
            emisor=emisor,
        )
        return self.seal(Kind.CREDENCIAL, content, after=[item.sha256 for item in after])

    def revoke(
        self,
        device: FakeDevice,
        desde: datetime,
        *held: SealedRecord,
        after: Iterable[SealedRecord] = (),
    ) -> SealedRecord:
        """`held`: the last records of its chains that the region holds."""
        places = tuple(
            LugarConocido(item.record.chain, item.record.sequence, item.sha256) for item in held
        )
        content = Revocacion(device.device, desde, "se perdió", places)
        return self.seal(Kind.REVOCACION, content, after=[item.sha256 for item in after])

    def relieve(
        self, old: FakeDevice, new: FakeDevice, *, after: Iterable[SealedRecord] = ()
    ) -> SealedRecord:
        content = Relevo(old.device, new.device, "cambio de equipo")
        return self.seal(Kind.RELEVO, content, after=[item.sha256 for item in after])


def catalogue(issuer: FakeDevice, version: int = 1) -> SealedRecord:
    return issuer.seal(Kind.CATALOGO, Catalogo(version, "05", "AAAA", AGE, ("0501",)))


def review(
    device: FakeDevice,
    subject: SealedRecord,
    veredicto: Veredicto,
    *after: SealedRecord,
) -> SealedRecord:
    """Knows the version that it judges, and these."""
    causes = {subject.sha256, *(item.sha256 for item in after)}
    content = Revision(subject_of(subject), veredicto, "un motivo", None)
    return device.seal(Kind.REVISION, content, after=tuple(causes))


def received(
    device: FakeDevice,
    items: Sequence[SealedRecord],
    en: datetime,
    *,
    sender: FakeDevice | None = None,
    result: Resultado = Resultado.NEW,
) -> SealedRecord:
    """What a device says to have received at an instant."""
    content = Recepcion(
        paquete="ab" * 32,
        paquete_id=make_uuid7((device.device, device.sequence)),
        recibido_en=en,
        remitente=Remitente((sender or device).device),
        registros=tuple(Recibido(item.sha256, result) for item in items),
    )
    return device.seal(Kind.RECEPCION, content)


def receptions(items: Iterable[SealedRecord]) -> list[Reception]:
    """One for each line of each reception that keeps what it received."""
    return [
        Reception(line.sha256, item.record.device, item.record.content.recibido_en, item.sha256)
        for item in items
        if isinstance(item.record.content, Recepcion)
        for line in item.record.content.registros
        if line.resultado is not Resultado.REFUSED
    ]


def vouched_for(records: Iterable[SealedRecord], core: Authority) -> frozenset[str]:
    """Records of revoked devices in the chains that end where the region knew them."""
    by_place = {
        (item.record.device, item.record.chain, item.sha256): item.record.previous
        for item in records
    }
    found: set[str] = set()
    for device in core.revoked:
        for place in core.conocidos.get(device, ()):
            current: str | None = place.sha256
            while current is not None and (device, place.chain, current) in by_place:
                found.add(current)
                current = by_place[device, place.chain, current]
    return frozenset(found)


def full_authority(root: str | None, records: Sequence[SealedRecord]) -> Authority:
    """What the domain makes of a whole set of records: slow, and all at once."""
    core = draw_authority(root, records)
    core = replace(core, vouched=vouched_for(records, core))
    return replace(core, moments=first_moments(receptions(records), core))
