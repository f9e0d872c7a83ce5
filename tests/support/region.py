"""A region key in tests: its file costs nothing to open."""

from datetime import UTC, datetime

from msgspec.structs import replace

from fichaat.application.ports.keys import DeviceKey, RecordKey, RegionKey
from fichaat.application.ports.slots import Argon2Cost
from fichaat.domain import codec
from fichaat.domain.catalogo import Catalogo
from fichaat.domain.credencial import Credencial, Relevo, Revocacion
from fichaat.domain.record import Content, Kind, SealedRecord
from fichaat.domain.rol import Rol
from fichaat.trust.region_key import LocalRegionKey, LocalRegionKeys
from tests.support import bundles

PASSPHRASE = "puna brava 2026"
CREATED_AT = datetime(2026, 1, 1, tzinfo=UTC)
DESDE = datetime(2026, 1, 1, tzinfo=UTC)
HASTA = datetime(2036, 1, 1, tzinfo=UTC)

KEYS = LocalRegionKeys(cost=Argon2Cost(memory_kib=32, passes=1, lanes=1))


def region_key(region: str = "05") -> LocalRegionKey:
    """Another one each time."""
    return region_file(region)[1]


def region_file(region: str = "05") -> tuple[bytes, LocalRegionKey]:
    """With the bytes that `KEYS.open` takes under `PASSPHRASE`."""
    return KEYS.create(region, PASSPHRASE, CREATED_AT)


def credencial(
    region: RegionKey,
    device: DeviceKey,
    rol: Rol = Rol.ESPECIALISTA,
    ambito: str | None = None,
    *,
    desde: datetime = DESDE,
    hasta: datetime = HASTA,
    age: str | None = None,
    emisor: bool = False,
) -> Credencial:
    """What a region says of a device."""
    return Credencial(
        device=device.device,
        certificado=region.issue(device.certificate_pem, desde, hasta),
        nombre="María Quispe Ñaupari",
        cargo="Especialista",
        entidad="GORE Ayacucho",
        rol=rol,
        ambito=ambito or region.region,
        desde=desde,
        hasta=hasta,
        age=age,
        emisor=emisor,
    )


def catalogo(region: RegionKey, version: int = 1) -> Catalogo:
    """Of a region whose provinces do not matter."""
    return Catalogo(version, region.region, region.certificate_der64, region.age_recipient, ())


def revocacion(device: DeviceKey, desde: datetime = DESDE) -> Revocacion:
    """Of a device of which the region held nothing."""
    return Revocacion(device.device, desde, "La laptop se perdió en el camino.", ())


def relevo(anterior: DeviceKey, nuevo: DeviceKey) -> Relevo:
    return Relevo(anterior.device, nuevo.device, "Cambio de equipo.")


def seal(
    key: RecordKey,
    kind: Kind,
    content: Content,
    sequence: int = 1,
    previous: str | None = None,
    *,
    region: str = "05",
) -> SealedRecord:
    """A record of any kind by any key, whether or not it may."""
    template = bundles.seal(key, sequence, previous, region=region).record
    raw = codec.encode(replace(template, kind=kind, content=content))
    return codec.decode_record(raw, key.sign_record(raw))
