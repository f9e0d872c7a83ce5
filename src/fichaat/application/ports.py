"""What the use cases need from outside, as Protocols; bootstrap gives them the real things."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct

from fichaat.application.acuerdo_line import AcuerdoLine
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.sheets import RawSheet, Workbook
from fichaat.domain.authority import Authority
from fichaat.domain.catalogo import Catalogo
from fichaat.domain.chains import Gap, Link
from fichaat.domain.cobertura import Visita
from fichaat.domain.credencial import Credencial
from fichaat.domain.ficha import Ficha
from fichaat.domain.firma import Adjunto, Firma, Trazo
from fichaat.domain.paquete import PaqueteInfo
from fichaat.domain.record import SealedRecord, Supersedes
from fichaat.domain.rol import Rol


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment with the offset of America/Lima."""
        ...


class IdGenerator(Protocol):
    def new_id(self) -> str:
        """A fresh UUID version 7, lower case."""
        ...


# --- trust ---------------------------------------------------------------------------------------


class RecordKey(Protocol):
    """A key that seals records, and its self-signed certificate."""

    @property
    def device(self) -> str:
        """SHA-256 of the DER SubjectPublicKeyInfo, of a region key that of its DER certificate,
        hexadecimal.
        """
        ...

    @property
    def certificate_pem(self) -> bytes: ...

    def sign_record(self, raw: bytes) -> bytes:
        """Strict DER, low s."""
        ...


class DeviceKey(RecordKey, Protocol):
    """The key of this installation."""

    def sign_container(self, manifest: bytes, claimed_at: datetime) -> bytes:
        """Detached CAdES-B-B over the manifest, DER."""
        ...


class StoredDeviceKey(Struct, frozen=True):
    """A device key as the encrypted database keeps it."""

    private_key: bytes
    """PKCS#8, DER, without a password of its own: the database is encrypted."""
    certificate_pem: bytes

    def __repr__(self) -> str:
        """Without the key: a repr ends in logs."""
        return "StoredDeviceKey(…)"


class RegionKey(RecordKey, Protocol):
    """The key of a region, from its own file: it seals credentials, revocations and relevos, and
    exports nothing.
    """

    @property
    def region(self) -> str:
        """Its two digits."""
        ...

    @property
    def certificate_der64(self) -> str:
        """Its own certificate as a catalogue holds it: DER in base 64."""
        ...

    @property
    def age_recipient(self) -> str:
        """To whom exports of the region are encrypted."""
        ...

    @property
    def age_identity(self) -> str:
        """What opens them: a secret."""
        ...

    def issue(self, device_certificate_pem: bytes, desde: datetime, hasta: datetime) -> str:
        """The certificate of a `credencial`: DER in base 64.

        Args:
            device_certificate_pem: the self-signed certificate of the device.
            desde: first moment of its validity, in whole seconds.
            hasta: last moment of its validity, in whole seconds.

        Raises:
            UserFacingError: "bundle.certificate": that is no device's certificate.
            ValueError: fractions of a second, no duration, or the region's own key.
        """
        ...

    def reissue(self, certificado: str, desde: datetime, hasta: datetime) -> str:
        """The certificate of a later `credencial` of the same device.

        Args:
            certificado: that of an earlier credential, issued by this region key or another.
            desde: as in `issue`.
            hasta: as in `issue`.

        Raises:
            UserFacingError: "bundle.certificate": that is no certificate of a device's key.
            ValueError: as `issue`.
        """
        ...


class RegionKeys(Protocol):
    """Makes and opens the file of a region key. The file holds nothing legible but the region and
    its certificate.
    """

    def create(self, region: str, passphrase: str, now: datetime) -> tuple[bytes, RegionKey]:
        """A new key and the bytes of its file. How good a passphrase must be is the caller's rule.

        Raises:
            ValueError: not the two digits of a region.
        """
        ...

    def open(self, data: bytes, passphrase: str) -> RegionKey:
        """The key in the bytes of a file.

        Raises:
            UserFacingError: "region.wrong_passphrase", "region.key_file" (no such file, or it is
                damaged), "region.key_file_newer" (of a later version of the program).
        """
        ...


