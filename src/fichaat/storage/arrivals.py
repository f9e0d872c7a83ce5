"""How far a sealed ficha came: what the list shows in one word, with its moments."""

from collections.abc import Collection
from datetime import datetime

from fichaat.application.ports.rows import Arrival
from fichaat.storage.ficha_list import ARRIVED, ESTADO
from fichaat.storage.session import Session, one_list
from fichaat.storage.trust_rows import PROVINCES, REGIONS

_HEADS = (
    "json_each(?) AS wanted CROSS JOIN records r ON r.sha256 = wanted.value"
    " CROSS JOIN fichas f ON f.id = r.id AND f.sha256 = r.sha256"
)


class Arrivals:
    """The part of `ports.Reader` that says whether what was sealed arrived."""

    _session: Session

    def arrivals(self, sha256s: Collection[str]) -> dict[str, Arrival]:
        """How far each of these came; what is no newest version of a ficha is passed over."""
        wanted = one_list(sha256s)
        received: dict[tuple[str, int], datetime] = {}
        for digest, worth, en in self._session.rows(
            f"SELECT f.sha256, x.vale, x.en FROM {_HEADS} CROSS JOIN recepciones x"
            f" ON x.sha256 = f.sha256 AND (x.vale = {REGIONS} OR {ARRIVED})",
            wanted,
        ):
            moment = datetime.fromisoformat(en)
            received[digest, worth] = min(moment, received.get((digest, worth), moment))
        left: dict[str, datetime] = {}
        for digest, at in self._session.rows(
            "SELECT sha256, at FROM export_marks WHERE sha256 IN (SELECT value FROM json_each(?))",
            wanted,
        ):
            moment = datetime.fromisoformat(at)
            left[digest] = max(moment, left.get(digest, moment))
        return {
            digest: Arrival(
                device,
                estado,
                received.get((digest, REGIONS)),
                received.get((digest, PROVINCES)),
                left.get(digest),
            )
            for digest, device, estado in self._session.rows(
                f"SELECT f.sha256, r.device, {ESTADO} FROM {_HEADS}", wanted
            )
        }
