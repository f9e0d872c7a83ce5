"""What a device needs to know the open agreements of its scope: records of others (ADR 0016)."""

from datetime import datetime
from typing import Final

from fichaat.application.ports.rows import RecordPlace
from fichaat.domain.authority import Standing
from fichaat.domain.record import Kind
from fichaat.domain.revision import Veredicto
from fichaat.storage.answers import receptions_from
from fichaat.storage.session import Session, one_list
from fichaat.storage.trust_rows import REGIONS, load_authority

_BEHIND: Final = "~"
"""Stands behind every ubigeo that begins with what it is added to."""

_OPEN: Final = (
    "SELECT DISTINCT d.acuerdo FROM acuerdo_distritos d JOIN acuerdos a ON a.id = d.acuerdo"
    " JOIN fichas f ON f.id = a.ficha AND f.origin = a.origin"
    " WHERE d.abierto = 1 AND d.ubigeo >= ? AND d.ubigeo < ?"
    f" AND f.aprobacion = '{Standing.APROBADO.value}'"
    f" AND f.revision <> '{Veredicto.RECHAZADA.value}'"
)
_IN_SCOPE: Final = (
    " AND (EXISTS (SELECT 1 FROM acuerdo_distritos d WHERE d.acuerdo = s.subject"
    "  AND d.abierto IN (0, 1) AND d.ubigeo >= ? AND d.ubigeo < ?)"
    " OR EXISTS (SELECT 1 FROM fichas f JOIN ficha_distritos p ON p.key = f.key"
    "  WHERE f.id = s.subject AND p.ubigeo >= ? AND p.ubigeo < ?))"
)
_TOLD: Final = (
    # What it says to have it is kept informed of: also that an agreement closed or fell.
    "SELECT DISTINCT s.subject FROM recepciones x JOIN records r ON r.sha256 = x.sha256"
    " JOIN record_subjects s ON s.record = r.n"
    f" WHERE x.device = ? AND r.kind IN ('{Kind.FICHA.value}', '{Kind.SEGUIMIENTO.value}')"
    f"{_IN_SCOPE}"
)
_MOVED: Final = (
    # As long as it says nothing: what changed since, of all that its last answer could hold.
    "SELECT DISTINCT s.subject FROM records r JOIN record_subjects s ON s.record = r.n"
    f" WHERE r.n > ? AND r.kind IN ('{Kind.FICHA.value}', '{Kind.SEGUIMIENTO.value}',"
    f" '{Kind.ANULACION.value}') AND EXISTS (SELECT 1 FROM record_subjects o"
    f" WHERE o.subject = s.subject AND o.record <= ?){_IN_SCOPE}"
)
_SAYING: Final = (
    "SELECT DISTINCT r.n, r.kind, r.id FROM json_each(?) AS wanted"
    " JOIN record_subjects s ON s.subject = wanted.value JOIN records r ON r.n = s.record"
)
_FICHA_KINDS: Final = (Kind.FICHA, Kind.ANULACION, Kind.REVISION)
_KINDS: Final = (*_FICHA_KINDS, Kind.SEGUIMIENTO)


class SharedAcuerdos:
    """The part of `ports.Reader` behind the agreements that an answer brings."""

    _session: Session

    def shared_acuerdos(
        self, device: str, since: int = 0, *, again: bool = False
    ) -> list[RecordPlace]:
        """The fichas that bear the open agreements of its scope or follow them up, what was
        annulled or judged of those, the events outside visits, and the receptions that say when
        the region first had them.

        Args:
            device: an approved one; any other needs nothing.
            since: the highest number of a record that its last answer could hold.
            again: also what it says to have received.
        """
        authority = load_authority(self._session)
        grant = authority.grant(device)
        if grant is None or device in authority.revoked:
            return []
        numbers = self._about(self._subjects(device, grant.ambito, since))
        if not again:
            numbers -= self._known_to(device)
        numbers = self._sealed_by(numbers, authority.grants.keys() - {device})
        receptions = self._receptions(numbers)
        if not again:
            receptions -= self._known_to(device)
        rows = self._session.rows(
            "SELECT n, sha256, device, chain, sequence, kind FROM records"
            " WHERE n IN (SELECT value FROM json_each(?)) AND device <> ?"
            " ORDER BY device, chain, sequence, sha256",
            one_list(numbers | receptions),
            device,
        )
        return [
            RecordPlace(n, digest, who, chain, sequence, kind == Kind.FICHA)
            for n, digest, who, chain, sequence, kind in rows
        ]

    def _subjects(self, device: str, ambito: str, since: int) -> set[str]:
        """The open agreements of a scope, and what the device was told of before."""
        span = (ambito, ambito + _BEHIND)
        rows = self._session.rows(_OPEN, *span) + self._session.rows(_TOLD, device, *span, *span)
        if since:
            rows += self._session.rows(_MOVED, since, since, *span, *span)
        return {subject for (subject,) in rows}

    def _about(self, subjects: set[str]) -> set[int]:
        """Everything that says how these agreements stand."""
        saying = self._session.rows(_SAYING, one_list(subjects))
        fichas = {id_ for _, kind, id_ in saying if kind == Kind.FICHA}
        told = self._session.rows(_SAYING, one_list(fichas))
        return {n for n, kind, _ in saying if kind in _KINDS} | {
            n for n, kind, _ in told if kind in _FICHA_KINDS
        }

    def _known_to(self, device: str) -> set[int]:
        """What it handed in, and what it says to have received since it was last restored: before,
        it may have lost it again.
        """
        rows = self._session.rows(
            "SELECT r.n FROM recepciones x JOIN records p ON p.n = x.por"
            " JOIN records r ON r.sha256 = x.sha256 WHERE x.device = ?1 AND p.chain ="
            " (SELECT chain FROM records WHERE device = ?1 ORDER BY n DESC LIMIT 1)"
            " UNION SELECT r.n FROM recepciones x JOIN records r ON r.sha256 = x.sha256"
            " WHERE x.por IN (SELECT value FROM json_each(?2))",
            device,
            one_list(receptions_from(self._session, device)),
        )
        return {n for (n,) in rows}

    def _sealed_by(self, numbers: set[int], devices: set[str]) -> set[int]:
        rows = self._session.rows(
            "SELECT n FROM records WHERE n IN (SELECT value FROM json_each(?))"
            " AND device IN (SELECT value FROM json_each(?))",
            one_list(numbers),
            one_list(devices),
        )
        return {n for (n,) in rows}

    def _receptions(self, numbers: set[int]) -> set[int]:
        """The one by which the region first had each of these: without it, a reader could not tell
        what a revoked device handed in before.
        """
        rows = self._session.rows(
            "SELECT x.sha256, x.en, x.por FROM recepciones x JOIN records r ON r.sha256 = x.sha256"
            " WHERE x.vale = ? AND r.n IN (SELECT value FROM json_each(?))",
            REGIONS,
            one_list(numbers),
        )
        first: dict[str, tuple[datetime, int]] = {}
        for digest, en, por in rows:
            said = (datetime.fromisoformat(en), por)
            first[digest] = min(said, first.get(digest, said))
        return {por for _, por in first.values()}