class RecordVerifier(Protocol):
    """Checks many record signatures of one device."""

    @property
    def device(self) -> str: ...

    @property
    def region(self) -> str | None:
        """The two digits of a region key's region; None for the key of a device."""
        ...

    @property
    def is_region(self) -> bool:
        """Whether this is the key of a region."""
        ...

    def verify(self, raw: bytes, signature: bytes) -> None:
        """Raises:
        UserFacingError: "bundle.record_signature": not this device's strict, low-s signature.
        """
        ...

    def verify_many(self, records: Sequence[tuple[bytes, bytes]]) -> None:
        """`verify` of every (raw, signature) at once, on several processors.

        Raises:
            UserFacingError: "bundle.record_signature": at least one does not hold.
        """
        ...


class Trust(Protocol):
    """Everything with keys and certificates that needs no private key."""

    def verifier(self, certificate_pem: bytes) -> RecordVerifier:
        """Of a device or of a region: its answer says which.

        Raises:
            UserFacingError: "bundle.certificate": not exactly the profile's certificate.
        """
        ...

    def not_before(self, certificate_pem: bytes) -> datetime:
        """When a device says to have made its key.

        Raises:
            UserFacingError: "bundle.certificate": not exactly a device's certificate.
        """
        ...

    def verify_container(self, manifest: bytes, signature: bytes) -> RecordVerifier:
        """The signer of a container, once its signature holds; never a region.

        Raises:
            UserFacingError: "bundle.signature*" or "bundle.certificate": the rule that failed.
        """
        ...

    def check_credencial(self, credencial: Credencial, region_pem: bytes) -> None:
        """The certificate in a credential is the one that this region issued for its device and
        for its time.

        Raises:
            UserFacingError: "bundle.credential_certificate", "bundle.certificate" (the region's).
        """
        ...

    def check_catalogo(self, catalogo: Catalogo) -> None:
        """The certificate in a catalogue is one of its region. Which one is believed is another
        question.

        Raises:
            UserFacingError: "bundle.catalog_certificate".
        """
        ...

    def fingerprint_words(self, device: str) -> tuple[str, ...]:
        """Eight words of the BIP-39 Spanish list: the first 88 bits of `device`."""
        ...


class Argon2Cost(Struct, frozen=True, forbid_unknown_fields=True):
    """How dear one guess of a passphrase is."""

    memory_kib: int
    passes: int
    lanes: int


class KeySlot(Struct, frozen=True, forbid_unknown_fields=True):
    """The database's key, wrapped under one secret; storage keeps it as JSON beside the database.

    Everything but `wrapped` is authenticated with it.
    """

    version: int
    kind: str
    """"passphrase" or "recovery"."""
    argon2: Argon2Cost | None
    """Only of a passphrase."""
    salt: bytes
    nonce: bytes
    wrapped: bytes


class RegionSlot(Struct, frozen=True, forbid_unknown_fields=True):
    """The database's key for the region, so that a forgotten passphrase is not lost data."""

    recipient: str
    """The region's, as the catalogue named it."""
    wrapped: bytes
    """An envelope for that recipient; it holds the key and its owner."""


class SlotOwner(Struct, frozen=True, forbid_unknown_fields=True):
    """Whose data a region's slot opens, as they said themselves when it was made."""

    device: str
    nombre: str
    cargo: str
    entidad: str


class RegionSlots(Protocol):
    """Makes and opens the slots of a region."""

    def wrap(self, key: bytes, owner: SlotOwner, recipient: str) -> RegionSlot:
        """A slot that only the region's identity opens."""
        ...

    def unwrap(self, wrapped: bytes, identity: str) -> tuple[bytes, SlotOwner]:
        """The key and its owner.

        Raises:
            UserFacingError: "recuperacion.other_region", "recuperacion.request_damaged",
                "recuperacion.newer".
        """
        ...


class SlotFile(Protocol):
    """The key slots beside a database that is open."""

    def region_recipient(self) -> str | None:
        """For whom there is a region's slot.

        Raises:
            UserFacingError: "trust.key_slot", "storage.*".
        """
        ...

    def put_region_slot(self, wrap: Callable[[bytes], RegionSlot]) -> None:
        """Write the region's slot instead of the one before; the others stay.

        Args:
            wrap: is given the database's key.

        Raises:
            UserFacingError: "trust.key_slot", "storage.*", "system.*": the old file stays.
        """
        ...


