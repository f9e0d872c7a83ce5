"""What a reader says of the region: who is approved, which catalogue is in force."""

from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct

from fichaat.domain.authority import Authority, Standing, draw_authority, standing
from fichaat.domain.catalogo import Catalogo
from fichaat.domain.codec import decode_record
from fichaat.domain.record import REGION_KEY_KINDS, Kind, SealedRecord
from fichaat.storage.session import Session, one_list
from fichaat.storage.trust_rows import judging, load_authority

_Place = tuple[int, str, int]
"""Number, hash and version of a catalogue."""


class _Version(Struct, gc=False):
    version: int


class _Envelope(Struct, gc=False):
    content: _Version


_versions = msgspec.json.Decoder(_Envelope)


class TrustReader:
    """The part of `ports.Reader` behind credentials and catalogue."""

    _session: Session

    def settings(self, prefix: str) -> dict[str, str]:
        """Every setting whose key begins so."""
        rows = self._session.rows(
            "SELECT key, value FROM settings WHERE substr(key, 1, ?) = ? ORDER BY key",
            len(prefix),
            prefix,
        )
        return dict(rows)

    def authority(
        self, items: Iterable[SealedRecord] = (), extra: Collection[SealedRecord] = ()
    ) -> Authority:
        """What the accepted region key says of devices.

        Args:
            items: the records that will be judged by it.
            extra: records of the region key that are looked at as if they were held.
        """
        core = load_authority(self._session)
        if extra and core.root is not None:
            said = {item.sha256: item for item in (*self.region_records(), *extra)}
            core = draw_authority(core.root, said.values())
        return judging(self._session, core, items)

    def catalogo(self) -> tuple[Catalogo, str] | None:
        """The catalogue in force and the hash of its record: the highest version that the issuing
        coordinator sealed for the accepted region key; of two copies of one version the one with
        the smallest hash. Another key's catalogue would have exports encrypted to somebody of whom
        nobody has compared the words.
        """
        places = self._catalogue_places()
        if not places:
            return None
        newest = max(version for _, _, version in places)
        # Nearly always one of the newest is in force, and no older one has to be decoded.
        first = [place for place in places if place[2] == newest]
        return self._in_force(first) or (self._in_force(places) if first != places else None)

    def catalogos(self, sha256s: Collection[str]) -> dict[str, Catalogo]:
        """Those of these catalogues that are here and that who sealed them might publish, whether
        or not they are in force.
        """
        places = [place for place in self._catalogue_places() if place[1] in sha256s]
        return dict(self._approved(places))

    def region_records(self) -> list[SealedRecord]:
        """Everything that region keys said, whichever key is accepted."""
        return self._said(REGION_KEY_KINDS)

    def _certificate(self, device: str | None) -> str | None:
        """DER in base 64, as a catalogue holds it: what stands between the lines of the PEM."""
        pem = self._session.value("SELECT pem FROM certificates WHERE device = ?", device)
        if pem is None:
            return None
        lines = pem.decode("ascii", "replace").split("\n")
        return "".join(line for line in lines if not line.startswith("-----"))

    def _in_force(self, places: Sequence[_Place]) -> tuple[Catalogo, str] | None:
        certificate = self._certificate(load_authority(self._session).root)
        found = [
            (content, sha256)
            for sha256, content in self._approved(places)
            if content.certificado == certificate
        ]
        return min(found, key=lambda pair: (-pair[0].version, pair[1]), default=None)

    def _approved(self, places: Sequence[_Place]) -> Iterator[tuple[str, Catalogo]]:
        records = [self._catalogue(n, sha256) for n, sha256, _ in places]
        authority = self.authority(records)
        for item in records:
            content = item.record.content
            if isinstance(content, Catalogo) and standing(item, authority) is Standing.APROBADO:
                yield item.sha256, content

    def _catalogue_places(self) -> list[_Place]:
        """Every catalogue that is here, by sha256."""
        versions = self._session.authorities.catalogue_versions
        rows = self._session.rows(
            "SELECT r.n, r.sha256 FROM confianza c CROSS JOIN records r ON r.n = c.n"
            " WHERE r.kind = ? ORDER BY r.sha256",
            Kind.CATALOGO,
        )
        for n, sha256 in rows:
            if sha256 not in versions:
                raw = self._session.value("SELECT raw FROM records WHERE n = ?", n)
                versions[sha256] = _version(raw)
        return [(n, sha256, versions[sha256]) for n, sha256 in rows]

    def _catalogue(self, n: int, sha256: str) -> SealedRecord:
        held = self._session.authorities.catalogues
        if sha256 not in held:
            row = self._session.row("SELECT raw, signature FROM records WHERE n = ?", n)
            held[sha256] = decode_record(*row)
        return held[sha256]

    def _said(self, kinds: frozenset[Kind]) -> list[SealedRecord]:
        rows = self._session.rows(
            # CROSS: the few are looked up, not every record passed by in the order of its hash.
            "SELECT r.raw, r.signature FROM confianza c CROSS JOIN records r ON r.n = c.n"
            " WHERE r.kind IN (SELECT value FROM json_each(?)) ORDER BY r.sha256",
            one_list(kinds),
        )
        return [decode_record(*row) for row in rows]


def _version(raw: bytes) -> int:
    """Of a catalogue, without decoding the rest; 0 where this program cannot read it."""
    try:
        return _versions.decode(raw).content.version
    except (msgspec.DecodeError, UnicodeDecodeError):
        return 0
