"""What lists and screens are told: values, never rows of a table."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from fichaat.domain.chains import Gap
from fichaat.domain.ficha import Ficha
from fichaat.domain.firma import Firma, Trazo
from fichaat.domain.record import Supersedes
from fichaat.domain.rol import Rol


class Draft(Struct, frozen=True):
    """A mutable ficha of this installation, saved as the person types."""

    id: str
    """Becomes the id of the record when sealed (that of the version before, in a rectification)."""
    ficha: Ficha
    updated_at: datetime
    version: int = 1
    supersedes: Supersedes | None = None
    """In a rectification: what it replaces and why."""
    void_firmas: tuple[Firma, ...] = ()
    """Strokes that a change of the content voided: history only."""
    discarded_at: datetime | None = None
    """Since when it is in the bin; nothing leaves the bin before 30 days."""
    textos: Mapping[str, str] = {}
    """Pointer -> what is typed in a field that cannot be read as its type yet («9:», «31/02»):
    the field of `ficha` is null meanwhile, and nothing typed is lost."""
    trazo: tuple[str, Trazo] | None = None
    """Participant, and what is drawn on the pad but not accepted yet."""


class Profile(Struct, frozen=True, forbid_unknown_fields=True):
    """Who works in this data folder. Stored as the setting "profile"."""

    rol: Rol
    region: str
    provincia: str | None
    nombre: str
    cargo: str
    entidad: str
    practice: bool = False


class ListColumn(StrEnum):
    """What the list of the window shows of a ficha, and is sorted by."""

    ESTADO = "estado"
    CODIGO = "codigo"
    FECHA = "fecha"
    DISTRITO = "distrito"
    SESION = "sesion"
    MODALIDAD = "modalidad"
    RESPONSABLE = "responsable"
    ACUERDOS = "acuerdos"
    VERSION = "version"


class ListFilter(Struct, frozen=True):
    """Which fichas that list shows, drafts included; what is empty does not filter."""

    texto: str = ""
    estado: str | None = None
    """As `ListRow.estado`."""
    provincia: str | None = None
    """Its four digits."""
    sesion: str | None = None
    desde: date | None = None
    hasta: date | None = None


class ListRow(Struct, frozen=True):
    """One line of that list."""

    number: int
    """Names the line until the next write; below zero for a draft."""
    estado: str
    """Of `lineage.Estado`, "borrador", and of a sealed ficha also "exportada" (from here) or
    "recibida" (by somebody who did not begin it).
    """
    codigo: str
    fecha: str
    distrito: str
    """Ubigeos, with a blank between them."""
    sesion: str
    """Kinds of session, with a blank between them."""
    modalidad: str
    responsable: str
    acuerdos: int
    version: int
    origin: str = ""
    """Device of version 1; empty for a draft, which is always of this one."""

    @property
    def is_draft(self) -> bool:
        return self.number < 0


class ExportMark(Struct, frozen=True):
    """A record that left in a bundle of this installation."""

    sha256: str
    bundle: str
    at: datetime


class Arrival(Struct, frozen=True):
    """How far the newest version of a sealed ficha came."""

    device: str
    """Who sealed it."""
    estado: str
    """As `ListRow.estado`."""
    region: datetime | None
    """When somebody of the region first received it; likewise of a province."""
    provincia: datetime | None
    exportada: datetime | None
    """When it last left in a bundle of this installation."""


class FichaFilter(Struct, frozen=True):
    """Which sealed fichas a list shows; nulls do not filter."""

    estado: str | None = None
    distrito: str | None = None
    desde: date | None = None
    hasta: date | None = None


class FichaRow(Struct, frozen=True):
    """One line of the list of sealed fichas: the newest version of one lineage."""

    key: str
    """Orders the list, newest first; pass the last one back to read the next page."""
    id: str
    origin: str
    """Device of version 1: with the id it names the lineage."""
    codigo: str
    version: int
    sha256: str
    estado: str
    """See `lineage.Estado`."""
    aprobacion: str
    """See `authority.Standing`."""
    fecha: str
    distritos: tuple[str, ...]
    responsable: str
    revision: str = ""
    """What the province or the region says of it, see `revision.Veredicto`."""


class QueueTab(StrEnum):
    """What a review shows at once."""

    POR_REVISAR = "por_revisar"
    OBSERVADAS = "observadas"
    DECIDIDAS = "decididas"


class QueueFilter(Struct, frozen=True):
    """Which fichas a reviewer sees; what is empty does not filter."""

    tab: QueueTab = QueueTab.POR_REVISAR
    ambito: str = ""
    """Four digits: only what lies wholly in that province, as the province looks at it."""
    texto: str = ""
    lugares: tuple[str, ...] = ()
    """Districts whose name is what is typed."""
    provincia: str | None = None
    """Its four digits."""
    sesion: str | None = None
    nivel: str | None = None
    """Of the executor, see `ficha.Nivel`."""


class QueueRow(Struct, frozen=True, gc=False):
    """A ficha that waits for a verdict, or has one."""

    number: int
    """Names the line until the next write."""
    id: str
    origin: str
    codigo: str
    version: int
    sha256: str
    """Of its newest version."""
    fecha: str
    distritos: str
    """Ubigeos, with a blank between them."""
    sesion: str
    """Kinds of session, with a blank between them."""
    responsable: str
    revision: str
    """What was said of that version, see `revision.Veredicto`."""
    llegada: str
    """When this installation received that version, or sealed it: an instant."""


class AcuerdoRow(Struct, frozen=True):
    """An agreement as its events leave it."""

    id: str
    ficha: str
    """Id of the ficha in which it was born."""
    descripcion: str
    responsable: str
    plazo: str
    """The date in force: the last agreed one."""
    estado: str
    contradiccion: bool
    distritos: tuple[str, ...]


class Undelivered(Struct, frozen=True):
    """Own fichas, and those that no other installation has acknowledged as they are now."""

    fichas: int
    sin_acuse: int
    oldest: datetime | None
    """When the first of those without answer was sealed."""


class PastExport(Struct, frozen=True):
    """A bundle that left: marks of this installation only."""

    bundle: str
    at: datetime
    registros: int


class Sealed(Struct, frozen=True):
    """The records of one device that are here."""

    device: str
    registros: int
    fichas: int
    """Versions of fichas among them."""
    bytes: int


class ApartRow(Struct, frozen=True):
    """A record that is kept without effect."""

    ficha: str
    """Id of the ficha that it is or is about."""
    codigo: str
    """Empty while the ficha itself is not here; likewise what follows of the visit."""
    distritos: tuple[str, ...]
    fecha: str
    kind: str
    version: int
    device: str
    sha256: str
    motivo: str
    """A value of `authority.Standing`, or "otra_linea": another device holds its id by right, or
    "en_espera": the version that it is about has yet to come.
    """


class News(Struct, frozen=True):
    """What one sender has not been told yet."""

    registros: int
    propios: int
    """Those that speak of its fichas, its records, itself, that are a catalogue, or that revoke a
    device.
    """
    catalogos: tuple[str, ...] = ()
    """Hashes of the catalogues among them."""
    revocaciones: int = 0
    """Of devices other than itself."""
    revocados: int = 0
    """Those devices: a new region key repeats what the old one said."""


class Carried(Struct, frozen=True):
    """What travels beside records."""

    blob_bytes: int
    papers: int
    paper_bytes: int


class RecordPlace(Struct, frozen=True, gc=False):
    """Where a record stands, without the record: for choosing what to export."""

    n: int
    """Its number on this installation: nobody else's."""
    sha256: str
    device: str
    chain: str
    sequence: int
    bare: bool = False
    """It leaves without the attachments that it names and without its paper."""


class Integrity(Struct, frozen=True):
    """What `datos comprobar` or `datos reconstruir` found."""

    records: int
    projections_sha256: str
    differences: tuple[tuple[str, str], ...] = ()
    """(code, detail)."""


class GapRow(Struct, frozen=True):
    device: str
    gap: Gap