class KeyWrapper(Protocol):
    """Makes and wraps the key under which the database is encrypted."""

    def new_key(self) -> bytes:
        """256 random bits."""
        ...

    def new_recovery_code(self) -> tuple[str, ...]:
        """Twelve words (128 random bits and a checksum) to be printed, never stored."""
        ...

    def wrap_with_passphrase(self, key: bytes, passphrase: str) -> KeySlot: ...

    def wrap_with_recovery(self, key: bytes, code: str) -> KeySlot:
        """Raises:
        UserFacingError: "trust.recovery_code": not a recovery code.
        """
        ...

    def unwrap(self, slot: KeySlot, secret: str) -> bytes:
        """The key, with the passphrase or the recovery code as the person typed it.

        Raises:
            UserFacingError: "storage.wrong_passphrase", "storage.wrong_recovery",
                "trust.recovery_code" (mistyped), "trust.key_slot" (not a slot of this program).
        """
        ...


class Source(Protocol):
    """Whatever is read from its beginning to its end."""

    def read(self, size: int = ..., /) -> bytes: ...


class Sink(Protocol):
    """Whatever is written once."""

    def write(self, data: bytes, /) -> int: ...


class Envelope(Protocol):
    """What hides a file from everybody but its addressees; it signs nothing."""

    @property
    def head_bytes(self) -> int:
        """How many bytes of a file tell whether it is an envelope."""
        ...

    def is_sealed(self, head: bytes) -> bool:
        """Whether a file that begins with these bytes is an envelope."""
        ...

    def seal(
        self, plain: Source, out: Sink, recipients: Sequence[str], cancel: CancelToken
    ) -> None:
        """Write an envelope that each of these recipients opens alone.

        Args:
            plain: what is hidden.
            out: what is in it after a failure is of no use.
            recipients: at least one, as a `credencial` or a `catalogo` holds it.
            cancel: looked at between pieces.

        Raises:
            OSError: that of either file.
            CancelledError: the person cancelled.
            ValueError: nobody is to open it.
        """
        ...

    def unseal(
        self,
        sealed: Source,
        out: Sink,
        identities: Sequence[str],
        limit: int,
        cancel: CancelToken,
    ) -> None:
        """Write what is in an envelope that may be hostile.

        Args:
            sealed: the whole file, read to its end.
            out: what is in it after a failure may not be believed.
            identities: any of them may open it.
            limit: largest content, in bytes.
            cancel: looked at between pieces.

        Raises:
            UserFacingError: "bundle.encrypted" (there are no identities),
                "bundle.encrypted_for_others", "bundle.encrypted_damaged", "bundle.too_large".
            OSError: that of either file.
            CancelledError: the person cancelled.
        """
        ...


# --- bundle --------------------------------------------------------------------------------------


class BundleMember(Struct, frozen=True, gc=False):
    """One file to put in a container."""

    name: str
    data: bytes
    sha256: str | None = None
    """Where the name promises a content: other bytes must not travel under it."""


class BundleFile(Struct, frozen=True):
    """What was written."""

    path: Path
    sha256: str
    bytes: int
    records: int
    cifrado: bool = False
    """Whether only its addressees can open it."""


class BundleNames(Protocol):
    """The names of members, as the profile writes them."""

    def record_name(self, device: str, chain: str, sequence: int, sha256: str) -> str: ...
    def record_signature_name(self, device: str, chain: str, sequence: int, sha256: str) -> str: ...
    def certificate_name(self, device: str) -> str: ...
    def blob_name(self, sha256: str) -> str: ...
    def pdf_name(self, codigo: str, version: int, record_sha256: str) -> str: ...


class BundleWriter(Protocol):
    def write(
        self,
        target: Path,
        members: Iterable[BundleMember],
        key: DeviceKey,
        claimed_at: datetime,
    ) -> BundleFile:
        """Sign and write one container atomically; members in the profile's order.

        Raises:
            UserFacingError: "system.*" (no space, read-only, target removed), "storage.corrupt"
                (a member is not what it should be): nothing is left.
        """
        ...


