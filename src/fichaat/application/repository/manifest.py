"""What a repository holds, in its own file: `MANIFIESTO.json`, and `MANIFIESTO.sha256` beside it.

The first says whose each file is, so that the next run writes only what changed. The second is
what `sha256sum -c` reads. The first is written last, and `completo` says so.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from fichaat.application.repository.names import is_safe
from fichaat.domain.errors import UserFacingError
from fichaat.domain.record import sha256_hex

FORMATO: Final = "fichaat-repositorio-1"
_Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}(?!\n)$")]
_Parte = Annotated[int, Meta(ge=0, le=9999)]


class Archivo(Struct, frozen=True):
    ruta: str
    sha256: _Sha256
    bytes: Annotated[int, Meta(ge=0)]


class FichaEntregada(Struct, frozen=True):
    """One ficha, and the files that it has."""

    id: str
    codigo: str
    version: int
    registro: _Sha256
    """Of the version whose paper it is."""
    papel: _Sha256
    """Hash of all that decides what the paper shows and which scans stand beside it."""
    parte: _Parte
    """0 where there are no parts."""
    archivos: tuple[Archivo, ...]
    """The paper first."""

    @property
    def bytes(self) -> int:
        return sum(item.bytes for item in self.archivos)

    @property
    def stem(self) -> str:
        """How the names of its files begin."""
        return self.archivos[0].ruta.rpartition("/")[2].rpartition(".")[0]


class PaqueteEntregado(Struct, frozen=True):
    """One file of sealed records."""

    archivo: Archivo
    parte: _Parte
    registros: tuple[_Sha256, ...]


class Manifiesto(Struct, frozen=True):
    formato: str
    region: str
    completo: bool
    """False while files are being written."""
    actualizado: datetime
    volumen_mb: int | None
    """Largest part, where there are parts; it stays."""
    fichas: tuple[FichaEntregada, ...] = ()
    paquetes: tuple[PaqueteEntregado, ...] = ()
    indice: tuple[Archivo, ...] = ()

    @property
    def archivos(self) -> Iterator[Archivo]:
        """Every file that it names."""
        for ficha in self.fichas:
            yield from ficha.archivos
        for paquete in self.paquetes:
            yield paquete.archivo
        yield from self.indice


def oversize(manifest: Manifiesto, limit: int | None) -> tuple[str, ...]:
    """What stands in a part of its own because it is larger than `limit`, as people know it."""
    held = [(item.bytes, item.codigo) for item in manifest.fichas]
    held += [
        (item.archivo.bytes, item.archivo.ruta.rpartition("/")[2]) for item in manifest.paquetes
    ]
    return tuple(sorted(name for size, name in held if limit is not None and size > limit))


def encode_manifest(manifest: Manifiesto) -> bytes:
    """For people too: one member on each line."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"


def decode_manifest(data: bytes) -> Manifiesto:
    """Raises:
    UserFacingError: "repositorio.not_ours": no manifest of this program, or one that somebody
        changed so that it names files elsewhere.
    """
    try:
        found = msgspec.json.decode(data, type=Manifiesto)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise UserFacingError("repositorio.not_ours") from None
    names = [item.ruta for item in found.archivos]
    if found.formato != FORMATO or not all(map(is_safe, names)):
        raise UserFacingError("repositorio.not_ours")
    return found


def checksums(manifest: Manifiesto, manifest_name: str) -> bytes:
    """Lines that `sha256sum -c` understands, by name; names are ASCII without a backslash."""
    lines = [(item.ruta, item.sha256) for item in manifest.archivos]
    lines.append((manifest_name, sha256_hex(encode_manifest(manifest))))
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(lines)).encode("ascii")


class Parts:
    """Which part a file goes to: the first that still has room, and it stays there. What is larger
    than a part has one of its own: nobody could make it smaller, and it has to be uploaded.
    """

    def __init__(self, limit: int | None, held: Iterable[tuple[int, int]]) -> None:
        """`limit`: bytes of a part; without one nothing is parted. `held`: part and bytes of each
        file that is there.
        """
        self.limit = limit
        self._used: dict[int, int] = {}
        for part, size in held:
            self._used[part] = self._used.get(part, 0) + size

    def take(self, size: int, before: tuple[int, int] | None = None) -> int:
        """The part of something, which is noted.

        Args:
            size: its bytes.
            before: the part that it stands in and the bytes that it had there.
        """
        if before is not None:
            self.leave(*before)
        if self.limit is None:
            return 0
        part = 1 if before is None else before[0] or 1
        if not self._fits(part, size, self.limit):
            part = 1
        while not self._fits(part, size, self.limit):
            part += 1
        self._used[part] = self._used.get(part, 0) + size
        return part

    def _fits(self, part: int, size: int, limit: int) -> bool:
        used = self._used.get(part, 0)
        return used == 0 or used + size <= limit

    def leave(self, part: int, size: int) -> None:
        """Something is not there any more."""
        self._used[part] = self._used.get(part, 0) - size
