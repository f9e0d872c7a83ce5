"""What a reader says of the region: who is approved, which catalogue is in force."""

from collections.abc import Collection, Iterable

from fichaat.domain.authority import Authority, Standing, draw_authority, standing
from fichaat.domain.catalogo import Catalogo
from fichaat.domain.codec import decode_record
from fichaat.domain.record import REGION_KEY_KINDS, Kind, SealedRecord
from fichaat.storage.session import Session, one_list
from fichaat.storage.trust_rows import judging, load_authority


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
        records = self._said(frozenset({Kind.CATALOGO}))
        authority = self.authority(records)
        certificate = self._certificate(authority.root)
        found = [
            (item.record.content, item.sha256)
            for item in records
            if isinstance(item.record.content, Catalogo)
            and item.record.content.certificado == certificate
            and standing(item, authority) is Standing.APROBADO
        ]
        return min(found, key=lambda pair: (-pair[0].version, pair[1]), default=None)

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

    def _said(self, kinds: frozenset[Kind]) -> list[SealedRecord]:
        rows = self._session.rows(
            # CROSS: the few are looked up, not every record passed by in the order of its hash.
            "SELECT r.raw, r.signature FROM confianza c CROSS JOIN records r ON r.n = c.n"
            " WHERE r.kind IN (SELECT value FROM json_each(?)) ORDER BY r.sha256",
            one_list(kinds),
        )
        return [decode_record(*row) for row in rows]