class OpenBundle(Protocol):
    """A container whose structure, signature, manifest, digests and `paquete.json` hold."""

    @property
    def sha256(self) -> str:
        """Of the whole file, as it was received."""
        ...

    @property
    def cifrado(self) -> bool:
        """Whether it came in an envelope."""
        ...

    @property
    def info(self) -> PaqueteInfo: ...

    @property
    def exporter(self) -> str:
        """Device whose signature is on the container."""
        ...

    @property
    def certificates(self) -> Mapping[str, bytes]:
        """PEM by device."""
        ...

    @property
    def blobs(self) -> Mapping[str, int]:
        """Size by SHA-256 of every member of `adjuntos/`."""
        ...

    @property
    def record_count(self) -> int: ...

    def records(self) -> Iterator[SealedRecord]:
        """Decoded, signature verified, in the order of the file.

        Raises:
            UserFacingError: the first record that is not what its place says.
        """
        ...

    def trust_records(self, root: str) -> list[SealedRecord]:
        """What one key of a region sealed, as `records` gives it, ahead of everything else: who may
        seal what. They come again in `records`; what this version cannot read only comes there.

        Args:
            root: the key that is believed. Anybody can make others, and seal with them without end.

        Raises:
            UserFacingError: as `records`; "bundle.region_records" (too many bytes).
        """
        ...

    def receptions(self, devices: Collection[str]) -> Iterator[SealedRecord]:
        """What some devices say to have received, as `records` gives it, ahead of everything else:
        whether a record came in time may hang on it.

        Raises:
            UserFacingError: as `records`.
        """
        ...

    def blob(self, sha256: str) -> bytes: ...


class Keep(Protocol):
    def __call__(
        self, path: Path, bundle: OpenBundle, recipient: str, cancel: CancelToken, /
    ) -> None:
        """Keep the bytes of a bundle: as they came if that was in an envelope, else in one.

        Args:
            path: the file, from which `bundle` was opened.
            bundle: says what the file must still be, and names what is kept.
            recipient: of this installation.
            cancel: looked at between pieces.

        Raises:
            UserFacingError: "storage.*" (no space, read-only…), "bundle.unreadable",
                "bundle.changed_while_reading": nothing was kept.
        """
        ...


class ReceivedFiles(Protocol):
    """The files that were imported, kept as long as the data."""

    def keeping(self) -> AbstractContextManager[Keep]:
        """Hands out what keeps a file; one that was kept anew goes again if the block fails."""
        ...


class BundleReader(Protocol):
    def open(
        self, path: Path, progress: Progress, cancel: CancelToken
    ) -> AbstractContextManager[OpenBundle]:
        """Raises:
        UserFacingError: "bundle.*": why the file is not an intact, valid container.
        """
        ...


# --- papers --------------------------------------------------------------------------------------


class Workbooks(Protocol):
    """Writes and reads XLSX."""

    def write(self, workbook: Workbook) -> bytes:
        """The same workbook gives the same bytes. No text of a cell is ever a formula."""
        ...

    def read(self, data: bytes) -> tuple[RawSheet, ...]:
        """Every sheet with its values.

        Raises:
            UserFacingError: "hoja.unreadable" (no workbook), "hoja.too_large".
        """
        ...


class PaperFace(Struct, frozen=True):
    """Which of the faces of the Anexo N°3 is printed."""

    kind: str
    """"borrador" (watermark, no QR), "para_firmar" (QR, por sellar) or "sellada"."""
    version: int = 1
    sealed_at: datetime | None = None
    supersedes_reason: str | None = None


class PaperFirma(Struct, frozen=True):
    """A signature as the paper shows it."""

    firma: Firma
    void: bool = False
    trazo: Trazo | None = None
    late: bool = False
    """It came later, as `evidencia`."""


class FichaPaper(Struct, frozen=True):
    """Everything the paper needs, already looked up: the renderer decides nothing but layout."""

    ficha: Ficha
    face: PaperFace
    gobierno_regional: str
    """"Gobierno Regional de Ayacucho"."""
    distritos: Mapping[str, tuple[str, str]]
    """ubigeo -> (district, province)."""
    firmas: Sequence[PaperFirma] = ()
    acuerdos_anteriores: Mapping[str, tuple[str, str]] = {}
    """Agreement id -> (descripcion, plazo dd/mm/aaaa) of the earlier ones followed up here."""
    avisos: Mapping[str, str] = {}
    """"code path" of a warning -> its Spanish sentence, for the complementary page."""
    indicadores: Mapping[str, tuple[str, str]] = {}
    """code -> (name, theme) where a catalogue is known."""
    firmantes: Mapping[str, str] = {}
    """ubigeo -> "Sí, 14/06/2023" or "No" where a catalogue is known."""
    practice: bool = False
    anulada: str | None = None
    """Reason of its annulment."""
    actividad: str = ""
    """What the plan calls the activity of `actividad_plan`, where a plan is known."""
    adjuntos_posteriores: Sequence[Adjunto] = ()
    """Of later `evidencia`; they count on after the ficha's own."""


