"""What the region has answered, and what one sender has not been told yet."""

from collections.abc import Collection
from datetime import datetime

import msgspec
from msgspec import Struct

from fichaat.application.ports.rows import RecordPlace
from fichaat.domain.authority import continues
from fichaat.domain.record import Kind
from fichaat.domain.rol import Rol
from fichaat.storage.session import Session, one_list
from fichaat.storage.trust_rows import REGIONS, load_authority, replaced_roots

_PLACE = "r.n, r.sha256, r.device, r.chain, r.sequence"


class _Sender(Struct):
    device: str


class _Received(Struct):
    remitente: _Sender


class _Reception(Struct):
    """As much of a reception as its sender needs."""

    content: _Received


def receptions_from(session: Session, device: str) -> list[int]:
    """Numbers of the records in which region and provinces say to have received a bundle of a
    device.
    """
    decoder = msgspec.json.Decoder(_Reception)
    return [
        n
        for n, raw in session.rows(
            "SELECT n, raw FROM records WHERE n IN (SELECT por FROM recepciones WHERE vale > 0)"
        )
        if decoder.decode(raw).content.remitente.device == device
    ]


class Answers:
    """The part of `ports.Reader` behind answers."""

    _session: Session

    def acknowledged(self) -> set[str]:
        """The records that a coordinator says to have received."""
        rows = self._session.each("SELECT sha256 FROM recepciones WHERE vale = ?", REGIONS)
        return {digest for (digest,) in rows}

    def receptions(self) -> set[str]:
        """The records in which installations say to have received something."""
        rows = self._session.each(
            "SELECT sha256 FROM records WHERE n IN (SELECT por FROM recepciones)"
        )
        return {digest for (digest,) in rows}

    def received_until(self, device: str, moment: datetime) -> int:
        """Number of the last record in which an installation said, not later than a moment, to
        have received something; 0 where there is none. What has a lower number was held by then.
        """
        rows = self._session.rows(
            "SELECT por, min(en) FROM recepciones WHERE device = ? GROUP BY por", device
        )
        return max((n for n, en in rows if datetime.fromisoformat(en) <= moment), default=0)

    def senders(self, by: str | None = None) -> dict[str, int]:
        """Whoever handed in a bundle, and how many were received of it here or elsewhere; by one
        device where it is named.
        """
        decoder = msgspec.json.Decoder(_Reception)
        found: dict[str, int] = {}
        for (raw,) in self._session.each(
            "SELECT raw FROM records WHERE n IN"
            " (SELECT por FROM recepciones WHERE vale > 0 AND device = coalesce(?, device))",
            by,
        ):
            device = decoder.decode(raw).content.remitente.device
            found[device] = found.get(device, 0) + 1
        return found

    def answer_to(self, device: str) -> list[RecordPlace]:
        """Everything held that concerns one sender, in the order of `places`: what the region
        said, by keys that were replaced since, too; who says to have received its records or those
        it forwarded, what others judged, annulled or added about its fichas and about those that it
        judged; and all that was sealed by devices it took over from.
        """
        relieved = self._relieved_by(device)
        concerned = {*self._concerned(device), *relieved}
        rows = self._session.rows(
            f"SELECT {_PLACE} FROM records r WHERE r.n IN ("
            " SELECT c.n FROM confianza c JOIN records o ON o.n = c.n"
            "  WHERE o.device IN (SELECT value FROM json_each(?5))"
            " UNION SELECT c.n FROM json_each(?9) was JOIN records o ON o.device = was.key"
            "  JOIN confianza c ON c.n = o.n WHERE o.n <= was.value OR o.kind = ?10"
            " UNION SELECT x.por FROM recepciones x JOIN records o ON o.sha256 = x.sha256"
            "  WHERE o.device IN (SELECT value FROM json_each(?1))"
            f"  AND (x.vale = {REGIONS} OR x.por IN (SELECT value FROM json_each(?8)))"
            " UNION SELECT s.record FROM fichas f JOIN record_subjects s ON s.subject = f.id"
            "  JOIN records o ON o.n = s.record"
            "  WHERE f.origin IN (SELECT value FROM json_each(?1)) AND o.kind <> ?2"
            " UNION SELECT s.record FROM records own"
            "  JOIN record_subjects held ON held.record = own.n"
            "  JOIN record_subjects s ON s.subject = held.subject"
            "  JOIN records o ON o.n = s.record"
            "  WHERE own.device = ?6 AND own.kind = ?7 AND o.kind <> ?2"
            " UNION SELECT o.n FROM records o WHERE o.device IN (SELECT value FROM json_each(?3)))"
            " AND r.device NOT IN (SELECT value FROM json_each(?4))"
            " ORDER BY r.device, r.chain, r.sequence, r.sha256",
            one_list(concerned),
            Kind.FICHA,
            one_list(relieved),
            one_list(concerned - relieved),
            one_list(self._believed()),
            device if self._judges(device) else "",
            Kind.REVISION,
            one_list(self._received_of(concerned)),
            # Whoever believes a replaced key still must hear whom it revoked. It may have been
            # replaced because it was stolen: whom it approved since then is nobody's concern.
            msgspec.json.encode(replaced_roots(self._session)).decode(),
            Kind.REVOCACION,
        )
        return [RecordPlace(*row) for row in rows]

    def _received_of(self, devices: Collection[str]) -> list[int]:
        """Numbers of the records in which anybody but a coordinator says to have received a bundle
        of these: what came to others in an answer is no news for its authors.
        """
        decoder = msgspec.json.Decoder(_Reception)
        rows = self._session.each(
            "SELECT n, raw FROM records WHERE n IN (SELECT por FROM recepciones WHERE vale <> ?)",
            REGIONS,
        )
        return [n for n, raw in rows if decoder.decode(raw).content.remitente.device in devices]

    def _judges(self, device: str) -> bool:
        """Whether its reviews are those of a province: another's would only be a way to be told."""
        grant = load_authority(self._session).grant(device)
        return grant is not None and grant.rol is Rol.PROVINCIAL

    def _believed(self) -> set[str]:
        """Whose word on devices and catalogues is handed on: anybody can make keys of regions, and
        seal with them without end.
        """
        authority = load_authority(self._session)
        return set() if authority.root is None else {authority.root, *authority.grants}

    def _relieved_by(self, device: str) -> set[str]:
        """The devices whose work this one continues."""
        authority = load_authority(self._session)
        return {
            old for old in authority.relevos if old != device and continues(device, old, authority)
        }

    def _concerned(self, device: str) -> Collection[str]:
        """The sender and whoever's records came in its bundles, as region and provinces say: by the
        word of others anybody could make itself the sender of what it wants to read.
        """
        rows = self._session.rows(
            "SELECT DISTINCT o.device FROM recepciones x JOIN records o ON o.sha256 = x.sha256"
            " WHERE x.por IN (SELECT value FROM json_each(?)) AND o.kind IN (?, ?, ?, ?)",
            one_list(receptions_from(self._session, device)),
            Kind.FICHA,
            Kind.EVIDENCIA,
            Kind.ANULACION,
            Kind.SEGUIMIENTO,
        )
        return {device, *(found for (found,) in rows)}