class PaperRenderer(Protocol):
    @property
    def version(self) -> str:
        """Changes whenever the same input would print differently: names the kept papers."""
        ...

    def render(self, paper: FichaPaper) -> bytes:
        """The PDF of one ficha: same input, same bytes."""
        ...

    def render_many(self, papers: Sequence[FichaPaper]) -> Iterator[bytes]:
        """The PDF of each ficha, in order and one at a time: the same bytes as `render`."""
        ...

    def render_blank(self) -> bytes:
        """The blank official form."""
        ...


# --- storage -------------------------------------------------------------------------------------


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
    """Those that speak of its fichas, its records, itself, or that are a catalogue."""


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


class Reader(Protocol):
    """One consistent view of the database."""

    def setting(self, key: str) -> str | None: ...
    def settings(self, prefix: str) -> dict[str, str]:
        """Every setting whose key begins so."""
        ...

    # what the region says
    def authority(
        self, items: Iterable[SealedRecord] = (), extra: Collection[SealedRecord] = ()
    ) -> Authority:
        """What the accepted region key says of devices.

        Args:
            items: the records that will be judged by it.
            extra: records of region keys that are looked at as if they were held.
        """
        ...

    def catalogo(self) -> tuple[Catalogo, str] | None:
        """The catalogue in force, and the hash of its record."""
        ...

    def catalogos(self, sha256s: Collection[str]) -> dict[str, Catalogo]:
        """Those of these catalogues that are here and that who sealed them might publish, whether
        or not they are in force.
        """
        ...

    def region_records(self) -> list[SealedRecord]:
        """Everything that region keys said, whichever key is accepted."""
        ...

    # drafts
    def draft(self, codigo: str) -> Draft | None: ...
    def drafts(self, *, discarded: bool = False) -> list[Draft]: ...
    def taken_codigos(self, codigos: Collection[str]) -> set[str]:
        """Which of these codes a draft (those in the bin included) or a sealed ficha has."""
        ...

    # records
    def record(self, sha256: str) -> SealedRecord | None: ...
    def known(self, sha256s: Collection[str]) -> set[str]:
        """Which of these records are here."""
        ...

    def records_about(self, subjects: Collection[str]) -> list[SealedRecord]:
        """Every record about any of these subjects (`subjects.subjects_of`), by sha256."""
        ...

    def records_at(
        self, device: str, chain: str, desde: int = 1, hasta: int | None = None
    ) -> list[Link]:
        """The places of a chain that are held, between two sequences."""
        ...

    def shared(self, subjects: Collection[str]) -> set[str]:
        """Which of these subjects more than one record is about."""
        ...

    def places(self) -> Iterator[RecordPlace]:
        """Where every record stands, by device, chain, sequence, sha256."""
        ...

    def records(self) -> Iterator[SealedRecord]:
        """All of them, decoded, in the order of `places`."""
        ...

    def signed_bytes(self, numbers: Collection[int]) -> dict[int, tuple[bytes, bytes]]:
        """Bytes and signature of the records with these numbers (`RecordPlace.n`), as they are
        kept, all at once: the caller asks for few.
        """
        ...

    def chain_head(self, device: str, chain: str) -> Link | None: ...
    def certificates(self, devices: Collection[str]) -> dict[str, bytes]: ...

    # blobs and papers
    def blob(self, sha256: str) -> bytes | None: ...
    def blobs(self, sha256s: Collection[str]) -> dict[str, bytes]:
        """Those of these that are here, all at once: the caller asks for few."""
        ...

    def blob_sizes(self, sha256s: Collection[str]) -> dict[str, int]:
        """Size of those that are here."""
        ...

    def papers(self, keys: Collection[str]) -> dict[str, bytes]:
        """PDFs rendered before, by the hash of all that decides them; the caller asks for few."""
        ...

    def paper_sizes(self, keys: Collection[str]) -> dict[str, int]:
        """Size of those that are kept."""
        ...

    # projections
    def fichas(
        self, wanted: FichaFilter, *, after: str | None = None, limit: int = 50
    ) -> list[FichaRow]: ...
    def fichas_with_codigo(self, codigo: str) -> list[FichaRow]: ...
    def fichas_with_id(self, id_: str) -> list[FichaRow]: ...
    def search(self, text: str, *, limit: int = 50) -> list[FichaRow]:
        """Newest first; accents and case ignored, every word must match from its beginning."""
        ...

    def listed(
        self, wanted: ListFilter, column: ListColumn = ListColumn.FECHA
    ) -> tuple[list[int], list[Any]]:
        """The number of every line that is wanted, newest first, and beside it one column (nothing
        for the date, by which they stand).
        """
        ...

    def list_rows(self, numbers: Collection[int]) -> dict[int, ListRow]:
        """The lines that these numbers name; one that is gone has none."""
        ...

    def list_number(self, codigo: str, *, draft: bool) -> int | None:
        """The number of a draft, or of the newest sealed ficha of this code."""
        ...

    def receptions_of(self, sha256s: Collection[str]) -> list[SealedRecord]:
        """The records in which installations say to have received any of these."""
        ...

    def exports_of(self, sha256s: Collection[str]) -> list[ExportMark]:
        """When any of these left in a bundle, oldest first."""
        ...

    def first_diagnosis(self, ubigeos: Collection[str], *, but: str) -> dict[str, date]:
        """Earliest known `diagnostico` of each district, the ficha with id `but` aside."""
        ...

    def fichas_of_day(self, day: date, ubigeos: Collection[str]) -> list[tuple[str, Ficha]]:
        """(id, content) of sealed, not annulled fichas of a day in any of these districts."""
        ...

    def acuerdos(self, ids: Collection[str]) -> dict[str, AcuerdoRow]: ...
    def open_acuerdos(self, ubigeos: Collection[str]) -> dict[str, frozenset[str]]:
        """Ids of the agreements of each district that are not closed."""
        ...

    def acuerdo_lines(self, ambito: str = "") -> list[AcuerdoLine]:
        """Every agreement with a district whose code begins so."""
        ...

    def disputed_acuerdos(self) -> int:
        """How many have events that contradict each other."""
        ...

    def acuerdo_heads(self, ids: Collection[str]) -> list[str]:
        """Hashes that the next event about these agreements has to name in `after`."""
        ...

    # what waits
    def newest_drafts(self, limit: int) -> tuple[list[Draft], int]:
        """The drafts saved last, newest first, and how many there are in all."""
        ...

    def open_plazos(self, origins: Collection[str] | None = None) -> list[tuple[str, str]]:
        """(date or "", id) of every agreement that is not closed, once each, by date; of those that
        these devices began where some are named.
        """
        ...

    def undelivered(self, device: str) -> Undelivered:
        """Fichas that a device began and no coordinator has said to have received as they are."""
        ...

    def sealed_since(self, device: str, moment: datetime, limit: int) -> int:
        """How many versions of fichas a device sealed after a moment; it stops at a limit."""
        ...

    def past_exports(self, limit: int) -> list[PastExport]:
        """The last bundles that were written here, the last first."""
        ...

    def sealed_by(self, *, pending: bool = False) -> list[Sealed]:
        """How much each device sealed, by device; `pending`: of what no coordinator received."""
        ...

    def acknowledged(self) -> set[str]:
        """The records that a coordinator says to have received."""
        ...

    def receptions(self) -> set[str]:
        """The records in which installations say to have received something."""
        ...

    def received_until(self, device: str, moment: datetime) -> int:
        """Number of the last record in which an installation said, not later than a moment, to
        have received something; what has a lower `RecordPlace.n` was held by then.
        """
        ...

    def senders(self, by: str | None = None) -> dict[str, int]:
        """Whoever handed in a bundle, and how many were received of it; by one device where it is
        named.
        """
        ...

    def answer_to(self, device: str) -> list[RecordPlace]:
        """Everything held that concerns one sender, in the order of `places`."""
        ...

    def shared_acuerdos(
        self, device: str, since: int = 0, *, again: bool = False
    ) -> list[RecordPlace]:
        """What a device needs to know the open agreements of its scope (ADR 0016).

        Args:
            device: an approved one; any other needs nothing.
            since: the highest number of a record that its last answer could hold.
            again: also what it says to have received.
        """
        ...

    def carried(self) -> Carried:
        """All attachments, and the papers that are kept."""
        ...

    # reception
    def apart(self, limit: int) -> tuple[list[ApartRow], int]:
        """What is kept without effect, the newest visits first, and how many there are in all."""
        ...

    def contested(self, limit: int) -> tuple[list[str], int]:
        """Ids of fichas of which several copies have an equal right, newest first, and how many
        there are in all.
        """
        ...

    def crowded_days(self) -> list[tuple[str, str]]:
        """(day, ubigeo) with more than one living ficha, newest first."""
        ...

    def namesakes(self, day: str, ubigeo: str) -> list[tuple[FichaRow, Ficha]]:
        """The living fichas of one day in one district that share a responsable with another, with
        what they say.
        """
        ...

    def own_receptions(self, device: str, limit: int) -> tuple[list[SealedRecord], int]:
        """The last receptions that a device sealed, the last first, and how many there are."""
        ...

    def news_for(self, device: str, since: int) -> News:
        """What a sender has not been told: records that came here after one with this number."""
        ...

    def held_of(self) -> dict[str, int]:
        """How many records of each device are here; no record is read."""
        ...

    def judged(
        self, verdict: str, origins: Collection[str], limit: int
    ) -> tuple[list[FichaRow], int]:
        """Living fichas that these devices began and of which this was said, newest first, and how
        many there are in all.
        """
        ...

    def last_number(self) -> int:
        """The number of the record that came last; 0 where there is none."""
        ...

    # review
    def review_queue(self, wanted: QueueFilter, device: str) -> list[QueueRow]:
        """What a filter leaves of a tab, corrections first, then what has waited longest; of what
        is decided the newest first.

        Args:
            wanted: the tab and its filters.
            device: whose receptions say when something arrived.
        """
        ...

    def review_counts(self, wanted: QueueFilter) -> dict[QueueTab, int]:
        """How many there are in each tab, whatever else is filtered."""
        ...

    def last_visits(self, ubigeos: Collection[str]) -> dict[str, date]:
        """The day of the newest sealed, not annulled visit of each district that has one."""
        ...

    def visit_count(self, ubigeo: str) -> int:
        """How many fichas of a district are here, annulled ones included."""
        ...

    def visitas(self, ubigeos: Collection[str] | None = None) -> list[Visita]:
        """The newest version of every sealed ficha, as coverage looks at it; no record is read.

        Args:
            ubigeos: only of fichas with any of these districts.
        """
        ...

    def gaps(self) -> list[GapRow]: ...
    def forks(self) -> list[tuple[str, str, int]]:
        """(device, chain, sequence) of every fork."""
        ...

    def record_count(self) -> int: ...


class Transaction(Reader, Protocol):
    """A reader that also writes; commits when its block ends, rolls back on any exception."""

    def set_setting(self, key: str, value: str) -> None: ...
    def set_root(self, device: str) -> None:
        """Believe this region key and no other, and draw anew what hangs on it."""
        ...

    def put_draft(self, draft: Draft) -> None: ...
    def put_drafts(self, drafts: Sequence[Draft]) -> None: ...
    def delete_drafts(self, ids: Collection[str]) -> None: ...
    def next_numbers(self, chain: str, year: int, count: int) -> int:
        """Reserve `count` consecutive numbers of a chain's year; the first of them."""
        ...

    def add_records(
        self, records: Sequence[SealedRecord], certificates: Mapping[str, bytes]
    ) -> None:
        """Insert records that are not here yet and bring the projections up to date."""
        ...

    def add_blob(self, sha256: str, data: bytes) -> None:
        """Idempotent; the hash is the caller's responsibility."""
        ...

    def put_paper(self, key: str, pdf: bytes) -> None: ...
    def mark_exported(self, sha256s: Collection[str], bundle: str, at: datetime) -> None:
        """A local mark, not a record."""
        ...


class Store(Protocol):
    """The encrypted database of one data folder."""

    def read(self) -> AbstractContextManager[Reader]: ...
    def write(self, cancel: CancelToken | None = None) -> AbstractContextManager[Transaction]:
        """The only writer (BEGIN IMMEDIATE).

        Args:
            cancel: looked at while many rows are made anew.

        Raises:
            CancelledError: nothing was changed.
            UserFacingError: "storage.no_space", "storage.read_only", "storage.corrupt"…
        """
        ...

    def check(self, trust: Trust, progress: Progress, cancel: CancelToken) -> Integrity:
        """Recompute every page, hash, signature, chain and projection, and tell what differs."""
        ...

    def rebuild(self, progress: Progress, cancel: CancelToken) -> Integrity:
        """Make every projection anew from the records."""
        ...

    def backup(self, folder: Path, now: datetime, progress: Progress) -> Path:
        """Write one snapshot (and the blobs not yet copied) into a folder of backups."""
        ...

    def close(self) -> None: ...
